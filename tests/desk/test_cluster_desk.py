"""What the home of a cluster's team shows of its figures, its money and its day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from clusterwerk.clusters.models import Cluster
from clusterwerk.desk.queries.cluster import ClusterDesk, cluster_desk
from clusterwerk.desk.queries.today import tasks
from clusterwerk.directory.actions import NewOrganisation, register_organisations
from clusterwerk.directory.models import OrganisationKind
from clusterwerk.measure.capacity import KindOfWork
from clusterwerk.measure.trajectory import Standing
from clusterwerk.members import actions
from clusterwerk.members.actions import NewMember, Promise, write_hours
from clusterwerk.members.models import Membership, MembershipCategory, Service, TeamHours, TeamPost
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.rows import changed
from clusterwerk.programme.models import Agreement, Target
from clusterwerk.reporting.actions import record_counts
from factories.world import World, agency_seats, cluster_seats

# The agreement of every cluster of the world: 36 months, 2 January 2018 to 1 January 2021.
RUNNING, OVER = date(2020, 1, 31), date(2026, 11, 22)


@pytest.fixture
def alpha(world: World) -> Cluster:
    """Cluster Alpha, in whose manager's seat the test acts."""
    enter(cluster_seats(world.alpha))
    return world.alpha


def promised(world: World, amounts: list[int], year: int = 3) -> None:
    """Members of Alpha since 2019 that promise these amounts for the working year."""
    seats = cluster_seats(world.alpha)
    enter(seats)
    for number, amount in enumerate(amounts):
        new = NewOrganisation(
            name=f"Member {number}", kind=OrganisationKind.ENTERPRISE, source="test"
        )
        (organisation,) = register_organisations(seats=seats, new=[new])
        member = NewMember(organisation, world.membership.category, date(2019, 1, 1), True, "test")
        joined = actions.join(seats=seats, cluster=world.alpha, new=member)
        actions.promise_contribution(seats=seats, promise=Promise(joined, year, Decimal(amount)))


def kinds(desk: ClusterDesk) -> list[str]:
    return [task.kind for task in desk.tasks]


def test_a_running_agreement_is_counted_today(world: World, alpha: Cluster) -> None:
    desk = cluster_desk(alpha, RUNNING)
    paying, new, _collaborations = desk.cards
    assert desk.position.day == RUNNING
    assert (paying.number, paying.target, paying.missing) == (Decimal(1), Decimal(50), Decimal(49))
    assert paying.expected == Decimal(50) * 24 / 36
    assert (paying.standing, new.standing) == (Standing.BEHIND, Standing.UNKNOWN)
    assert new.number == 0


def test_an_ended_agreement_is_counted_on_its_last_day(world: World, alpha: Cluster) -> None:
    Membership.objects.update(period=DateRange(date(2018, 1, 1), date(2021, 1, 2)))
    assert cluster_desk(alpha, OVER).cards[0].number == 1
    Membership.objects.update(period=DateRange(date(2018, 1, 1), date(2021, 1, 1)))
    desk = cluster_desk(alpha, OVER)
    assert desk.position.day == date(2021, 1, 1)
    assert (desk.cards[0].number, desk.cards[0].standing) == (Decimal(0), Standing.MISSED)


def test_the_published_value_stands_beside_the_counted_one(world: World, alpha: Cluster) -> None:
    card = cluster_desk(alpha, RUNNING).cards[0]
    assert card.figure.published is not None
    assert (card.number, card.figure.published.number) == (Decimal(1), Decimal(40))


def test_what_nobody_counts_yet_is_unknown(world: World, alpha: Cluster) -> None:
    card = cluster_desk(alpha, RUNNING).cards[2]
    assert card.figure.indicator == "collaborations.started"
    assert (card.counted, card.number, card.standing) == (None, None, Standing.UNKNOWN)
    assert card.chart is None


def test_the_path_ends_with_the_counted_value(world: World, alpha: Cluster) -> None:
    promised(world, [100, 200])
    card = cluster_desk(alpha, RUNNING).cards[0]
    assert card.path == (
        (date(2018, 1, 2), 1),
        (date(2019, 1, 1), 3),
        (date(2020, 1, 1), 3),
        (RUNNING, 3),
    )
    assert card.number == 3
    assert card.chart is not None
    assert len(card.chart.dots) == 3


def test_a_recorded_count_stands_until_its_records_change(world: World, alpha: Cluster) -> None:
    assert "unrecorded" in kinds(cluster_desk(alpha, RUNNING))
    record_counts(seats=cluster_seats(alpha), cluster=alpha, day=RUNNING)
    desk = cluster_desk(alpha, RUNNING)
    assert "unrecorded" not in kinds(desk)
    assert desk.cards[0].stands_as_recorded
    promised(world, [100])
    desk = cluster_desk(alpha, RUNNING)
    assert not desk.cards[0].stands_as_recorded
    assert "unrecorded" in kinds(desk)


def test_the_count_of_the_day_itself_goes_before_a_later_one(world: World, alpha: Cluster) -> None:
    seats = cluster_seats(alpha)
    for day in (date(2021, 1, 1), OVER):
        record_counts(seats=seats, cluster=alpha, day=day)
    recorded = cluster_desk(alpha, OVER).cards[0].figure.counted
    assert recorded is not None
    assert recorded.day == date(2021, 1, 1)


def test_money_is_the_working_year_beside_its_part_of_the_subsidy(
    world: World, alpha: Cluster
) -> None:
    promised(world, [100_000, 20_000, 10_000])
    promised(world, [7], year=2)
    money = cluster_desk(alpha, RUNNING).money
    assert (money.working_year, money.total) == (3, Decimal(130_000))
    assert (money.required, money.missing) == (Decimal(150_000), Decimal(20_000))
    assert money.remaining == Decimal(30_000)
    assert money.covered_without_largest == Decimal("0.2")
    assert money.leans_on_largest
    assert money.half_share == Decimal(1) / Decimal(3)
    assert [(row.key.split(".")[1], row.counted) for row in money.rows] == [
        ("contributors", 3),
        ("maximum", Decimal(100_000)),
        ("median", Decimal(20_000)),
        ("minimum", Decimal(10_000)),
        ("to_half", 1),
    ]


def test_without_promises_there_is_no_share_to_show(world: World, alpha: Cluster) -> None:
    money = cluster_desk(alpha, RUNNING).money
    assert (money.total, money.covered) == (Decimal(0), Decimal(0))
    assert (money.half_share, money.largest_share, money.remaining) == (None, None, None)
    assert money.chart is None
    assert {row.counted for row in money.rows} == {None}


def test_without_a_known_subsidy_nothing_is_required(world: World, alpha: Cluster) -> None:
    enter(agency_seats(world.agency))
    Agreement.objects.filter(cluster=alpha).update(subsidy=None)
    promised(world, [100])
    money = cluster_desk(alpha, RUNNING).money
    assert (money.required, money.covered, money.total) == (None, None, Decimal(100))


def test_few_members_that_bring_half_wait_for_attention(world: World, alpha: Cluster) -> None:
    promised(world, [1000, *[10] * 6])
    (few,) = [task for task in cluster_desk(alpha, RUNNING).tasks if task.kind == "few_carry"]
    assert few.share == Decimal(1) / Decimal(7)


def test_one_in_six_is_not_few(world: World, alpha: Cluster) -> None:
    promised(world, [1000, *[10] * 5])
    assert "few_carry" not in kinds(cluster_desk(alpha, RUNNING))


def test_memberships_that_end_within_ninety_days_are_named(world: World, alpha: Cluster) -> None:
    Membership.objects.update(period=DateRange(date(2018, 1, 1), date(2020, 4, 30)))
    (ending,) = [task for task in cluster_desk(alpha, RUNNING).tasks if task.kind == "ending"]
    assert [each.organisation.name for each in ending.memberships] == ["Éclair Works"]
    assert "ending" not in kinds(cluster_desk(alpha, date(2020, 1, 30)))
    assert "ending" not in kinds(cluster_desk(alpha, date(2020, 4, 30)))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (RUNNING, ["outlook"]),
        (date(2020, 7, 1), ["outlook"]),
        (date(2020, 7, 2), ["ends", "outlook"]),
        (date(2021, 1, 1), ["ends", "outlook"]),
        (date(2021, 1, 2), ["ended", "outlook"]),
    ],
)
def test_the_end_of_the_support_comes_in_sight_half_a_year_before(
    world: World, alpha: Cluster, today: date, expected: list[str]
) -> None:
    found = kinds(cluster_desk(alpha, today))
    assert [kind for kind in found if kind in {"ends", "ended", "outlook"}] == expected


def test_a_known_outlook_asks_for_nothing(world: World, alpha: Cluster) -> None:
    enter(agency_seats(world.agency))
    Agreement.objects.update(outlook="on its own income")
    enter(cluster_seats(alpha))
    assert "outlook" not in kinds(cluster_desk(alpha, RUNNING))


def test_nothing_waits_when_all_is_well(world: World, alpha: Cluster) -> None:
    enter(agency_seats(world.agency))
    Agreement.objects.update(outlook="on its own income")
    enter(cluster_seats(alpha))
    Service.objects.all().delete()
    record_counts(seats=cluster_seats(alpha), cluster=alpha, day=RUNNING)
    assert cluster_desk(alpha, RUNNING).tasks == ()


def test_a_cluster_without_agreement_is_told_so(world: World, alpha: Cluster) -> None:
    enter(agency_seats(world.agency))
    Target.objects.filter(cluster=alpha).delete()
    Agreement.objects.filter(cluster=alpha).delete()
    enter(cluster_seats(alpha))
    Service.objects.all().delete()
    desk = cluster_desk(alpha, RUNNING)
    assert (kinds(desk), desk.cards, desk.money.required) == (["no_agreement"], (), None)
    without = tasks(
        position=desk.position,
        agreement=None,
        disagreements=2,
        ending=[],
        half_share=None,
        is_recorded=True,
    )
    assert [(task.kind, task.number) for task in without] == [
        ("no_agreement", 0),
        ("disagreements", 2),
    ]


def test_a_cluster_without_members_is_led_to_move_in(world: World, alpha: Cluster) -> None:
    desk = cluster_desk(alpha, RUNNING)
    found = tasks(
        position=desk.position,
        agreement=desk.agreement,
        disagreements=0,
        ending=[],
        half_share=None,
        is_recorded=True,
        has_members=False,
    )
    assert next(task.kind for task in found) == "no_members"


def test_a_desk_takes_the_same_few_queries_whatever_the_members(
    world: World, alpha: Cluster, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cluster_desk(alpha, RUNNING)  # the checks over the documents are kept from here on
    promised(world, [100] * 5)
    with django_assert_num_queries(20):
        cluster_desk(alpha, RUNNING)
    with django_assert_num_queries(1):
        cluster_desk(alpha, RUNNING)


def test_a_kept_desk_is_read_anew_once_a_row_of_the_cluster_changed(
    world: World, alpha: Cluster
) -> None:
    before = cluster_desk(alpha, RUNNING)
    assert cluster_desk(alpha, RUNNING) is before
    promised(world, [100] * 5)
    assert cluster_desk(alpha, RUNNING).money.total == before.money.total + 500


def test_the_desk_warns_of_an_offer_that_the_hours_cannot_keep(
    world: World, alpha: Cluster
) -> None:
    """Whatever of the team, its hours or its offer changes, a desk that is kept follows."""

    def warns() -> bool:
        return "overpromised" in kinds(cluster_desk(alpha, RUNNING))

    post, own = TeamPost.objects.get(), {"cluster": alpha}
    Service.objects.all().delete()
    assert not warns()
    service = Service.objects.create(
        **own,
        category=world.membership.category,
        name="Guided introduction",
        kind_of_work=KindOfWork.MATCHMAKING,
        hours_per_member_year=Decimal(400),
    )
    assert warns()  # all hours of the post are administration
    written = {KindOfWork.EVENTS: Decimal(100)}
    write_hours(seats=cluster_seats(alpha), post=post, month=date(2019, 12, 1), hours=written)
    assert not warns()
    promised(world, [100])
    assert warns()
    changed(service, hours_per_member_year=Decimal(100))
    assert not warns()
    TeamHours.objects.filter(kind=KindOfWork.EVENTS).delete()
    assert warns()
    other = MembershipCategory.objects.create(**own, name="Other")
    Membership.objects.update(category=other)
    assert not warns()
    changed(service, category=other)
    assert warns()
    TeamHours.objects.all().delete()
    assert not warns()
    changed(post, full_time_share=Decimal("0.01"))
    assert warns()
    changed(post, period=DateRange(date(2019, 1, 1), date(2020, 1, 1)))
    assert not warns()  # without a post nobody is told


def test_a_desk_is_kept_for_one_language_and_one_day(world: World, alpha: Cluster) -> None:
    with translation.override("en"):
        english = cluster_desk(alpha, RUNNING)
    with translation.override("nl"):
        assert cluster_desk(alpha, RUNNING) is not english
    assert cluster_desk(alpha, RUNNING + timedelta(days=1)) is not english
