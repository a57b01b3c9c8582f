"""The past of this room in words, and what may be taken back; a file for each group."""

from clusterwerk.members.past.memberships import register_memberships


def register_past() -> None:
    register_memberships()
