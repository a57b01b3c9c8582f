"""What the pages that change memberships have in common."""

from http import HTTPStatus
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from clusterwerk.clusters.models import Cluster
from clusterwerk.members import access
from clusterwerk.members.models import Membership
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.platform.access.middleware import seats_of


def kept_cluster(request: HttpRequest, key: str) -> Cluster:
    """The cluster of the address, for who keeps its members."""
    own = own_cluster(request, key)
    access.may_keep_members(seats_of(request), own.pk).require()
    return own


def kept_membership(own: Cluster, membership: int) -> Membership:
    rows = Membership.objects.filter(cluster=own).select_related("organisation", "category")
    return get_object_or_404(rows, pk=membership)


def form_page(
    request: HttpRequest, template: str, context: dict[str, Any], *forms: Form
) -> HttpResponse:
    """The page, with 422 when a form does not fit; what was typed stays in its fields."""
    wrong = any(form.is_bound and form.errors for form in forms)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, template, context, status=status)
