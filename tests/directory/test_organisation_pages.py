"""Pages of organisations: typing in, correcting, matching, publishing, and what is refused."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from clusterwerk.directory.actions import (
    NewOrganisation,
    correct_organisation,
    register_organisation,
    type_in_organisation,
)
from clusterwerk.directory.models import IdentifierScheme, Organisation, OrganisationKind
from clusterwerk.members.models import Membership
from clusterwerk.platform.access.session import enter, unlocked
from clusterwerk.platform.errors import DomainError
from factories.world import World, cluster_seats

ADD = "/directory/add/"


def form_of(world: World, **typed: str) -> dict[str, object]:
    known: dict[str, object] = {
        "cluster": world.alpha.pk,
        "name": "Nordlys ApS",
        "kind": "enterprise",
        "country": "DK",
        "number": "13 58 56 28",
    }
    return {**known, **typed}


def typed_in(world: World, **facts: object) -> Organisation:
    seats = cluster_seats(world.alpha)
    enter(seats)
    known: dict[str, object] = {
        "name": "Nordlys ApS",
        "kind": OrganisationKind.ENTERPRISE,
        "country": "DK",
        "source": "by hand",
        "identifiers": {IdentifierScheme.DK_CVR: "13585628"},
    }
    new = NewOrganisation(**{**known, **facts})  # type: ignore[arg-type]
    return type_in_organisation(seats=seats, cluster=world.alpha.pk, new=new)


def own(world: World) -> list[Organisation]:
    enter(cluster_seats(world.alpha))
    return list(Organisation.objects.filter(cluster_id=world.alpha.pk))


@pytest.fixture
def staff(world: World, client: Client) -> Client:
    client.force_login(world.people["staff"])
    return client


@pytest.fixture
def manager(world: World, client: Client) -> Client:
    client.force_login(world.people["manager"])
    return client


def test_one_is_typed_in_and_only_the_cluster_sees_it(world: World, staff: Client) -> None:
    assert staff.get(ADD + "?name=Nordlys").context["form"]["name"].value() == "Nordlys"
    answer = staff.post(ADD, form_of(world), follow=True)
    (made,) = own(world)
    assert answer.redirect_chain[-1][0] == f"/directory/{made.pk}/"
    assert "Only your cluster sees this organisation" in answer.text
    assert "13585628" in answer.text
    assert "Denmark" in answer.text
    staff.force_login(world.people["other_manager"])
    for page in ("", "correct/", "match/", "publish/"):
        assert staff.get(f"/directory/{made.pk}/{page}").status_code == 404


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"number": "13 58 56 27"}, "no VAT number of Denmark: its check digits do not fit"),
        ({"number": "1358562"}, "no VAT number of Denmark: 8 digits expected"),
        ({"country": "BE", "number": "0428759498"}, "its check digits do not fit"),
        ({"country": "BE", "number": "", "postcode": "90000"}, "four digits, as in 9000"),
        ({"name": "x" * 201}, "at most 200 characters"),
        ({"name": " "}, "This field is required"),
        ({"name": "with\0null"}, "Null characters are not allowed"),
        ({"website": "no website"}, "Enter a valid URL"),
        ({"website": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"started_on": "2020-02-30"}, "Enter a valid date"),
        ({"started_on": "2020-01-02", "ceased_on": "2020-01-01"}, "does not stop before"),
        ({"cluster": "0"}, "Choose one of your own clusters."),
        ({"country": "XX"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(
    world: World, staff: Client, typed: dict[str, str], told: str
) -> None:
    staff.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    answer = staff.post(ADD, form_of(world, street="Havnegade 1", **typed))
    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="Havnegade 1"' in answer.text
    assert own(world) == []


def test_a_day_in_the_future_is_refused(world: World, staff: Client) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    answer = staff.post(ADD, form_of(world, started_on=tomorrow))
    assert "This day is in the future." in answer.text
    assert own(world) == []


@pytest.mark.parametrize(
    ("sought", "name", "number", "country"),
    [
        ("DK 13585628", "", "DK 13585628", "DK"),
        ("EL094259216", "", "EL094259216", "GR"),
        ("0428.759.497", "", "0428.759.497", "BE"),
        ("NL 123456789B01", "", "NL 123456789B01", "NL"),  # wrong check digits: looked at again
        ("529900T8BM49AURSDO55", "", "529900T8BM49AURSDO55", "BE"),
        ("Bakkerij 2000", "Bakkerij 2000", None, "BE"),
    ],
)
def test_what_was_sought_in_vain_stands_at_its_place_in_the_form(
    staff: Client, sought: str, name: str, number: str | None, country: str
) -> None:
    form = staff.get(ADD, {"name": sought}).context["form"]
    found = [form[field].value() for field in ("name", "number", "country")]
    assert found == [name or None, number, country]


def test_nobody_types_in_for_another_cluster_by_a_field(world: World, staff: Client) -> None:
    assert staff.post(ADD, form_of(world, cluster=str(world.beta.pk))).status_code == 422
    enter(cluster_seats(world.beta))
    assert Organisation.objects.filter(cluster_id__isnull=False).count() == 0


@pytest.mark.parametrize("person", ["observer", "programme_manager", "member", "steward"])
def test_who_keeps_no_cluster_types_in_nothing(world: World, client: Client, person: str) -> None:
    client.force_login(world.people[person])
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, form_of(world)).status_code == 403
    assert own(world) == []


def test_before_it_is_kept_those_that_may_be_the_same_are_shown(
    world: World, staff: Client
) -> None:
    asked = form_of(world, name="Eclair works", country="BE", number="")
    answer = staff.post(ADD, asked)
    assert answer.status_code == 422
    assert "Do you mean one of these?" in answer.text
    assert f'value="o{world.company.pk}"' in answer.text
    assert own(world) == []
    chosen = staff.post(ADD, {"choose": f"o{world.company.pk}", "next": "/desk/?a=1"})
    assert chosen.headers["Location"] == f"/desk/?a=1&organisation=o{world.company.pk}"
    staff.post(ADD, {**asked, "is_another": "on"})
    assert [made.name for made in own(world)] == ["Eclair works"]


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_the_way_back_never_leads_elsewhere(world: World, staff: Client, wanted: str) -> None:
    chosen = staff.post(ADD, {"choose": f"o{world.company.pk}", "next": wanted})
    assert chosen.headers["Location"] == f"/directory/{world.company.pk}/"


def test_a_choice_of_another_clusters_organisation_leads_nowhere(
    world: World, client: Client
) -> None:
    made = typed_in(world)
    client.force_login(world.people["other_manager"])
    chosen = client.post(ADD, {"choose": f"o{made.pk}"}, follow=True)
    assert "not there any more" in chosen.text
    assert "Nordlys" not in chosen.text


def test_clicking_twice_keeps_one(world: World, staff: Client) -> None:
    staff.post(ADD, form_of(world))
    again = staff.post(ADD, form_of(world, is_another="on"))
    assert "already belongs to Nordlys ApS" in again.text
    assert len(own(world)) == 1


def test_a_private_one_is_corrected_by_its_cluster(world: World, staff: Client) -> None:
    made = typed_in(world)
    page = f"/directory/{made.pk}/correct/"
    form = staff.get(page).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    assert staff.post(page, {**typed, "municipality": "Aarhus"}).status_code == 302
    assert own(world)[0].municipality == "Aarhus"


def test_the_second_of_two_sees_what_the_first_changed(world: World, staff: Client) -> None:
    made = typed_in(world)
    page = f"/directory/{made.pk}/correct/"
    form = staff.get(page).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    staff.post(page, {**typed, "street": "First 1"})
    answer = staff.post(page, {**typed, "street": "Second 2"})
    assert answer.status_code == 422
    assert [word in answer.text for word in ("First 1", "Second 2")] == [True, True]
    assert own(world)[0].street == "First 1"


def test_what_a_register_keeps_is_not_changed_by_hand(world: World, staff: Client) -> None:
    seats = cluster_seats(world.alpha)
    enter(seats)
    with unlocked(seats, "directory"):
        Organisation.objects.filter(pk=world.company.pk).update(is_kept_by_register=True)
    page = f"/directory/{world.company.pk}/correct/"
    answer = staff.get(page)
    assert "The register keeps the other facts" in answer.text
    assert set(answer.context["form"].fields) == {"kind", "website", "seen"}
    staff.post(page, {"kind": "federation", "website": "", "name": "Smuggled"})
    enter(seats)
    kept = Organisation.objects.get(pk=world.company.pk)
    assert (kept.kind, kept.name) == ("federation", "Éclair Works")
    with pytest.raises(DomainError, match="The register keeps these facts"):
        correct_organisation(seats=seats, organisation=kept, facts={"name": "Other"})


def test_a_shared_one_is_corrected_with_a_source(world: World, staff: Client) -> None:
    page = f"/directory/{world.company.pk}/correct/"
    form = staff.get(page).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    assert staff.post(page, {**typed, "street": "Kaai 1"}).status_code == 422
    assert staff.post(page, {**typed, "street": "Kaai 1", "source": "its site"}).status_code == 302
    enter(cluster_seats(world.beta))
    kept = Organisation.objects.get(pk=world.company.pk)
    assert (kept.street, kept.source) == ("Kaai 1", "its site")


def test_publishing_asks_the_manager_and_shows_those_alike(world: World, client: Client) -> None:
    made = typed_in(world, name="Eclair Work", identifiers={})
    page = f"/directory/{made.pk}/publish/"
    client.force_login(world.people["staff"])
    assert client.get(page).status_code == 403
    client.force_login(world.people["manager"])
    assert "Éclair Works" in client.get(page).text
    assert client.post(page).status_code == 302
    assert client.post(page).status_code == 404
    enter(cluster_seats(world.beta))
    assert Organisation.objects.get(pk=made.pk).cluster_id is None


def test_publishing_what_is_shared_by_its_number_is_refused(world: World, manager: Client) -> None:
    made = typed_in(world)
    seats = cluster_seats(world.beta)
    enter(seats)
    number = {IdentifierScheme.DK_CVR: "13585628"}
    new = NewOrganisation("Shared", OrganisationKind.ENTERPRISE, "x", identifiers=number)
    shared = register_organisation(seats=seats, new=new)
    answer = manager.post(f"/directory/{made.pk}/publish/")
    assert answer.status_code == 422
    assert "already belongs to Shared" in answer.text
    assert f"/directory/{made.pk}/match/?chosen=o{shared.pk}" in answer.text


def test_matching_moves_what_the_cluster_wrote_and_the_old_address_leads_on(
    world: World, manager: Client
) -> None:
    made = typed_in(world, name="Eclair Work", identifiers={})
    enter(cluster_seats(world.alpha))
    Membership.objects.filter(pk=world.membership.pk).update(
        organisation_id=made.pk, period=("2030-01-01", "2031-01-01")
    )
    page = f"/directory/{made.pk}/match/"
    assert manager.get(page).status_code == 200
    assert manager.post(page, {"organisation_find": "nothing like it"}).status_code == 422
    answer = manager.post(page, {"organisation": f"o{world.company.pk}"})
    assert answer.headers["Location"] == f"/directory/{world.company.pk}/"
    enter(cluster_seats(world.alpha))
    assert Membership.objects.get(pk=world.membership.pk).organisation_id == world.company.pk
    led = manager.get(f"/directory/{made.pk}/")
    assert led.headers["Location"] == f"/directory/{world.company.pk}/"


def test_matching_one_with_the_same_number(world: World, manager: Client) -> None:
    made = typed_in(world)
    seats = cluster_seats(world.beta)
    enter(seats)
    number = {IdentifierScheme.DK_CVR: "13585628"}
    new = NewOrganisation("Shared", OrganisationKind.ENTERPRISE, "x", identifiers=number)
    shared = register_organisation(seats=seats, new=new)
    answer = manager.post(f"/directory/{made.pk}/match/", {"organisation": f"o{shared.pk}"})
    assert answer.headers["Location"] == f"/directory/{shared.pk}/"


def test_the_page_tells_what_it_is_to_the_own_cluster(world: World, staff: Client) -> None:
    address = f"/members/alpha/{world.membership.pk}/"
    assert f'<a href="{address}">Member</a>' in staff.get(f"/directory/{world.company.pk}/").text
    staff.force_login(world.people["other_manager"])
    assert address not in staff.get(f"/directory/{world.company.pk}/").text


def test_the_search_page_finds_own_and_shared_ones(world: World, staff: Client) -> None:
    typed_in(world)
    assert "Nordlys ApS" in staff.get("/directory/?find=nordlys").text
    assert "Nothing found" in staff.get("/directory/?find=zzz").text
    staff.force_login(world.people["other_manager"])
    assert "Nordlys" not in staff.get("/directory/?find=nordlys").text.replace('"nordlys"', "")
