"""Lists: columns, facets, words, pages by key, files, bulk actions, and a panel beside them.

A room declares a `Listing` for what a reader asks; `docs/develop/lists.md` shows how.
"""

from clusterwerk.platform.ui.lists.asking import Asked, asked_of
from clusterwerk.platform.ui.lists.bulk import Bulk, BulkAction, bulk_actions, register_bulk
from clusterwerk.platform.ui.lists.declaring import (
    UNKNOWN,
    Column,
    Facet,
    Joined,
    Listing,
    row_address,
)
from clusterwerk.platform.ui.lists.reading import Page, Read, every_row, read_list, selected

__all__ = [
    "UNKNOWN",
    "Asked",
    "Bulk",
    "BulkAction",
    "Column",
    "Facet",
    "Joined",
    "Listing",
    "Page",
    "Read",
    "asked_of",
    "bulk_actions",
    "every_row",
    "read_list",
    "register_bulk",
    "row_address",
    "selected",
]
