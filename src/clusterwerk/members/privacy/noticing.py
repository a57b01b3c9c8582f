"""Managers are told by mail what went by its period of keeping."""

from collections.abc import Iterable
from datetime import date

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwerk.clusters.models import Cluster, Seat
from clusterwerk.members.models import RetentionRun
from clusterwerk.members.privacy.retaining import KINDS
from clusterwerk.platform.access.seats import SeatKind, SeatRole
from clusterwerk.platform.mail.outgoing import send_later
from clusterwerk.platform.models import User
from clusterwerk.platform.site import public_address
from clusterwerk.platform.ui.templatetags.ui import count, day_long


def tell_managers(cluster: int, runs: Iterable[RetentionRun], today: date) -> int:
    """One mail a day to each manager, with numbers and no names; how many mails go out."""
    told = list(runs)
    named = Cluster.objects.get(pk=cluster)
    seats = Seat.objects.filter(
        cluster_id=cluster, kind=SeatKind.CLUSTER, role=SeatRole.MANAGER, user__is_active=True
    )
    managers = {seat.user for seat in seats.standing(today).select_related("user")}
    for manager in managers:
        key = f"retention:{cluster}:{today.isoformat()}:{manager.pk}"
        send_later(_mail(manager, named, told), key=key, actor=manager.pk)
    return len(managers)


def _mail(manager: User, cluster: Cluster, runs: list[RetentionRun]) -> EmailMessage:
    with translation.override(manager.language or translation.get_language()):
        lines = [_("By the periods of keeping that you put in force, this went tonight:"), ""]
        lines += [_line(run) for run in runs]
        lines += ["", _("Look at the periods, and at what would go next:")]
        lines.append(public_address(reverse("members:privacy", args=[cluster.key])))
        subject = _("%(cluster)s: what went by its period of keeping") % {"cluster": cluster.name}
        return EmailMessage(subject, "\n".join(lines), to=[manager.email])


def _line(run: RetentionRun) -> str:
    message = ngettext(
        "- %(kind)s: %(taken)s row older than %(day)s",
        "- %(kind)s: %(taken)s rows older than %(day)s",
        run.taken,
    )
    facts = {"kind": KINDS[run.kind].name, "taken": count(run.taken), "day": day_long(run.before)}
    return message % facts
