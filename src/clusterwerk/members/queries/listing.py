"""What the list of members shows of each membership, for many of them at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from django.db.models import Max, QuerySet, prefetch_related_objects
from django.utils.functional import cached_property

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation, Place
from clusterwerk.directory.queries import enterprise_numbers
from clusterwerk.measure.headcount import HeadcountClass, headcount_class
from clusterwerk.members.models import (
    Contact,
    Contribution,
    CustomField,
    CustomValue,
    FieldSubject,
    InteractionParty,
    Membership,
    MembershipCategory,
    Position,
    SizeStatement,
    Tag,
    TagUse,
)
from clusterwerk.platform.prepared import Among, prepared
from clusterwerk.platform.ui.lists import Joined

NOTHING_PROMISED = Decimal(-1)  # sorts below a promise of zero


class Scope(Protocol):
    """Whose members, and on which day."""

    @property
    def cluster(self) -> Cluster: ...
    @property
    def day(self) -> date: ...
    @property
    def working_year(self) -> int | None: ...


@dataclass(frozen=True)
class MemberRow:
    """One membership on a day; what nobody knows, or no shown column asks for, is empty.

    `contribution` in euro for the working year of the day; `size` is the newest statement of that
    year or before it; `contact` is the main contact of the day; `talked_at` is when the newest
    interaction happened; `own` holds values of the cluster's own fields by field.
    """

    membership: Membership
    category: MembershipCategory | None = None
    contribution: Decimal | None = None
    size: SizeStatement | None = None
    contact: Contact | None = None
    talked_at: datetime | None = None
    tags: tuple[str, ...] = ()
    own: "dict[int, str] | None" = None

    @property
    def organisation(self) -> Organisation:
        return self.membership.organisation

    @property
    def place(self) -> str:
        """Name of the municipality, empty when unknown."""
        place = self.organisation.place
        return place.name if place else ""

    @property
    def province(self) -> str:
        """Name of the province, or of the region where there is none."""
        place = self.organisation.place
        return (place.province or place.region) if place else ""

    @cached_property
    def number(self) -> str | None:
        """The enterprise number as people write it; fetched with the page."""
        return next(iter(enterprise_numbers(self.organisation)), None)

    @property
    def size_class(self) -> HeadcountClass | None:
        """Headcount class of the newest statement."""
        if self.size is None or self.size.headcount is None:
            return None
        return headcount_class(self.size.headcount)


def newest_sizes(cluster: int, day: date) -> "QuerySet[SizeStatement]":
    """The statement last made by each organisation, up to the year of the day."""
    stated = SizeStatement.objects.filter(cluster_id=cluster, year__lte=day.year)
    return stated.order_by("organisation_id", "-year").distinct("organisation_id")


def promised(cluster: int, working_year: int | None) -> Joined:
    """Euro that each membership promised for the working year; none without one."""
    promises = Contribution.objects.filter(cluster_id=cluster, working_year=working_year or 0)
    return Joined(promises, "membership_id", "amount", of="pk")


def member_rows(
    scope: Scope,
    members: Sequence[Membership],
    columns: frozenset[str],
    categories: Mapping[int, MembershipCategory],
) -> tuple[MemberRow, ...]:
    """The memberships with what the named columns show of them; at most one query each."""
    cluster = scope.cluster.pk
    organisations = [member.organisation_id for member in members]
    promises = contributions_on(scope, members) if "contribution" in columns else {}
    sizes = sizes_on(cluster, scope.day, organisations) if columns & _OF_SIZE else {}
    contacts = main_contacts(scope, organisations) if "contact" in columns else {}
    talks = last_talks(cluster, organisations) if "talked" in columns else {}
    tags = tags_of(cluster, organisations) if "tags" in columns else {}
    own = own_values(cluster, organisations, columns)
    _fetch_places(members)
    if "number" in columns:
        _fetch_numbers(members)
    return tuple(
        MemberRow(
            membership=member,
            category=categories.get(member.category_id),
            contribution=promises.get(member.pk),
            size=sizes.get(member.organisation_id),
            contact=contacts.get(member.organisation_id),
            talked_at=talks.get(member.organisation_id),
            tags=tags.get(member.organisation_id, ()),
            own=own.get(member.organisation_id),
        )
        for member in members
    )


_OF_SIZE = {"size", "headcount"}


def _fetch_numbers(members: Iterable[Membership]) -> None:
    prefetch_related_objects(list(members), "organisation__identifiers")


def _fetch_places(members: Sequence[Membership]) -> None:
    """For the rows of the page alone: a join would look up that of every member to sort them."""
    asked = {member.organisation.place_id for member in members}
    places = {place.pk: place for place in _places([pk for pk in asked if pk])}
    for member in members:
        member.organisation.place = places.get(member.organisation.place_id or 0)


@prepared
def _places(keys: list[int]) -> "QuerySet[Place]":
    return Place.objects.filter(Among("id", keys)).order_by()


def contributions_on(scope: Scope, members: Iterable[Membership]) -> dict[int, Decimal]:
    """Euro promised for the working year of the day, by membership."""
    keys = [member.pk for member in members]
    return dict(_promises(scope.cluster.pk, keys, scope.working_year or 0))


@prepared
def _promises(
    cluster: int, memberships: list[int], working_year: int
) -> "QuerySet[Contribution, tuple[int, Decimal]]":
    rows = Contribution.objects.filter(cluster_id=cluster, working_year=working_year)
    return rows.filter(Among("membership_id", memberships)).values_list("membership_id", "amount")


def sizes_on(cluster: int, day: date, organisations: Iterable[int]) -> dict[int, SizeStatement]:
    """The newest statement of each organisation, of the year of the day or before it."""
    newest = _newest_sizes(cluster, day.year, list(organisations))
    return {statement.organisation_id: statement for statement in newest}


@prepared
def _newest_sizes(cluster: int, year: int, organisations: list[int]) -> "QuerySet[SizeStatement]":
    rows = SizeStatement.objects.filter(cluster_id=cluster, year__lte=year)
    told = rows.filter(Among("organisation_id", organisations))
    return told.order_by("organisation_id", "-year").distinct("organisation_id")


def main_contacts(scope: Scope, organisations: Iterable[int]) -> dict[int, Contact]:
    """Who is the main contact of each organisation on the day."""
    positions = Position.objects.filter(
        cluster_id=scope.cluster.pk, organisation__in=list(organisations), is_main=True
    )
    found = positions.on(scope.day).select_related("contact")
    return {position.organisation_id: position.contact for position in found}


def last_talks(cluster: int, organisations: Iterable[int]) -> dict[int, datetime]:
    """When the newest interaction with each organisation happened."""
    parties = InteractionParty.objects.filter(
        cluster_id=cluster, organisation__in=list(organisations)
    )
    last = parties.values("organisation_id").annotate(at=Max("interaction__happened_at"))
    return dict(last.order_by().values_list("organisation_id", "at"))


def tags_of(cluster: int, organisations: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Names of the tags of each organisation, in their order."""
    uses = TagUse.objects.filter(cluster_id=cluster, organisation__in=list(organisations))
    found: dict[int, tuple[str, ...]] = {}
    for organisation, name in uses.order_by("tag__kind", "tag__name", "id").values_list(
        "organisation_id", "tag__name"
    ):
        found[organisation] = (*found.get(organisation, ()), name)
    return found


def own_values(
    cluster: int, organisations: Iterable[int], columns: frozenset[str]
) -> dict[int, dict[int, str]]:
    """Values of the own fields that are among the columns, by organisation and field."""
    return own_values_of(cluster, "organisation_id", organisations, columns)


def own_values_of(
    cluster: int, subject: str, owners: Iterable[int], columns: frozenset[str]
) -> dict[int, dict[int, str]]:
    """Values of own fields that are among the columns, by owner and field."""
    asked = [int(key.removeprefix(OWN)) for key in columns if key.startswith(OWN)]
    if not asked:
        return {}
    rows = CustomValue.objects.filter(
        cluster_id=cluster, field__in=asked, **{f"{subject}__in": list(owners)}
    )
    found: dict[int, dict[int, str]] = {}
    for owner, field, value in rows.values_list(subject, "field_id", "value"):
        found.setdefault(owner, {})[field] = value
    return found


OWN = "own-"  # begins the key of a column of an own field


@prepared
def own_fields(cluster: int, subject: FieldSubject) -> "QuerySet[CustomField]":
    """Own fields in use, in their order."""
    return CustomField.objects.filter(cluster_id=cluster, subject=subject, is_active=True)


@prepared
def tags_in(cluster: int) -> "QuerySet[Tag]":
    return Tag.objects.filter(cluster_id=cluster)
