"""Mail in the tray, and members that a quick note may be about, as screens read them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from clusterwerk.directory.models import Organisation
from clusterwerk.members.models import (
    IncomingMail,
    Interaction,
    InteractionParty,
    MailState,
    Membership,
)

PAGE_SIZE = 50
RECENT = 6
MOST_NAMES = 500


@dataclass(frozen=True, slots=True)
class MailPage:
    """One page of the tray, newest first; `next` is the number before which the next begins."""

    rows: list[IncomingMail]
    next: int | None


def mail_page(cluster: int, state: str, before: int | None) -> MailPage:
    rows = IncomingMail.objects.filter(cluster_id=cluster, state=state).order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.defer("text").prefetch_related("attachments")[: PAGE_SIZE + 1])
    following = found[PAGE_SIZE - 1].pk if len(found) > PAGE_SIZE else None
    return MailPage(found[:PAGE_SIZE], following)


def waiting_mails(cluster: int) -> int:
    return IncomingMail.objects.filter(cluster_id=cluster, state=MailState.WAITING).count()


def mail_of(interaction: Interaction) -> IncomingMail | None:
    """The mail that became this talk."""
    rows = IncomingMail.objects.filter(cluster_id=interaction.cluster_id, interaction=interaction)
    return rows.prefetch_related("attachments").first()


def recent_members(cluster: int, actor: int | None) -> list[Organisation]:
    """Members with whom this person spoke last, then those with whom anybody did."""
    talks = InteractionParty.objects.filter(cluster_id=cluster, organisation__isnull=False)
    members = Membership.objects.filter(cluster_id=cluster).values("organisation_id")
    talks = talks.filter(organisation_id__in=members)
    own = _latest(talks.filter(interaction__author_id=actor)) if actor else []
    keys = list(dict.fromkeys([*own, *_latest(talks)]))[:RECENT]
    found = Organisation.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _latest(talks: "QuerySet[InteractionParty]") -> list[int]:
    rows = talks.values("organisation_id").annotate(last=Max("interaction__happened_at"))
    return [row["organisation_id"] for row in rows.order_by("-last")[:RECENT]]


def member_names(cluster: int, day: date) -> list[str]:
    """To complete what is typed; of a very large cluster the first five hundred."""
    members = Membership.objects.filter(cluster_id=cluster).on(day).values("organisation_id")
    rows = Organisation.objects.filter(pk__in=members).order_by("name_sort")
    return list(rows.values_list("name", flat=True)[:MOST_NAMES])
