"""Contacts, their work places, and what the team still has to do, as screens read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from clusterwerk.clusters.models import Seat
from clusterwerk.members.models import (
    Consent,
    Contact,
    CustomField,
    CustomValue,
    Expectation,
    ExpectationState,
    FieldSubject,
    Membership,
    Position,
    Tag,
    TagUse,
    Task,
)
from clusterwerk.platform.access.seats import SeatKind, SeatRole
from clusterwerk.platform.models import User
from clusterwerk.platform.prepared import prepared

PAGE_SIZE = 50
OPEN = (ExpectationState.OPEN, ExpectationState.TAKEN_UP)
LONG_OPEN = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class WorkPlace:
    """A position and, where the organisation is or was a member, its newest membership."""

    position: Position
    membership: int | None
    is_over: bool


def work_places(cluster: int, contact: int, day: date) -> list[WorkPlace]:
    """Where a contact works first, then where they worked."""
    rows = _positions_of(cluster, contact)
    files = membership_of(cluster, {row.organisation_id for row in rows})
    found = [
        WorkPlace(row, files.get(row.organisation_id), is_over=_is_over(row, day)) for row in rows
    ]
    return sorted(found, key=lambda place: (place.is_over, not place.position.is_main))


@prepared
def _positions_of(cluster: int, contact: int) -> QuerySet[Position]:
    rows = Position.objects.filter(cluster_id=cluster, contact_id=contact)
    return rows.select_related("organisation")


def _is_over(row: Position, day: date) -> bool:
    return row.period.upper is not None and row.period.upper <= day


def contact_of(cluster: int, contact: int) -> Contact | None:
    return next(iter(_contacts(cluster, contact)), None)


@prepared
def _contacts(cluster: int, contact: int) -> QuerySet[Contact]:
    return Contact.objects.filter(cluster_id=cluster, pk=contact).order_by()


def membership_of(cluster: int, organisations: Iterable[int]) -> dict[int, int]:
    """The newest membership of each organisation in the cluster: where its file is."""
    rows = Membership.objects.filter(cluster_id=cluster, organisation_id__in=list(organisations))
    return dict(rows.order_by("period").values_list("organisation_id", "pk"))


@prepared
def people_at(cluster: int, organisation: int, day: date) -> QuerySet[Position]:
    """Who works at an organisation on the day, the main contact first."""
    rows = Position.objects.filter(cluster_id=cluster, organisation_id=organisation).on(day)
    living = rows.filter(contact__archived_on=None)
    return living.select_related("contact").order_by("-is_main", "contact__name_sort", "pk")


@prepared
def contacts_now(cluster: int, organisation: int, day: date) -> QuerySet[Contact]:
    """Those of `contacts_at`, to show them."""
    return contacts_at(cluster, organisation, day)


def contacts_at(cluster: int, organisation: int, day: date) -> QuerySet[Contact]:
    """To choose from in a form about an organisation."""
    places = Position.objects.filter(
        cluster_id=cluster, contact=OuterRef("pk"), organisation_id=organisation
    ).on(day)
    kept = Contact.objects.filter(cluster_id=cluster).living()
    return kept.filter(Exists(places)).order_by("name_sort", "id")


def consents_of(cluster: int, contact: int) -> dict[str, Consent]:
    return {row.purpose: row for row in consents_said(cluster, contact)}


@prepared
def consents_said(cluster: int, contact: int) -> QuerySet[Consent]:
    return Consent.objects.filter(cluster_id=cluster, contact_id=contact)


def team_of(cluster: int, day: date) -> QuerySet[User]:
    """People who may own a task: a seat in the cluster that writes."""
    seats = Seat.objects.filter(cluster_id=cluster, kind=SeatKind.CLUSTER).held_on(day)
    writing = seats.exclude(role=SeatRole.OBSERVER).values("user_id")
    return User.objects.filter(pk__in=writing, is_active=True).order_by("name", "pk")


def open_expectations(cluster: int) -> QuerySet[Expectation]:
    """Longest waiting first."""
    rows = Expectation.objects.filter(cluster_id=cluster, state__in=OPEN)
    return rows.select_related("organisation", "contact").order_by("said_on", "id")


def expectations_of(cluster: int, organisation: int) -> list[Expectation]:
    """Open ones first, longest waiting first; then the answered, newest first."""
    return [*_waiting(cluster, organisation), *_answered(cluster, organisation)]


@prepared
def _waiting(cluster: int, organisation: int) -> QuerySet[Expectation]:
    return open_expectations(cluster).filter(organisation_id=organisation)


@prepared
def _answered(cluster: int, organisation: int) -> QuerySet[Expectation]:
    rows = Expectation.objects.filter(cluster_id=cluster, organisation_id=organisation)
    answered = rows.exclude(state__in=OPEN).select_related("contact")
    return answered.order_by("-answered_on", "-id")[:10]


def open_tasks(
    cluster: int, *, owner: int | None = None, organisation: int | None = None
) -> QuerySet[Task]:
    """What is due first stands first; without a last day at the end."""
    rows = Task.objects.filter(cluster_id=cluster, done_at=None)
    if owner is not None:
        rows = rows.filter(owner_id=owner)
    if organisation is not None:
        rows = rows.filter(organisation_id=organisation)
    found = rows.select_related("organisation", "contact", "owner", "expectation")
    return found.order_by(F("due_on").asc(nulls_last=True), "id")


@prepared
def tasks_at(cluster: int, organisation: int) -> QuerySet[Task]:
    """Open tasks about an organisation, in the same order, with their owners."""
    rows = open_tasks(cluster).filter(organisation_id=organisation)
    return rows.select_related(None).select_related("owner")


@prepared
def tasks_about(cluster: int, contact: int) -> QuerySet[Task]:
    """The same about a contact."""
    rows = open_tasks(cluster).filter(contact_id=contact)
    return rows.select_related(None).select_related("owner")


@prepared
def tasks_today(cluster: int, owner: int, day: date) -> QuerySet[Task]:
    """Tasks of a person that are due or of which they wanted to be reminded by the day."""
    rows = open_tasks(cluster, owner=owner).filter(Q(due_on__lte=day) | Q(remind_on__lte=day))
    return rows.select_related(None).select_related("organisation", "contact", "owner")


@dataclass(frozen=True, slots=True)
class OwnValue:
    """An own field with what stands in it for one organisation or contact."""

    field: CustomField
    value: str


def own_values(
    cluster: int, *, organisation: int | None = None, contact: int | None = None
) -> list[OwnValue]:
    """Fields in use with their values, and fields out of use where something stands in them."""
    if contact is not None:
        subject, values = FieldSubject.CONTACT, dict(_values_of_contact(cluster, contact))
    else:
        assert organisation is not None
        subject, values = FieldSubject.ORGANISATION, dict(_values_of(cluster, organisation))
    return [
        OwnValue(field, values.get(field.pk, ""))
        for field in _fields(cluster, subject)
        if field.is_active or field.pk in values
    ]


@prepared
def _fields(cluster: int, subject: str) -> QuerySet[CustomField]:
    return CustomField.objects.filter(cluster_id=cluster, subject=subject)


@prepared
def _values_of(cluster: int, organisation: int) -> QuerySet[CustomValue, tuple[int, str]]:
    rows = CustomValue.objects.filter(cluster_id=cluster, organisation_id=organisation)
    return rows.values_list("field_id", "value")


@prepared
def _values_of_contact(cluster: int, contact: int) -> QuerySet[CustomValue, tuple[int, str]]:
    rows = CustomValue.objects.filter(cluster_id=cluster, contact_id=contact)
    return rows.values_list("field_id", "value")


@prepared
def tags_of(cluster: int, organisation: int) -> QuerySet[TagUse]:
    rows = TagUse.objects.filter(cluster_id=cluster, organisation_id=organisation)
    return rows.select_related("tag").order_by("tag__kind", "tag__name")


@prepared
def known_tags(cluster: int) -> QuerySet[Tag]:
    """Every tag of the cluster."""
    return Tag.objects.filter(cluster_id=cluster)
