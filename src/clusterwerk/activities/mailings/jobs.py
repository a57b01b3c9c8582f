"""What a mailing has done in the background: its recipients frozen, and sent minute by minute."""

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.activities.mailings import access
from clusterwerk.activities.mailings.audiences import people_after
from clusterwerk.activities.mailings.sending import begin_sending, freeze, hand_over
from clusterwerk.activities.models import Mailing, MailingRecipient, MailingState
from clusterwerk.platform.jobs import Progress, job
from clusterwerk.platform.jobs.asking import app


@job(title=gettext_lazy("Preparing a mailing"))
def prepare_mailing(progress: Progress, *, cluster: int, mailing: int) -> str:
    """A thousand of the audience in one step; it goes on after the last that is written down."""
    key = ""
    is_open = True
    while is_open:
        with progress.step(counts=False, note=_("Writing down who gets it")) as seats:
            rows = Mailing.objects.select_for_update(of=("self",)).select_related("cluster")
            held = rows.get(cluster_id=cluster, pk=mailing)
            access.may_write(seats, cluster).require()
            key = held.cluster.key
            is_open = held.state == MailingState.PREPARING and _freeze_some(progress, held)
    return reverse("activities:mailing_detail", args=[key, mailing])


def _freeze_some(progress: Progress, held: Mailing) -> bool:
    """Whether there may be more."""
    written = MailingRecipient.objects.filter(cluster_id=held.cluster_id, mailing=held)
    after = written.aggregate(last=Max("person"))["last"] or 0
    people = people_after(held, after, timezone.localdate())
    if not people:
        begin_sending(held, timezone.now())
        return False
    progress.done += freeze(held, people)
    return True


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="send_mailings")
def send_mailings(timestamp: int) -> None:  # noqa: ARG001
    """Every minute, at the pace that the installation allows."""
    hand_over(timezone.now())
