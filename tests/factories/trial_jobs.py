"""Jobs and effects that say where they are, for the tests that kill their worker."""

import os
from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from clusterwerk.platform.jobs import Progress, app, job
from clusterwerk.platform.jobs.effects import ask_effect, effect
from clusterwerk.platform.jobs.models import OutsideEffect
from factories.trial_worker import FOLDER, reach

STEPS = 4


def write(key: str) -> None:
    """A row that can be written once: a step that is repeated would break it."""
    Session.objects.create(session_key=key, session_data="", expire_date=timezone.now())


@job(title="Four steps")
def four_steps(progress: Progress) -> None:
    reach("begun")
    for number in range(progress.cursor or 0, STEPS):
        with progress.step(total=STEPS):
            write(f"step {number}")
            reach(f"inside {number}")
            progress.cursor = number + 1
        reach(f"after {number}")
    reach("all done")


@job(title="Four steps and a letter")
def step_with_effect(progress: Progress) -> None:
    with progress.step(total=1):
        ask_effect(LETTER, key=f"letter of {progress.run}", run=progress.run)
        reach("effect asked")


def post(noted: OutsideEffect) -> None:
    reach("before the effect")
    with (Path(os.environ[FOLDER]) / "posted").open("a") as box:
        box.write(f"{noted.key}\n")
    reach("after the effect")


LETTER = effect("letter", title="Letter")(post)
NUMBERED = effect("numbered letter", title="Numbered letter", is_idempotent=True)(post)


@app.periodic(cron="* * * * * *")
@app.task(queueing_lock="tick", name="tick")
def tick(timestamp: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    reach(f"tick {timestamp}")
