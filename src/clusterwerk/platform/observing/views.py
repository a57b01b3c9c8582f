"""Three addresses for monitors. They need no session, and are answered before all other layers."""

import os

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest

from clusterwerk.platform.observing import requests
from clusterwerk.platform.observing.callers import may_look
from clusterwerk.platform.observing.gauges import Figures
from clusterwerk.platform.observing.readiness import readiness

REFUSAL = "Send the token of CLUSTERWERK_METRICS_TOKEN: Authorization: Bearer ...\n"


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - as Django calls it
    """The process answers: that is all, whatever the database does."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 or 503 for everybody; the reasons for whoever may look."""
    found = readiness()
    told: dict[str, object] = {"ready": found.is_ready}
    if may_look(request):
        told |= {"reasons": found.reasons, "warnings": found.warnings}
    return JsonResponse(told, status=200 if found.is_ready else 503)


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not may_look(request):
        return HttpResponse(REFUSAL, status=403, content_type="text/plain")
    registry = CollectorRegistry()
    registry.register(Figures())
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call] # the library's own
    else:
        registry.register(requests.Counted())
    text: bytes = generate_latest(registry)  # type: ignore[no-untyped-call] # the same
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)
