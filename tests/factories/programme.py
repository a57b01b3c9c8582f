"""The shipped figures in the database, with one person of each kind who looks at them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

import clusterwerk.reporting
from clusterwerk.clusters.models import Agency, Cluster, Seat
from clusterwerk.directory.models import Organisation, OrganisationKind
from clusterwerk.members.models import Contribution, Membership, MembershipCategory
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.seats import NOBODY, SeatKind, SeatRole
from clusterwerk.platform.access.session import enter, unlocked
from clusterwerk.platform.models import User
from clusterwerk.reporting.actions import import_figures, record_counts
from factories.world import STEWARD, cluster_seats

SHIPPED = Path(clusterwerk.reporting.__file__).parent / "data" / "flanders-2020"
COUNTED_ON = date(2020, 3, 1)

ClientOf = Callable[[str], Client]


@dataclass(frozen=True)
class Programme:
    """All 26 clusters as published; `managed` also counted two demo members of its own."""

    agency: Agency
    managed: Cluster
    people: dict[str, User]


def build_programme() -> Programme:
    enter(seats_of_command())
    import_figures(SHIPPED)
    agency = Agency.objects.get(key="vlaio")
    enter(seats_of_command(agency=agency.pk))
    managed = Cluster.objects.get(key="air-cargo-belgium")
    other = Cluster.objects.get(key="euka")
    with_members(managed, {"Demo Vracht": Decimal(3000), "Demo Lucht": Decimal(1000)})
    people = _people(agency, managed, other)
    enter(NOBODY)
    return Programme(agency, managed, people)


def with_members(cluster: Cluster, amounts: dict[str, Decimal], day: date = COUNTED_ON) -> None:
    """Demo members with a promise for the third working year, counted by the cluster."""
    enter(STEWARD)
    with unlocked(STEWARD, "directory"):
        organisations = [
            Organisation.objects.create(
                name=name, kind=OrganisationKind.ENTERPRISE, source="test", is_demo=True
            )
            for name in amounts
        ]
    seats = cluster_seats(cluster)
    enter(seats)
    category, _is_new = MembershipCategory.objects.get_or_create(cluster=cluster, name="Member")
    for organisation in organisations:
        membership = Membership.objects.create(
            agency_id=cluster.agency_id,
            cluster=cluster,
            organisation=organisation,
            category=category,
            period=DateRange(date(2017, 1, 1), None),
            is_paying=True,
            source="test",
            is_demo=True,
        )
        Contribution.objects.create(
            cluster=cluster,
            membership=membership,
            organisation=organisation,
            working_year=3,
            amount=amounts[organisation.name],
            is_demo=True,
        )
    record_counts(seats=seats, cluster=cluster, day=day)


def _people(agency: Agency, managed: Cluster, other: Cluster) -> dict[str, User]:
    enter(STEWARD)
    elsewhere = Agency.objects.create(key="elsewhere", name="Agency of Elsewhere")
    company = Organisation.objects.filter(name="Demo Vracht").first()
    seats: dict[str, tuple[SeatKind, SeatRole, dict[str, object]]] = {
        "agency": (SeatKind.AGENCY, SeatRole.PROGRAMME_MANAGER, {"agency": agency}),
        "account_manager": (SeatKind.AGENCY, SeatRole.ACCOUNT_MANAGER, {"agency": agency}),
        "foreign_agency": (SeatKind.AGENCY, SeatRole.PROGRAMME_MANAGER, {"agency": elsewhere}),
        "manager": (SeatKind.CLUSTER, SeatRole.MANAGER, {"cluster": managed, "agency": agency}),
        "observer": (SeatKind.CLUSTER, SeatRole.OBSERVER, {"cluster": managed, "agency": agency}),
        "other_manager": (SeatKind.CLUSTER, SeatRole.MANAGER, {"cluster": other, "agency": agency}),
        "member": (SeatKind.ORGANISATION, SeatRole.REPRESENTATIVE, {"organisation": company}),
        "evaluator": (SeatKind.EVALUATION, SeatRole.EVALUATOR, {"agency": agency}),
    }
    people = {"stranger": _person("stranger")}
    for name, (kind, role, place) in seats.items():
        people[name] = _person(name)
        Seat.objects.create(
            user=people[name], kind=kind, role=role, since=date(2018, 1, 1), **place
        )
    return people


def _person(name: str) -> User:
    return User.objects.create_user(f"{name}@example.org", "password", name=name, language="en")
