"""`clusterwerk people`: the first person of an installation, who then signs in by mail."""

import json
import re
from contextlib import nullcontext
from http import HTTPStatus

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from clusterwerk.clusters.models import Seat
from clusterwerk.config import exits
from clusterwerk.config.commands import people
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.seats import SeatKind
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.accounts.actions import open_account
from clusterwerk.platform.models import User

AN = ["steward", "An@Example.org", "--name", "An Peeters"]


@pytest.fixture(autouse=True)
def under_way(nobody: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database of the tests stands in for the one that a command brings up itself."""
    monkeypatch.setattr(people, "django_ready", nullcontext)


def steward_seats() -> list[tuple[str, bool]]:
    """Address of every steward, and whether the seat began today and has no end."""
    enter(seats_of_command())
    seats = Seat.objects.filter(kind=SeatKind.STEWARD).select_related("user")
    today = timezone.localdate()
    return [(seat.user.email, (seat.since, seat.until) == (today, None)) for seat in seats]


def test_the_first_steward_gets_an_account_without_a_password_and_a_seat() -> None:
    result = CliRunner().invoke(people.app, AN)
    assert result.exit_code == exits.OK
    said = result.stdout.splitlines()
    assert said[0] == "Account opened. an@example.org is now a steward."
    assert said[1].startswith("The account has no password: on the sign-in page")
    assert steward_seats() == [("an@example.org", True)]
    an = User.objects.get()
    assert (an.name, an.has_usable_password(), an.is_demo) == ("An Peeters", False, False)


def test_the_same_command_twice_changes_nothing() -> None:
    first = CliRunner().invoke(people.app, [*AN, "--json"])
    second = CliRunner().invoke(people.app, [*AN, "--json"])
    told = {"email": "an@example.org", "account_opened": True, "seat_given": True}
    assert json.loads(first.stdout) == told
    assert json.loads(second.stdout) == told | {"account_opened": False, "seat_given": False}
    third = CliRunner().invoke(people.app, AN)
    assert third.stdout == "an@example.org was a steward already; nothing has changed.\n"
    assert steward_seats() == [("an@example.org", True)]


def test_who_has_an_account_keeps_it_and_gets_the_seat() -> None:
    open_account(email="an@example.org", name="An", password="a long quiet evening")
    result = CliRunner().invoke(people.app, AN)
    assert result.stdout == "an@example.org is now a steward.\n"
    an = User.objects.get()
    assert (an.name, an.has_usable_password()) == ("An", True)
    assert steward_seats() == [("an@example.org", True)]


def test_a_closed_account_gets_no_seat() -> None:
    account = open_account(email="an@example.org", name="An")
    User.objects.filter(pk=account.pk).update(is_active=False)
    result = CliRunner().invoke(people.app, AN)
    assert result.exit_code == exits.PROBLEMS
    assert result.stderr == "The account of an@example.org is closed; nothing was changed.\n"
    assert steward_seats() == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["an@", "--name", "An"], "“an@” is not an e-mail address"),
        (["an@example.org", "--name", " "], "a name has 1 to 200 characters"),
        (["an@example.org"], "--name"),
    ],
)
def test_wrong_usage_says_what_is_wrong_and_opens_nothing(words: list[str], said: str) -> None:
    result = CliRunner().invoke(people.app, ["steward", *words])
    assert result.exit_code == exits.USAGE
    assert said in result.stderr
    assert not User.objects.exists()


def address_in_mail() -> str:
    """Where the link of the only mail leads."""
    (sent,) = mail.outbox
    assert sent.to == ["an@example.org"]
    found = re.search(r"http://testserver(/\S+)", str(sent.body))
    assert found
    return found[1]


def test_the_first_steward_signs_in_by_a_link_in_a_mail_and_sees_the_desk(client: Client) -> None:
    CliRunner().invoke(people.app, AN)
    client.post("/accounts/login/code/", {"email": "an@example.org"})
    desk = client.post(address_in_mail(), follow=True)
    assert desk.status_code == HTTPStatus.OK
    assert desk.context["user"].email == "an@example.org"
    assert desk.context["steward_desk"]


def test_the_first_steward_sets_a_password_through_a_mail(client: Client) -> None:
    CliRunner().invoke(people.app, AN)
    client.post("/accounts/password/reset/", {"email": "an@example.org"})
    form = client.get(address_in_mail())["Location"]
    new = "a long quiet evening"
    client.post(form, {"password1": new, "password2": new})
    assert User.objects.get().check_password(new)
