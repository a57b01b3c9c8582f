"""Organisations that stand already, or in the register, as rows of a move are held against them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Lookup, Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import IdentifierScheme, Organisation, OrganisationIdentifier
from clusterwerk.directory.queries.register import RegisterEntry
from clusterwerk.members.models import Membership, Position
from clusterwerk.members.moving_in.claims import Firm
from clusterwerk.platform.text import folded

NUMBERS = (IdentifierScheme.BE_ENTERPRISE, IdentifierScheme.VAT)
BATCH = 5_000


class _IsOneOf(Lookup[Any]):
    """As `in`, with one parameter for all: thousands of them take long to write and to read."""

    prepare_rhs = False

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        told, parameters = self.process_lhs(compiler, connection)
        return f"{told} = any(%s)", (*parameters, self.rhs)


def firms_of_cluster(cluster: Cluster) -> Iterator[Firm]:
    """Members of today and before, those with a contact here, and those typed in here."""
    members = Membership.objects.filter(cluster=cluster).values("organisation")
    with_people = Position.objects.filter(cluster=cluster).values("organisation")
    wanted = Q(pk__in=members) | Q(pk__in=with_people) | Q(cluster_id=cluster.pk)
    yield from _firms(Organisation.objects.filter(wanted))


def firms_by_numbers(numbers: Iterable[str]) -> Iterator[Firm]:
    wanted = list(numbers)
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        known = OrganisationIdentifier.objects.filter(_IsOneOf(F("value"), batch))
        known = known.filter(scheme__in=NUMBERS)
        yield from _firms(Organisation.objects.filter(pk__in=known.values("organisation")))


def firms_by_names(names: Iterable[str]) -> Iterator[Firm]:
    """Shared organisations of exactly these names, but for case and accents."""
    wanted = [folded(name) for name in names if name]
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        yield from _firms(
            Organisation.objects.filter(_IsOneOf(F("name_sort"), batch), cluster_id=None)
        )


def _firms(organisations: QuerySet[Organisation]) -> Iterator[Firm]:
    """Each as it stands: one that was merged is the one it became, under its old name too."""
    named = {
        pk: (name, winner)
        for pk, name, winner in organisations.values_list("pk", "name", "merged_into")
    }
    became = _winners({pk: winner for pk, (_name, winner) in named.items() if winner})
    losers: defaultdict[int, list[int]] = defaultdict(list)
    for pk, winner in became.items():
        losers[winner].append(pk)
    keys = {became.get(pk, pk) for pk in named}
    if not keys:
        return
    numbers = _numbers_of(keys)
    rows = Organisation.objects.filter(_IsOneOf(F("pk"), list(keys)))
    for pk, name, postcode, municipality, place in rows.values_list(
        "pk", "name", "postcode", "municipality", "place__name"
    ):
        where = municipality or place or ""
        firm = Firm(f"o:{pk}", name, numbers.get(pk, ""), postcode, where, pk)
        firm.other_names = tuple(named[loser][0] for loser in losers[pk])
        firm.merged = tuple(f"o:{loser}" for loser in losers[pk])
        yield firm


def _numbers_of(keys: Collection[int]) -> dict[int, str]:
    held = OrganisationIdentifier.objects.filter(_IsOneOf(F("organisation"), list(keys)))
    held = held.filter(scheme__in=NUMBERS)
    return dict(held.values_list("organisation", "value"))


def _winners(merged: dict[int, int]) -> dict[int, int]:
    """For each one that was merged, the one that stands; a winner may have been merged later."""
    step = dict(merged)
    while step:
        later = Organisation.objects.filter(pk__in=set(step.values()), merged_into__isnull=False)
        step = {pk: winner for pk, winner in later.values_list("pk", "merged_into") if winner}
        merged = {pk: step.get(winner, winner) for pk, winner in merged.items()}
    return merged


def firm_of_register(entry: RegisterEntry) -> Firm:
    names = tuple(each.name for each in entry.names)
    return Firm(
        f"r:{entry.number}",
        entry.name,
        entry.number,
        entry.postcode,
        entry.municipality,
        entry=entry,
        other_names=names,
    )
