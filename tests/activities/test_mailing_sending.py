"""A mailing reaches whom it may, once each, at a pace, whatever becomes of the worker."""

from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import Settings

from activities.mailed import (
    MINUTE,
    NOW,
    consents,
    contact,
    effects,
    minutes,
    perform,
    prepared,
    recipients,
    states,
    team,
    written,
)
from activities.registered import OPEN, comes, published
from clusterwerk.activities.mailings import newsletters, sending, starting, writing
from clusterwerk.activities.mailings.audiences import reached
from clusterwerk.activities.mailings.persons import RECIPIENTS_KEPT
from clusterwerk.activities.mailings.previewing import send_test
from clusterwerk.activities.models import (
    Attendance,
    LeftOut,
    Mailing,
    MailingAudience,
    MailingKind,
    MailingReach,
    MailingRecipient,
    MailingState,
    PublishedNewsletter,
)
from clusterwerk.members.models import Consent
from clusterwerk.members.privacy.erasing import erase_contact
from clusterwerk.members.privacy.suppressing import opt_out
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter, opened
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.tracking import event_model
from clusterwerk.platform.jobs.errors import TryAgainError
from clusterwerk.platform.mail.models import OutgoingMail
from factories.smtp import mail_server, point_at
from factories.world import World, cluster_seats


def parts(message: Any) -> list[str]:
    """Plain text and HTML of a mail as it arrived."""
    return [part.get_payload(decode=True).decode() for part in message.get_payload()]


def test_everybody_left_out_is_counted_by_reason_before_and_kept_after(world: World) -> None:
    enter(cluster_seats(world.alpha))
    alpha = world.alpha
    contact(alpha, "no", email="")
    contact(alpha, "back", bounced_on=NOW.date())
    consents(contact(alpha, "said"), "withdrawn")
    contact(alpha, "asked")
    opt_out(alpha.pk, "none@example.org", NOW.date(), None)
    consents(contact(alpha, "none"), "given")
    contact(alpha, "gone", archived_on=NOW.date())
    consents(contact(alpha, "yes", language="fr"), "given")
    mailing = written(world, kind=MailingKind.NEWSLETTER)
    counted = reached(mailing, NOW.date())
    assert (counted.number, counted.languages) == (2, {"nl": 1, "en": 1})
    assert counted.left_out == dict.fromkeys(
        [LeftOut.NO_ADDRESS, LeftOut.NO_MAIL, LeftOut.BOUNCED, LeftOut.UNSUBSCRIBED, "no_consent"],
        1,
    )
    prepared(world, mailing)
    assert states(world, mailing) == {
        "lena@alpha.example": "waiting",
        "No": "no_address",
        "back@example.org": "bounced",
        "said@example.org": "unsubscribed",
        "asked@example.org": "no_consent",
        "none@example.org": "no_mail",
        "yes@example.org": "waiting",
    }


def test_an_invitation_goes_to_who_never_said_no_and_a_practical_message_to_who_wants_mail(
    world: World,
) -> None:
    enter(cluster_seats(world.alpha))
    consents(contact(world.alpha, "said"), "withdrawn", "invitations")
    invitation = written(world)
    assert reached(invitation, NOW.date()).left_out == {LeftOut.UNSUBSCRIBED: 1}
    assert reached(written(world, kind=MailingKind.PRACTICAL), NOW.date()).number == 2


def test_a_view_of_members_leads_to_main_contacts_or_to_everybody_who_works_there(
    world: World,
) -> None:
    facts = {"audience": MailingAudience.MEMBERS, "view_query": "find=eclair"}
    assert reached(written(world, **facts), NOW.date()).number == 1
    facts = {**facts, "view_query": "find=nowhere"}
    assert reached(written(world, **facts), NOW.date()).number == 0
    facts = {"audience": MailingAudience.MEMBERS, "reach": MailingReach.EVERYBODY}
    assert reached(written(world, **facts), NOW.date()).number == 1


def test_a_view_of_contacts_is_asked_as_it_was_chosen(world: World) -> None:
    enter(cluster_seats(world.alpha))
    contact(world.alpha, "zoe", language="en")
    mailing = written(world, view_query="language=en&order=name", view_name="English")
    prepared(world, mailing)
    assert list(states(world, mailing)) == ["zoe@example.org"]


def test_participants_get_it_once_each_in_the_language_they_registered_in(world: World) -> None:
    own = published(world, capacity=None)
    comes(own, "bea@example.org")
    comes(own, "lena@alpha.example")
    mailing = written(
        world,
        kind=MailingKind.PRACTICAL,
        audience=MailingAudience.REGISTERED,
        activity=own,
        text_en="Room 2: {link}",
    )
    prepared(world, mailing)
    found = recipients(world, mailing)
    assert {key: row.language for key, row in found.items()} == {
        "bea@example.org": "en",
        "lena@alpha.example": "en",
    }
    assert found["lena@alpha.example"].contact is not None
    for number, name in enumerate(("Bea Bos", "Bea B.")):
        Attendance.objects.create(
            cluster=world.alpha,
            activity=own,
            printed_name=f"{name} {number}",
            email="bea@example.org",
            source="test",
        )
    attended = written(
        world, kind=MailingKind.PRACTICAL, audience=MailingAudience.ATTENDED, activity=own
    )
    assert reached(attended, NOW.date()).left_out == {LeftOut.TWICE: 1}
    prepared(world, attended)
    enter(cluster_seats(world.alpha))
    told = attended.recipients.order_by("pk").values_list("state", "left_out")
    assert list(told) == [("waiting", ""), ("left_out", "twice")]


def test_mails_leave_at_the_pace_of_a_minute_and_each_once(
    world: World, settings: Settings
) -> None:
    settings.MAILS_A_MINUTE = 2
    enter(cluster_seats(world.alpha))
    for number in range(4):
        contact(world.alpha, f"p{number}")
    mailing = prepared(world, written(world))
    assert minutes(1) == 2
    assert minutes(1) == 0, "the pace of this minute is spent"
    assert minutes(1, NOW + MINUTE) == 2
    assert minutes(3, NOW + 2 * MINUTE) == 0, "no more than two minutes' worth are on their way"
    with mail_server(settings) as server:
        for noted in effects():
            perform(noted)
            perform(noted)
        assert len(server.taken) == 4
        assert minutes(1, NOW + 5 * MINUTE) == 1
        perform(effects()[-1])
        assert len(server.taken) == 5
    minutes(1, NOW + 6 * MINUTE)
    enter(team(world))
    mailing.refresh_from_db()
    assert (mailing.state, mailing.ended_at) == (MailingState.SENT, NOW + 6 * MINUTE)
    assert set(states(world, mailing).values()) == {"sent"}


def test_a_mail_is_in_the_language_of_its_recipient_with_the_way_out_in_its_head(
    world: World, settings: Settings
) -> None:
    settings.MAIL_IN_DOMAIN = "in.example.org"
    enter(cluster_seats(world.alpha))
    contact(world.alpha, "zoe", language="en")
    mailing = prepared(world, written(world, reply_to="team@alpha.example"))
    minutes(1)
    with mail_server(settings) as server:
        for noted in effects():
            perform(noted)
    lena, zoe = (message_from_bytes(each.encode()) for each in server.taken)
    assert [str(make_header(decode_header(each["Subject"]))) for each in (lena, zoe)] == [
        "Kom, Lena",
        "Come, Zoe",
    ]
    token = recipients(world, mailing)["zoe@example.org"].token
    assert zoe["List-Unsubscribe"].endswith(f"/agenda/unsubscribe/{token}/>")
    assert zoe["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert zoe["From"].startswith("Alpha <")
    assert zoe["Reply-To"] == "team@alpha.example"
    plain, html = parts(zoe)
    assert "Dear Zoe," in plain
    assert token in plain
    assert "<p>Dear Zoe,</p>" in html
    assert "Éclair Works" in parts(lena)[0]


def test_a_mail_server_that_is_away_gets_each_mail_once_when_it_is_back(
    world: World, settings: Settings
) -> None:
    point_at(settings, 1)
    mailing = prepared(world, written(world))
    minutes(1)
    (noted,) = effects()
    with pytest.raises(TryAgainError):
        perform(noted)
    assert states(world, mailing) == {"lena@alpha.example": "handed"}
    with mail_server(settings) as server:
        perform(effects()[0])
    assert len(server.taken) == 1
    assert states(world, mailing) == {"lena@alpha.example": "sent"}


def test_a_server_that_hangs_up_after_the_text_leaves_it_uncertain_and_nothing_is_repeated(
    world: World, settings: Settings
) -> None:
    mailing = prepared(world, written(world))
    minutes(1)
    with mail_server(settings) as server:
        server.hangs_up = True
        perform(effects()[0])
        server.hangs_up = False
        minutes(2, NOW + MINUTE)
        perform(effects()[0])
        assert len(server.taken) == 1
    assert states(world, mailing) == {"lena@alpha.example": "uncertain"}
    mailing.refresh_from_db()
    assert mailing.state == MailingState.SENT


def test_an_address_that_the_server_refuses_counts_as_come_back(
    world: World, settings: Settings
) -> None:
    mailing = prepared(world, written(world))
    minutes(1)
    with mail_server(settings) as server:
        server.recipient = "550 no such box"
        perform(effects()[0])
    assert states(world, mailing) == {"lena@alpha.example": "bounced"}
    row = recipients(world, mailing)["lena@alpha.example"]
    assert row.contact is not None
    assert row.contact.bounced_on is not None


def test_pausing_holds_who_waits_going_on_sends_them_and_stopping_never_does(
    world: World, settings: Settings
) -> None:
    settings.MAILS_A_MINUTE = 1
    enter(cluster_seats(world.alpha))
    contact(world.alpha, "zoe")
    contact(world.alpha, "zita")
    mailing = prepared(world, written(world))
    assert minutes(1) == 1
    seats = team(world)
    enter(seats)
    sending.pause_mailing(seats=seats, mailing=mailing)
    assert minutes(1, NOW + MINUTE) == 0
    enter(seats)
    sending.resume_mailing(seats=seats, mailing=mailing)
    assert minutes(1, NOW + 2 * MINUTE) == 1
    enter(seats)
    sending.stop_mailing(seats=seats, mailing=mailing, now=NOW)
    sending.stop_mailing(seats=seats, mailing=mailing, now=NOW)
    assert minutes(1, NOW + 3 * MINUTE) == 0
    with mail_server(settings) as server:
        for noted in effects():
            perform(noted)
        assert server.taken == []
    minutes(1, NOW + 4 * MINUTE)
    assert sorted(states(world, mailing).values()) == ["failed", "failed", "waiting"]
    enter(seats)
    with pytest.raises(DomainError):
        sending.resume_mailing(seats=seats, mailing=mailing)


def test_who_was_erased_before_the_mail_left_gets_none(world: World, settings: Settings) -> None:
    enter(cluster_seats(world.alpha))
    person = contact(world.alpha, "zoe")
    mailing = prepared(world, written(world))
    minutes(1)
    seats = cluster_seats(world.alpha)
    enter(seats)
    erase_contact(seats=seats, contact=person, reason="asked", on=NOW.date(), emptied=())
    with mail_server(settings) as server:
        for noted in effects():
            perform(noted)
    assert ["zoe" in each for each in server.taken] == [False]
    assert len(states(world, mailing)) == 2


def test_two_presses_are_one_and_a_draft_alone_is_changed(world: World) -> None:
    mailing = written(world)
    seats = team(world)
    first = starting.start(seats=seats, mailing=mailing, now=NOW)
    with pytest.raises(DomainError, match="already"):
        starting.start(seats=seats, mailing=mailing, now=NOW)
    assert starting.prepare_again(seats=seats, mailing=mailing).pk == first.pk
    with pytest.raises(PermissionDenied):
        writing.change_mailing(seats=seats, mailing=mailing, letter=writing.Letter(sender_name="A"))
    with pytest.raises(PermissionDenied):
        writing.drop_mailing(seats=seats, mailing=mailing)
    copy = writing.copy_mailing(seats=seats, mailing=mailing)
    assert (copy.state, copy.subject_nl) == (MailingState.DRAFT, "Kom, {first_name}")


@pytest.mark.parametrize(
    "facts",
    [
        {"text_nl": "Dag {voornaam}"},
        {"text_nl": "[kijk](javascript:x)"},
        {"text_nl": "Zie {link}"},
        {"subject_nl": "", "subject_en": ""},
        {"audience": MailingAudience.REGISTERED},
    ],
)
def test_what_would_go_out_wrong_is_refused_in_words(world: World, facts: dict[str, str]) -> None:
    with pytest.raises(DomainError):
        written(world, **facts)


def test_a_subject_without_its_text_is_not_sent(world: World) -> None:
    mailing = written(world, text_en="")
    with pytest.raises(DomainError, match="both or none"):
        starting.start(seats=team(world), mailing=mailing, now=NOW)


def test_another_cluster_and_who_only_reads_along_write_nothing(world: World) -> None:
    mailing = written(world)
    enter(cluster_seats(world.beta))
    assert Mailing.objects.filter(pk=mailing.pk).count() == 0
    with pytest.raises(PermissionDenied):
        sending.stop_mailing(seats=cluster_seats(world.beta), mailing=mailing, now=NOW)


def test_a_newsletter_stands_on_the_public_site_once_it_leaves_and_may_be_taken_off(
    world: World,
) -> None:
    mailing = written(world, kind=MailingKind.NEWSLETTER, is_public=True)
    enter(NOBODY)
    assert not PublishedNewsletter.objects.filter(pk=mailing.pk).exists()
    prepared(world, mailing)
    enter(NOBODY)
    assert PublishedNewsletter.objects.get(pk=mailing.pk).uid == mailing.uid
    seats = team(world)
    enter(seats)
    newsletters.take_off(seats=seats, mailing=mailing)
    newsletters.take_off(seats=seats, mailing=mailing)
    assert not PublishedNewsletter.objects.filter(pk=mailing.pk).exists()


def test_parts_are_written_below_the_text_of_each_language(world: World) -> None:
    own = published(world, name="Evening {x}", starts_at=OPEN.starts_at)
    mailing = written(world, kind=MailingKind.NEWSLETTER)
    shown = newsletters.to_come(world.alpha.pk, NOW)
    chosen = [each.activity for each in shown if each.activity.pk == own.pk]
    news = [newsletters.News("Call 4", "For all.", "https://example.org", NOW.date())]
    newsletters.put_in(seats=team(world), mailing=mailing, activities=chosen, news=news)
    mailing.refresh_from_db()
    assert "## Evening (x)\n" in mailing.text_nl
    assert "dinsdag 7 mei 2030" in mailing.text_nl
    assert "Tot en met 1 januari 2030" in mailing.text_nl
    assert "[Read more](https://example.org)" in mailing.text_en
    assert mailing.text_en.startswith("Dear {first_name},")


def test_a_test_goes_to_oneself_alone_in_each_language(world: World) -> None:
    mailing = written(world)
    send_test(seats=team(world), mailing=mailing, address="me@alpha.example")
    with opened("mail"):
        rows = OutgoingMail.objects.values_list("content", flat=True)
        told = [(each["to"], each["subject"]) for each in rows]
    assert told == [
        (["me@alpha.example"], "[test] Kom, Lena"),
        (["me@alpha.example"], "[test] Come, Lena"),
    ]


def test_a_consent_given_after_an_opt_out_opens_that_kind_again(world: World) -> None:
    enter(cluster_seats(world.alpha))
    opt_out(world.alpha.pk, "lena@alpha.example", NOW.date(), None)
    newsletter = written(world, kind=MailingKind.NEWSLETTER)
    assert reached(newsletter, NOW.date()).number == 0
    later = NOW.date().replace(year=2031)
    Consent.objects.filter(contact__email="lena@alpha.example").update(said_on=later)
    assert reached(newsletter, NOW.date()).number == 1
    assert reached(written(world), NOW.date()).left_out == {LeftOut.NO_MAIL: 1}


def test_an_erased_person_stands_nowhere_in_a_mailing_nor_in_its_past(world: World) -> None:
    enter(cluster_seats(world.alpha))
    person = contact(world.alpha, "zoe", last_name="Zwart")
    mailing = prepared(world, written(world))
    minutes(1)
    seats = cluster_seats(world.alpha)
    enter(seats)
    erase_contact(seats=seats, contact=person, reason="asked", on=NOW.date(), emptied=())
    past = event_model(MailingRecipient)
    assert past is not None
    rows = [*mailing.recipients.values(), *past._meta.base_manager.values()]
    told = " ".join(f"{row['name']} {row['first_name']} {row['email']}" for row in rows)
    assert ("Zoe" in told, "Zwart" in told, "zoe@" in told) == (False, False, False)
    assert mailing.recipients.count() == 2, "that a mail went out is counted on"


def test_names_of_recipients_go_after_the_period_of_keeping(world: World) -> None:
    mailing = prepared(world, written(world))
    later = NOW.date() + timedelta(days=1)
    enter(cluster_seats(world.alpha))
    assert list(RECIPIENTS_KEPT.rows(world.alpha.pk, NOW.date())) == []
    assert [row.pk for row in RECIPIENTS_KEPT.rows(world.alpha.pk, later)] == [
        row.pk for row in mailing.recipients.all()
    ]
