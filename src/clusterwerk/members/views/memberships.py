"""The file of one member of a cluster."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwerk.clusters.choosing import chosen_cluster
from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.queries import enterprise_numbers
from clusterwerk.members import access
from clusterwerk.members.queries import member_file
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
    context = {
        "cluster": own,
        "file": file,
        "numbers": enterprise_numbers(file.membership.organisation),
        "term": term_of_cluster(own.pk),
        "today": timezone.localdate(),
    }
    return render(request, "members/membership_detail.html", context)


def own_cluster(request: HttpRequest, key: str) -> Cluster:
    """The cluster of the address; who holds no seat in any is told whose list this is."""
    seats = seats_of(request)
    if not seats.clusters:
        access.may_see_members(seats, 0).require()
    cluster = chosen_cluster(request, key)
    if cluster is None:
        raise PermissionDenied
    access.may_see_members(seats, cluster.pk).require()
    return cluster


_own_cluster = own_cluster
