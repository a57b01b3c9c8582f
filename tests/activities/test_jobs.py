"""The worker knows what this room does by the clock: it looks for it in `jobs.py` alone."""

from clusterwerk.platform.jobs import app
from clusterwerk.platform.jobs.registry import EFFECTS, JOBS


def test_the_worker_finds_what_is_done_by_the_clock_and_on_request() -> None:
    app.perform_import_paths()  # type: ignore[no-untyped-call] # of procrastinate
    periodic = {name for name, _id in app.periodic_registry.periodic_tasks}
    assert {
        "clusterwerk.activities.keeping.keep_registrations",
        "clusterwerk.activities.mailings.jobs.send_mailings",
    } <= periodic
    assert "clusterwerk.activities.mailings.jobs.prepare_mailing" in JOBS
    assert "mailing" in EFFECTS
