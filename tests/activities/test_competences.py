"""Competences that trainings address: written, shown, and counted from who was there."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from activities.registered import NOW, OPEN
from clusterwerk.activities import actions
from clusterwerk.activities.actions import Came, NewActivity
from clusterwerk.activities.forms import ActivityForm
from clusterwerk.activities.forms.planning import competences_in
from clusterwerk.activities.models import Activity, ActivityKind
from clusterwerk.activities.queries.competences import by_competence, trained
from clusterwerk.platform.access.session import enter
from factories.world import World, cluster_seats


def held(world: World, name: str, day: date, *taught: str) -> Activity:
    seats = cluster_seats(world.alpha)
    new = NewActivity(name, day, "test", ActivityKind.TRAINING, competences=taught)
    return actions.add_activities(seats=seats, cluster=world.alpha, new=[new])[0]


@pytest.fixture
def taught(world: World) -> None:
    """Ann at both trainings, Bob at the second, for the one member."""
    seats = cluster_seats(world.alpha)
    enter(seats)
    first = held(world, "First", date(2020, 4, 1), "Reading norms")
    second = held(world, "Second", date(2020, 5, 1), "reading Norms", "Risks")
    came = [
        Came(activity, "test", organisation=world.company, printed_name=name)
        for activity, name in ((first, "Ann"), (second, "Ann"), (second, "Bob"))
    ]
    actions.note_attendances(seats=seats, cluster=world.alpha, came=came)


def test_one_of_each_line_once() -> None:
    assert competences_in(" Reading  norms\n\nRisks\nreading Norms") == ["Reading norms", "Risks"]


def test_people_are_counted_once_by_competence(world: World, taught: None) -> None:
    rows = trained(world.alpha.pk)
    assert [(row.competence, row.organisation, row.people, row.last) for row in rows] == [
        ("reading Norms", world.company.pk, 2, date(2020, 5, 1)),
        ("Risks", world.company.pk, 2, date(2020, 5, 1)),
    ]
    assert [(each.organisations, each.people) for each in by_competence(rows)] == [(1, 2), (1, 2)]
    assert trained(world.alpha.pk, world.rival.pk) == []
    enter(cluster_seats(world.beta))
    assert trained(world.alpha.pk) == []


def test_the_list_its_file_and_the_page_of_a_member(world: World, taught: None) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(world.people["manager"])
    address = reverse("activities:competences", args=["alpha"])
    assert "Risks" in client.get(address).content.decode()
    file = b"".join(client.get(f"{address}?file=csv"))
    assert b"Risks" in file
    evidence = reverse("activities:participation_evidence", args=["alpha", world.company.pk])
    assert "Risks" in client.get(evidence).content.decode()
    others = Client(HTTP_ACCEPT_LANGUAGE="en")
    others.force_login(world.people["other_manager"])
    assert others.get(address).status_code in {403, 404}


def test_only_a_training_addresses_competences_and_its_page_shows_them(world: World) -> None:
    seats = cluster_seats(world.alpha)
    enter(seats)
    plan = replace(OPEN, kind=ActivityKind.TRAINING, competences=["Risks"])
    own = actions.plan_activity(seats=seats, lead=world.alpha, plan=plan)
    actions.publish_activity(seats=seats, activity=own, now=NOW)
    page = Client().get(reverse("agenda:agenda_detail", args=[own.uid])).content.decode()
    assert "https://schema.org/EducationEvent" in page
    assert '<span itemprop="teaches">Risks</span>' in page
    typed = {
        "name": "Evening",
        "kind": "workshop",
        "competences": "Risks",
        "day": "2030-05-06",
        "begins": "10:00",
        "ends": "12:00",
        "time_zone": "Europe/Brussels",
        "language": "en",
        "audience": "members",
    }
    assert "competences" in ActivityForm(typed).errors
    form = ActivityForm({**typed, "kind": "training", "competences": "Risks\nrisks"})
    assert form.is_valid(), form.errors
    assert list(form.plan().competences) == ["Risks"]
    long = {**typed, "kind": "training", "competences": "x" * 101}
    assert "competences" in ActivityForm(long).errors
