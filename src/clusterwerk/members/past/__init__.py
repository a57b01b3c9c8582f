"""The past of this room in words, and what may be taken back; a file for each group."""

from clusterwerk.members.past.capacity import CAPACITY_RECORDS
from clusterwerk.members.past.categories import CATEGORY_RECORDS
from clusterwerk.members.past.correspondence import CORRESPONDENCE_RECORDS
from clusterwerk.members.past.memberships import MEMBERSHIP_RECORDS
from clusterwerk.members.past.moves import MOVE_RECORDS
from clusterwerk.members.past.people import PEOPLE_RECORDS, TRAIT_RECORDS, WORK_RECORDS
from clusterwerk.members.past.privacy import PRIVACY_RECORDS
from clusterwerk.members.past.target_groups import TARGET_GROUP_RECORDS
from clusterwerk.platform.history.records import register_records


def register_past() -> None:
    register_records(
        *MEMBERSHIP_RECORDS,
        *CATEGORY_RECORDS,
        *CAPACITY_RECORDS,
        *PEOPLE_RECORDS,
        *WORK_RECORDS,
        *TRAIT_RECORDS,
        *CORRESPONDENCE_RECORDS,
        *PRIVACY_RECORDS,
        *MOVE_RECORDS,
        *TARGET_GROUP_RECORDS,
    )
