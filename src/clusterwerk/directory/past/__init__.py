"""The past of the directory in words; a file for each group."""

from clusterwerk.directory.past.merging import register_merges
from clusterwerk.directory.past.organisations import register_organisations
from clusterwerk.directory.past.sectors import register_sectors


def register_past() -> None:
    register_organisations()
    register_sectors()
    register_merges()
