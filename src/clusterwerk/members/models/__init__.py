"""Facts of the members' room; a file for each group of nouns."""

from clusterwerk.members.models.memberships import (
    Contribution,
    Membership,
    MembershipCategory,
    MembershipQuery,
    SizeStatement,
)
from clusterwerk.members.models.moves import (
    KnownColumn,
    Move,
    MoveFile,
    MoveRow,
    MoveState,
    RowState,
)
from clusterwerk.members.models.target_groups import TargetGroup, TargetGroupCount

__all__ = [
    "Contribution",
    "KnownColumn",
    "Membership",
    "MembershipCategory",
    "MembershipQuery",
    "Move",
    "MoveFile",
    "MoveRow",
    "MoveState",
    "RowState",
    "SizeStatement",
    "TargetGroup",
    "TargetGroupCount",
]
