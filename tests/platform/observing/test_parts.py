"""Figures of back-ups and mail."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django.fixtures import Settings

from clusterwerk.platform.backup import record
from clusterwerk.platform.mail.outgoing import send_later
from clusterwerk.platform.observing import parts


@pytest.fixture(autouse=True)
def var(tmp_path: Path, settings: Settings) -> Path:
    settings.VAR = tmp_path
    return tmp_path


def test_without_a_back_up_there_is_no_age() -> None:
    assert (parts.backup_age(), parts.copy_age(), parts.backup_failing()) == (None, None, None)


def test_ages_count_from_the_last_that_went_well(var: Path) -> None:
    record.note(
        var,
        made_at=timezone.now() - timedelta(hours=30),
        copied_at=timezone.now() - timedelta(hours=54),
        problem="The disk is full.",
    )
    assert round(parts.backup_age() or 0, -2) == 30 * 3600
    assert round(parts.copy_age() or 0, -2) == 54 * 3600
    assert parts.backup_failing() == 1


def test_a_copy_that_fails_is_failing_while_the_back_up_is_young(var: Path) -> None:
    record.note(var, made_at=timezone.now(), problem="", copy_problem="no route")
    assert parts.copy_age() is None
    assert parts.backup_failing() == 1
    record.note(var, copied_at=timezone.now(), copy_problem="")
    assert parts.backup_failing() == 0


@pytest.mark.django_db
def test_mail_that_is_kept_for_later_waits(nobody: None) -> None:
    before = parts.mail_waiting()
    send_later(EmailMessage("A subject", "A text", to=["an@example.org"]))
    assert parts.mail_waiting() == before + 1
