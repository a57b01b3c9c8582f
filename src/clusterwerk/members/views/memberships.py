"""The file of one member of a cluster."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.directory.queries import numbers_of
from clusterwerk.members import access
from clusterwerk.members.queries import member_file
from clusterwerk.members.queries.offers import told_part
from clusterwerk.members.queries.parts import contributions_part, membership_part, size_part
from clusterwerk.members.queries.people import (
    OPEN,
    expectations_of,
    known_tags,
    own_values,
    people_at,
    tags_of,
    tasks_at,
)
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.members.views.talks import timeline_context, timeline_part
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.programme.queries import term_of_cluster


def own_members(request: HttpRequest) -> HttpResponse:
    """The list of the cluster that the person works in."""
    return redirect("members:membership_list", cluster=own_cluster(request, "").key)


def membership_detail(request: HttpRequest, cluster: str, membership: int) -> HttpResponse:
    own = own_cluster(request, cluster)
    file = member_file(own.pk, membership)
    if file is None:
        raise Http404(_("This cluster has no such member."))
    organisation = file.membership.organisation
    part = timeline_part(request, own, organisation=organisation.pk)
    if part:
        return part
    seats, today, term = seats_of(request), timezone.localdate(), term_of_cluster(own.pk)
    context = {
        **membership_part(seats, file, today),
        **contributions_part(file, term, today),
        **size_part(seats, file),
        **told_part(own.pk, organisation.pk, today),
        "cluster": own,
        "file": file,
        "member": file.membership,
        "organisation": organisation,
        "numbers": numbers_of(organisation.pk),
        "term": term,
        "today": today,
        "may_keep": access.may_keep_people(seats, own.pk),
        **_people_and_work(own, organisation),
        **timeline_context(request, own, organisation=organisation),
    }
    return render(request, "members/membership_detail.html", context)


def _people_and_work(cluster: Cluster, organisation: Organisation) -> dict[str, Any]:
    people = people_at(cluster.pk, organisation.pk, timezone.localdate())
    hopes = expectations_of(cluster.pk, organisation.pk)
    return {
        "people": people,
        "main_contact": next((place for place in people if place.is_main), None),
        "tasks": tasks_at(cluster.pk, organisation.pk),
        "waiting": [each for each in hopes if each.state in OPEN],
        "answered": [each for each in hopes if each.state not in OPEN],
        "tags": tags_of(cluster.pk, organisation.pk),
        "known_tags": known_tags(cluster.pk),
        "values": own_values(cluster.pk, organisation=organisation.pk),
    }
