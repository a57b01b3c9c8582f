"""Inviting by mail, and what a link opens, once."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.utils import timezone

from clusterwerk.clusters.inviting import actions, mails
from clusterwerk.clusters.inviting.actions import Guest, accept, invite, offer
from clusterwerk.clusters.inviting.places import (
    Place,
    for_organisation,
    in_agency,
    in_cluster,
    in_installation,
)
from clusterwerk.clusters.models import Invitation, InvitationState, Seat
from clusterwerk.platform.access.seats import NOBODY, SeatKind, SeatRole, Seats
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.accounts.actions import open_account
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.models import User
from factories.invited import NEWCOMER, acting_as, invited_to, link_in, waiting_mails
from factories.world import STEWARD, World, agency_seats, cluster_seats, organisation_seats


def token_in_mail() -> str:
    return link_in(waiting_mails()[-1]).removeprefix("/people/accept/").removesuffix("/")


def seats_of_address(email: str) -> list[tuple[str, str]]:
    enter(STEWARD)
    return list(Seat.objects.filter(user__email=email).values_list("kind", "role"))


def test_the_mail_holds_the_link_and_speaks_the_language_of_the_person(world: World) -> None:
    invited_to(world.alpha, world.people["manager"])
    (text,) = waiting_mails()
    assert "manager invites you to work with Alpha on Clusterwerk, as staff." in text
    assert "Hello New Person," in text
    assert mails.invitation_of(token_in_mail()) == Invitation.objects.get().pk


def test_an_account_gets_the_mail_in_its_own_language(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(mails, "send", lambda _row, _sender, language: sent.append(language))
    open_account(email="nl@example.org", name="Nel", language="nl")
    seats = acting_as(world.people["manager"])
    for email in ("nl@example.org", NEWCOMER):
        guest = Guest(email, "N", "en")
        invite(seats=seats, place=in_cluster(world.alpha), role=SeatRole.STAFF, guest=guest)
    assert sent == ["nl", "en"]


def test_opening_the_link_changes_nothing_however_often(world: World) -> None:
    invited_to(world.alpha, world.people["manager"])
    token = token_in_mail()
    enter(NOBODY)
    for _ in range(3):
        assert offer(token).ended == ""
    enter(STEWARD)
    assert Invitation.objects.get().state == InvitationState.OPEN
    assert not User.objects.filter(email=NEWCOMER).exists()


def test_accepting_opens_an_account_with_the_seat_and_a_confirmed_address(world: World) -> None:
    invited_to(world.alpha, world.people["manager"])
    token = token_in_mail()
    enter(NOBODY)
    person = accept(token=token, account=None, name="Noor", language="nl")
    assert (person.email, person.name, person.language) == (NEWCOMER, "Noor", "nl")
    assert person.emailaddress_set.get().verified  # type: ignore[attr-defined]
    assert seats_of_address(NEWCOMER) == [("cluster", "staff")]
    seat = Seat.objects.get(user=person)
    assert (seat.cluster_id, seat.agency_id) == (world.alpha.pk, world.agency.pk)
    invitation = Invitation.objects.get()
    assert (invitation.state, invitation.settled_by_id) == ("accepted", person.pk)


def test_a_second_click_finds_it_accepted_and_gives_nothing_twice(world: World) -> None:
    invited_to(world.alpha, world.people["manager"])
    token = token_in_mail()
    enter(NOBODY)
    accept(token=token, account=None, name="Noor")
    enter(NOBODY)
    with pytest.raises(DomainError, match="accepted already"):
        accept(token=token, account=None, name="Noor")
    assert seats_of_address(NEWCOMER) == [("cluster", "staff")]


def test_somebody_with_an_account_signs_in_first(world: World) -> None:
    stranger = world.people["stranger"]
    invited_to(world.alpha, world.people["manager"], email="STRANGER@example.org")
    token = token_in_mail()
    enter(NOBODY)
    for account in (None, world.people["evaluator"]):
        with pytest.raises(DomainError, match="sign in with it first"):
            accept(token=token, account=account)
    acting_as(stranger)
    assert accept(token=token, account=stranger) == stranger
    assert seats_of_address("stranger@example.org") == [("cluster", "staff")]


def test_the_link_is_not_accepted_by_another_account_for_an_address_without_one(
    world: World,
) -> None:
    invited_to(world.alpha, world.people["manager"])
    token = token_in_mail()
    acting_as(world.people["stranger"])
    with pytest.raises(DomainError, match="for another address"):
        accept(token=token, account=world.people["stranger"])
    assert seats_of_address("stranger@example.org") == []


def test_a_link_that_ran_out_says_so_and_works_again_once_it_is_sent_again(world: World) -> None:
    invitation = invited_to(world.alpha, world.people["manager"])
    token = token_in_mail()
    past = timezone.now() - timedelta(days=15)
    Invitation.objects.update(expires_at=past, sent_at=past)
    enter(NOBODY)
    assert "has run out" in offer(token).ended
    with pytest.raises(DomainError, match="has run out"):
        accept(token=token, account=None, name="Noor")
    seats = acting_as(world.people["manager"])
    actions.send_again(seats=seats, invitation=invitation)
    assert len(waiting_mails()) == 2
    enter(NOBODY)
    assert offer(token_in_mail()).ended == ""
    accept(token=token, account=None, name="Noor")
    assert seats_of_address(NEWCOMER) == [("cluster", "staff")]


def test_a_withdrawn_invitation_opens_nothing(world: World) -> None:
    invitation = invited_to(world.alpha, world.people["manager"])
    token = token_in_mail()
    seats = acting_as(world.people["manager"])
    assert actions.withdraw(seats=seats, invitation=invitation) is True
    assert actions.withdraw(seats=seats, invitation=invitation) is False
    enter(NOBODY)
    with pytest.raises(DomainError, match="was withdrawn"):
        accept(token=token, account=None, name="Noor")
    assert not User.objects.filter(email=NEWCOMER).exists()


def test_an_address_that_holds_the_seat_in_other_letters_is_not_invited_again(world: World) -> None:
    with pytest.raises(DomainError, match="has access here already, as staff"):
        invited_to(world.alpha, world.people["manager"], email=" Staff@Example.ORG ")
    assert waiting_mails() == []


def test_an_open_invitation_is_not_made_twice_in_other_letters(world: World) -> None:
    invited_to(world.alpha, world.people["manager"])
    with pytest.raises(DomainError, match="open invitation here already"):
        invited_to(world.alpha, world.people["manager"], email=NEWCOMER.upper())
    assert Invitation.objects.count() == 1
    assert len(waiting_mails()) == 1


def test_the_account_of_the_address_may_be_closed(world: World) -> None:
    User.objects.filter(email="stranger@example.org").update(is_active=False)
    invited_to(world.alpha, world.people["manager"], email="stranger@example.org")
    token = token_in_mail()
    enter(NOBODY)
    assert offer(token).ended.startswith("The account of this address is closed.")
    with pytest.raises(DomainError, match="is closed"):
        accept(token=token, account=world.people["stranger"])
    assert seats_of_address("stranger@example.org") == []


def test_an_invitation_of_somebody_who_lost_the_right_opens_nothing(world: World) -> None:
    invited_to(world.alpha, world.people["manager"])
    token = token_in_mail()
    enter(STEWARD)
    Seat.objects.filter(user=world.people["manager"]).update(until=date(2020, 1, 1))
    enter(NOBODY)
    with pytest.raises(DomainError, match="may not give this access any more"):
        accept(token=token, account=None, name="Noor")
    assert not User.objects.filter(email=NEWCOMER).exists()


@pytest.mark.parametrize("token", ["", "nothing", "1:abc:def", "WzEsImEiXQ:1abc:def"])
def test_a_link_that_nobody_made_is_refused_in_words(world: World, token: str) -> None:
    assert offer(token).ended.startswith("Nobody here made this link.")
    with pytest.raises(DomainError, match="Nobody here made"):
        accept(token=token, account=None, name="Noor")


def test_a_seat_with_a_last_day_ends_and_an_offer_past_its_day_is_refused(world: World) -> None:
    seats = acting_as(world.people["manager"])
    tomorrow = timezone.localdate() + timedelta(days=1)
    guest = Guest(NEWCOMER, "New")
    place, role = in_cluster(world.alpha), SeatRole.OBSERVER
    with pytest.raises(DomainError, match="last day from today"):
        invite(seats=seats, place=place, role=role, guest=guest, until=timezone.localdate())
    invite(seats=seats, place=place, role=role, guest=guest, until=tomorrow)
    token = token_in_mail()
    Invitation.objects.update(until=timezone.localdate())
    enter(NOBODY)
    with pytest.raises(DomainError, match="has ended meanwhile"):
        accept(token=token, account=None, name="Noor")
    enter(cluster_seats(world.alpha))
    Invitation.objects.update(until=tomorrow)
    enter(NOBODY)
    person = accept(token=token, account=None, name="Noor")
    enter(STEWARD)
    assert Seat.objects.get(user=person).until == tomorrow


def test_an_hour_allows_so_many_mails(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "PER_HOUR", 2)
    for number in (1, 2):
        invited_to(world.alpha, world.people["manager"], email=f"{number}@example.org")
    with pytest.raises(DomainError, match="You sent 2 invitations within an hour"):
        invited_to(world.alpha, world.people["manager"], email="3@example.org")
    assert Invitation.objects.count() == 2


def test_one_invitation_is_not_sent_over_and_over(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    invitation = invited_to(world.alpha, world.people["manager"])
    seats = acting_as(world.people["manager"])
    with pytest.raises(DomainError, match="Wait five minutes"):
        actions.send_again(seats=seats, invitation=invitation)
    monkeypatch.setattr(actions, "PAUSE", timedelta(0))
    for _ in range(actions.PER_ADDRESS - 1):
        actions.send_again(seats=seats, invitation=invitation)
    with pytest.raises(DomainError, match="It was sent 6 times"):
        actions.send_again(seats=seats, invitation=invitation)


# --- Walls ----------------------------------------------------------------------------------------


def places_beside(world: World) -> list[tuple[Place, SeatRole]]:
    return [
        (in_cluster(world.beta), SeatRole.STAFF),
        (in_agency(world.agency), SeatRole.ACCOUNT_MANAGER),
        (in_agency(world.agency, SeatKind.EVALUATION), SeatRole.EVALUATOR),
        (for_organisation(world.company), SeatRole.REPRESENTATIVE),
        (for_organisation(world.company, asked_by=world.alpha.pk), SeatRole.REPRESENTATIVE),
        (in_installation(), SeatRole.STEWARD),
    ]


@pytest.mark.parametrize("person", ["manager", "staff", "member", "account_manager", "evaluator"])
def test_nobody_invites_beyond_the_own_place(world: World, person: str) -> None:
    seats = acting_as(world.people[person])
    for place, role in places_beside(world):
        with pytest.raises(PermissionDenied):
            invite(seats=seats, place=place, role=role, guest=Guest(NEWCOMER))
    assert waiting_mails() == []


def test_a_role_of_another_place_is_refused(world: World) -> None:
    seats = acting_as(world.people["manager"])
    for role in (SeatRole.STEWARD, SeatRole.PROGRAMME_MANAGER, SeatRole.REPRESENTATIVE):
        with pytest.raises(DomainError, match="does not belong here"):
            invite(seats=seats, place=in_cluster(world.alpha), role=role, guest=Guest(NEWCOMER))
    assert Invitation.objects.count() == 0


def test_the_database_refuses_an_invitation_into_another_place(world: World) -> None:
    manager = world.people["manager"]
    acting_as(manager)
    for place, role in places_beside(world):
        if place.asked_by:
            continue
        row = Invitation(
            **place.of_invitation,
            role=role,
            email=NEWCOMER,
            invited_by=manager,
            expires_at=timezone.now(),
        )
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            row.save(force_insert=True)


def test_a_row_smuggled_in_for_an_organisation_opens_nothing(world: World) -> None:
    """The right to give the seat is asked again when it is accepted."""
    manager = world.people["manager"]
    acting_as(manager)
    place = for_organisation(world.rival, asked_by=world.alpha.pk)
    row = Invitation.objects.create(
        **place.of_invitation,
        role=SeatRole.REPRESENTATIVE,
        email="manager@example.org",
        invited_by=manager,
        expires_at=timezone.now() + timedelta(days=1),
    )
    with pytest.raises(DomainError, match="may not give this access"):
        accept(token=mails.token_of(row), account=manager)
    assert seats_of_address("manager@example.org") == [("cluster", "manager")]


def test_invitations_are_read_where_they_stand_and_by_nobody_else(world: World) -> None:
    invitation = invited_to(world.alpha, world.people["manager"])
    others: list[Seats] = [
        NOBODY,
        cluster_seats(world.beta),
        agency_seats(world.agency),
        organisation_seats(world.company),
        Seats(actor=world.people["stranger"].pk),
    ]
    for seats in others:
        enter(seats)
        assert Invitation.objects.count() == 0
        assert Invitation.objects.filter(pk=invitation.pk).update(email="x@example.org") == 0
    for seats in (cluster_seats(world.alpha, SeatRole.OBSERVER), STEWARD):
        enter(seats)
        assert Invitation.objects.get().email == NEWCOMER


def test_another_manager_neither_sends_nor_withdraws_it(world: World) -> None:
    invitation = invited_to(world.alpha, world.people["manager"])
    for person in ("other_manager", "staff", "programme_manager"):
        seats = acting_as(world.people[person])
        with pytest.raises(PermissionDenied):
            actions.withdraw(seats=seats, invitation=invitation)
        with pytest.raises(PermissionDenied):
            actions.send_again(seats=seats, invitation=invitation)
    enter(STEWARD)
    assert Invitation.objects.get().state == InvitationState.OPEN


def test_a_programme_manager_invites_people_of_the_agency(world: World) -> None:
    seats = acting_as(world.people["programme_manager"])
    for number, (kind, role) in enumerate(
        [
            (SeatKind.AGENCY, SeatRole.PROGRAMME_MANAGER),
            (SeatKind.AGENCY, SeatRole.ACCOUNT_MANAGER),
            (SeatKind.EVALUATION, SeatRole.EVALUATOR),
        ]
    ):
        guest = Guest(f"{number}@example.org", "N")
        invite(seats=seats, place=in_agency(world.agency, kind), role=role, guest=guest)
        token = token_in_mail()
        enter(NOBODY)
        accept(token=token, account=None, name="N")
        assert seats_of_address(f"{number}@example.org") == [(kind, role)]
        seats = acting_as(world.people["programme_manager"])
    with pytest.raises(PermissionDenied):
        invite(
            seats=seats,
            place=in_agency(world.foreign_agency),
            role=SeatRole.ACCOUNT_MANAGER,
            guest=Guest(NEWCOMER),
        )
