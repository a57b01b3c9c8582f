"""What pages about activities share: the cluster, an activity of it, and a form that is kept."""

from collections.abc import Callable
from http import HTTPStatus

from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from clusterwerk.activities import access
from clusterwerk.activities.models import Activity
from clusterwerk.activities.queries import activities_of
from clusterwerk.clusters.choosing import chosen_cluster, own_clusters
from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.seats import SeatKind
from clusterwerk.platform.errors import DomainError


def own_cluster(request: HttpRequest, key: str) -> Cluster:
    seats = seats_of(request)
    cluster = chosen_cluster(request, key) if seats.clusters else None
    access.may_see_activities(seats, cluster.pk if cluster else 0).require()
    assert cluster is not None, "allowed above"
    return cluster


def own_lead(request: HttpRequest, key: str) -> Cluster | Agency:
    """Who organises: the own cluster, or else the own agency, with this key or the first."""
    seats = seats_of(request)
    if key in {"", *(cluster.key for cluster in own_clusters(request))} and seats.clusters:
        return own_cluster(request, key)
    own = Agency.objects.filter(pk__in=seats.places(SeatKind.AGENCY))
    found = own.filter(key=key) if key else own.order_by("name")
    return found.first() or own_cluster(request, key)


def holder_of(own: Cluster | Agency) -> int | Agency:
    """As queries ask for what somebody holds: the number of a cluster, or an agency."""
    return own.pk if isinstance(own, Cluster) else own


def own_activity(request: HttpRequest, cluster: Cluster | Agency, number: int) -> Activity:
    """What is sent holds it until the answer, so that what is compared stays.

    Whoever may only read it is told so; the row policies would hide a row that is to be held.
    """
    rows: QuerySet[Activity] = activities_of(holder_of(cluster)).select_related("place")
    found = rows.filter(pk=number).first()
    if found is not None and request.method == "POST":
        access.may_change(seats_of(request), found).require()
        found = rows.select_for_update(of=("self",), no_key=True).filter(pk=number).first()
    if found is None:
        raise Http404(_("This activity is not there, or was thrown away."))
    return found


def done(form: Form, act: Callable[[], object]) -> bool:
    """Whether it was done; otherwise the form says why not and keeps what was typed."""
    if not form.is_valid():
        return False
    try:
        act()
    except DomainError as error:
        form.add_error(None, str(error))
        return False
    return True


def status_of(form: Form) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form; one that arrives empty is one that was sent."""
    return request.POST if request.method == "POST" else None
