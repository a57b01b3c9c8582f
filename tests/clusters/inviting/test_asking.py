"""Seats of member organisations: asked for by who knows the person, given by a steward."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.utils import timezone

from clusterwerk.clusters.inviting import actions, asking
from clusterwerk.clusters.inviting.actions import Guest, accept
from clusterwerk.clusters.inviting.vouching import people_found, person_known
from clusterwerk.clusters.models import Invitation, RequestState, Seat, SeatRequest
from clusterwerk.members.models import Contact, Position
from clusterwerk.platform.access.seats import SeatRole
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.invited import acting_as, link_in, waiting_mails
from factories.world import STEWARD, World, agency_seats, cluster_seats, organisation_seats

LENA = "lena@alpha.example"


def asked(world: World) -> SeatRequest:
    """Alpha asks that Lena may act for its member."""
    seats = acting_as(world.people["manager"])
    person = person_known(world.alpha.pk, Position.objects.get().pk)
    assert person is not None
    return asking.ask_for_member(
        seats=seats, cluster=world.alpha, person=person, reason="Leads the research."
    )


def test_contacts_at_members_of_today_are_found_by_name_address_and_organisation(
    world: World,
) -> None:
    acting_as(world.people["manager"])
    for typed in ("écluse", "LENA", "lena@alpha", "eclair lena"):
        (person,) = people_found(world.alpha.pk, typed, 20)
        assert (person.email, person.organisation) == (LENA, world.company)
    assert people_found(world.alpha.pk, "lena nowhere", 20) == []
    assert people_found(world.beta.pk, "lena", 20) == []


def test_nobody_is_vouched_for_who_left_or_whose_organisation_did(world: World) -> None:
    acting_as(world.people["manager"])
    position = Position.objects.get()
    Contact.objects.update(archived_on=timezone.localdate())
    assert person_known(world.alpha.pk, position.pk) is None
    Contact.objects.update(archived_on=None)
    assert person_known(world.alpha.pk, position.pk) is not None
    world.membership.period = type(world.membership.period)(
        world.membership.period.lower, timezone.localdate()
    )
    world.membership.save(update_fields=["period"])
    assert person_known(world.alpha.pk, position.pk) is None


def test_a_steward_gives_what_a_cluster_asked_and_the_person_accepts(world: World) -> None:
    request = asked(world)
    (told,) = waiting_mails()
    assert told.startswith("A request waits for your decision:")
    seats = acting_as(world.people["steward"])
    invitation = asking.give(seats=seats, request=request)
    assert (invitation.email, invitation.cluster_id) == (LENA, world.alpha.pk)
    answered, text = waiting_mails()[1:]
    assert answered.startswith("Read the answer")
    assert "invites you to act for Éclair Works" in text
    token = link_in(text).removeprefix("/people/accept/").removesuffix("/")
    enter(agency_seats(world.agency))
    enter(STEWARD)
    assert SeatRequest.objects.get().state == RequestState.GIVEN
    enter(organisation_seats(world.rival))
    person = accept(token=token, account=None, name="Lena")
    enter(STEWARD)
    seat = Seat.objects.get(user=person)
    assert (seat.kind, seat.organisation_id, seat.cluster_id) == (
        "organisation",
        world.company.pk,
        None,
    )


def test_the_manager_follows_it_sends_it_again_and_withdraws_it(world: World) -> None:
    request = asked(world)
    invitation = asking.give(seats=acting_as(world.people["steward"]), request=request)
    seats = acting_as(world.people["manager"])
    Invitation.objects.update(sent_at=timezone.now() - actions.PAUSE)
    actions.send_again(seats=seats, invitation=invitation)
    invitation.refresh_from_db()
    assert invitation.invited_by == world.people["steward"], "who may give the seat"
    assert actions.withdraw(seats=seats, invitation=invitation) is True


def test_a_refusal_carries_an_answer_that_whoever_asked_reads(world: World) -> None:
    request = asked(world)
    seats = acting_as(world.people["steward"])
    with pytest.raises(DomainError, match="Say why"):
        asking.refuse(seats=seats, request=request, answer=" ")
    asking.refuse(seats=seats, request=request, answer="Nobody there knows her.")
    with pytest.raises(DomainError, match="settled already: refused"):
        asking.give(seats=seats, request=request)
    acting_as(world.people["manager"])
    assert SeatRequest.objects.get().answer == "Nobody there knows her."
    assert [text.partition(":")[0] for text in waiting_mails()] == [
        "A request waits for your decision",
        "Read the answer, and what follows",
    ]


def test_it_waits_once_and_can_be_taken_back_and_asked_again(world: World) -> None:
    request = asked(world)
    with pytest.raises(DomainError, match="asked for already and waits"):
        asked(world)
    asking.take_back(seats=acting_as(world.people["manager"]), request=request)
    asked(world)
    assert SeatRequest.objects.count() == 2
    assert len(waiting_mails()) == 1, "stewards are told once an hour"


def test_an_hour_allows_so_many_requests(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "PER_HOUR", 1)
    request = asked(world)
    asking.take_back(seats=acting_as(world.people["manager"]), request=request)
    with pytest.raises(DomainError, match="You asked 1 times within an hour"):
        asked(world)


def test_who_acts_for_the_organisation_already_is_not_asked_for(world: World) -> None:
    seats = acting_as(world.people["member"])
    guest = Guest("MEMBER@example.org", "Member")
    with pytest.raises(DomainError, match="acts for Éclair Works already"):
        asking.ask_for_colleague(
            seats=seats, organisation=world.company, guest=guest, reason="Again"
        )


def test_a_representative_asks_for_a_colleague_of_the_own_organisation_only(world: World) -> None:
    seats = acting_as(world.people["member"])
    guest = Guest("colleague@example.org", "Colleague", "nl")
    request = asking.ask_for_colleague(
        seats=seats, organisation=world.company, guest=guest, reason="Replaces me"
    )
    assert (request.cluster_id, request.language) == (None, "nl")
    with pytest.raises(PermissionDenied):
        asking.ask_for_colleague(
            seats=seats, organisation=world.rival, guest=guest, reason="Curious"
        )
    row = SeatRequest(
        organisation=world.rival,
        email="x@example.org",
        name="X",
        asked_by=world.people["member"],
    )
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        row.save(force_insert=True)


def test_nobody_decides_but_a_steward(world: World) -> None:
    request = asked(world)
    for person in ("manager", "member", "programme_manager", "other_manager"):
        seats = acting_as(world.people[person])
        with pytest.raises(PermissionDenied):
            asking.give(seats=seats, request=request)
        with pytest.raises(PermissionDenied):
            asking.refuse(seats=seats, request=request, answer="No")
    for person in ("staff", "observer", "other_manager", "member"):
        seats = acting_as(world.people[person])
        with pytest.raises(PermissionDenied):
            asking.take_back(seats=seats, request=request)
    enter(STEWARD)
    assert SeatRequest.objects.get().state == RequestState.ASKED


def test_requests_are_read_by_the_cluster_the_organisation_and_a_steward(world: World) -> None:
    asked(world)
    for seats in (
        cluster_seats(world.alpha, SeatRole.OBSERVER),
        organisation_seats(world.company),
        STEWARD,
    ):
        enter(seats)
        assert SeatRequest.objects.count() == 1
    for seats in (
        cluster_seats(world.beta),
        organisation_seats(world.rival),
        agency_seats(world.agency),
    ):
        enter(seats)
        assert SeatRequest.objects.count() == 0
        assert SeatRequest.objects.update(state=RequestState.WITHDRAWN) == 0


def test_a_request_changed_by_hand_gives_nothing(world: World) -> None:
    """A manager may write the own row; the seat comes from the action of a steward alone."""
    asked(world)
    SeatRequest.objects.update(state=RequestState.GIVEN, settled_at=timezone.now())
    enter(STEWARD)
    assert Invitation.objects.count() == 0
    assert not Seat.objects.filter(organisation=world.company).exclude(user=world.people["member"])


def test_a_name_longer_than_that_of_an_account_is_asked_for_cut_off(world: World) -> None:
    enter(cluster_seats(world.alpha))
    Contact.objects.filter(email=LENA).update(first_name="L" * 100, last_name="E" * 100)
    assert asked(world).name == "L" * 100 + " " + "E" * 49
