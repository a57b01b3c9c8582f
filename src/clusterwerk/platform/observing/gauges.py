"""Figures that are read when somebody asks: of the database, the queue, and what parts register.

A part of the platform with a figure of its own (the age of a back-up, mail that waits) registers it
in its `apps.py`; this module knows none of them.
"""

import logging
import platform
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import django
from django.db import connection
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from clusterwerk.platform.observing import queue
from clusterwerk.platform.observing.probe import Probe

log = logging.getLogger("clusterwerk.observing")

Read = Callable[[], float | None]


@dataclass(frozen=True, slots=True)
class Gauge:
    """A figure: its name without `clusterwerk_`, what it says, and how to read it.

    `read` runs as nobody inside a short transaction, and answers None while there is nothing to
    tell; then the figure is left out, and an alert on its absence can speak.
    """

    name: str
    text: str
    read: Read


_registered: dict[str, Gauge] = {}


def register_gauges(*gauges: Gauge) -> None:
    _registered.update({gauge.name: gauge for gauge in gauges})


class Figures(Collector):
    """Read anew for each asker; without the database only what needs none."""

    def collect(self) -> Iterable[Metric]:
        yield _build()
        try:
            found = _PROBE.answer()
        except Exception:
            log.warning("The figures of the database could not be read.", exc_info=True)
            found = []
        yield _gauge("database_up", "Whether the database answered in time.", bool(found))
        yield from found


def _build() -> Metric:
    try:
        own = version("clusterwerk")
    except PackageNotFoundError:
        own = "unknown"
    facts = {
        "version": own,
        "python": platform.python_version(),
        "django": django.get_version(),
    }
    return InfoMetricFamily("clusterwerk_build", "What runs here.", value=facts)


def _look() -> list[Metric]:
    return [*_connections(), *_queue(), *_of_parts()]


def _connections() -> Iterator[Metric]:
    shown = "Connections to this database by state; `other` are those of other roles."
    found = GaugeMetricFamily("clusterwerk_database_connections", shown, labels=["state"])
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce(state, 'other'), count(*) from pg_stat_activity"
            " where datname = current_database() group by 1"
        )
        for state, count in cursor.fetchall():
            found.add_metric([state], count)
        cursor.execute("select current_setting('max_connections')::int")
        (most,) = cursor.fetchone()
    yield found
    yield _gauge("database_connections_limit", "Connections that the server allows.", most)


def _queue() -> Iterator[Metric]:
    found = queue.queue()
    jobs = GaugeMetricFamily("clusterwerk_jobs", "Jobs by state.", labels=["state"])
    for state, count in found.states.items():
        jobs.add_metric([state], count)
    yield jobs
    yield _gauge("jobs_retried", "Waiting jobs that failed at least once.", found.retried)
    oldest = "Age of the job that waits longest and could run."
    yield _gauge("jobs_oldest_waiting_seconds", oldest, found.oldest)
    silent = queue.silence()
    if silent is not None:
        heard = "Time since a worker was heard of."
        yield _gauge("worker_silent_seconds", heard, silent)


def _of_parts() -> Iterator[Metric]:
    for gauge in _registered.values():
        value = gauge.read()
        if value is not None:
            yield _gauge(gauge.name, gauge.text, value)


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(f"clusterwerk_{name}", text, value=value)


_PROBE = Probe(_look)
