"""The views that a person may open of one list, as its screen shows them."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.db.models import QuerySet
from django.http import HttpRequest

from clusterwerk.clusters.models import Cluster, SavedView
from clusterwerk.clusters.saved_views.access import may_share_views, may_take_away
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.prepared import prepared

EVERYTHING = "all"  # value of `view` for the list as it is without a view


@dataclass(frozen=True, slots=True)
class ShownView:
    view: SavedView
    address: str
    is_open: bool
    may_change: bool
    may_take_away: bool


@dataclass(frozen=True, slots=True)
class ShownViews:
    """Own and shared views of a list. `opens_with` is the query it opens with, empty for none;
    `query` is what would be kept now.
    """

    list_key: str
    cluster: Cluster
    views: tuple[ShownView, ...]
    opens_with: str
    query: str
    may_share: bool

    @property
    def open(self) -> ShownView | None:
        return next((view for view in self.views if view.is_open), None)


def shown_views(request: HttpRequest, cluster: Cluster, list_key: str) -> ShownViews:
    """Asked by one query; the person's own views first."""
    seats = seats_of(request)
    kept = _views(cluster.pk, list_key)
    views = sorted(kept, key=lambda view: view.owner_id != seats.actor)
    default = next((view for view in views if view.is_default), None)
    return ShownViews(
        list_key,
        cluster,
        tuple(
            ShownView(
                view,
                f"?{_query(view)}",
                str(view.pk) == request.GET.get("view"),
                view.owner_id == seats.actor,
                bool(may_take_away(seats, view)),
            )
            for view in views
        ),
        _query(default) if default else "",
        kept_query(request.GET.urlencode()),
        bool(may_share_views(seats, cluster.pk)),
    )


@prepared
def _views(cluster: int, list_key: str) -> QuerySet[SavedView]:
    return SavedView.objects.filter(cluster_id=cluster, list_key=list_key)


def _query(view: SavedView) -> str:
    return urlencode([("view", view.pk), *parse_qsl(view.query)])


LEFT_OUT = {"after", "open", "view", "file", "csrfmiddlewaretoken"}


def kept_query(query: str) -> str:
    """The parts of an address that a view keeps: neither a page of the list nor an open row."""
    return urlencode([(name, value) for name, value in parse_qsl(query) if name not in LEFT_OUT])
