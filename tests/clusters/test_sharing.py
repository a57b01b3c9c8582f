"""Who can see what of a cluster: exact, by name, and nothing of another cluster."""

from collections.abc import Sequence

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from clusterwerk.clusters.models import Seat
from clusterwerk.clusters.sharing.people import seat_holders
from clusterwerk.clusters.sharing.readers import COLLEAGUES, Reader, previews, readers_of
from clusterwerk.clusters.sharing.shared import Seen, Shared, seen_by, shared_kinds
from clusterwerk.members.models import Contribution, Membership
from clusterwerk.platform.access.classes import TableAccess
from clusterwerk.platform.access.seats import ROLES_OF_KIND, SeatKind, Seats
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.history.tracking import event_models
from clusterwerk.platform.kinds import kinds
from factories.groups import GROUP_TABLES
from factories.matching import MATCHING_TABLES
from factories.memberships import RULE_TABLES
from factories.merges import MERGING_TABLES
from factories.people import PEOPLE_TABLES
from factories.world import STEWARD, World, cluster_seats

# Kinds about Alpha that each reader sees, of those that the small world has rows of. What
# everybody reads is left out of the lines and added to each.
PUBLISHED = {
    "Agency", "Document", "Organisation", "OrganisationWords", "PublicProfile",
    "PublishedReading", "PublishedStamp", "PublishedActivity", "ActivityPlaces",
    "PublishedNewsletter",
}  # fmt: skip
PROGRAMME = {"Scheme", "Call"}
ALL = PUBLISHED | PROGRAMME | {
    "Membership", "Contribution", "SizeStatement", "MembershipCategory", "Seat", "Cluster",
    "Agreement", "Target", "CountedReading",
}  # fmt: skip
# The cluster alone.
OWN = {"Activity", "Attendance", "KnownColumn", "Move", "MoveFile", "MoveRow", "StatedReading"}
OWN |= {"ActivityPart", "Registration", "RetentionRule", "RetentionRun", "Suppression"}
OWN |= {model.__name__ for model in MATCHING_TABLES}
OWN |= {"Mailing", "MailingRecipient", "Handout", "HandoutFile", "HandoutMail"}
OWN |= {model.__name__ for model in GROUP_TABLES}
OWN |= {"TargetGroup", "TargetGroupCount", "TeamHours", "TeamPost"}
OWN |= {model.__name__ for model in PEOPLE_TABLES + RULE_TABLES + MERGING_TABLES}
OF_MEMBERS = {"RelatedEnterprise", "MemberProfile", "NeedOrOffer"}
ALL |= OWN | OF_MEMBERS
AGENCY = ALL - {"Contribution", "SizeStatement", "MembershipCategory"} - OF_MEMBERS - OWN
SEES = {
    "programme_manager": AGENCY,
    "account_manager": AGENCY,
    "other_cluster": PUBLISHED | PROGRAMME,
    "member": PUBLISHED | {"Membership", "Contribution", "SizeStatement"} | OF_MEMBERS,
    "public": PUBLISHED,
    "evaluator": PUBLISHED | PROGRAMME,
    "steward": PUBLISHED | {"Seat"},
    "manager": ALL,
    "staff": ALL,
    "finance": ALL,
    "observer": ALL,
}


def looked(world: World) -> tuple[list[Shared], dict[str, Reader]]:
    enter(cluster_seats(world.alpha))
    member = (world.company.pk, world.company.name)
    readers = readers_of(world.alpha, member)
    return shared_kinds(world.alpha), {reader.key: reader for reader in readers}


def names(seen: Sequence[Seen]) -> set[str]:
    return {each.shared.kind.model.__name__ for each in seen if each.number}


def raw_count(shared: Shared) -> int:
    """Rows about the cluster that exist for whoever acts, by plain SQL."""
    meta, quote = shared.kind.model._meta, connection.ops.quote_name
    table, key = quote(meta.db_table), quote(str(meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table} where {key} = any(%s)", [list(shared.rows)])
        (number,) = cursor.fetchone()
    return int(number)


@pytest.mark.parametrize("key", SEES)
def test_a_reader_sees_exactly_these_kinds(world: World, key: str) -> None:
    shared, readers = looked(world)
    assert names(seen_by(readers[key].seats, shared)) == SEES[key]


@pytest.mark.parametrize("key", SEES)
def test_numbers_are_those_of_the_database_with_these_seats(world: World, key: str) -> None:
    shared, readers = looked(world)
    seen = [each.number for each in seen_by(readers[key].seats, shared)]
    enter(readers[key].seats)
    assert seen == [raw_count(each) for each in shared]


def test_every_reader_is_tried_and_every_role_of_a_cluster_is_one(world: World) -> None:
    _shared, readers = looked(world)
    assert set(readers) == set(SEES)
    assert set(COLLEAGUES) == set(ROLES_OF_KIND[SeatKind.CLUSTER])


@pytest.mark.parametrize("key", SEES)
def test_no_row_of_another_cluster_is_counted_or_named(world: World, key: str) -> None:
    shared, readers = looked(world)
    for each in seen_by(readers[key].seats, shared):
        told = " ".join(each.examples)
        assert each.number <= each.shared.number
        assert not any(word in told for word in ("Beta", "Gamma", "Rival", "other_manager"))


def test_the_agency_sees_both_clusters_and_the_preview_only_ones_own(world: World) -> None:
    shared, readers = looked(world)
    reader = readers["programme_manager"]
    of_members = next(each for each in shared if each.kind.model is Membership)
    seen = next(each for each in seen_by(reader.seats, shared) if each.shared is of_members)
    assert (seen.number, seen.examples) == (1, ("Éclair Works",))
    enter(reader.seats)
    assert Membership.objects.count() == 2


def test_rows_that_the_person_does_not_see_stay_out_of_every_preview(world: World) -> None:
    """A person without seats asks, so even the colleague's eyes give only what all may read."""
    _shared, readers = looked(world)
    enter(Seats(actor=world.people["stranger"].pk))
    shared = shared_kinds(world.alpha)
    assert names(seen_by(readers["manager"].seats, shared)) <= PUBLISHED


def test_a_member_sees_of_the_cluster_what_is_about_itself(world: World) -> None:
    _shared, readers = looked(world)
    enter(cluster_seats(world.beta))
    rows = {each.kind.model: each for each in shared_kinds(world.beta)}
    assert rows[Contribution].number == 1
    seen = seen_by(readers["member"].seats, list(rows.values()))
    assert names(seen) == PUBLISHED
    assert all(each.is_hidden for each in seen if each.shared.kind.model is Contribution)


def test_looking_leaves_the_persons_own_seats(world: World) -> None:
    shared, readers = looked(world)
    for reader in readers.values():
        seen_by(reader.seats, shared)
    assert list(Membership.objects.values_list("cluster_id", flat=True)) == [world.alpha.pk]


def test_people_are_named_by_the_seats_they_hold_today(world: World) -> None:
    enter(STEWARD)
    Seat.objects.filter(user=world.people["staff"]).update(until="2019-01-01")
    enter(cluster_seats(world.alpha))
    holders = seat_holders(world.alpha, [world.company.pk])
    assert [each.name for each in holders.cluster] == ["manager", "observer"]
    assert [each.name for each in holders.agency] == ["account_manager", "programme_manager"]
    assert [each.name for each in holders.evaluation] == ["evaluator"]
    assert [(each.name, each.organisation) for each in holders.members] == [
        ("member", "Éclair Works")
    ]
    assert str(holders.members[0].since) == "2018-01-01"


def test_representatives_of_others_members_are_not_named(world: World) -> None:
    enter(cluster_seats(world.beta))
    assert seat_holders(world.beta, [world.rival.pk]).members == []


# --- Every table ---------------------------------------------------------------------------------


def test_every_table_has_a_kind() -> None:
    """But for those of `platform` without a cluster: accounts, jobs, seals, the breach log."""
    told = {kind.model for kind in kinds()} | set(event_models())
    untold = [
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("clusterwerk")
        and model not in told
        and (model._meta.app_label != "platform" or "cluster" in fields(model))
    ]
    assert untold == [], "register a DataKind in kinds.py of the room"


def fields(model: type) -> set[str]:
    return {field.name for field in model._meta.get_fields()}  # type: ignore[attr-defined]


def test_whatever_is_about_a_cluster_and_read_by_others_is_read_by_the_cluster() -> None:
    """So that a page through the agency's eyes shows nothing that the cluster may not see."""
    wider = ("clusters()", "true")
    hidden = [
        model.__name__
        for model in apps.get_models()
        if isinstance(access := getattr(model, "access", None), TableAccess)
        and "cluster" in fields(model)
        and model not in event_models()
        and not any(word in access.read for word in wider)
    ]
    assert hidden == []


# --- Pages ---------------------------------------------------------------------------------------


def reading_english(world: World, person: str) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(world.people[person])
    return client


@pytest.fixture
def manager(world: World) -> Client:
    return reading_english(world, "manager")


def test_the_page_tells_rules_rows_and_people(manager: Client) -> None:
    page = manager.get("/sharing/alpha/").content.decode()
    assert "Amounts of contributions" in page
    assert "programme and account managers of its agency" in page
    assert "Éclair Works" in page
    assert "Whoever runs the server can read the database" in page
    assert "Rival" not in page
    assert "Beta" not in page


def test_the_part_is_what_the_page_holds(manager: Client) -> None:
    address = "/sharing/alpha/?reader=account_manager"
    whole = manager.get(address).content.decode()
    part = manager.get(address, headers={"HX-Request": "true", "HX-Target": "seen"})
    assert "<html" not in part.content.decode()
    assert part.content.decode().strip() in whole
    assert part.headers["Vary"].count("HX-Target") == 1


def test_a_reader_that_does_not_exist_is_refused_and_the_first_is_shown(manager: Client) -> None:
    response = manager.get("/sharing/alpha/?reader=root&member=x")
    assert response.status_code == 422
    assert response.context["reader"].key == "programme_manager"


def test_another_clusters_organisation_is_no_member_to_look_through(
    manager: Client, world: World
) -> None:
    response = manager.get(f"/sharing/alpha/?reader=member&member={world.rival.pk}")
    assert response.status_code == 422
    assert "Rival" not in response.content.decode()


def test_the_printable_page_holds_every_reader(manager: Client) -> None:
    response = manager.get("/sharing/alpha/print/")
    page = response.content.decode()
    assert {reader.key for reader, _seen in response.context["every"]} == set(SEES)
    assert page.count("<h1") == 1
    assert "Rival" not in page


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("manager", 200),
        ("staff", 200),
        ("observer", 200),
        ("other_manager", 404),
        ("programme_manager", 403),
        ("account_manager", 403),
        ("member", 403),
        ("evaluator", 403),
        ("steward", 403),
        ("stranger", 403),
    ],
)
@pytest.mark.parametrize(
    "address", ["/sharing/alpha/", "/sharing/alpha/print/", "/programme/clusters/alpha/as-agency/"]
)
def test_the_pages_are_for_the_people_of_the_cluster(
    client: Client, world: World, address: str, person: str, status: int
) -> None:
    client.force_login(world.people[person])
    assert client.get(address).status_code == status


def test_nothing_is_written_by_a_look(manager: Client) -> None:
    for address in ("/sharing/alpha/", "/sharing/alpha/print/"):
        assert manager.post(address).status_code == 405


def test_the_agencys_page_is_shown_as_the_agency_sees_it(manager: Client, world: World) -> None:
    page = manager.get("/programme/clusters/alpha/as-agency/").content.decode()
    assert "This is what Agency of Here sees" in page
    assert "450,000" in page  # the subsidy of the agreement, which the agency wrote
    assert "contributors bring half of this working year" not in page
    hidden = page[page.index("What stays hidden") :]
    assert "Amounts of contributions" in hidden
    assert "Memberships" not in hidden
    assert len(previews()) == 2


def test_what_the_agency_itself_opens_is_what_the_preview_held(
    manager: Client, world: World
) -> None:
    shown = manager.get("/programme/clusters/alpha/as-agency/").content.decode()
    inner = shown[shown.index('<div class="as-reader') :].split("</section>")[0]
    real = reading_english(world, "account_manager").get("/programme/clusters/alpha/")
    assert inner.split(">", 1)[1].strip()[:400] in real.content.decode()
