"""What members need and offer, as the team of a cluster reads it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from clusterwerk.clusters.choosing import own_clusters
from clusterwerk.clusters.saved_views.showing import ShownViews, shown_views
from clusterwerk.members import access
from clusterwerk.members.forms.listing import OfferFilter
from clusterwerk.members.lists.offers import (
    OFFERS,
    OfferRow,
    OfferScope,
    offer_listing,
    offer_rows,
)
from clusterwerk.members.models import NeedOrOffer
from clusterwerk.members.queries.offers import offers_of
from clusterwerk.members.queries.people import people_at
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.replica import download
from clusterwerk.platform.ui.export import KINDS, About, FileKind, table_response
from clusterwerk.platform.ui.lists import Asked, Listing, asked_of, read_list
from clusterwerk.platform.ui.lists.answering import panel_of, part_asked
from clusterwerk.platform.ui.lists.filing import list_table
from clusterwerk.platform.ui.lists.showing import shown_list


@require_GET
def own_offers(request: HttpRequest) -> HttpResponse:
    """The list of the cluster that the person works in."""
    return redirect("members:offer_list", cluster=own_cluster(request, "").key)


@require_GET
def offer_list(request: HttpRequest, cluster: str) -> HttpResponse:
    own = own_cluster(request, cluster)
    views = shown_views(request, own, OFFERS)
    if views.opens_with and not request.GET:
        return redirect(f"{request.path}?{views.opens_with}")
    scope = OfferScope(own, timezone.localdate())
    listing = offer_listing(scope)
    asked = asked_of(request.GET, listing)
    if kind := KINDS.get(request.GET.get("file", "")):
        return _offer_file(request, scope, listing, asked, kind)
    if part_asked(request) == "panel":
        return render(request, "members/_offer_panel.html", _panel(scope, asked, request))
    return render(
        request,
        "members/_offer_rows.html" if part_asked(request) else "members/offer_list.html",
        _context(request, scope, listing, asked, views),
    )


@require_GET
def offer_detail(request: HttpRequest, cluster: str, offer: int) -> HttpResponse:
    own = own_cluster(request, cluster)
    scope = OfferScope(own, timezone.localdate())
    row = get_object_or_404(offers_of(own.pk), pk=offer)
    context = {
        "cluster": own,
        "row": offer_rows(scope, [row])[0],
        "may_keep": access.may_keep_people(seats_of(request), own.pk),
    }
    return render(request, "members/offer_detail.html", {**context, **_caller(scope, row)})


@download
def _offer_file(
    request: HttpRequest,  # noqa: ARG001 - names who asks
    scope: OfferScope,
    listing: Listing[OfferRow],
    asked: Asked,
    kind: FileKind,
) -> HttpResponse:
    about = About(
        _("Needs and offers"),
        (
            (_("Cluster"), scope.cluster.name),
            (_("Open on"), scope.day),
            (_("Source"), _("Told by the members themselves.")),
        ),
    )
    table = list_table(listing, asked, f"{scope.cluster.key}-needs-and-offers", about)
    return table_response(table, kind, scope.day)


def _context(
    request: HttpRequest,
    scope: OfferScope,
    listing: Listing[OfferRow],
    asked: Asked,
    views: ShownViews,
) -> dict[str, Any]:
    cluster, seats = scope.cluster, seats_of(request)
    read = read_list(listing, asked)
    return {
        "cluster": cluster,
        "clusters": own_clusters(request) if len(seats.clusters) > 1 else [],
        "form": OfferFilter(request.GET),
        "views": views,
        "list": shown_list(listing, asked, read, request.GET, ()),
        "is_narrow": asked.is_narrow,
        "has_any": bool(read.page.rows) or offers_of(cluster.pk).exists(),
        "has_demo": any(row.offer.is_demo for row in read.page.rows),
        **_panel(scope, asked, request),
    }


def _panel(scope: OfferScope, asked: Asked, request: HttpRequest) -> dict[str, Any]:
    """The row that is open beside the list; one that was withdrawn leaves no panel."""
    cluster = scope.cluster
    offer = offers_of(cluster.pk).filter(pk=asked.open).first() if asked.open else None
    shared = {"cluster": cluster, "may_keep": access.may_keep_people(seats_of(request), cluster.pk)}
    if offer is None:
        return {**shared, "row": None, "panel": None}
    row = offer_rows(scope, [offer])[0]
    more = _caller(scope, offer)
    return {**shared, **more, "row": row, "panel": panel_of(asked, request.GET)}


def _caller(scope: OfferScope, offer: NeedOrOffer) -> dict[str, Any]:
    """Whom to call about it: the main contact, as this cluster knows it."""
    people = people_at(scope.cluster.pk, offer.organisation_id, scope.day)
    return {"caller": next((place for place in people if place.is_main), None)}
