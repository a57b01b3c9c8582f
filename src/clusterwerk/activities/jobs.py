"""What this room does in the background; the worker finds it here."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.activities.actions.handouts import tell_some
from clusterwerk.activities.actions.rounds import day_to_plan, keep_plan
from clusterwerk.activities.keeping import ask_how_it_was, keep_registrations
from clusterwerk.activities.mailings.jobs import prepare_mailing, send_mailings
from clusterwerk.activities.matchmaking.keeping import keep_matchmaking
from clusterwerk.activities.models import Activity
from clusterwerk.measure.meetings import plan
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.jobs import Progress, job

TRIES = 5  # somebody may say something while it is planned


@job(title=gettext_lazy("Plan of a matchmaking day"))
def plan_meetings(progress: Progress, *, activity: int, mends: bool) -> str | None:
    """Planned outside of any transaction, and kept only when nothing changed meanwhile."""
    for _attempt in range(TRIES):
        now = timezone.now()
        with progress.step(counts=False) as seats:
            day = day_to_plan(seats=seats, activity=activity, now=now, mends=mends)
        found = plan(day)
        with progress.step(counts=False) as seats:
            if keep_plan(seats=seats, activity=activity, day=day, plan=found, now=now, mends=mends):
                return _page(activity)
    raise DomainError(_("Wishes or meetings changed each time. Plan again in a moment."))


@job(title=gettext_lazy("Mail about documents to who came"))
def tell_of_handouts(progress: Progress, *, activity: int) -> str | None:
    """So many in one step; whoever has the mail is passed over, so that it goes on anywhere."""
    told = -1
    while told:
        with progress.step(counts=False) as seats:
            told = tell_some(seats=seats, activity=activity, now=timezone.now())
            progress.done += told
    return _page(activity, "activities:handouts")


def _page(activity: int, name: str = "activities:matchmaking") -> str:
    """Under the cluster or the agency that leads."""
    own = Activity.objects.select_related("cluster", "agency").get(pk=activity)
    lead = own.cluster or own.agency
    assert lead is not None, "a constraint holds that somebody leads"
    return reverse(name, args=[lead.key, own.pk])


__all__ = [
    "ask_how_it_was",
    "keep_matchmaking",
    "keep_registrations",
    "plan_meetings",
    "prepare_mailing",
    "send_mailings",
    "tell_of_handouts",
]
