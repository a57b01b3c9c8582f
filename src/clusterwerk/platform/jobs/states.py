"""The states of a job and of an outside effect, as people see them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """`retrying` waits for its next attempt; the last three are ends."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    RETRYING = "retrying", _("trying again")
    SUCCEEDED = "succeeded", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class EffectState(models.TextChoices):
    """`uncertain`: it was begun and nobody can say whether it happened. `given_up`: it did not.

    `lapsed`: its time was over before it could be done, and later it is of no use to anybody.
    """

    ASKED = "asked", _("waiting")
    DOING = "doing", _("being done")
    DONE = "done", _("done")
    UNCERTAIN = "uncertain", _("uncertain")
    GIVEN_UP = "given_up", _("given up")
    LAPSED = "lapsed", _("too late")


OPEN_STATES = (JobState.WAITING, JobState.RUNNING, JobState.RETRYING)
ENDED_STATES = (JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED)
