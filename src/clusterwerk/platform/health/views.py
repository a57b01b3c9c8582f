"""For the steward: what the doctor of the command line says, without a command line."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from clusterwerk.platform.access.decision import Decision, allow_if
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.health.findings import examine


def may_examine(seats: Seats) -> Decision:
    return allow_if(seats.is_steward, _("The installation is examined by the steward."))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def health_overview(request: HttpRequest) -> HttpResponse:
    """Only the button examines, because names and certificates are asked over the network."""
    may_examine(seats_of(request)).require()
    found = examine() if request.method == "POST" else None
    context = {
        "findings": found,
        "wrong": [told for told in found or () if told.state != "ok"],
        "well": [told for told in found or () if told.state == "ok"],
    }
    return render(request, "health/health_overview.html", context)
