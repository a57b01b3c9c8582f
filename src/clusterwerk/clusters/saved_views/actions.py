"""Keeping a view of a list, and taking it away."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster, SavedView
from clusterwerk.clusters.saved_views.access import (
    may_keep_views,
    may_share_views,
    may_take_away,
)
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.rows import changed, created

_REFUSALS = {
    "shared_default_view_once": _(
        "A colleague chose what this list opens with for the team. Keep yours without that."
    )
}


@dataclass(frozen=True, slots=True)
class NewView:
    """How a list was left, under a name; `query` is that of its address."""

    list_key: str
    name: str
    query: str
    is_shared: bool = False
    is_default: bool = False


def keep_view(*, seats: Seats, cluster: Cluster, new: NewView) -> SavedView:
    """Keep it; one's own view of the same name for the same list is replaced."""
    may_keep_views(seats, cluster.pk).require()
    if new.is_shared:
        may_share_views(seats, cluster.pk).require()
    mine = SavedView.objects.select_for_update().filter(
        cluster=cluster, owner=seats.actor, list_key=new.list_key
    )
    known = {view.name: view for view in mine}
    for view in known.values():
        if new.is_default and view.is_shared == new.is_shared and view.name != new.name:
            changed(view, is_default=False)
    facts = {"query": new.query, "is_shared": new.is_shared, "is_default": new.is_default}
    if same := known.get(new.name):
        changed(same, _REFUSALS, **facts)
        return same
    own = {"cluster": cluster, "owner_id": seats.actor, "list_key": new.list_key, "name": new.name}
    return created(SavedView(**own, **facts), _REFUSALS)


def take_view_away(*, seats: Seats, view: SavedView) -> None:
    may_take_away(seats, view).require()
    view.delete()
