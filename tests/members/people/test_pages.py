"""Pages of people and work: what they show, who may open them, and what comes back unsaved."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from django.utils import timezone

from clusterwerk.members.models import (
    Consent,
    Contact,
    CustomField,
    CustomValue,
    Expectation,
    Interaction,
    Position,
    Tag,
    TagUse,
    Task,
)
from clusterwerk.platform.access.session import enter
from factories.world import World, cluster_seats

BASE = "/members/alpha"
PAGES = ["contacts/", "contacts/add/", "tasks/", "tasks/add/", "expectations/", "tags/"]
PAGES += ["fields/add/", "timeline/?organisation={company}", "values/?organisation={company}"]
PAGES += ["contacts/{contact}/", "contacts/{contact}/change/", "contacts/{contact}/consent/"]
PAGES += ["contacts/{contact}/positions/", "positions/{position}/", "timeline/{talk}/"]
PAGES += ["tasks/{task}/", "expectations/{hope}/", "tags/{tag}/", "fields/{field}/", "{member}/"]
PAGES += ["expectations/add/?organisation={company}"]
READ = ["contacts/", "tasks/", "expectations/", "tags/", "contacts/{contact}/", "timeline/{talk}/"]
READ += ["{member}/"]


@pytest.fixture
def keys(world: World) -> dict[str, int]:
    enter(cluster_seats(world.alpha))
    return {
        "company": world.company.pk,
        "contact": Contact.objects.get().pk,
        "position": Position.objects.get().pk,
        "talk": Interaction.objects.get().pk,
        "task": Task.objects.get().pk,
        "hope": Expectation.objects.get().pk,
        "tag": Tag.objects.get().pk,
        "field": CustomField.objects.get().pk,
        "member": world.membership.pk,
    }


def signed_in(world: World, name: str) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(world.people[name])
    return client


def as_alpha(world: World) -> None:
    enter(cluster_seats(world.alpha))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_the_team(world: World, keys: dict[str, int], page: str) -> None:
    answer = signed_in(world, "staff").get(f"{BASE}/{page.format(**keys)}")
    assert answer.status_code == HTTPStatus.OK


@pytest.mark.parametrize("page", PAGES)
def test_who_only_reads_opens_what_is_to_be_read(
    world: World, keys: dict[str, int], page: str
) -> None:
    answer = signed_in(world, "observer").get(f"{BASE}/{page.format(**keys)}")
    wanted = HTTPStatus.OK if page in READ else HTTPStatus.FORBIDDEN
    assert answer.status_code == wanted


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("person", ["other_manager", "programme_manager", "member", "steward"])
def test_nobody_else_opens_any_of_them(
    world: World, keys: dict[str, int], page: str, person: str
) -> None:
    answer = signed_in(world, person).get(f"{BASE}/{page.format(**keys)}")
    assert answer.status_code in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}


def test_the_file_of_a_member_tells_who_it_is_and_what_was_promised(
    world: World, keys: dict[str, int]
) -> None:
    page = signed_in(world, "staff").get(f"{BASE}/{keys['member']}/").content.decode()
    for told in ("Lena Écluse", "First talk", "Find a partner", "Call back", "Recycling", "12"):
        assert told in page
    assert "Became a member" in page
    assert "What we still owe them" in page


def test_a_talk_is_written_down_in_the_file_with_one_field(
    world: World, keys: dict[str, int]
) -> None:
    client = signed_in(world, "staff")
    sent = {"organisation": keys["company"], "kind": "call", "body": "They look for a partner"}
    answer = client.post(f"{BASE}/timeline/", sent)
    assert answer.status_code == HTTPStatus.FOUND
    assert answer.headers["Location"] == f"{BASE}/{keys['member']}/"
    as_alpha(world)
    talk = Interaction.objects.get(body="They look for a partner")
    assert talk.author == world.people["staff"]
    assert timezone.now() - talk.happened_at < timedelta(minutes=5)
    party = talk.parties.get()
    assert (party.organisation, party.contact) == (world.company, None)


def test_a_talk_without_words_comes_back_with_everything_typed(
    world: World, keys: dict[str, int]
) -> None:
    later = (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    sent = {
        "organisation": keys["company"],
        "kind": "meeting",
        "body": "Typed",
        "happened_at": later,
    }
    answer = signed_in(world, "staff").post(f"{BASE}/timeline/", sent)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = answer.content.decode()
    assert "still to come" in page
    assert "Typed" in page
    assert later in page
    as_alpha(world)
    assert Interaction.objects.count() == 1


def test_the_part_of_the_timeline_is_that_of_the_page(world: World, keys: dict[str, int]) -> None:
    client = signed_in(world, "staff")
    address = f"{BASE}/{keys['member']}/?kind=call"
    page = client.get(address).content.decode()
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert part.strip() in page
    assert "First talk" in part
    assert "Became a member" not in part


def test_older_entries_follow_without_gap_or_repetition(world: World, keys: dict[str, int]) -> None:
    as_alpha(world)
    for number in range(50):
        talk = Interaction.objects.create(
            cluster=world.alpha,
            kind="note",
            subject=f"Note {number}.",
            happened_at=timezone.now() - timedelta(days=number // 2),
        )
        talk.parties.create(cluster=world.alpha, organisation=world.company)
    client = signed_in(world, "staff")
    seen: list[str] = []
    address = f"{BASE}/{keys['member']}/?kind=note"
    while address:
        answer = client.get(address)
        page = answer.context["timeline"]
        seen += [str(entry.title) for entry in page.entries]
        moment = page.next.isoformat().replace("+", "%2B") if page.next else ""
        address = f"{BASE}/{keys['member']}/?kind=note&before={moment}" if moment else ""
    assert sorted(seen) == sorted(f"Note {number}." for number in range(50))


def test_a_known_address_leads_to_the_contact_that_has_it(
    world: World, keys: dict[str, int]
) -> None:
    sent = {"last_name": "Other", "email": "Lena@alpha.example"}
    answer = signed_in(world, "staff").post(f"{BASE}/contacts/add/", sent)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = answer.content.decode()
    assert f'href="{BASE}/contacts/{keys["contact"]}/"' in page
    assert 'value="Other"' in page
    as_alpha(world)
    assert Contact.objects.count() == 1


def test_a_contact_added_in_the_file_of_a_member_works_there(
    world: World, keys: dict[str, int]
) -> None:
    sent = {"first_name": "An", "phone": "0475 12 34 56", "organisation": keys["company"]}
    answer = signed_in(world, "staff").post(f"{BASE}/contacts/add/", sent)
    assert answer.status_code == HTTPStatus.FOUND
    as_alpha(world)
    an = Contact.objects.get(first_name="An")
    assert (an.phone, an.positions.get().organisation) == ("+32475123456", world.company)


def test_a_task_is_done_with_one_click_and_a_second_changes_nothing(
    world: World, keys: dict[str, int]
) -> None:
    client = signed_in(world, "staff")
    address = f"{BASE}/tasks/{keys['task']}/done/"
    assert client.post(address).status_code == HTTPStatus.FOUND
    as_alpha(world)
    done_at = Task.objects.get().done_at
    assert done_at is not None
    client.post(address)
    as_alpha(world)
    assert Task.objects.get().done_at == done_at


def test_overdue_tasks_are_marked_and_those_of_others_are_in_the_list_of_the_team(
    world: World, keys: dict[str, int]
) -> None:
    as_alpha(world)
    Task.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    client = signed_in(world, "staff")
    assert "Call back" not in client.get(f"{BASE}/tasks/").content.decode()
    page = client.get(f"{BASE}/tasks/?whose=all").content.decode()
    assert "Call back" in page
    assert "overdue since" in page


def test_an_answer_is_asked_before_an_expectation_is_met(
    world: World, keys: dict[str, int]
) -> None:
    client = signed_in(world, "staff")
    address = f"{BASE}/expectations/{keys['hope']}/"
    sent = {"text": "Find a partner", "said_on": "2018-02-01", "state": "met", "answer": ""}
    assert client.post(address, sent).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert client.post(address, {**sent, "answer": "Found"}).status_code == HTTPStatus.FOUND
    as_alpha(world)
    hope = Expectation.objects.get()
    assert (hope.state, hope.answered_on) == ("met", timezone.localdate())


def test_own_fields_are_changed_in_place_and_a_wrong_one_is_named(
    world: World, keys: dict[str, int]
) -> None:
    client = signed_in(world, "finance") if "finance" in world.people else signed_in(world, "staff")
    name = f"field_{keys['field']}"
    address = f"{BASE}/values/"
    sent = {"organisation": keys["company"], name: "many"}
    answer = client.post(address, sent)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Vehicles" in answer.content.decode()
    assert client.post(address, {**sent, name: "1 250"}).status_code == HTTPStatus.FOUND
    as_alpha(world)
    assert CustomValue.objects.get().value == "1250"


def test_a_tag_goes_on_and_off_in_the_file(world: World, keys: dict[str, int]) -> None:
    client = signed_in(world, "staff")
    address = f"{BASE}/tags/on/"
    sent = {"organisation": keys["company"], "name": "Water", "kind": "free"}
    client.post(address, sent)
    as_alpha(world)
    assert set(TagUse.objects.values_list("tag__name", flat=True)) == {"Recycling", "Water"}
    client.post(address, {"organisation": keys["company"], "untag": keys["tag"]})
    as_alpha(world)
    assert set(TagUse.objects.values_list("tag__name", flat=True)) == {"Water"}


def test_consent_is_recorded_and_not_for_a_day_that_is_to_come(
    world: World, keys: dict[str, int]
) -> None:
    client = signed_in(world, "staff")
    address = f"{BASE}/contacts/{keys['contact']}/consent/"
    sent = {"purpose": "newsletter", "state": "withdrawn", "way": "mailing", "source": "list"}
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = client.post(address, {**sent, "said_on": tomorrow.isoformat()})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    client.post(address, {**sent, "said_on": timezone.localdate().isoformat()})
    as_alpha(world)
    assert Consent.objects.get().state == "withdrawn"


@pytest.mark.parametrize("asked", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_a_form_leads_back_to_no_other_site(world: World, keys: dict[str, int], asked: str) -> None:
    answer = signed_in(world, "staff").post(f"{BASE}/tasks/{keys['task']}/done/", {"back": asked})
    assert answer.headers["Location"] == f"{BASE}/{keys['member']}/"
