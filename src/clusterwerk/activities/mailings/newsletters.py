"""Newsletters on the public site, and the parts that a newsletter is made from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clusterwerk.activities.mailings import access
from clusterwerk.activities.models import (
    Mailing,
    PublishedActivity,
    PublishedNewsletter,
)
from clusterwerk.activities.queries.agenda import Shown, upcoming_of
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created
from clusterwerk.platform.site import public_address

MOST_PICKED = 50
FIELDS = ("subject_nl", "text_nl", "subject_en", "text_en")


@dataclass(frozen=True, slots=True)
class News:
    """A call or a piece of news, as the team types it; the day is the last one of a call."""

    title: str
    text: str = ""
    address: str = ""
    until: date | None = None


def publish_newsletter(mailing: Mailing, now: datetime) -> PublishedNewsletter:
    """Inside the transaction that begins to send it."""
    kept = PublishedNewsletter.objects.filter(pk=mailing.pk).first()
    return kept or created(
        PublishedNewsletter(
            mailing=mailing,
            cluster_id=mailing.cluster_id,
            uid=mailing.uid,
            published_at=now,
            is_demo=mailing.is_demo,
            **{name: getattr(mailing, name) for name in FIELDS},
        )
    )


@transaction.atomic
def take_off(*, seats: Seats, mailing: Mailing) -> None:
    """No longer on the public site; who got the mail has it. Twice is once."""
    access.may_write(seats, mailing.cluster_id).require()
    PublishedNewsletter.objects.filter(pk=mailing.pk, cluster_id=mailing.cluster_id).delete()


def newsletters_of(cluster: int) -> QuerySet[PublishedNewsletter]:
    return PublishedNewsletter.objects.filter(cluster_id=cluster)


def to_come(cluster: int, now: datetime) -> list[Shown]:
    """What may be picked: the next activities of the cluster on the public calendar."""
    shown = upcoming_of(cluster, now, MOST_PICKED)
    return [each for each in shown if each.activity.state == "published"]


@transaction.atomic
def put_in(
    *, seats: Seats, mailing: Mailing, activities: Sequence[PublishedActivity], news: Iterable[News]
) -> None:
    """Write them below the text of each language in which the mailing is written."""
    rows = Mailing.objects.select_for_update(of=("self",)).filter(pk=mailing.pk)
    held = rows.first()
    if held is None:
        raise DomainError(_("This mailing was thrown away."))
    access.may_change(seats, held).require()
    told = list(news)
    facts: dict[str, Any] = {}
    for language in held.languages:
        with translation.override(language):
            parts = [*map(_of_activity, activities), *map(_of_news, told)]
        before = getattr(held, f"text_{language}").rstrip()
        facts[f"text_{language}"] = "\n\n".join(part for part in (before, *parts) if part)
    changed(held, **facts)


def _of_activity(activity: PublishedActivity) -> str:
    starts = activity.starts_at.astimezone(activity.zone) if activity.starts_at else None
    hour = f", {date_format(starts, 'TIME_FORMAT')}" if starts else ""
    when = f"{date_format(activity.starts_on, 'l j F Y')}{hour}"
    where = _("online") if activity.is_online and not activity.venue else activity.venue
    page = public_address(reverse("agenda:agenda_detail", args=[activity.uid]))
    lines = [
        f"## {_one_line(activity.name)}",
        " · ".join(part for part in (when, _one_line(where)) if part),
        _one_line(activity.summary),
        f"[{_('Read more and sign up')}]({page})",
    ]
    return "\n".join(line for line in lines if line)


def _of_news(news: News) -> str:
    until = _("Until %(day)s") % {"day": date_format(news.until, "j F Y")} if news.until else ""
    link = f"[{_('Read more')}]({news.address})" if news.address else ""
    lines = (f"## {_one_line(news.title)}", until, news.text.strip(), link)
    return "\n".join(line for line in lines if line)


def _one_line(text: str) -> str:
    """Without signs that stand for something in a text."""
    line = " ".join(text.split())
    return line.replace("{", "(").replace("}", ")").replace("**", "")
