"""A process that prepares or sends a mailing and stops where the test wants it, to be killed there.

It works on the database of the tests with the code of the program; only the points are added.
"""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.db import connection
from procrastinate import JobContext

from factories.trial_worker import FOLDER, reach


def _passing(before: str, after: str, act: Callable[..., Any]) -> Callable[..., Any]:
    def passed(*facts: Any, **named: Any) -> Any:
        reach(before)
        found = act(*facts, **named)
        reach(after)
        return found

    return passed


def _ready(folder: str, database: str) -> None:
    import os  # noqa: PLC0415 - in the forked process

    os.environ[FOLDER] = folder
    connection.settings_dict["NAME"] = database


def prepare_slowly(folder: str, database: str, run: int) -> None:
    _ready(folder, database)
    from clusterwerk.activities.mailings import audiences  # noqa: PLC0415 - when loaded
    from clusterwerk.activities.mailings import jobs as of_mailings  # noqa: PLC0415 - as above
    from clusterwerk.platform.jobs.running import run_job  # noqa: PLC0415 - as above

    jobs: Any = of_mailings
    jobs.people_after = lambda own, after, day: audiences.people_after(own, after, day, at_once=2)
    written = iter(range(100))

    def freeze(*facts: Any) -> int:
        number = next(written)
        return int(_passing(f"before {number}", f"inside {number}", before)(*facts))

    before, jobs.freeze = jobs.freeze, freeze
    run_job(jobs.prepare_mailing, None, run)


def hand_over_slowly(folder: str, database: str) -> None:
    _ready(folder, database)
    from django.utils import timezone  # noqa: PLC0415 - when loaded

    from clusterwerk.activities.mailings import sending as of_mailings  # noqa: PLC0415 - as above

    sending: Any = of_mailings
    sending.ask_effect = _passing("before asking", "asked", sending.ask_effect)
    sending._end = _passing("handed over", "ended", sending._end)
    sending.hand_over(timezone.now())


def deliver_slowly(folder: str, database: str, port: int, effect: int) -> None:
    _ready(folder, database)
    from clusterwerk.activities.mailings import sending as of_mailings  # noqa: PLC0415 - when loaded
    from clusterwerk.platform.jobs.effects import perform_effect  # noqa: PLC0415 - as above

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    settings.EMAIL_HOST_USER = ""
    sending: Any = of_mailings
    sending.deliver = _passing("before sending", "after sending", sending.deliver)
    perform_effect.func(cast("JobContext", None), effect=effect)
