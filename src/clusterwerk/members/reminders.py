"""Owners of tasks are reminded by mail on the day they asked for; the desk shows the same."""

from datetime import datetime

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from clusterwerk.clusters.queries import clusters_by_agency
from clusterwerk.members.models import Task
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.session import acting
from clusterwerk.platform.jobs.asking import app
from clusterwerk.platform.mail.outgoing import send_later
from clusterwerk.platform.site import public_address
from clusterwerk.platform.ui.templatetags.ui import day_long

REASON = "reminder of a task"
AT_ONCE = 200  # tasks of one cluster reminded in one transaction


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="remind_of_tasks")
def remind_of_tasks(timestamp: int) -> None:  # noqa: ARG001
    """Cluster by cluster, a transaction each, so that one that fails keeps no other waiting."""
    for agency, clusters in clusters_by_agency():
        for cluster in clusters:
            remind_cluster(agency, cluster, timezone.now())


def remind_cluster(agency: int, cluster: int, now: datetime) -> int:
    """Mail what is to be reminded of by now, once each; returns how many mails go out.

    The mail and the mark on the task are one transaction: a worker that dies in between has done
    neither.
    """
    seats = seats_of_command(agency=agency, clusters=frozenset({cluster}))
    with acting(seats, reason=REASON):
        today = timezone.localdate(now)
        waiting = Task.objects.filter(
            cluster_id=cluster,
            remind_on__lte=today,
            done_at=None,
            reminded_at=None,
            owner__is_active=True,
        )
        rows = list(
            waiting.select_for_update(skip_locked=True, of=("self",)).select_related(
                "owner", "organisation", "cluster"
            )[:AT_ONCE]
        )
        for task in rows:
            send_later(_mail(task), key=f"task:{task.pk}:{task.remind_on}", actor=task.owner_id)
            task.reminded_at = now
            task.save(update_fields=["reminded_at"])
    return len(rows)


def _mail(task: Task) -> EmailMessage:
    assert task.owner is not None
    with translation.override(task.owner.language or translation.get_language()):
        lines = [task.title]
        if task.organisation:
            lines.append(_("Member: %(member)s") % {"member": task.organisation})
        if task.due_on:
            lines.append(_("Due on %(day)s") % {"day": day_long(task.due_on)})
        if task.note:
            lines += ["", task.note]
        path = reverse("members:task_change", args=[task.cluster.key, task.pk])
        lines += ["", _("Open the task:"), public_address(path)]
        subject = _("Reminder: %(task)s") % {"task": task.title}
        return EmailMessage(subject, "\n".join(lines), to=[task.owner.email])
