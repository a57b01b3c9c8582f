"""The list of members and the file of one, over HTTP."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clusterwerk.clusters.models import Seat
from clusterwerk.directory.actions import NewOrganisation, register_organisations
from clusterwerk.directory.models import OrganisationKind
from clusterwerk.members import actions
from clusterwerk.members.actions import NewMember, Promise
from clusterwerk.members.models import Contribution, Departure, Membership
from clusterwerk.platform.access.seats import SeatKind, SeatRole
from clusterwerk.platform.access.session import enter
from factories.world import STEWARD, World, cluster_seats

LIST = "/members/alpha/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def visit(client: Client, world: World, address: str = LIST, who: str = "manager") -> str:
    client.force_login(world.people[who])
    client.cookies["django_language"] = "en"
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def many(world: World, number: int) -> None:
    """So many more members of Alpha, each with a promise for the last working year."""
    seats = cluster_seats(world.alpha)
    enter(seats)
    organisations = register_organisations(
        seats=seats,
        new=[
            NewOrganisation(
                name=f"Works {index:03}", kind=OrganisationKind.ENTERPRISE, source="test"
            )
            for index in range(number)
        ],
    )
    members = actions.join_many(
        seats=seats,
        cluster=world.alpha,
        new=[
            NewMember(each, world.membership.category, date(2019, 1, 1), True, "test")
            for each in organisations
        ],
    )
    promises = [Promise(member, 3, Decimal(100 + index)) for index, member in enumerate(members)]
    actions.promise_contributions(seats=seats, cluster_id=world.alpha.pk, promises=promises)


@pytest.mark.parametrize("who", ["manager", "staff", "observer"])
def test_the_team_of_a_cluster_reads_its_members(client: Client, world: World, who: str) -> None:
    page = visit(client, world, who=who)
    assert "Éclair Works" in page
    assert "Rival Works" not in page


@pytest.mark.parametrize("address", ["/members/beta/", "/members/gamma/", "/members/nothing/"])
def test_another_cluster_does_not_exist_here(client: Client, world: World, address: str) -> None:
    client.force_login(world.people["manager"])
    for ending in ("", "?file=csv", f"{world.rival_membership.pk}/"):
        assert client.get(address + ending).status_code == 404


def test_a_member_of_another_cluster_has_no_file_here(client: Client, world: World) -> None:
    client.force_login(world.people["manager"])
    assert client.get(f"{LIST}{world.rival_membership.pk}/").status_code == 404


@pytest.mark.parametrize(
    "who", ["programme_manager", "account_manager", "member", "evaluator", "steward", "stranger"]
)
def test_who_holds_no_seat_in_a_cluster_is_refused_with_a_reason(
    client: Client, world: World, who: str
) -> None:
    client.force_login(world.people[who])
    client.cookies["django_language"] = "en"
    for address in ("/members/", LIST, f"{LIST}?file=xlsx", f"{LIST}{world.membership.pk}/"):
        response = client.get(address)
        assert response.status_code == 403
        assert "own team" in response.content.decode()
        assert "Éclair" not in response.content.decode()


def test_who_is_not_signed_in_is_sent_to_the_sign_in(client: Client, world: World) -> None:
    assert client.get(LIST).headers["Location"].startswith("/accounts/login/")


def test_without_a_name_the_own_cluster_is_opened(client: Client, world: World) -> None:
    client.force_login(world.people["other_manager"])
    assert client.get("/members/").headers["Location"] == "/members/beta/"


def test_the_fragment_is_the_same_html_as_in_the_page(client: Client, world: World) -> None:
    page = TOKEN.sub("", visit(client, world, f"{LIST}?find=eclair"))
    answer = client.get(f"{LIST}?find=eclair", headers={"HX-Request": "true"})
    fragment = TOKEN.sub("", answer.content.decode())
    assert "<html" not in fragment
    assert fragment.strip() in page


def test_the_browser_going_back_gets_the_whole_page(client: Client, world: World) -> None:
    visit(client, world)
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get(LIST, headers=headers).content.decode()


def test_a_filter_that_nobody_fits_leads_back_to_all(client: Client, world: World) -> None:
    page = visit(client, world, f"{LIST}?find=nobody")
    assert "No member matches" in page
    assert f'<a class="button" href="{LIST}">' in page


def test_a_day_before_every_membership_says_so(client: Client, world: World) -> None:
    assert "No members on this day" in visit(client, world, f"{LIST}?day=2010-01-01")


def test_what_cannot_be_read_is_named_and_left_out(client: Client, world: World) -> None:
    client.force_login(world.people["manager"])
    client.cookies["django_language"] = "en"
    response = client.get(f"{LIST}?day=yesterday&size=huge")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Write the day as 2020-01-31." in page
    assert "A value of “Headcount class” no longer exists" in page
    assert "Éclair Works" in page


@pytest.mark.parametrize(
    "after", ["x", "1", "~", "1~soon&order=since", "1~much&order=contribution"]
)
def test_a_page_that_the_list_never_wrote_is_refused(
    client: Client, world: World, after: str
) -> None:
    client.force_login(world.people["manager"])
    assert client.get(f"{LIST}?after={after}").status_code == 400


@pytest.mark.parametrize("order", ["name", "since", "contribution"])
def test_the_next_page_goes_on_where_the_first_ended(
    client: Client, world: World, order: str
) -> None:
    many(world, 60)
    client.force_login(world.people["manager"])
    first = client.get(f"{LIST}?order={order}").context
    assert len(first["list"].rows) == 50
    second = client.get(LIST, {"order": order, "after": first["list"].next}).context
    assert len(second["list"].rows) == 11
    assert second["list"].next == ""
    members = [row.pk for row in (*first["list"].rows, *second["list"].rows)]
    assert len(set(members)) == 61


def test_the_total_is_of_all_pages(client: Client, world: World) -> None:
    many(world, 60)
    page = visit(client, world)
    assert "61 members" in page
    assert "€7,770" in page


def test_a_sorted_column_begins_at_its_first_page(client: Client, world: World) -> None:
    many(world, 60)
    first = client
    first.force_login(world.people["manager"])
    key = first.get(LIST).context["list"].next
    page = client.get(LIST, {"after": key}).content.decode()
    assert 'href="?order=since&amp;down=0"' in page


def test_a_file_holds_the_whole_selection(client: Client, world: World) -> None:
    many(world, 60)
    client.force_login(world.people["manager"])
    client.cookies["django_language"] = "en"
    columns = "&columns=".join(("place", "category", "since", "headcount", "size", "paying"))
    answer = client.get(f"{LIST}?find=works&file=csv&columns={columns}")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="alpha-members-')
    assert len(lines) == 62
    assert lines[0] == (
        "Member,Headcount class,Category,Since,Municipality,Headcount,Pays a contribution"
    )
    assert lines[1] == "Éclair Works,Small,Member,2018-01-01,,12,yes"
    workbook = client.get(f"{LIST}?file=xlsx").content
    assert "xl/worksheets/sheet1.xml" in ZipFile(BytesIO(workbook)).namelist()


def test_a_file_tells_what_one_cluster_keeps_of_its_member(client: Client, world: World) -> None:
    page = visit(client, world, f"{LIST}{world.membership.pk}/")
    for words in ("Éclair Works", "€500", "Year 1", "1 January 2018", "2019", "12"):
        assert words in page
    assert "Beta" not in page


def test_who_works_for_two_clusters_is_not_told_of_one_in_the_other(
    client: Client, world: World
) -> None:
    enter(STEWARD)
    Seat.objects.create(
        user=world.people["manager"],
        kind=SeatKind.CLUSTER,
        role=SeatRole.MANAGER,
        cluster=world.beta,
        agency=world.agency,
        since=date(2018, 1, 1),
    )
    both = cluster_seats(world.beta)
    enter(both)
    category, _is_new = actions.offer_category(seats=both, cluster=world.beta, name="Guest")
    guest = NewMember(world.company, category, date(2019, 1, 1), True, "test")
    joined = actions.join(seats=both, cluster=world.beta, new=guest)
    actions.promise_contribution(seats=both, promise=Promise(joined, 1, Decimal(777)))
    page = visit(client, world, f"{LIST}{world.membership.pk}/")
    assert "777" not in page
    assert "Guest" not in page
    assert client.get(f"{LIST}{joined.pk}/").status_code == 404
    assert client.get(f"/members/beta/{joined.pk}/").status_code == 200


def test_invented_members_are_marked(client: Client, world: World) -> None:
    assert "Demo data" not in visit(client, world)
    enter(cluster_seats(world.alpha))
    Membership.objects.update(is_demo=True)
    for address in (LIST, f"{LIST}{world.membership.pk}/"):
        assert "Demo data" in visit(client, world, address)


def test_a_list_takes_the_same_queries_whatever_its_length(
    client: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    visit(client, world)
    with django_assert_num_queries(19):
        client.get(LIST)
    many(world, 60)
    client.force_login(world.people["manager"])
    client.get(LIST)
    with django_assert_num_queries(19):
        client.get(LIST)


def test_a_member_reads_the_past_of_its_membership(world: World, client: Client) -> None:
    """It does not see the cluster's own row, so there is no way back to the cluster's page."""
    client.force_login(world.people["member"])
    page = client.get(f"/history/members/membership/{world.membership.pk}/")
    assert page.status_code == 200
    assert "/members/alpha/" not in page.content.decode()


def test_an_empty_cluster_is_led_to_move_in_and_not_back_to_today(
    client: Client, world: World
) -> None:
    assert "Nobody is a member here yet" not in visit(client, world, f"{LIST}?day=1990-01-01")
    for model in (Contribution, Departure, Membership):
        model.objects.filter(cluster=world.alpha).delete()
    page = visit(client, world)
    assert "Nobody is a member here yet" in page
    assert 'class="button is-primary" href="/members/alpha/moves/"' in page
