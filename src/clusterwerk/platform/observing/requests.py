"""What is counted of requests, over all web processes of a start.

A view is known by the name of its address and a status by its class, so that nothing about a person
or a cluster can become a label, and no visitor can make new ones.
"""

import logging
from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from clusterwerk.platform.observing import numbers

log = logging.getLogger("clusterwerk.requests")

# Seconds. The budgets of a page lie between 0.1 and 0.5; an export may take longer.
BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

REGISTRY = CollectorRegistry()
ANSWERED = Counter(
    "clusterwerk_requests",
    "Answered requests by view and class of status.",
    ["view", "status"],
    registry=REGISTRY,
)
TOOK = Histogram(
    "clusterwerk_request_seconds",
    "Time until the answer was ready to be sent, by view.",
    ["view"],
    buckets=BOUNDS,
    unit="seconds",
    registry=REGISTRY,
)


class Counted(Collector):
    """What this process counted; with several, their common folder is read instead."""

    def collect(self) -> Iterable[Metric]:
        return REGISTRY.collect()


def note(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    """Count one answer, and write its line where CLUSTERWERK_LOG_REQUESTS asks for one."""
    view = view_of(request)
    ANSWERED.labels(view, f"{response.status_code // 100}xx").inc()
    TOOK.labels(view).observe(seconds)
    if settings.LOG_REQUESTS:
        _write(request, response, view, round(seconds * 1000))


def view_of(request: HttpRequest) -> str:
    """The name of the address; `static` for files, `none` for what is no address of ours."""
    if request.resolver_match is not None:
        return request.resolver_match.view_name or "unnamed"
    return (
        "static" if request.path_info.startswith(f"/{settings.STATIC_URL.strip('/')}/") else "none"
    )


def _write(request: HttpRequest, response: HttpResponseBase, view: str, duration: int) -> None:
    """Neither the path nor the query: they hold names of clusters, searches and sign-in links."""
    method = request.method if request.method in METHODS else "other"
    figures = {
        "method": method,
        "view": view,
        "status": response.status_code,
        "milliseconds": duration,
    }
    words = (method, view, response.status_code, duration, numbers.number())
    log.info("%s %s %s %s ms %s", *words, extra={"figures": figures})


METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
