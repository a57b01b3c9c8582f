"""Facts of the members' room; a file for each group of nouns."""

from clusterwerk.members.models.capacity import TeamHours, TeamPost
from clusterwerk.members.models.categories import (
    KIND_OF_WORK_NAMES,
    ContributionRate,
    ContributionRule,
    RuleKind,
    Service,
)
from clusterwerk.members.models.contacts import (
    Consent,
    ConsentPurpose,
    ConsentState,
    ConsentWay,
    Contact,
    ContactLanguage,
    ContactQuery,
    Position,
    PositionQuery,
    PositionRole,
)
from clusterwerk.members.models.departures import Departure, LeavingReason
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
from clusterwerk.members.models.register_news import HandledRegisterChange
from clusterwerk.members.models.sizes import HolderKind, RelatedEnterprise, Stream
from clusterwerk.members.models.target_groups import TargetGroup, TargetGroupCount
from clusterwerk.members.models.traits import (
    CustomField,
    CustomValue,
    FieldKind,
    FieldSubject,
    Tag,
    TagKind,
    TagUse,
)
from clusterwerk.members.models.work import (
    SETTLED,
    Expectation,
    ExpectationState,
    Interaction,
    InteractionKind,
    InteractionParty,
    Task,
)

__all__ = [
    "KIND_OF_WORK_NAMES",
    "SETTLED",
    "Consent",
    "ConsentPurpose",
    "ConsentState",
    "ConsentWay",
    "Contact",
    "ContactLanguage",
    "ContactQuery",
    "Contribution",
    "ContributionRate",
    "ContributionRule",
    "CustomField",
    "CustomValue",
    "Departure",
    "Expectation",
    "ExpectationState",
    "FieldKind",
    "FieldSubject",
    "HandledRegisterChange",
    "HolderKind",
    "Interaction",
    "InteractionKind",
    "InteractionParty",
    "KnownColumn",
    "LeavingReason",
    "Membership",
    "MembershipCategory",
    "MembershipQuery",
    "Move",
    "MoveFile",
    "MoveRow",
    "MoveState",
    "Position",
    "PositionQuery",
    "PositionRole",
    "RelatedEnterprise",
    "RowState",
    "RuleKind",
    "Service",
    "SizeStatement",
    "Stream",
    "Tag",
    "TagKind",
    "TagUse",
    "TargetGroup",
    "TargetGroupCount",
    "Task",
    "TeamHours",
    "TeamPost",
]
