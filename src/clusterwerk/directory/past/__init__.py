"""The past of the directory in words; a file for each group."""

from clusterwerk.directory.past.merging import MERGE_RECORDS
from clusterwerk.directory.past.organisations import ORGANISATION_RECORDS
from clusterwerk.directory.past.sectors import SECTOR_RECORDS
from clusterwerk.platform.history.records import register_records


def register_past() -> None:
    register_records(
        *ORGANISATION_RECORDS,
        *SECTOR_RECORDS,
        *MERGE_RECORDS,
    )
