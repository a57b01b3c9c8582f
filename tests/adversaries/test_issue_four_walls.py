"""Keys of another cluster in every field that takes one: nothing is written, nothing is told."""

from datetime import date
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from clusterwerk.clusters.models import Seat
from clusterwerk.directory.models import Organisation
from clusterwerk.members.models import (
    Contact,
    CustomValue,
    Expectation,
    Interaction,
    InteractionParty,
    Membership,
    Position,
    Tag,
    TagUse,
    Task,
)
from clusterwerk.platform.access.seats import SeatKind, SeatRole
from clusterwerk.platform.access.session import enter
from factories.addresses import others_objects
from factories.world import STEWARD, World, cluster_seats

BASE = "/members/alpha"
WATCHED: tuple[type[Model], ...] = (
    Contact,
    CustomValue,
    Expectation,
    InteractionParty,
    Membership,
    Position,
    TagUse,
    Task,
)
TALK = {"kind": "call", "subject": "Hidden", "happened_at": "2020-01-01T10:00"}
HOPE = {"text": "A partner", "said_on": "2020-01-01"}


def kept(world: World) -> dict[str, int]:
    enter(cluster_seats(world.alpha))
    return {model.__name__: model._base_manager.count() for model in WATCHED}


def own(world: World) -> dict[str, Any]:
    enter(cluster_seats(world.alpha))
    return {
        "contact": Contact.objects.get(cluster=world.alpha).pk,
        "task": Task.objects.get(cluster=world.alpha).pk,
        "expectation": Expectation.objects.get(cluster=world.alpha).pk,
        "interaction": Interaction.objects.get(cluster=world.alpha).pk,
        "position": Position.objects.get(cluster=world.alpha).pk,
        "membership": world.membership.pk,
        "company": world.company.pk,
    }


def requests(world: World) -> list[tuple[str, dict[str, Any]]]:
    """Forms of Alpha, each with one key of Beta."""
    other, mine = others_objects(world), own(world)
    stranger = world.people["other_manager"].pk
    rival = world.rival_membership
    about = {"organisation": mine["company"]}
    hidden = {"organisation": other["organisation"]}
    task = {"title": "Call"}
    bulk = {"confirmed": "1", "action": "task", "title": "Call"}
    return [
        (f"{BASE}/tasks/add/", {**task, **hidden}),
        (f"{BASE}/tasks/add/", {**task, "contact": other["contact"]}),
        (f"{BASE}/tasks/add/", {**task, **about, "owner": stranger}),
        (f"{BASE}/tasks/add/", {**task, "expectation": other["expectation"]}),
        (f"{BASE}/tasks/{mine['task']}/", {**task, "owner": stranger}),
        (f"{BASE}/tasks/{other['task']}/", task),
        (f"{BASE}/timeline/", {**TALK, **hidden}),
        (f"{BASE}/timeline/", {**TALK, **about, "contacts": other["contact"]}),
        (f"{BASE}/timeline/", {**TALK, "contact": other["contact"]}),
        (f"{BASE}/timeline/{mine['interaction']}/", {**TALK, "contacts": other["contact"]}),
        (f"{BASE}/expectations/add/", {**HOPE, **hidden}),
        (f"{BASE}/expectations/add/", {**HOPE, **about, "contact": other["contact"]}),
        (f"{BASE}/contacts/add/", {"last_name": "Spy", **hidden}),
        (
            f"{BASE}/contacts/{mine['contact']}/positions/",
            {**hidden, "role": "other", "first_day": "2020-01-01"},
        ),
        (
            f"{BASE}/contacts/{mine['contact']}/positions/",
            {"organisation": world.rival.pk, "role": "other", "first_day": "2020-01-01"},
        ),
        (f"{BASE}/tags/on/", {**hidden, "name": "Spied"}),
        (f"{BASE}/tags/on/", {**about, "untag": other["tag"]}),
        (f"{BASE}/values/", {**hidden, f"value-{other['field']}": "9"}),
        (f"{BASE}/bulk/", {**bulk, "row": rival.pk}),
        (f"{BASE}/bulk/", {**bulk, "row": mine["membership"], "owner": stranger}),
        (
            f"{BASE}/bulk/",
            {**bulk, "row": mine["membership"], "action": "tag", "tag": other["tag"]},
        ),
        (f"{BASE}/contacts/bulk/", {**bulk, "row": other["contact"]}),
        (f"{BASE}/add/", {"chosen": f"o{other['organisation']}", "category": "1"}),
        (
            f"{BASE}/add/",
            {
                "chosen": f"o{world.rival.pk}",
                "category": rival.category_id,
                "first_day": "2020-01-01",
            },
        ),
        (
            f"{BASE}/{mine['membership']}/category/",
            {"category": rival.category_id, "day": "2024-01-01"},
        ),
        (f"/directory/{other['organisation']}/publish/", {}),
        (f"/directory/duplicates/{other['organisation']}/{world.company.pk}/", {"do": "merge"}),
        (f"/directory/merges/{other['directory:merge_undo:pk']}/undo/", {}),
    ]


@pytest.mark.parametrize("person", ["manager", "staff", "observer", "member", "evaluator"])
def test_no_key_of_another_cluster_writes_or_tells_anything(
    client: Client, world: World, person: str
) -> None:
    asked = requests(world)
    before = kept(world)
    client.force_login(world.people[person])
    client.raise_request_exception = False
    told = {}
    for at, (address, form) in enumerate(asked):
        answer = client.post(address, form)
        if answer.status_code >= 500 or "Hidden Works" in answer.text:
            told[at, address] = answer.status_code
    assert told == {}
    assert kept(world) == before


def test_who_works_for_two_clusters_does_not_carry_keys_across(
    client: Client, world: World
) -> None:
    """The person may see both; the rows of one cluster still never name those of the other."""
    both = world.people["manager"]
    enter(STEWARD)
    Seat.objects.create(
        user=both,
        kind=SeatKind.CLUSTER,
        role=SeatRole.MANAGER,
        cluster=world.beta,
        agency=world.agency,
        since=date(2018, 1, 1),
    )
    asked = [each for each in requests(world) if each[0].startswith(BASE)]
    before = kept(world)
    client.force_login(both)
    client.raise_request_exception = False
    broken = {
        (at, address): status
        for at, (address, form) in enumerate(asked)
        if (status := client.post(address, form).status_code) >= 500
    }
    assert broken == {}
    assert kept(world) == before


def test_an_observer_writes_nothing_through_any_form(client: Client, world: World) -> None:
    mine = own(world)
    before = kept(world)
    client.force_login(world.people["observer"])
    about = {"organisation": mine["company"]}
    forms: list[tuple[str, dict[str, Any]]] = [
        (f"{BASE}/tasks/add/", {"title": "Call", **about}),
        (f"{BASE}/timeline/", {**TALK, **about}),
        (f"{BASE}/expectations/add/", {**HOPE, **about}),
        (f"{BASE}/contacts/add/", {"last_name": "Spy", **about}),
        (f"{BASE}/tags/on/", {"name": "Spied", **about}),
        (f"{BASE}/moves/", {}),
        (f"{BASE}/{mine['membership']}/leave/", {"day": "2024-01-01", "reason": "other"}),
    ]
    answers = {address: client.post(address, form).status_code for address, form in forms}
    assert set(answers.values()) == {403}
    assert kept(world) == before
    enter(cluster_seats(world.alpha))
    assert not Tag.objects.filter(name="Spied").exists()
    assert not Organisation.objects.filter(name="Hidden Works").exists()
