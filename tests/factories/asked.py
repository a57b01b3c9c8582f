"""What a person asked for: a run, its effect and its file, in whatever state a test needs."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from clusterwerk.platform.access.session import NOBODY, enter, opened
from clusterwerk.platform.files import actions as files
from clusterwerk.platform.jobs.models import JobRun, OutsideEffect
from clusterwerk.platform.jobs.states import EffectState, JobState
from clusterwerk.platform.models import User


@dataclass(frozen=True)
class Asked:
    """Keys of the three."""

    run: int
    effect: int
    file: int


def asked_by(person: User, **facts: Any) -> Asked:
    """A run that failed with a file, and an effect of it that waits for a decision."""
    enter(NOBODY)
    with files.draft() as draft:
        draft.file.write(b"secret")
        file = files.keep(draft, person.pk, "secret.txt", "text/plain")
    given = {
        "kind": "test",
        "file": file,
        "state": JobState.FAILED,
        "error": "told in private",
        "reference": "J-ABC234",
        **facts,
    }
    with opened("jobs"):
        run = JobRun.objects.create(
            asker=person,
            reason="test",
            key=str(JobRun.objects.count()),
            **given,
        )
        effect = OutsideEffect.objects.create(
            asker=person,
            run=run,
            kind="mail",
            key=str(run.pk),
            state=EffectState.UNCERTAIN,
            expires_at=timezone.now() + timedelta(days=1),
        )
    return Asked(run.pk, effect.pk, file.pk)
