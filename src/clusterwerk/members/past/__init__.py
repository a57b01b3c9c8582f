"""The past of this room in words, and what may be taken back; a file for each group."""

from clusterwerk.members.past.capacity import register_capacity
from clusterwerk.members.past.categories import register_categories
from clusterwerk.members.past.correspondence import register_correspondence
from clusterwerk.members.past.memberships import register_memberships
from clusterwerk.members.past.moves import register_moves
from clusterwerk.members.past.people import register_people
from clusterwerk.members.past.privacy import register_privacy
from clusterwerk.members.past.target_groups import register_target_groups


def register_past() -> None:
    register_memberships()
    register_categories()
    register_capacity()
    register_people()
    register_correspondence()
    register_privacy()
    register_moves()
    register_target_groups()
