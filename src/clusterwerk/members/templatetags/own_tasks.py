"""What the desk shows of a person's tasks."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils import timezone

from clusterwerk.clusters.models import Cluster
from clusterwerk.members import access
from clusterwerk.members.queries.people import membership_of, tasks_today
from clusterwerk.platform.access.middleware import seats_of

register = template.Library()


@register.inclusion_tag("members/_own_tasks.html", takes_context=True)
def own_tasks(context: RequestContext, cluster: Cluster) -> dict[str, Any]:
    """Tasks of the person that are due, or of which they wanted to be reminded, by today."""
    request = context["request"]
    seats, today = seats_of(request), timezone.localdate()
    tasks = tasks_today(cluster.pk, seats.actor or 0, today)
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "cluster": cluster,
        "tasks": tasks,
        "files": membership_of(cluster.pk, {task.organisation_id or 0 for task in tasks})
        if tasks
        else {},
        "today": today,
        "may_keep": access.may_keep_people(seats, cluster.pk),
        "is_everywhere": True,
    }
