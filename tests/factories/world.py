"""A small world in which leakage shows: two clusters of one agency, and another agency's one.

Built as the application role with the seats that may write each row, never around the policies.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange

from clusterwerk.clusters.models import Agency, Cluster, PublicProfile, Seat
from clusterwerk.directory.models import Organisation, OrganisationKind
from clusterwerk.members.models import (
    Contribution,
    KnownColumn,
    Membership,
    MembershipCategory,
    Move,
    MoveFile,
    MoveRow,
    SizeStatement,
    TargetGroup,
    TargetGroupCount,
)
from clusterwerk.platform.access.seats import HeldSeat, SeatKind, SeatRole, Seats
from clusterwerk.platform.access.session import enter, unlocked
from clusterwerk.platform.models import User
from clusterwerk.programme.models import Agreement, Call, Scheme, Target
from clusterwerk.reporting.models import CountedReading, Document, PublishedReading
from factories.activities import keep_activities
from factories.groups import keep_action_point
from factories.memberships import keep_rules
from factories.merges import keep_merge
from factories.people import keep_people
from factories.privacy import keep_privacy
from factories.team import keep_team

STEWARD = Seats(held=(HeldSeat(SeatKind.STEWARD, SeatRole.STEWARD),))


@dataclass(frozen=True)
class World:
    """Everybody and everything of the small world; seats are read from the database."""

    agency: Agency
    foreign_agency: Agency
    alpha: Cluster
    beta: Cluster
    gamma: Cluster
    company: Organisation
    rival: Organisation
    people: dict[str, User]
    membership: Membership
    rival_membership: Membership


def agency_seats(agency: Agency) -> Seats:
    return Seats(
        held=(HeldSeat(SeatKind.AGENCY, SeatRole.PROGRAMME_MANAGER, agency.pk, agency.pk),)
    )


def cluster_seats(cluster: Cluster, role: SeatRole = SeatRole.MANAGER) -> Seats:
    return Seats(held=(HeldSeat(SeatKind.CLUSTER, role, cluster.pk, cluster.agency_id),))


def organisation_seats(organisation: Organisation) -> Seats:
    return Seats(held=(HeldSeat(SeatKind.ORGANISATION, SeatRole.REPRESENTATIVE, organisation.pk),))


def build_world() -> World:
    enter(STEWARD)
    agency = Agency.objects.create(key="agency", name="Agency of Here")
    foreign = Agency.objects.create(key="elsewhere", name="Agency of Elsewhere")
    with unlocked(STEWARD, "directory"):
        company, rival = (
            Organisation.objects.create(name=name, kind=OrganisationKind.ENTERPRISE, source="test")
            for name in ("Éclair Works", "Rival Works")
        )
    alpha, beta = (_found(agency, name) for name in ("Alpha", "Beta"))
    gamma = _found(foreign, "Gamma")
    membership = _join(alpha, company, Decimal(500))
    rival_membership = _join(beta, rival, Decimal(900))
    _join(gamma, rival, Decimal(700))
    people = _people(agency, alpha, beta, company)
    return World(
        agency, foreign, alpha, beta, gamma, company, rival, people, membership, rival_membership
    )


def _found(agency: Agency, name: str) -> Cluster:
    enter(agency_seats(agency))
    scheme, _ = Scheme.objects.get_or_create(agency=agency, key="flanders-ibn", version="2016")
    call, _ = Call.objects.get_or_create(agency=agency, scheme=scheme, number=1)
    cluster = Cluster.objects.create(agency=agency, key=name.lower(), name=name)
    facts = {"agency": agency, "cluster": cluster}
    PublicProfile.objects.create(
        **facts,
        slug=name.lower(),
        name=name,
        theme="construction",
        scheme="flanders-ibn",
        call_number=1,
        search_text=name.lower(),
    )
    Agreement.objects.create(
        **facts,
        scheme=scheme,
        call=call,
        ends_on=date(2021, 1, 1),
        period_basis="test",
        subsidy=Decimal(450000),
    )
    Target.objects.create(
        **facts,
        scheme=scheme,
        indicator="members.paying",
        value=Decimal(50),
        due_after_months=36,
        source="test",
    )
    document, _ = Document.objects.get_or_create(
        agency=agency,
        key="report",
        defaults={"title": "Report", "publisher": "Test", "published_on": date(2020, 5, 14)},
    )
    PublishedReading.objects.create(
        **facts,
        document=document,
        key=f"{cluster.key}/members.paying",
        subject=cluster.key,
        indicator="members.paying",
        number=Decimal(40),
        unit="count",
        place="table 7",
        position=cluster.pk,
    )
    return cluster


def _join(cluster: Cluster, organisation: Organisation, amount: Decimal) -> Membership:
    seats = cluster_seats(cluster)
    enter(seats)
    category = MembershipCategory.objects.create(cluster=cluster, name="Member")
    membership = Membership.objects.create(
        agency_id=cluster.agency_id,
        cluster=cluster,
        organisation=organisation,
        category=category,
        period=DateRange(date(2018, 1, 1), None),
        is_paying=True,
        source="test",
    )
    Contribution.objects.create(
        cluster=cluster,
        membership=membership,
        organisation=organisation,
        working_year=1,
        amount=amount,
    )
    SizeStatement.objects.create(
        cluster=cluster, organisation=organisation, year=2019, headcount=12, source="test"
    )
    _move_in(cluster)
    keep_activities(cluster, organisation)
    keep_rules(category, membership)
    keep_people(cluster, organisation)
    keep_action_point(cluster)
    keep_team(cluster)
    keep_merge(cluster)
    keep_privacy(cluster, organisation)
    group = TargetGroup.objects.create(cluster=cluster, name="Builders", provinces=["Limburg"])
    TargetGroupCount.objects.create(
        cluster=cluster,
        target_group=group,
        day=date(2020, 1, 31),
        counted_at=datetime(2020, 1, 31, 12, tzinfo=UTC),
        definition={},
        enterprises=10,
        members=1,
        size_unknown=9,
        cells={"unsure": 0, "sectors": {}, "provinces": {}},
    )
    with unlocked(seats, "reporting"):
        CountedReading.objects.create(
            agency_id=cluster.agency_id,
            cluster=cluster,
            indicator="members.paying",
            definition_version=1,
            day=date(2020, 1, 31),
            number=Decimal(1),
            unit="count",
            evidence_digest="0" * 64,
            evidence_count=1,
        )
    return membership


def _move_in(cluster: Cluster) -> None:
    move = Move.objects.create(cluster=cluster)
    file = MoveFile.objects.create(
        cluster=cluster, move=move, name="members.csv", stored_as="0" * 32, digest="0" * 64
    )
    MoveRow.objects.create(cluster=cluster, move=move, file=file, number=2, cells=["Éclair"])
    KnownColumn.objects.create(cluster=cluster, kind="members", header="naam", field="name")


def _people(
    agency: Agency, alpha: Cluster, beta: Cluster, company: Organisation
) -> dict[str, User]:
    enter(STEWARD)
    places: dict[str, tuple[SeatKind, SeatRole, dict[str, object]]] = {
        "manager": (
            SeatKind.CLUSTER,
            SeatRole.MANAGER,
            {"cluster": alpha, "agency": agency},
        ),
        "staff": (SeatKind.CLUSTER, SeatRole.STAFF, {"cluster": alpha, "agency": agency}),
        "observer": (SeatKind.CLUSTER, SeatRole.OBSERVER, {"cluster": alpha, "agency": agency}),
        "other_manager": (
            SeatKind.CLUSTER,
            SeatRole.MANAGER,
            {"cluster": beta, "agency": agency},
        ),
        "programme_manager": (SeatKind.AGENCY, SeatRole.PROGRAMME_MANAGER, {"agency": agency}),
        "account_manager": (SeatKind.AGENCY, SeatRole.ACCOUNT_MANAGER, {"agency": agency}),
        "member": (SeatKind.ORGANISATION, SeatRole.REPRESENTATIVE, {"organisation": company}),
        "evaluator": (SeatKind.EVALUATION, SeatRole.EVALUATOR, {"agency": agency}),
        "steward": (SeatKind.STEWARD, SeatRole.STEWARD, {}),
    }
    people = {}
    for name, (kind, role, place) in places.items():
        people[name] = User.objects.create_user(f"{name}@example.org", "password", name=name)
        Seat.objects.create(
            user=people[name], kind=kind, role=role, since=date(2018, 1, 1), **place
        )
    people["stranger"] = User.objects.create_user("stranger@example.org", "password", name="S")
    return people
