"""What members told: as their own page shows it, and as the file of a member does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, TextField, Value, When

from clusterwerk.members.models import MemberProfile, Membership, NeedOrOffer
from clusterwerk.members.models.offers import NeedOrOfferQuery
from clusterwerk.platform.prepared import prepared

OPEN, CLOSED, LEFT = "open", "closed", "left"


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """One need or offer with the names of the clusters that read it, present ones and former.

    `offer` is the row of a present cluster where there is one; former rows may be older.
    """

    offer: NeedOrOffer
    now: tuple[int, ...]
    names: tuple[str, ...]
    former: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class OwnProfile:
    """What one cluster reads of the organisation; `profile` is None where it was told nothing."""

    cluster: int
    name: str
    profile: MemberProfile | None
    is_now: bool


def own_entries(
    organisation: int, now: Mapping[int, str], ever: Mapping[int, str], day: date
) -> list[OwnEntry]:
    """Open ones first, the newest first within them."""
    rows = NeedOrOffer.objects.filter(organisation=organisation)
    by_entry: dict[UUID, list[NeedOrOffer]] = {}
    for row in rows.order_by("-told_on", "-pk"):
        by_entry.setdefault(row.entry, []).append(row)
    found = [_own_entry(each, now, ever, day) for each in by_entry.values()]
    return sorted(found, key=lambda entry: not entry.is_open)


def _own_entry(
    rows: Sequence[NeedOrOffer], now: Mapping[int, str], ever: Mapping[int, str], day: date
) -> OwnEntry:
    present = [row for row in rows if row.cluster_id in now]
    gone = [row for row in rows if row.cluster_id not in now]
    offer = (present or gone)[0]
    return OwnEntry(
        offer,
        tuple(row.cluster_id for row in present),
        tuple(sorted(now[row.cluster_id] for row in present)),
        tuple(sorted(ever.get(row.cluster_id, "\N{EN DASH}") for row in gone)),
        bool(present) and offer.is_open_on(day),
    )


def own_profiles(
    organisation: int, now: Mapping[int, str], ever: Mapping[int, str]
) -> list[OwnProfile]:
    """Each present cluster, and each former one that was told and keeps it."""
    rows = MemberProfile.objects.filter(organisation=organisation)
    told = {row.cluster_id: row for row in rows}
    present = [OwnProfile(pk, name, told.get(pk), is_now=True) for pk, name in now.items()]
    former = [
        OwnProfile(pk, ever.get(pk, "\N{EN DASH}"), row, is_now=False)
        for pk, row in told.items()
        if pk not in now
    ]
    return [*present, *former]


def told_part(cluster: int, organisation: int, day: date) -> dict[str, Any]:
    """For the file of a member: its profile, what it needs and offers, open and closed."""
    offers = offers_told(cluster, organisation)
    return {
        "told_profile": next(iter(_profiles(cluster, organisation)), None),
        "open_offers": [row for row in offers if row.is_open_on(day)],
        "closed_offers": [row for row in offers if not row.is_open_on(day)],
    }


@prepared
def offers_told(cluster: int, organisation: int) -> QuerySet[NeedOrOffer]:
    """Needs first, the newest first within them."""
    rows = NeedOrOffer.objects.filter(cluster_id=cluster, organisation_id=organisation)
    return rows.order_by("kind", "-told_on", "-pk")


@prepared
def _profiles(cluster: int, organisation: int) -> QuerySet[MemberProfile]:
    return MemberProfile.objects.filter(cluster_id=cluster, organisation_id=organisation)


def offer_states(cluster: int, day: date) -> Case:
    """Open, closed, or of an organisation that is no member on the day."""
    members = Membership.objects.filter(
        cluster_id=cluster, organisation=OuterRef("organisation")
    ).on(day)
    over = Q(closed_on__isnull=False) | Q(open_until__lt=day)
    return Case(
        When(~Exists(members), then=Value(LEFT)),
        When(over, then=Value(CLOSED)),
        default=Value(OPEN),
        output_field=TextField(),
    )


def offers_of(cluster: int) -> NeedOrOfferQuery:
    return NeedOrOffer.objects.filter(cluster_id=cluster).select_related("organisation__place")
