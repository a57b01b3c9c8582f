"""Duplicates: organisations that may be one, merging them, and taking a merge back.

For an import::

    pool = pool_for(rows, cluster=cluster.pk)        # rows: measure.duplicates.Known
    for row, matches in zip(rows, match_many(rows, pool)):
        ...                                          # Match: right = organisation, score, reasons

For one name while somebody types: `similar_to`. A room with a key to an organisation joins the
merges with `register_merging`. A room that merges rows of its own shows them with `pages`.
"""

from clusterwerk.directory.duplicates.known import (
    known_organisations,
    pool_for,
    register_mail_domains,
)
from clusterwerk.directory.duplicates.merging import merge, merge_rows
from clusterwerk.directory.duplicates.registry import Clash, Moves, register_merging
from clusterwerk.directory.duplicates.similar import Similar, similar_to
from clusterwerk.directory.duplicates.tabs import Tab, register_duplicates
from clusterwerk.directory.duplicates.undoing import undo_merge
from clusterwerk.measure.duplicates import LIKELY, SURE, Known, Match, Pool, Reason, match_many

__all__ = [
    "LIKELY",
    "SURE",
    "Clash",
    "Known",
    "Match",
    "Moves",
    "Pool",
    "Reason",
    "Similar",
    "Tab",
    "known_organisations",
    "match_many",
    "merge",
    "merge_rows",
    "pool_for",
    "register_duplicates",
    "register_mail_domains",
    "register_merging",
    "similar_to",
    "undo_merge",
]
