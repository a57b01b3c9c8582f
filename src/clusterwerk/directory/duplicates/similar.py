"""Organisations of the directory that may be the one somebody writes down: "did you mean"."""

from collections.abc import Sequence
from dataclasses import dataclass

from clusterwerk.directory.duplicates.known import (
    known_organisations,
    organisations_seen,
)
from clusterwerk.directory.models import Organisation, OrganisationIdentifier
from clusterwerk.measure.duplicates import Known, Pool, Reason, compared
from clusterwerk.platform.access import reading

NEAREST = 60  # names that the database offers to be weighed

# By words that share letters; the index of trigrams answers it.
_NEAR = """
    select organisation_id from directory_organisationwords
    where text %% %(name)s order by similarity(text, %(name)s) desc limit %(most)s
"""


@dataclass(frozen=True, slots=True)
class Similar:
    """An organisation that may be the same, how much speaks for it, and why."""

    organisation: Organisation
    score: int
    reasons: tuple[Reason, ...]


def similar_to(row: Known, *, cluster: int | None, most: int = 5) -> list[Similar]:
    """Shared organisations and the cluster's own that may be this one, the most likely first.

    For one row while a person waits; for many rows make a `pool_for` them and ask `match_many`.
    """
    keys = _near(row, cluster)
    pool = Pool(known_organisations(organisations_seen(cluster).filter(pk__in=keys), cluster))
    matches = [match for match in pool.like(row) if match.right != row.key][:most]
    found = Organisation.objects.in_bulk([match.right for match in matches])
    return [Similar(found[match.right], match.score, match.reasons) for match in matches]


def _near(row: Known, cluster: int | None) -> set[int]:
    keys = set(_by_words(" ".join(compared(row.name).words)))
    if cluster is not None:
        own = organisations_seen(cluster).filter(cluster_id=cluster)
        keys.update(own.values_list("pk", flat=True))
    for scheme, value in row.numbers:
        known = OrganisationIdentifier.objects.filter(scheme=scheme, value=value)
        keys.update(known.values_list("organisation_id", flat=True))
    return keys


def _by_words(name: str) -> Sequence[int]:
    with reading.connection().cursor() as cursor:
        cursor.execute(_NEAR, {"name": name, "most": NEAREST})
        return [key for (key,) in cursor.fetchall()]
