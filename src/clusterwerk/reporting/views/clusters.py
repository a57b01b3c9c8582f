"""One cluster, as its agency and its own people see it."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwerk.clusters.choosing import chosen_cluster
from clusterwerk.clusters.models import PublicProfile
from clusterwerk.clusters.sharing.readers import readers_of
from clusterwerk.clusters.sharing.shared import seen_by, shared_kinds
from clusterwerk.platform.access.looking import looking_as
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.seats import SeatRole, Seats
from clusterwerk.reporting import access
from clusterwerk.reporting.models import PublishedReading
from clusterwerk.reporting.queries.clusters import (
    ClusterPage,
    OwnConcentration,
    cluster_page,
    own_concentration,
)
from clusterwerk.reporting.views.common import today
from clusterwerk.reporting.views.found import found_views
from clusterwerk.reporting.views.shapes import Curve, curve
from clusterwerk.reporting.views.table import HALF

SIZE = (300, 180)


def cluster_detail(request: HttpRequest, slug: str) -> HttpResponse:
    profile = get_object_or_404(PublicProfile, slug=slug)
    seats, cluster = seats_of(request), profile.cluster_id
    access.may_see_cluster(seats, cluster=cluster, agency=profile.agency_id).require()
    return render(request, "reporting/cluster_detail.html", _context(profile, seats))


@require_safe
def cluster_as_agency(request: HttpRequest, cluster: str) -> HttpResponse:
    """The page above as the agency sees it, for the people of the cluster.

    It is written while the agency's seats act, so that it holds what the database gives to them.
    """
    own = chosen_cluster(request, cluster) if seats_of(request).clusters else None
    if own is None:
        raise PermissionDenied(_("Only the people of a cluster look at it as its agency does."))
    profile = PublicProfile.objects.filter(cluster_id=own.pk).first()
    shared = shared_kinds(own)
    reader = next(each for each in readers_of(own, None) if each.key == SeatRole.ACCOUNT_MANAGER)
    page = ""
    if profile:
        with looking_as(reader.seats):
            context = _context(profile, reader.seats)
            page = render_to_string("reporting/_cluster_page.html", context, request)
    context = {
        "cluster": own,
        "agency": own.agency,
        "page": page,
        "hidden": [each for each in seen_by(reader.seats, shared) if each.is_hidden],
    }
    return render(request, "reporting/cluster_as_agency.html", context)


def _context(profile: PublicProfile, seats: Seats) -> dict[str, Any]:
    page, cluster = cluster_page(profile), profile.cluster_id
    own = own_concentration(seats, cluster, page.term, today())
    return {
        "page": page,
        "profile": profile,
        "found": found_views(page.found, seats),
        "few": _printed(page, "contributions.to_half"),
        "contributors": _printed(page, "contributions.contributors"),
        "published_curve": _published_curve(page),
        "own": own,
        "own_curve": _own_curve(own) if own else None,
        "left": _left(own) if own else (),
        "is_own": cluster in seats.clusters,
    }


def _printed(page: ClusterPage, indicator: str) -> PublishedReading | None:
    row = page.row(indicator)
    return row.published[0] if row and row.published else None


def _published_curve(page: ClusterPage) -> Curve | None:
    """The curve through the one published point."""
    few = _printed(page, "contributions.to_half")
    all_ = _printed(page, "contributions.contributors")
    if few is None or all_ is None or not few.number or not all_.number:
        return None
    return curve([(few.number / all_.number, HALF)], *SIZE)


def _own_curve(own: OwnConcentration) -> Curve:
    """Through every contributor; the corners are drawn anyway."""
    points = own.figures.lorenz[1:-1]
    return curve([(p.share_of_contributors, p.share_of_total) for p in points], *SIZE)


@dataclass(frozen=True, slots=True)
class Left:
    """What remains when the largest leave, ready to be shown."""

    leaving: int
    amount: Decimal
    share: Decimal | None


def _left(own: OwnConcentration) -> list[Left]:
    return [
        Left(
            remainder.leaving,
            remainder.amount,
            None if remainder.share is None else _decimal(remainder.share),
        )
        for remainder in own.remainders
    ]


def _decimal(share: Fraction) -> Decimal:
    return Decimal(share.numerator) / share.denominator
