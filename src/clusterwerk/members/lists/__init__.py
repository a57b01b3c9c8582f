"""The lists of this room, declared on the machinery of `platform.ui.lists`."""

from clusterwerk.members.lists.members import (
    MEMBERS,
    MemberScope,
    MemberWords,
    member_listing,
    member_words,
)

__all__ = ["MEMBERS", "MemberScope", "MemberWords", "member_listing", "member_words"]
