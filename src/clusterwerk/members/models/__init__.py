"""Facts of the members' room; a file for each group of nouns."""

from clusterwerk.members.models.memberships import (
    Contribution,
    Membership,
    MembershipCategory,
    MembershipQuery,
    SizeStatement,
)
from clusterwerk.members.models.target_groups import TargetGroup, TargetGroupCount

__all__ = [
    "Contribution",
    "Membership",
    "MembershipCategory",
    "MembershipQuery",
    "SizeStatement",
    "TargetGroup",
    "TargetGroupCount",
]
