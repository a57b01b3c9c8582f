"""Members of a cluster, and the memberships of an organisation, as screens read them."""

from clusterwerk.members.queries.listing import (
    MemberPage,
    MemberRow,
    MemberTotals,
    Order,
    PageKey,
    Selection,
    every_member,
    member_page,
    member_totals,
)
from clusterwerk.members.queries.memberships import (
    MemberFile,
    OwnMembership,
    PathCount,
    categories_of,
    ending_by,
    member_file,
    member_path,
    own_memberships,
)

__all__ = [
    "MemberFile",
    "MemberPage",
    "MemberRow",
    "MemberTotals",
    "Order",
    "OwnMembership",
    "PageKey",
    "PathCount",
    "Selection",
    "categories_of",
    "ending_by",
    "every_member",
    "member_file",
    "member_page",
    "member_path",
    "member_totals",
    "own_memberships",
]
