"""Mailings as screens and timelines read them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from clusterwerk.activities.models import (
    LeftOut,
    Mailing,
    MailingRecipient,
    MailingState,
    RecipientState,
)

PAGE_SIZE = 50
CAME_BACK = (RecipientState.SOFT, RecipientState.BOUNCED)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of the recipients stand how."""

    states: tuple[tuple[RecipientState, int], ...]
    left_out: tuple[tuple[LeftOut, int], ...]
    unsubscribed: int

    @property
    def number(self) -> int:
        """Who gets it, whatever became of it."""
        return sum(number for state, number in self.states if state != RecipientState.LEFT_OUT)

    @property
    def done(self) -> int:
        still = (RecipientState.LEFT_OUT, RecipientState.WAITING, RecipientState.HANDED)
        return sum(number for state, number in self.states if state not in still)


def mailing_page(cluster: int, after: int) -> Sequence[Mailing]:
    """Newest first, one more than a page holds; each with how many get it."""
    rows = Mailing.objects.filter(cluster_id=cluster)
    if after:
        rows = rows.filter(pk__lt=after)
    gets = Count("recipients", filter=~Q(recipients__state=RecipientState.LEFT_OUT))
    back = Count("recipients", filter=Q(recipients__state__in=CAME_BACK))
    return list(rows.annotate(gets=gets, back=back).order_by("-pk")[: PAGE_SIZE + 1])


def counted(mailing: Mailing) -> Counted:
    rows = MailingRecipient.objects.filter(cluster_id=mailing.cluster_id, mailing=mailing)
    states = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    left = rows.filter(state=RecipientState.LEFT_OUT).order_by()
    reasons = dict(left.values_list("left_out").annotate(Count("pk")))
    return Counted(
        tuple((state, states[state]) for state in RecipientState if state in states),
        tuple((reason, reasons[reason]) for reason in LeftOut if reason in reasons),
        rows.filter(unsubscribed_at__isnull=False).count(),
    )


def recipients_of(mailing: Mailing) -> QuerySet[MailingRecipient]:
    rows = MailingRecipient.objects.filter(cluster_id=mailing.cluster_id, mailing=mailing)
    return rows.select_related("contact")


def state_words(mailing: Mailing, state: str) -> str:
    """Who still waits when a mailing is stopped gets nothing."""
    if mailing.state == MailingState.STOPPED and state == RecipientState.WAITING:
        return _("not sent, because it was stopped")
    return str(RecipientState(state).label)
