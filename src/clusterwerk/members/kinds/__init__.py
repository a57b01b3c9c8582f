"""What the tables of this room hold, for "who can see what of us"; a file for each group."""

from clusterwerk.members.kinds.capacity import CAPACITY_KINDS
from clusterwerk.members.kinds.categories import CATEGORY_KINDS
from clusterwerk.members.kinds.correspondence import CORRESPONDENCE_KINDS
from clusterwerk.members.kinds.memberships import MEMBERSHIP_KINDS
from clusterwerk.members.kinds.moves import MOVE_KINDS
from clusterwerk.members.kinds.people import PEOPLE_KINDS
from clusterwerk.members.kinds.privacy import PRIVACY_KINDS
from clusterwerk.members.kinds.register import REGISTER_KINDS
from clusterwerk.members.kinds.target_groups import TARGET_GROUP_KINDS

MEMBER_KINDS = (
    *MEMBERSHIP_KINDS,
    *CATEGORY_KINDS,
    *CAPACITY_KINDS,
    *PEOPLE_KINDS,
    *CORRESPONDENCE_KINDS,
    *PRIVACY_KINDS,
    *REGISTER_KINDS,
    *MOVE_KINDS,
    *TARGET_GROUP_KINDS,
)
