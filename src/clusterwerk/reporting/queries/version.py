"""Whether anything changed that a portfolio or the published figures show."""

from collections.abc import Collection

from django.db import connection
from django.db.models import Model

from clusterwerk.clusters.models import ClusterHost, PublicProfile
from clusterwerk.directory.models import Organisation
from clusterwerk.programme.models import Agreement
from clusterwerk.reporting.models import CountedReading, Document


def _rows(model: type[Model], condition: str) -> str:
    return f"select md5(row::text) as part from {model._meta.db_table} row where {condition}"  # noqa: S608 - our own tables


OF_AGENCY = "agency_id = any(%(agencies)s)"
_HOSTS = f"select organisation_id from {ClusterHost._meta.db_table} where {OF_AGENCY}"  # noqa: S608
# Published readings are many: the digest of their document changes with every one of them.
_PUBLISHED = (_rows(Document, "true"), _rows(PublicProfile, "true"))
# Counted readings are only ever added.
_PORTFOLIO = (
    *(_rows(model, OF_AGENCY) for model in (Document, PublicProfile, Agreement, ClusterHost)),
    _rows(Organisation, f"id in ({_HOSTS})"),
    f"select max(id)::text from {CountedReading._meta.db_table} where {OF_AGENCY}",  # noqa: S608
)


def published_version() -> str:
    """A text that differs once a document with its figures or a public profile differs."""
    return _digest(_PUBLISHED, ())


def portfolio_version(agencies: Collection[int]) -> str:
    """A text that differs once anything in the portfolio of these agencies differs.

    As the acting seats see it, so that seats that see other rows get another text.
    """
    return _digest(_PORTFOLIO, agencies)


def _digest(parts: Collection[str], agencies: Collection[int]) -> str:
    union = " union all ".join(parts)
    statement = f"select coalesce(md5(string_agg(part, ',' order by part)), '') from ({union}) all_"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, {"agencies": sorted(agencies)})
        (found,) = cursor.fetchone()
    return str(found)
