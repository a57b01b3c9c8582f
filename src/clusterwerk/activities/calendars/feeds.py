"""What who follows a calendar gets: a year back and everything to come, up to a limit."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from typing import Any

from django.conf import settings
from django.contrib.postgres.aggregates import StringAgg
from django.db.models import F, Func, Max, Min, QuerySet, TextField, Value
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from clusterwerk.activities.calendars.files import Years, feed_file, years_around
from clusterwerk.activities.calendars.parts import (
    clean,
    event_part,
    is_cancelled,
    page_address,
    where,
)
from clusterwerk.activities.models import PublishedActivity
from clusterwerk.activities.queries.agenda import Asked, Shown, followed, shown_of
from clusterwerk.clusters.models import PublicProfile
from clusterwerk.platform.site import public_address

BACK = timedelta(days=365)
MOST = 5_000  # the latest ones; more are left out, so that an answer stays in bounds
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar that somebody follows; equal for all who ask the same."""

    asked: Asked
    now: datetime = field(compare=False)
    profile: PublicProfile | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        return self.profile.name if self.profile else _("Calendar of the clusters")

    @property
    def rows(self) -> QuerySet[PublishedActivity]:
        return followed(self.asked, self.now - BACK).order_by("-starts_at", "-activity_id")[:MOST]

    def version(self) -> str:
        """Another text once a row of it, or the name of a cluster, changed; two small queries."""
        pks = self.rows.values("pk")
        rows = PublishedActivity.objects.filter(pk__in=pks)
        found = (
            rows.aggregate(of=_versions(PublishedActivity, "activity_id"))["of"],
            PublicProfile.objects.aggregate(of=_versions(PublicProfile, "cluster_id"))["of"],
            settings.PUBLIC_ORIGIN,
            get_language() or "",
        )
        return f'W/"{sha256(repr(found).encode()).hexdigest()[:32]}"'

    def calendar(self, version: str) -> bytes:
        """As it was written for this version."""
        return _kept(version, self)

    def written(self) -> bytes:
        return feed_file(self.name, self._zones(), map(self._part, self._shown()))

    def _part(self, shown: Shown) -> bytes:
        written: bytes = event_part(shown.activity, self.now, holders=shown.holders).to_ical()
        return written

    def items(self) -> list[dict[str, Any]]:
        return [_item(each) for each in self._shown()]

    def _zones(self) -> dict[str, Years]:
        rows = PublishedActivity.objects.filter(pk__in=self.rows.values("pk"))
        found = rows.order_by().values_list("time_zone").annotate(Min("starts_at"), Max("ends_at"))
        return {zone: years_around(first, last) for zone, first, last in found if first and last}

    def _shown(self) -> Iterator[Shown]:
        """A few hundred at a time."""
        rows = self.rows.select_related("place").iterator(chunk_size=AT_ONCE)
        while some := list(islice(rows, AT_ONCE)):
            yield from shown_of(some)


@lru_cache(maxsize=8)
def _kept(version: str, feed: Feed) -> bytes:  # noqa: ARG001 - part of the key
    """Of some megabytes at most; many programmes ask for the same calendar."""
    return feed.written()


def _versions(model: type[PublishedActivity | PublicProfile], key: str) -> Func:
    """Each row with who wrote it last and where it lies, which the database keeps by itself."""
    table = model._meta.db_table
    row = Func(
        F(key),
        template=f"(%(expressions)s || ':' || {table}.xmin::text || {table}.ctid::text)",
        output_field=TextField(),
    )
    joined = StringAgg(row, delimiter=Value(","), order_by=[key])
    return Func(joined, function="md5", output_field=TextField())


def feed_page(feed: Feed, address: str) -> dict[str, Any]:
    """As JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.name,
        "home_page_url": public_address(reverse("agenda:agenda")),
        "feed_url": address,
        "items": feed.items(),
    }


def news_page(feed: Feed, address: str) -> str:
    """As RSS 2.0 (https://www.rssboard.org/rss-specification); its title tells the day."""
    page = Rss201rev2Feed(
        title=feed.name,
        link=public_address(reverse("agenda:agenda")),
        description=feed.name,
        language=get_language(),
        feed_url=address,
    )
    for item in feed.items():
        begins = datetime.fromisoformat(item["_activity"]["starts"])
        with override(item["language"]):
            title = f"{date_format(begins, 'DATE_FORMAT')}: {item['title']}"
            if item["_activity"]["is_cancelled"]:
                title = f"{capfirst(_('cancelled'))}: {title}"
        page.add_item(
            title=title,
            link=item["url"],
            description=item["content_text"],
            unique_id=item["id"],
            unique_id_is_permalink=False,
            author_name=", ".join(author["name"] for author in item["authors"]),
            categories=item["tags"],
        )
    return str(page.writeString("utf-8"))


def _item(shown: Shown) -> dict[str, Any]:
    """Hours and place are an extension of ours, as the format lets one: a name after a line."""
    activity = shown.activity
    assert activity.starts_at is not None
    assert activity.ends_at is not None
    zone = activity.zone
    with override(activity.language):
        kind = str(capfirst(activity.get_kind_display()))
    return {
        "id": str(activity.uid),
        "url": page_address(activity),
        "title": clean(activity.name),
        "language": activity.language,
        "summary": clean(activity.summary),
        "content_text": clean(activity.description or activity.summary or activity.name),
        "authors": [{"name": name} for name in shown.holders],
        "tags": [kind],
        "_activity": {
            "starts": activity.starts_at.astimezone(zone).isoformat(),
            "ends": activity.ends_at.astimezone(zone).isoformat(),
            "time_zone": activity.time_zone,
            "location": clean(where(activity)),
            "is_online": activity.is_online,
            "is_cancelled": is_cancelled(activity),
            "sequence": activity.sequence,
        },
    }
