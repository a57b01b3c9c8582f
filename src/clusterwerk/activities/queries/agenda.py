"""Published activities, as everybody finds them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import BadRequest
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwerk.activities.models import ActivityPlaces, ActivityState, PublishedActivity
from clusterwerk.clusters.models import Agency, PublicProfile
from clusterwerk.platform.searching import typed_words
from clusterwerk.platform.text import row_number

PAGE_SIZE = 50
Key = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor asks of the calendar; empty is everything to come."""

    words: str = ""
    kind: str = ""
    cluster: int | None = None
    theme: str = ""
    region: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A published activity with who holds it, by their public names, and its places."""

    activity: PublishedActivity
    clusters: tuple[PublicProfile, ...]
    agency: Agency | None
    places: ActivityPlaces | None

    @property
    def is_full(self) -> bool:
        return self.places is not None and self.places.left == 0

    @property
    def holders(self) -> list[str]:
        """Who holds it, by public names."""
        agency = [self.agency.name] if self.agency else []
        return [*(each.name for each in self.clusters), *agency]


def agenda_page(asked: Asked, now: datetime, after: str = "") -> tuple[list[Shown], str]:
    """Nearest first, with the key of the next page or nothing."""
    rows = _asked(asked, now).select_related("place")
    if after:
        start, number = _key(after)
        rows = rows.filter(Q(starts_at__gt=start) | Q(starts_at=start, activity__gt=number))
    found = list(rows.order_by("starts_at", "activity_id")[: PAGE_SIZE + 1])
    last = found[PAGE_SIZE - 1] if len(found) > PAGE_SIZE else None
    key = f"{last.starts_at.isoformat()}~{last.pk}" if last and last.starts_at else ""
    return shown_of(found[:PAGE_SIZE]), key


def published_activity(uid: uuid.UUID) -> Shown | None:
    found = PublishedActivity.objects.select_related("place").filter(uid=uid)
    return next(iter(shown_of(list(found))), None)


def upcoming_of(cluster: int, now: datetime, limit: int) -> list[Shown]:
    """The next ones of a cluster, for its public page."""
    rows = _asked(Asked(cluster=cluster), now).select_related("place")
    return shown_of(list(rows.order_by("starts_at", "activity_id")[:limit]))


def followed(asked: Asked, since: datetime) -> QuerySet[PublishedActivity]:
    """What ended after a moment or is to come: held ones stay in the calendars that have them."""
    return _fitting(PublishedActivity.objects.filter(ends_at__gt=since), asked)


def _asked(asked: Asked, now: datetime) -> QuerySet[PublishedActivity]:
    """Cancelled ones too, so that nobody travels to them in vain."""
    rows = PublishedActivity.objects.exclude(state=ActivityState.HELD).filter(ends_at__gt=now)
    return _fitting(rows, asked)


def _fitting(rows: QuerySet[PublishedActivity], asked: Asked) -> QuerySet[PublishedActivity]:
    for word in typed_words(asked.words):
        rows = rows.filter(search_text__contains=f" {word}")
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.region:
        rows = rows.filter(place__region=asked.region)
    if asked.since:
        rows = rows.filter(ends_at__gte=timezone.make_aware(datetime.combine(asked.since, time())))
    if asked.cluster is not None:
        rows = rows.filter(_held_by([asked.cluster]))
    if asked.theme:
        themed = PublicProfile.objects.filter(theme=asked.theme).values_list("pk", flat=True)
        rows = rows.filter(_held_by(list(themed)))
    return rows


def _held_by(clusters: list[int]) -> Q:
    return Q(cluster__in=clusters) | Q(shared_with__overlap=clusters)


def shown_of(rows: Sequence[PublishedActivity]) -> list[Shown]:
    clusters = {pk for row in rows for pk in (row.cluster_id, *row.shared_with) if pk}
    profiles = PublicProfile.objects.in_bulk(clusters) if clusters else {}
    agencies = Agency.objects.in_bulk({row.agency_id for row in rows if row.agency_id})
    places = ActivityPlaces.objects.in_bulk([row.pk for row in rows])
    return [
        Shown(
            row,
            tuple(profiles[pk] for pk in (row.cluster_id, *row.shared_with) if pk in profiles),
            agencies.get(row.agency_id or 0),
            places.get(row.pk),
        )
        for row in rows
    ]


def _key(text: str) -> Key:
    try:
        start, number = text.split("~")
        moment = datetime.fromisoformat(start)
    except ValueError as error:
        raise BadRequest(_("This page of the list does not exist. Begin at its first.")) from error
    return moment if moment.tzinfo else timezone.make_aware(moment), row_number(number)
