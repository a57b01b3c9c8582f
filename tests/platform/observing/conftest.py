"""Questions to the database are asked anew in each test."""

from collections.abc import Iterator

import pytest
from django.db import connection

from clusterwerk.platform.observing import gauges, probe, readiness
from factories.owner import as_owner


@pytest.fixture(autouse=True)
def _asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "_PROBE", probe.Probe(readiness._look))
    monkeypatch.setattr(gauges, "_PROBE", probe.Probe(gauges._look))


@pytest.fixture
def empty_queue(transactional_db: None) -> Iterator[None]:
    """No jobs and no workers; tests that commit leave theirs behind."""
    _empty_queue()
    yield
    _empty_queue()


def _empty_queue() -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("truncate procrastinate_jobs, procrastinate_workers cascade")
