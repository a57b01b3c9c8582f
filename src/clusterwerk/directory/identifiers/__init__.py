"""Numbers and names by which an organisation is known, checked and brought to one form."""

from clusterwerk.directory.identifiers.belgian import (
    DEMO_FIRST,
    DEMO_LAST,
    demo_number,
    is_enterprise_number,
    is_reserved_for_demo,
    shown,
)
from clusterwerk.directory.identifiers.checking import (
    Known,
    all_recognised,
    checked,
    checked_number,
    country_of_number,
    recognised,
    what_is_wrong,
    why_no_number,
)
from clusterwerk.directory.identifiers.names import SOURCE_NAMES, kind_of_source_name
from clusterwerk.directory.identifiers.schemes import public_page, schemes_of, shown_as

__all__ = [
    "DEMO_FIRST",
    "DEMO_LAST",
    "SOURCE_NAMES",
    "Known",
    "all_recognised",
    "checked",
    "checked_number",
    "country_of_number",
    "demo_number",
    "is_enterprise_number",
    "is_reserved_for_demo",
    "kind_of_source_name",
    "public_page",
    "recognised",
    "schemes_of",
    "shown",
    "shown_as",
    "what_is_wrong",
    "why_no_number",
]
