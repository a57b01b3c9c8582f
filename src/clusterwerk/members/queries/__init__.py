"""Members of a cluster, and the memberships of an organisation, as screens read them."""

from clusterwerk.members.queries.listing import (
    MemberRow,
    own_fields,
    tags_in,
)
from clusterwerk.members.queries.memberships import (
    MemberFile,
    PathCount,
    categories_of,
    ending_by,
    member_file,
    member_path,
)

__all__ = [
    "MemberFile",
    "MemberRow",
    "PathCount",
    "categories_of",
    "ending_by",
    "member_file",
    "member_path",
    "own_fields",
    "tags_in",
]
