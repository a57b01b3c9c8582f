"""Mail is handed over once: at once when the server answers, by a job when it is away."""

from datetime import timedelta
from typing import cast

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone
from procrastinate import JobContext
from pytest_django import Settings

from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import NOBODY, enter, opened
from clusterwerk.platform.jobs.actions import repeat_effect, settle_effect
from clusterwerk.platform.jobs.effects import perform_effect
from clusterwerk.platform.jobs.errors import TryAgainError
from clusterwerk.platform.jobs.models import OutsideEffect
from clusterwerk.platform.mail import outgoing
from clusterwerk.platform.mail.models import OutgoingMail
from clusterwerk.platform.mail.outgoing import Handed, send_later, send_or_keep
from factories.accounts import open_an
from factories.smtp import mail_server, point_at
from factories.world import STEWARD


def message() -> EmailMultiAlternatives:
    made = EmailMultiAlternatives("Hello", "Text", "from@example.org", ["an@example.org"])
    made.attach_alternative("<p>Text</p>", "text/html")
    return made


def perform(noted: OutsideEffect) -> None:
    perform_effect.func(cast("JobContext", None), effect=noted.pk)


def state() -> str:
    enter(STEWARD)
    return OutsideEffect.objects.get().state


def kept() -> int:
    enter(NOBODY)
    with opened("mail"):
        return OutgoingMail.objects.count()


def test_a_server_that_answers_gets_it_at_once(nobody: None, settings: Settings) -> None:
    with mail_server(settings) as server:
        assert send_or_keep(message()) is Handed.SENT
    assert "Message-ID: <" in server.taken[0]
    assert kept() == 0


def test_a_server_that_is_away_gets_it_later_from_a_job_with_the_same_id(
    nobody: None, settings: Settings
) -> None:
    point_at(settings, 1)
    one = message()
    assert send_or_keep(one) is Handed.KEPT
    enter(STEWARD)
    noted = OutsideEffect.objects.get()
    assert (noted.state, noted.label) == ("asked", "a…@example.org")
    with pytest.raises(TryAgainError):
        perform(noted)
    assert (state(), kept()) == ("asked", 1)
    with mail_server(settings) as server:
        perform(noted)
        perform(noted)
    assert (state(), kept(), len(server.taken)) == ("done", 0, 1)
    assert f"Message-ID: {one.extra_headers['Message-ID']}" in server.taken[0]
    assert "<p>Text</p>" in server.taken[0]


def test_pauses_grow_to_ten_minutes_so_that_an_hour_away_loses_nothing(
    nobody: None, settings: Settings
) -> None:
    point_at(settings, 1)
    noted, pauses = send_later(message()), []
    for _attempt in range(8):
        with pytest.raises(TryAgainError) as caught:
            perform(noted)
        pauses.append(round((caught.value.at - timezone.now()).total_seconds()))
    assert pauses == [30, 60, 120, 240, 480, 600, 600, 600]
    with mail_server(settings) as server:
        perform(noted)
    assert len(server.taken) == 1


def test_a_server_that_hangs_up_after_the_text_leaves_it_uncertain(
    nobody: None, settings: Settings
) -> None:
    noted = send_later(message())
    with mail_server(settings) as server:
        server.hangs_up = True
        perform(noted)
        perform(noted)
        assert (state(), kept(), len(server.taken)) == ("uncertain", 1, 1)
        assert send_or_keep(message()) is Handed.UNCERTAIN


def test_a_person_repeats_what_is_uncertain_or_leaves_it(nobody: None, settings: Settings) -> None:
    with mail_server(settings) as server:
        server.hangs_up = True
        for _mail in range(2):
            perform(send_later(message()))
        enter(STEWARD)
        first, second = OutsideEffect.objects.order_by("pk")
        server.hangs_up = False
        repeat_effect(seats=STEWARD, effect=first)
        settle_effect(seats=STEWARD, effect=second)
        perform(first)
        perform(second)
    enter(STEWARD)
    assert [each.state for each in OutsideEffect.objects.order_by("pk")] == ["done", "done"]
    assert (len(server.taken), kept()) == (3, 0)


def test_a_refusal_for_now_is_tried_again_and_one_for_good_waits_for_a_decision(
    nobody: None, settings: Settings
) -> None:
    noted = send_later(message())
    with mail_server(settings) as server:
        server.recipient = "450 later"
        with pytest.raises(TryAgainError):
            perform(noted)
        server.recipient = "550 nobody of that name"
        perform(noted)
    assert (state(), server.taken) == ("given_up", [])


def test_what_is_of_no_use_later_lapses_and_its_text_goes(nobody: None, settings: Settings) -> None:
    point_at(settings, 1)
    send_or_keep(message(), lifetime=timedelta(minutes=15), lapses=True)
    enter(STEWARD)
    noted = OutsideEffect.objects.get()
    with opened("jobs"):
        OutsideEffect.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with mail_server(settings) as server:
        perform(noted)
    assert (state(), kept(), server.taken) == ("lapsed", 0, [])


def test_the_same_key_is_one_mail(nobody: None) -> None:
    first = send_later(message(), key="invoice 12")
    assert send_later(message(), key="invoice 12").pk == first.pk
    assert kept() == 1


def test_texts_are_out_of_reach_of_whoever_does_not_send(nobody: None) -> None:
    send_later(message())
    for seats in (NOBODY, STEWARD, Seats(actor=1)):
        enter(seats)
        assert OutgoingMail.objects.count() == 0


def test_texts_whose_time_is_over_are_deleted(nobody: None) -> None:
    send_later(message())
    with opened("mail"):
        OutgoingMail.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    send_later(message())
    outgoing.forget_mails(timestamp=0)
    assert kept() == 1


@pytest.mark.parametrize("email", ["an@example.org", "nobody@example.org"])
def test_a_sign_in_link_follows_as_soon_as_the_server_is_back(
    client: Client, nobody: None, settings: Settings, email: str
) -> None:
    settings.LANGUAGE_CODE = "en"
    open_an()
    point_at(settings, 1)
    page = client.post("/accounts/login/code/", {"email": email}, follow=True).content.decode()
    assert "We go on trying for 15 minutes" in page
    enter(STEWARD)
    noted = OutsideEffect.objects.get()
    with mail_server(settings) as server:
        perform(noted)
    assert (len(server.taken), kept(), state()) == (1, 0, "done")
    assert ("/account/link/" in server.taken[0].replace("=\r\n", "")) == (email == "an@example.org")
