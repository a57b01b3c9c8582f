"""The demo in the database: marked, complete, loaded once, and behind the same walls."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.db import transaction
from django.test import RequestFactory
from pytest_django.plugin import DjangoDbBlocker

from clusterwerk.clusters.models import Cluster, Seat
from clusterwerk.config.demo.load import DemoOutcome, load_demo
from clusterwerk.config.demo.material import FIGURES
from clusterwerk.config.demo.people import DEMO_PASSWORD, DEMO_PEOPLE, DOMAIN
from clusterwerk.directory.identifiers import is_reserved_for_demo
from clusterwerk.directory.models import Organisation, OrganisationIdentifier
from clusterwerk.members.models import Contribution, Membership, SizeStatement
from clusterwerk.members.queries.own_person import own_contacts
from clusterwerk.members.queries.promises import held_memberships
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.seats import NOBODY, SeatKind, Seats, seats_for
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.models import User
from clusterwerk.programme.models import Target
from clusterwerk.reporting.actions import import_figures
from clusterwerk.reporting.models import CountedReading

DAY = date(2020, 1, 31)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[DemoOutcome]:
    """The published figures and the demo, once for this file and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        enter(seats_of_command())
        import_figures(FIGURES)
        yield load_demo(DAY)
        transaction.set_rollback(True)


@pytest.fixture
def outcome(loaded: DemoOutcome, db: None) -> DemoOutcome:
    enter(NOBODY)
    return loaded


def sign_in(key: str) -> Seats:
    """Seats of a demo person as a request would enter them."""
    user = User.objects.get(email=f"{key}@{DOMAIN}")
    enter(Seats(actor=user.pk))
    seats = seats_for(user.pk)
    enter(seats)
    return seats


def own_cluster(key: str) -> Cluster:
    return Cluster.objects.get(key=key)


def test_the_first_run_adds_everything(outcome: DemoOutcome) -> None:
    assert (outcome.organisations, outcome.members) == (782, 840)
    counts = dict(outcome.added)
    assert counts.pop("sizes") == 528
    assert counts.pop("counted readings") >= 17 * 8
    assert counts.pop("rules and services") == 2 * 6
    assert counts.pop("people and work") == 483 + 586
    assert counts == {
        "mails": 8,
        "activities and who was there": 647,
        "groups and their meetings": 2 * 20,
        "activities to come and who registered": 2 * (4 + 26),
        "a matchmaking day": 232,
        "activities of several": 7,
        "mailings and who got them": 287,
        "told by members": 42,
        "posts and hours of teams": 244,
        "sectors": 3963,
        "places": 565,
        "registered enterprises": 3000,
        "organisations": 782,
        "targets": 51,
        "members": 840,
        "contributions": 840,
        "accounts": 7,
        "seats": 8,
    }


def test_a_second_run_changes_nothing(outcome: DemoOutcome) -> None:
    assert load_demo(DAY).added == {}


def test_a_demo_that_was_interrupted_is_completed(outcome: DemoOutcome) -> None:
    sign_in("manager")
    cluster = own_cluster("euka")
    gone = list(Contribution.objects.filter(cluster=cluster)[:3])
    Contribution.objects.filter(pk__in=[each.pk for each in gone]).delete()
    assert load_demo(DAY).added == {"contributions": 3, "counted readings": 6}
    assert load_demo(DAY).added == {}


def test_every_row_is_marked_and_every_number_is_of_the_demo_range(outcome: DemoOutcome) -> None:
    seats = sign_in("manager")
    assert Organisation.objects.filter(source="demo", is_demo=True).count() == 782
    numbers = OrganisationIdentifier.objects.filter(
        organisation__is_demo=True, scheme="be-enterprise"
    ).values_list("value", flat=True)
    assert len(numbers) == 782
    assert all(is_reserved_for_demo(number) for number in numbers)
    for model in (Membership, Contribution, SizeStatement):
        assert model._default_manager.filter(cluster__in=seats.clusters).exists()
        assert not model._default_manager.filter(is_demo=False).exists()
    assert CountedReading.objects.filter(includes_demo=False, evidence_count__gt=0).count() == 0


def test_nothing_of_the_real_organisations_is_touched(outcome: DemoOutcome) -> None:
    assert Organisation.objects.real().exists()
    assert not OrganisationIdentifier.objects.filter(
        organisation__is_demo=False, scheme="be-enterprise"
    ).exists()


def test_the_manager_of_two_clusters_sees_their_members_and_no_others(
    outcome: DemoOutcome,
) -> None:
    sign_in("manager")
    per_cluster = {
        cluster.key: Membership.objects.filter(cluster=cluster).on(DAY).count()
        for cluster in Cluster.objects.all()
    }
    assert per_cluster == {"air-cargo-belgium": 82, "euka": 105}
    assert Membership.objects.count() == Contribution.objects.count() == 187


def test_staff_of_one_cluster_sees_nothing_of_the_other(outcome: DemoOutcome) -> None:
    seats = sign_in("staff")
    assert Membership.objects.count() == Contribution.objects.count() == 82
    assert set(SizeStatement.objects.values_list("cluster_id", flat=True)) == set(seats.clusters)
    assert Membership.objects.filter(cluster_id__in=seats.clusters).on(DAY).count() == 82
    assert max(Contribution.objects.values_list("amount", flat=True)) == 35000


def test_the_agency_sees_members_and_no_amounts(outcome: DemoOutcome) -> None:
    for key in ("programme", "account"):
        sign_in(key)
        assert Membership.objects.count() == 840
        assert not Contribution.objects.exists()
        assert not SizeStatement.objects.exists()


def test_the_member_sees_its_own_two_memberships_and_promises(outcome: DemoOutcome) -> None:
    seats = sign_in("member")
    own = held_memberships(seats.organisations, DAY)
    assert {each.cluster_name for each in own} == {"Air Cargo Belgium", "EUKA"}
    assert [len(each.contributions) for each in own] == [1, 1]
    assert Contribution.objects.count() == 2


def test_the_member_reads_what_one_of_the_clusters_keeps_of_it(outcome: DemoOutcome) -> None:
    sign_in("member")
    (own,) = own_contacts()
    assert (own.cluster_name, own.email) == ("Air Cargo Belgium", f"member@{DOMAIN}")
    assert (own.facts["first_name"], own.facts["last_name"]) == ("Lotte", "Lidmaat")
    assert [consent.purpose for consent in own.consents if consent.is_given] == ["newsletter"]


@pytest.mark.parametrize("key", ["evaluator", "steward"])
def test_evaluator_and_steward_see_no_members(outcome: DemoOutcome, key: str) -> None:
    sign_in(key)
    assert not Membership.objects.exists()
    assert not Contribution.objects.exists()


def test_without_anybody_only_organisations_show(outcome: DemoOutcome) -> None:
    assert Organisation.objects.filter(is_demo=True).count() == 782
    for model in (Membership, Contribution, SizeStatement, Target, CountedReading, Seat):
        assert not model._default_manager.exists()


def test_each_person_signs_in_with_the_demo_password(outcome: DemoOutcome) -> None:
    for person in DEMO_PEOPLE:
        request = RequestFactory().post("/")
        user = authenticate(request, email=person.email, password=DEMO_PASSWORD)
        assert isinstance(user, User)
        assert (user.name, user.is_demo) == (person.name, True)
        address = EmailAddress.objects.get(user=user)
        assert (address.email, address.verified, address.primary) == (person.email, True, True)


def test_each_person_has_the_seats_of_the_list(outcome: DemoOutcome) -> None:
    for person in DEMO_PEOPLE:
        held = [(seat.kind, seat.role) for seat in sign_in(person.key).held]
        assert held == [(seat.kind, seat.role) for seat in person.seats]


def test_targets_of_the_demo_stand_beside_the_published_ones(outcome: DemoOutcome) -> None:
    sign_in("manager")
    targets = Target.objects.filter(cluster__key="air-cargo-belgium")
    assert {target.indicator: (int(target.value), target.is_demo) for target in targets} == {
        "members.paying": (150, True),
        "members.new": (70, True),
        "collaborations.started": (20, True),
    }
    sign_in("programme")
    published = Target.objects.filter(cluster__key="the-beacon")
    assert {target.is_demo for target in published} == {False}


def test_the_network_that_cannot_keep_the_printed_figures_says_so(outcome: DemoOutcome) -> None:
    sign_in("programme")
    marked = Membership.objects.exclude(source="demo").values_list("cluster__key", "source")
    assert set(marked) == {
        ("bim", "demo; 28 members bring half, because the printed number is not possible")
    }


def test_no_membership_begins_before_its_organisation_or_after_the_day(
    outcome: DemoOutcome,
) -> None:
    sign_in("programme")
    for membership in Membership.objects.select_related("organisation"):
        assert membership.organisation.started_on is not None
        assert membership.organisation.started_on <= membership.period.lower <= DAY


def test_the_counted_members_differ_visibly_from_the_published_ones(outcome: DemoOutcome) -> None:
    sign_in("manager")
    counted = CountedReading.objects.get(
        cluster__key="air-cargo-belgium", indicator="members.paying"
    )
    assert (counted.number, counted.includes_demo) == (Decimal(82), True)  # published: 140


def test_a_day_before_the_demo_begins_is_refused(outcome: DemoOutcome) -> None:
    with pytest.raises(DomainError, match="2020-01-01"):
        load_demo(date(2019, 12, 31))


def test_a_steward_seat_stands_nowhere_else(outcome: DemoOutcome) -> None:
    seats = sign_in("steward")
    assert seats.places(SeatKind.CLUSTER) == frozenset()
    assert seats.is_steward
