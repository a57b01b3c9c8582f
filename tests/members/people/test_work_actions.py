"""Talks, expectations and tasks: what is refused, and what one change does to another."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from clusterwerk.members.actions import (
    NewInteraction,
    NewTask,
    Party,
    add_task,
    add_tasks,
    answer_expectation,
    change_interaction,
    change_task,
    delete_interaction,
    delete_task,
    finish_task,
    log_interaction,
    log_interactions,
    reopen_task,
    voice_expectation,
)
from clusterwerk.members.models import (
    Contact,
    Expectation,
    ExpectationState,
    Interaction,
    InteractionKind,
    InteractionParty,
    Task,
)
from clusterwerk.platform.access.seats import SeatRole, Seats, seats_for
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.world import World, cluster_seats

MOMENT = datetime(2020, 1, 31, 14, 30, tzinfo=UTC)
DAY = date(2020, 1, 31)


@pytest.fixture
def seats(world: World) -> Seats:
    return person(world, "staff")


def person(world: World, name: str) -> Seats:
    pk = world.people[name].pk
    enter(Seats(actor=pk))
    seats = seats_for(pk)
    enter(seats)
    return seats


def call(world: World, **facts: object) -> NewInteraction:
    told = {"subject": "Asked for a partner", "happened_at": MOMENT, **facts}
    parties = (Party(world.company, Contact.objects.get()), Party(world.rival))
    return NewInteraction(InteractionKind.CALL, parties, **told)  # type: ignore[arg-type]


def test_a_talk_is_with_several_organisations_and_contacts(world: World, seats: Seats) -> None:
    talk = log_interaction(seats=seats, cluster=world.alpha, new=call(world))
    talk.refresh_from_db()
    assert (talk.author, talk.happened_at) == (world.people["staff"], MOMENT)
    parties = [(party.organisation, party.contact) for party in talk.parties.all()]
    assert parties == [(world.company, Contact.objects.get()), (world.rival, None)]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"happened_at": timezone.now() + timedelta(days=2)}, "still to come"),
        ({"subject": " "}, "few words"),
    ],
)
def test_a_talk_that_cannot_be_is_refused(
    world: World, seats: Seats, facts: dict[str, object], words: str
) -> None:
    with pytest.raises(DomainError, match=words):
        log_interaction(seats=seats, cluster=world.alpha, new=call(world, **facts))
    with pytest.raises(DomainError, match=words):
        log_interactions(seats=seats, cluster=world.alpha, new=[call(world, **facts)])
    nobody = NewInteraction(InteractionKind.NOTE, (), subject="To nobody")
    with pytest.raises(DomainError, match="with which member"):
        log_interaction(seats=seats, cluster=world.alpha, new=nobody)
    assert Interaction.objects.count() == 1


def test_what_came_in_before_does_not_come_in_again(world: World, seats: Seats) -> None:
    notes = [call(world, external_id="hubspot:1"), call(world, external_id="hubspot:2")]
    assert len(log_interactions(seats=seats, cluster=world.alpha, new=notes)) == 2
    assert log_interactions(seats=seats, cluster=world.alpha, new=notes) == []
    with pytest.raises(DomainError, match="on the timeline already"):
        log_interaction(seats=seats, cluster=world.alpha, new=notes[0])
    assert Interaction.objects.count() == 3
    assert InteractionParty.objects.count() == 5


def test_only_the_author_and_the_manager_change_a_talk(world: World, seats: Seats) -> None:
    manager = person(world, "manager")
    talk = log_interaction(seats=manager, cluster=world.alpha, new=call(world))
    staff = person(world, "staff")
    with pytest.raises(PermissionDenied):
        change_interaction(seats=staff, interaction=talk, subject="Otherwise")
    with pytest.raises(PermissionDenied):
        delete_interaction(seats=staff, interaction=talk)
    own = log_interaction(seats=staff, cluster=world.alpha, new=call(world))
    manager = person(world, "manager")
    assert change_interaction(
        seats=manager, interaction=own, parties=[Party(world.rival)], subject="Mended"
    )
    own.refresh_from_db()
    assert own.subject == "Mended"
    assert [party.organisation for party in own.parties.all()] == [world.rival]
    talk.refresh_from_db()
    assert talk.subject == "Asked for a partner"


def test_a_deleted_talk_leaves_the_timeline_and_stays_in_history(
    world: World, seats: Seats
) -> None:
    talk = log_interaction(seats=seats, cluster=world.alpha, new=call(world))
    past = type(talk.past.get())  # type: ignore[attr-defined] # made by the tracking
    pk = talk.pk
    delete_interaction(seats=seats, interaction=talk)
    assert not Interaction.objects.filter(pk=pk).exists()
    assert not InteractionParty.objects.filter(interaction_id=pk).exists()
    labels = past.objects.filter(pgh_obj_id=pk).values_list("pgh_label", flat=True)
    assert list(labels) == ["insert", "delete"]


def test_an_expectation_is_met_with_an_answer_and_its_day(world: World, seats: Seats) -> None:
    hope = Expectation.objects.get()
    with pytest.raises(DomainError, match="answer that the member got"):
        answer_expectation(
            seats=seats, expectation=hope, state=ExpectationState.MET, answer=" ", on=DAY
        )
    hope.refresh_from_db()
    assert hope.state == "open"
    answer_expectation(
        seats=seats, expectation=hope, state=ExpectationState.TAKEN_UP, answer="", on=DAY
    )
    assert (hope.state, hope.answered_on) == ("taken_up", None)
    answer_expectation(
        seats=seats, expectation=hope, state=ExpectationState.MET, answer="Met Rival", on=DAY
    )
    hope.refresh_from_db()
    assert (hope.state, hope.answer, hope.answered_on) == ("met", "Met Rival", DAY)
    answer_expectation(
        seats=seats, expectation=hope, state=ExpectationState.OPEN, answer="Met Rival", on=DAY
    )
    assert (hope.state, hope.answered_on) == ("open", None)


def test_nobody_expects_something_on_a_day_that_is_to_come(world: World, seats: Seats) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(DomainError, match="still to come"):
        voice_expectation(
            seats=seats,
            cluster=world.alpha,
            organisation=world.company,
            text="More members",
            said_on=tomorrow,
        )
    assert Expectation.objects.count() == 1


def test_a_task_is_done_once_and_can_be_opened_again(world: World, seats: Seats) -> None:
    task = add_task(seats=seats, cluster=world.alpha, new=NewTask("Send the report"))
    assert finish_task(seats=seats, task=task, at=MOMENT)
    assert not finish_task(seats=seats, task=task, at=MOMENT + timedelta(days=1))
    task.refresh_from_db()
    assert task.done_at == MOMENT
    assert reopen_task(seats=seats, task=task)
    assert task.done_at is None


def test_another_day_or_owner_reminds_again(world: World, seats: Seats) -> None:
    task = add_task(seats=seats, cluster=world.alpha, new=NewTask("Send the report", remind_on=DAY))
    for facts in ({"remind_on": date(2020, 2, 1)}, {"owner": world.people["manager"]}):
        task.reminded_at = MOMENT
        task.save()
        change_task(seats=seats, task=task, **facts)
        assert task.reminded_at is None
    task.reminded_at = MOMENT
    task.save()
    change_task(seats=seats, task=task, title="Send it", owner=world.people["manager"])
    assert task.reminded_at == MOMENT


def test_many_tasks_come_at_once_or_not_at_all(world: World, seats: Seats) -> None:
    with pytest.raises(DomainError):
        add_tasks(seats=seats, cluster=world.alpha, new=[NewTask("One"), NewTask("")])
    assert Task.objects.count() == 1
    assert len(add_tasks(seats=seats, cluster=world.alpha, new=[NewTask("A"), NewTask("B")])) == 2


def test_who_only_reads_writes_nothing_down(world: World) -> None:
    seats = cluster_seats(world.alpha, SeatRole.OBSERVER)
    enter(seats)
    task, hope = Task.objects.get(), Expectation.objects.get()
    with pytest.raises(PermissionDenied):
        log_interaction(seats=seats, cluster=world.alpha, new=call(world))
    with pytest.raises(PermissionDenied):
        add_task(seats=seats, cluster=world.alpha, new=NewTask("Mine"))
    with pytest.raises(PermissionDenied):
        finish_task(seats=seats, task=task, at=MOMENT)
    with pytest.raises(PermissionDenied):
        delete_task(seats=seats, task=task)
    with pytest.raises(PermissionDenied):
        answer_expectation(seats=seats, expectation=hope, state="met", answer="Yes", on=DAY)
    assert (Interaction.objects.count(), Task.objects.count()) == (1, 1)
    assert Task.objects.get().done_at is None
