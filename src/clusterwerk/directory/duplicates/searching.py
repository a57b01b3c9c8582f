"""Looking for duplicates, keeping what was found, and saying that two rows differ."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Q, QuerySet

from clusterwerk.directory.duplicates import access
from clusterwerk.directory.duplicates.known import (
    known_organisations,
    organisations_seen,
    pool_for,
)
from clusterwerk.directory.duplicates.merging import SUBJECT
from clusterwerk.directory.models import DistinctPair, DuplicateCandidate, Organisation
from clusterwerk.measure.duplicates import Match, Pool
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.rows import created

MOST = 2000  # pairs that are kept of one search, the most likely first


class FoundPair(Protocol):
    """Two rows of one model that may be one; reasons are keys that the room can word."""

    @property
    def left(self) -> int: ...
    @property
    def right(self) -> int: ...
    @property
    def score(self) -> int: ...
    @property
    def reasons(self) -> Sequence[str]: ...


def duplicates_among(cluster: int | None) -> Iterator[Match]:
    """Pairs of organisations that may be one, each once.

    In the shared directory: of all shared ones. For a cluster: of each private one of it with the
    shared ones and its other private ones, for only these it may merge.
    """
    if cluster is None:
        yield from Pool(known_organisations(organisations_seen(None))).pairs()
        return
    own = organisations_seen(cluster).filter(cluster_id=cluster)
    rows = list(known_organisations(own, cluster))
    pool, mine = pool_for(rows, cluster=cluster), {row.key for row in rows}
    for row in rows:
        for match in pool.like(row):
            if match.right not in mine or match.left < match.right:
                yield match


@transaction.atomic
def keep_candidates(
    *, seats: Seats, cluster: int | None, found: Iterable[FoundPair], subject: str = SUBJECT
) -> int:
    """Replace what the last search kept; pairs that somebody called different are left out."""
    access.may_judge(seats, cluster).require()
    known = set(_of(DistinctPair.objects.all(), cluster, subject).values_list("low", "high"))
    best = sorted(found, key=lambda match: -match.score)
    made = (_candidate(match, cluster, subject) for match in best)
    rows = [row for row in made if (row.low, row.high) not in known][:MOST]
    _of(DuplicateCandidate.objects.all(), cluster, subject).delete()
    DuplicateCandidate.objects.bulk_create(rows)
    return len(rows)


@transaction.atomic
def call_distinct(
    *, seats: Seats, cluster: int | None, one: int, other: int, subject: str = SUBJECT
) -> bool:
    """These two are not the same, and nobody is asked again; a second click changes nothing."""
    access.may_judge(seats, cluster).require()
    low, high = sorted((one, other))
    _of(DuplicateCandidate.objects.filter(low=low, high=high), cluster, subject).delete()
    if _of(DistinctPair.objects.filter(low=low, high=high), cluster, subject).exists():
        return False
    created(DistinctPair(cluster_id=cluster, subject=subject, low=low, high=high))
    return True


def candidates(cluster: int | None) -> list[DuplicateCandidate]:
    """Organisations that the last search found and that still stand, the most likely first."""
    return candidates_among(Organisation.objects.standing(), cluster, SUBJECT)


def candidates_among(
    standing: "QuerySet[Any]", cluster: int | None, subject: str
) -> list[DuplicateCandidate]:
    """What the last search found, where both rows are among those that stand."""
    rows = list(_of(DuplicateCandidate.objects.all(), cluster, subject)[:MOST])
    keys = {key for row in rows for key in (row.low, row.high)}
    there = set(standing.filter(pk__in=keys).values_list("pk", flat=True))
    return [row for row in rows if {row.low, row.high} <= there]


def called_distinct(cluster: int | None, subject: str, key: int) -> set[int]:
    """Rows of which somebody said that they are not this one."""
    rows = _of(DistinctPair.objects.filter(Q(low=key) | Q(high=key)), cluster, subject)
    pairs = rows.values_list("low", "high")
    return {other for pair in pairs for other in pair if other != key}


def _of(rows: "QuerySet[Any]", cluster: int | None, subject: str) -> "QuerySet[Any]":
    owner = {"cluster_id__isnull": True} if cluster is None else {"cluster_id": cluster}
    return rows.filter(subject=subject, **owner)


def _candidate(match: FoundPair, cluster: int | None, subject: str) -> DuplicateCandidate:
    low, high = sorted((match.left, match.right))
    return DuplicateCandidate(
        cluster_id=cluster,
        subject=subject,
        low=low,
        high=high,
        score=match.score,
        reasons=[str(reason) for reason in match.reasons],
    )
