"""Two people editing one contact: the second sees what changed, and loses nothing typed."""

import re
from http import HTTPStatus

import pytest
from django.test import Client

from clusterwerk.members.models import Contact
from clusterwerk.platform.access.session import enter
from factories.world import World, cluster_seats


@pytest.fixture
def address(world: World) -> str:
    enter(cluster_seats(world.alpha))
    return f"/members/alpha/contacts/{Contact.objects.get().pk}/change/"


def signed_in(world: World, name: str) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(world.people[name])
    return client


def opened(client: Client, address: str) -> dict[str, str]:
    """The form as the browser holds it."""
    return fields(client.get(address).content.decode())


def fields(page: str) -> dict[str, str]:
    found = {
        name: value
        for name, value in re.findall(r'<input[^>]*name="([\w-]+)"[^>]*value="([^"]*)"', page)
        if name in {"seen", "first_name", "last_name", "email", "phone", "mobile"}
    }
    for name, value in re.findall(r'<input[^>]*value="([^"]*)"[^>]*name="([\w-]+)"', page):
        found.setdefault(value, name)
    return {"first_name": "", "last_name": "", "email": "", "phone": "", "mobile": "", **found}


def the_contact(world: World) -> Contact:
    enter(cluster_seats(world.alpha))
    return Contact.objects.get()


def test_changes_to_different_fields_are_joined(world: World, address: str) -> None:
    first, second = signed_in(world, "manager"), signed_in(world, "staff")
    mine, theirs = opened(second, address), opened(first, address)
    first.post(address, {**theirs, "phone": "09 222 33 44"})
    answer = second.post(address, {**mine, "first_name": "Leen"}, follow=True)
    assert "Somebody else changed Telephone meanwhile" in answer.content.decode()
    contact = the_contact(world)
    assert (contact.first_name, contact.phone) == ("Leen", "+3292223344")


def test_a_field_that_both_changed_is_shown_and_nothing_typed_is_lost(
    world: World, address: str
) -> None:
    first, second = signed_in(world, "manager"), signed_in(world, "staff")
    mine, theirs = opened(second, address), opened(first, address)
    first.post(address, {**theirs, "first_name": "Helena", "phone": "09 222 33 44"})
    typed = {**mine, "first_name": "Leen", "note": "Typed long"}
    answer = second.post(address, typed)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = answer.content.decode()
    ((conflict),) = answer.context["form"].conflicts
    assert (conflict.before, conflict.theirs, conflict.yours) == ("Lena", "Helena", "Leen")
    for told in ("Helena", 'value="Leen"', "Typed long", "Nothing is lost"):
        assert told in page
    assert the_contact(world).first_name == "Helena"
    again = {**typed, **fields(page)}
    assert second.post(address, again).status_code == HTTPStatus.FOUND
    contact = the_contact(world)
    assert (contact.first_name, contact.note, contact.phone) == (
        "Leen",
        "Typed long",
        "+3292223344",
    )


def test_the_second_may_take_what_the_first_wrote(world: World, address: str) -> None:
    first, second = signed_in(world, "manager"), signed_in(world, "staff")
    mine, theirs = opened(second, address), opened(first, address)
    first.post(address, {**theirs, "first_name": "Helena"})
    typed = {**mine, "first_name": "Leen", "note": "Typed"}
    page = second.post(address, typed).content.decode()
    second.post(address, {**typed, **fields(page), "take-first_name": "1"})
    contact = the_contact(world)
    assert (contact.first_name, contact.note) == ("Helena", "Typed")


def test_a_third_change_while_choosing_is_shown_too(world: World, address: str) -> None:
    first, second = signed_in(world, "manager"), signed_in(world, "staff")
    mine, theirs = opened(second, address), opened(first, address)
    first.post(address, {**theirs, "first_name": "Helena"})
    page = second.post(address, {**mine, "first_name": "Leen"}).content.decode()
    first.post(address, {**opened(first, address), "first_name": "Helene"})
    answer = second.post(address, {**mine, **fields(page), "first_name": "Leen"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer.context["form"].conflicts[0].theirs == "Helene"


def test_a_form_that_does_not_say_what_it_showed_is_saved_as_before(
    world: World, address: str
) -> None:
    client = signed_in(world, "staff")
    answer = client.post(address, {"first_name": "Leen", "last_name": "Écluse", "seen": "broken"})
    assert answer.status_code == HTTPStatus.FOUND
    assert the_contact(world).first_name == "Leen"
