"""`clusterwerk mail receive`: what a mail server hears for each outcome."""

from contextlib import nullcontext

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings
from typer.testing import CliRunner

from clusterwerk.config.commands import mail
from clusterwerk.members.correspondence.addresses import renew_address, shown
from clusterwerk.members.models import IncomingMail
from clusterwerk.platform.access.session import enter
from factories.english import english
from factories.world import World, cluster_seats

__all__ = ["english"]

LETTER = "From: Lena <lena@alpha.example>\nSubject: Hello\nMessage-ID: <m@x>\n\nA word.\n"


@pytest.fixture
def address(world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(mail, "django_ready", nullcontext)
    settings.MAIL_IN_DOMAIN = "in.example.org"
    seats = cluster_seats(world.alpha)
    enter(seats)
    return shown(renew_address(seats=seats, cluster=world.alpha, now=timezone.now()))


def received(*options: str, text: str = LETTER, **environment: str) -> tuple[int, str]:
    result = CliRunner().invoke(mail.app, ["receive", *options], input=text, env=environment)
    return result.exit_code, result.stderr


def test_a_mail_is_taken_and_nothing_is_said(world: World, address: str) -> None:
    asked = ("--recipient", address, "--sender", "manager@example.org")
    assert received(*asked) == (0, "")
    enter(cluster_seats(world.alpha))
    assert IncomingMail.objects.get(message_id="m@x").state == "filed"


def test_recipient_and_sender_come_from_the_environment_too(world: World, address: str) -> None:
    said = received(RECIPIENT=address, SENDER="manager@example.org")
    assert said == (0, "")
    enter(cluster_seats(world.alpha))
    assert IncomingMail.objects.get(message_id="m@x").state == "filed"


def test_an_unknown_address_is_67(address: str) -> None:
    code, said = received("--recipient", "team-00000000000000000000@in.example.org")
    assert (code, said) == (67, "clusterwerk: No team takes mail at this address.\n")


def test_a_mail_that_is_too_large_is_65(address: str) -> None:
    code, said = received("--recipient", address, text=LETTER + "x" * 25 * 1024 * 1024)
    assert (code, said) == (65, "clusterwerk: A mail may have at most 25 MB.\n")


def test_an_installation_that_takes_no_mail_is_69(address: str, settings: Settings) -> None:
    settings.MAIL_IN_DOMAIN = ""
    assert received("--recipient", address)[0] == 69


@pytest.mark.parametrize("error", [OSError("disk full"), SystemExit(3), RuntimeError("away")])
def test_whatever_fails_on_our_side_is_75_so_that_the_mail_is_kept(
    monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(mail, "django_ready", fail)
    assert received("--recipient", "x")[0] == 75
