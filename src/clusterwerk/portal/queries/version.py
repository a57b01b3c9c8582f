"""Whether anything published changed."""

from django.db import connection

from clusterwerk.clusters.models import ClusterHost, PublicProfile
from clusterwerk.directory.models import Organisation
from clusterwerk.reporting.models import Document, PublishedProject, PublishedProjectCluster

# Readings are many, and the digest of their document changes with every one of them.
_COUNTED = (PublicProfile, ClusterHost, Document, PublishedProject, PublishedProjectCluster)
_ROWS = " union all ".join(
    f"select xmin from {model._meta.db_table}"  # noqa: S608 - names of our own tables
    for model in _COUNTED
)
_HOSTS = (
    f"select xmin from {Organisation._meta.db_table} where id in"  # noqa: S608
    f" (select organisation_id from {ClusterHost._meta.db_table})"
)
_STATEMENT = f"""
    select count(*), coalesce(sum(xmin::text::bigint), 0) from ({_ROWS} union all {_HOSTS}) row
"""  # noqa: S608


def published_version() -> str:
    """A text that differs once a published row was added, changed or taken away; one query.

    PostgreSQL stamps each row with the transaction that wrote it, a number that only rises: a
    change raises the sum, and what is taken away lowers the count.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT)
        rows, stamps = cursor.fetchone()
    return f"{rows}-{stamps}"
