"""Two people who change one membership, category or tag: nothing that was typed is lost."""

import re
from decimal import Decimal
from http import HTTPStatus

import pytest
from django.test import Client
from django.utils import timezone

from clusterwerk.members.models import (
    Contribution,
    CustomValue,
    Departure,
    Membership,
    MembershipCategory,
    RelatedEnterprise,
    Service,
    SizeStatement,
    Tag,
    TagUse,
    Task,
)
from clusterwerk.platform.access.session import enter
from factories.world import World, cluster_seats

BASE = "/members/alpha"
SEEN = re.compile(r'name="seen" value="([^"]*)"')


def signed_in(world: World, name: str) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(world.people[name])
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def first(world: World) -> Client:
    return signed_in(world, "manager")


@pytest.fixture
def second(world: World) -> Client:
    return signed_in(world, "staff")


def seen(client: Client, address: str, sent_to: str = "") -> str:
    """What the form says it showed; of several, the one that is sent to the address."""
    page = client.get(address).content.decode()
    if sent_to:
        page = page.partition(f'action="{sent_to}"')[2]
    return str(SEEN.findall(page)[0])


def test_a_category_keeps_what_both_changed_in_different_fields(
    world: World, first: Client, second: Client
) -> None:
    address = f"{BASE}/categories/{world.membership.category_id}/"
    mine, theirs = seen(second, address), seen(first, address)
    first.post(
        address, {"seen": theirs, "name": "Member", "description": "For all", "is_offered": "on"}
    )
    answer = second.post(
        address, {"seen": mine, "name": "Full member", "is_offered": "on"}, follow=True
    )
    assert "Somebody else changed" in answer.content.decode()
    enter(cluster_seats(world.alpha))
    kept = MembershipCategory.objects.get(pk=world.membership.category_id)
    assert (kept.name, kept.description) == ("Full member", "For all")


def test_who_made_the_other_change_and_when_is_said(
    world: World, first: Client, second: Client
) -> None:
    address = f"{BASE}/categories/{world.membership.category_id}/"
    mine, theirs = seen(second, address), seen(first, address)
    first.post(address, {"seen": theirs, "name": "Ally", "is_offered": "on"})
    answer = second.post(address, {"seen": mine, "name": "Friend", "is_offered": "on"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = answer.content.decode()
    assert f"Last changed by {world.people['manager']} on" in page
    assert 'value="Friend"' in page
    enter(cluster_seats(world.alpha))
    assert MembershipCategory.objects.get(pk=world.membership.category_id).name == "Ally"


def test_a_service_and_a_tag_show_what_the_other_made_of_them(
    world: World, first: Client, second: Client
) -> None:
    enter(cluster_seats(world.alpha))
    service, tag = Service.objects.get(), Tag.objects.get()
    page = f"{BASE}/categories/{world.membership.category_id}/?service={service.pk}"
    kept = f"{BASE}/categories/{world.membership.category_id}/services/"
    facts = {"service": service.pk, "kind_of_work": "matchmaking", "hours_per_member_year": "4"}
    facts |= {"is_included": "on"}
    mine, theirs = seen(second, page, kept), seen(first, page, kept)
    first.post(kept, {**facts, "seen": theirs, "name": "Long visit"})
    answer = second.post(kept, {**facts, "seen": mine, "name": "Short visit"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer.context["service_form"].conflicts[0].theirs == "Long visit"
    address = f"{BASE}/tags/{tag.pk}/"
    mine, theirs = seen(second, address), seen(first, address)
    first.post(address, {"seen": theirs, "name": "theirs", "kind": tag.kind})
    answer = second.post(address, {"seen": mine, "name": "mine", "kind": tag.kind})
    assert answer.context["form"].conflicts[0].theirs == "theirs"


def test_a_membership_that_another_ended_is_not_ended_otherwise_in_silence(
    world: World, first: Client, second: Client
) -> None:
    address = f"{BASE}/{world.membership.pk}/leave/"
    mine, theirs = seen(second, address), seen(first, address)
    today = timezone.localdate().isoformat()
    first.post(address, {"seen": theirs, "day": today, "reason": "time", "note": "no staff"})
    typed = {"seen": mine, "day": "2020-02-01", "reason": "benefit", "note": "too little"}
    answer = second.post(address, typed)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = answer.content.decode()
    assert "too little" in page
    assert "no staff" in page
    enter(cluster_seats(world.alpha))
    assert Departure.objects.get(membership=world.membership).reason == "time"
    assert Membership.objects.get(pk=world.membership.pk).period.upper == timezone.localdate()


def test_a_category_that_another_chose_is_shown(
    world: World, first: Client, second: Client
) -> None:
    enter(cluster_seats(world.alpha))
    ally, friend = (
        MembershipCategory.objects.create(cluster=world.alpha, name=name)
        for name in ("Ally", "Friend")
    )
    day = world.membership.period.lower.isoformat()
    address = f"{BASE}/{world.membership.pk}/category/"
    mine, theirs = seen(second, address), seen(first, address)
    assert first.post(address, {"seen": theirs, "category": ally.pk, "day": day}).status_code == 302
    answer = second.post(address, {"seen": mine, "category": friend.pk, "day": day})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer.context["form"].conflicts[0].theirs == "Ally"
    enter(cluster_seats(world.alpha))
    assert Membership.objects.get(pk=world.membership.pk).category == ally


def test_a_row_that_is_gone_is_told_and_what_was_typed_stands_on_the_page(
    world: World, second: Client
) -> None:
    enter(cluster_seats(world.alpha))
    tag, service, task = Tag.objects.get(), Service.objects.get(), Task.objects.get()
    category = world.membership.category_id
    TagUse.objects.all().delete()
    Tag.objects.all().delete()
    Service.objects.all().delete()
    Task.objects.all().delete()
    typed = {"name": "typed for long", "title": "typed for long"}
    for address, more in (
        (f"{BASE}/tags/{tag.pk}/", {}),
        (f"{BASE}/tasks/{task.pk}/", {}),
        (f"{BASE}/categories/{category}/services/", {"service": service.pk}),
    ):
        answer = second.post(address, {**typed, **more})
        assert answer.status_code == HTTPStatus.NOT_FOUND
        page = answer.content.decode()
        assert "This is not there any more" in page
        assert "typed for long" in page


def test_a_membership_that_is_gone_keeps_the_note_on_the_page(world: World, second: Client) -> None:
    enter(cluster_seats(world.alpha))
    for rows in (Departure, Contribution, Membership):
        rows.objects.all().delete()
    address = f"{BASE}/{world.membership.pk}/leave/"
    answer = second.post(address, {"day": "2020-01-01", "reason": "cost", "note": "a long story"})
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "a long story" in answer.content.decode()


def test_an_own_field_is_changed_in_its_place(world: World, second: Client) -> None:
    enter(cluster_seats(world.alpha))
    kept = CustomValue.objects.exclude(organisation=None).select_related("field").get()
    address = f"{BASE}/values/{kept.field_id}/?organisation={kept.organisation_id}"
    part = {"HX-Request": "true"}
    form = second.get(address, headers=part).content.decode()
    assert "<html" not in form
    assert f'name="field_{kept.field_id}"' in form
    sent = {"organisation": kept.organisation_id, f"field_{kept.field_id}": "2022"}
    answer = second.post(address, sent, headers=part)
    assert f'id="value-{kept.field_id}"' in answer.content.decode()
    assert second.post(address, {**sent, f"field_{kept.field_id}": "2023"}).status_code == 302
    enter(cluster_seats(world.alpha))
    kept.refresh_from_db()
    assert kept.value == "2023"


def test_a_size_that_another_stated_for_the_year_is_shown_before_it_is_replaced(
    world: World, first: Client, second: Client
) -> None:
    address = f"{BASE}/{world.membership.pk}/size/"
    mine, theirs = seen(second, address), seen(first, address)
    typed = {"size_year": "2024", "turnover": "", "size_source": ""}
    said = {**typed, "seen": theirs, "headcount": "40", "turnover": "900000"}
    assert first.post(address, said).status_code == HTTPStatus.FOUND
    answer = second.post(address, {**typed, "seen": mine, "headcount": "45"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer.context["form"].conflicts[0].theirs == "40"
    page = answer.content.decode()
    assert 'value="45"' in page
    enter(cluster_seats(world.alpha))
    assert SizeStatement.objects.get(year=2024).headcount == 40
    again = {**typed, "seen": SEEN.findall(page)[0], "headcount": "45", "turnover": "900000"}
    assert second.post(address, again).status_code == HTTPStatus.FOUND
    enter(cluster_seats(world.alpha))
    kept = SizeStatement.objects.get(year=2024)
    assert (kept.headcount, kept.turnover) == (45, Decimal(900000))


def test_an_owner_that_another_changed_is_shown_and_what_was_typed_stays(
    world: World, first: Client, second: Client
) -> None:
    enter(cluster_seats(world.alpha))
    owner = RelatedEnterprise.objects.get(cluster=world.alpha)
    address = f"{BASE}/{world.membership.pk}/size/related/{owner.pk}/"
    mine, theirs = seen(second, address), seen(first, address)
    typed = {
        "name": owner.name,
        "stream": owner.stream,
        "holder_kind": owner.holder_kind,
        "year": str(owner.year),
        "source": owner.source,
    }
    done = first.post(address, {**typed, "seen": theirs, "share": "40", "headcount": "12"})
    assert done.status_code == HTTPStatus.FOUND
    answer = second.post(address, {**typed, "seen": mine, "share": "45"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer.context["form"].conflicts[0].yours.startswith("45")
    enter(cluster_seats(world.alpha))
    owner.refresh_from_db()
    assert (owner.share, owner.headcount) == (Decimal(40), Decimal(12))
    again = SEEN.findall(answer.content.decode())[0]
    second.post(address, {**typed, "seen": again, "share": "45", "headcount": "12"})
    enter(cluster_seats(world.alpha))
    owner.refresh_from_db()
    assert owner.share == Decimal(45)
    first.post(f"{address}drop/")
    gone = second.post(address, {**typed, "share": "50", "number": "BE 1"})
    assert gone.status_code == HTTPStatus.NOT_FOUND
    assert "BE 1" in gone.content.decode()
