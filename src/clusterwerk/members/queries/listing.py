"""Members of a cluster on a day: selected, sorted, page by page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from clusterwerk.directory.models import Organisation
from clusterwerk.measure.headcount import FEWEST, HeadcountClass, headcount_class, headcounts_of
from clusterwerk.members.models import Contribution, Membership, MembershipCategory, SizeStatement
from clusterwerk.platform.text import folded
from clusterwerk.programme.queries import Term, term_of_cluster

PAGE_SIZE = 50
NOTHING_PROMISED = Decimal(-1)  # sorts below a promise of zero


class Order(StrEnum):
    """What a list of members is sorted by."""

    NAME = "name"
    CONTRIBUTION = "contribution"
    SINCE = "since"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which members of a day are listed and in which order; empty values leave everybody in.

    Every word is found in the name or the municipality, accents aside; `ends_by` keeps those whose
    membership has an end, on that day or before it.
    """

    words: str = ""
    size: HeadcountClass | None = None
    category: int | None = None
    ends_by: date | None = None
    order: Order = Order.NAME
    descending: bool = False

    @property
    def is_narrow(self) -> bool:
        """Whether somebody may be left out."""
        return bool(self.words or self.size or self.category or self.ends_by)


EVERYBODY = Selection()


@dataclass(frozen=True, slots=True)
class PageKey:
    """Where a page ended: the last organisation on it, by what the list is sorted by and id."""

    value: str | Decimal | date
    organisation: int


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member on a day; what nobody knows, or the reader may not see, is None.

    `contribution` in euro for the working year of the day; `size` is the newest statement of that
    year or before it.
    """

    membership: Membership
    category: MembershipCategory | None
    contribution: Decimal | None
    size: SizeStatement | None

    @property
    def organisation(self) -> Organisation:
        return self.membership.organisation

    @property
    def place(self) -> str:
        """Name of the municipality, empty when unknown."""
        place = self.organisation.place
        return place.name if place else ""

    @property
    def size_class(self) -> HeadcountClass | None:
        """Headcount class of the newest statement."""
        if self.size is None or self.size.headcount is None:
            return None
        return headcount_class(self.size.headcount)


@dataclass(frozen=True, slots=True)
class MemberPage:
    """Members in the order asked for, and the key of the next page when there is one."""

    rows: tuple[MemberRow, ...]
    next: PageKey | None


@dataclass(frozen=True, slots=True)
class MemberTotals:
    """How many members a list holds, and what they promised together, in euro."""

    members: int
    promised: Decimal


def members_on(
    cluster: int, day: date, selection: Selection = EVERYBODY, term: Term | None = None
) -> QuerySet[Membership]:
    """Members of the cluster on the day that the selection holds, in its order.

    Here and below: who knows the term of the agreement already gives it and saves a query.
    Not joined with the category: the agency does not see those, and would lose the member.
    """
    members: QuerySet[Membership] = Membership.objects.filter(cluster_id=cluster).on(day)
    for word in folded(selection.words).split():
        members = members.filter(
            Q(organisation__name_sort__contains=word)
            | Q(organisation__place__name_sort__contains=word)
        )
    if selection.category:
        members = members.filter(category_id=selection.category)
    if selection.ends_by:
        members = members.filter(period__endswith__lte=selection.ends_by)
    members = _of_size(members, cluster, day, selection.size)
    down = "-" if selection.descending else ""
    return (
        members.select_related("organisation__place")
        .annotate(sort_value=_sort_value(cluster, day, selection.order, term))
        .order_by(f"{down}sort_value", f"{down}organisation_id")
    )


def _of_size(
    members: QuerySet[Membership], cluster: int, day: date, size: HeadcountClass | None
) -> QuerySet[Membership]:
    if size is None:
        return members
    newest = SizeStatement.objects.filter(
        cluster_id=cluster, organisation=OuterRef("organisation_id"), year__lte=day.year
    ).order_by("-year")
    sized = members.annotate(headcount=Subquery(newest.values("headcount")[:1]))
    numbers = headcounts_of(size)
    if numbers is None:
        return sized.filter(headcount__gte=FEWEST[size])
    return sized.filter(headcount__gte=numbers.start, headcount__lt=numbers.stop)


def _sort_value(cluster: int, day: date, order: Order, term: Term | None) -> Any:  # noqa: ANN401 - an expression
    if order == Order.SINCE:
        return F("period__startswith")
    if order == Order.CONTRIBUTION:
        return Coalesce(_promised(cluster, day, term), Value(NOTHING_PROMISED))
    return F("organisation__name_sort")


def _promised(cluster: int, day: date, term: Term | None) -> Subquery:
    """Euro that the membership promised for the working year of the day."""
    promises = Contribution.objects.filter(
        cluster_id=cluster,
        membership=OuterRef("pk"),
        working_year=_working_year(cluster, day, term),
    )
    return Subquery(promises.values("amount")[:1])


def _working_year(cluster: int, day: date, term: Term | None) -> int:
    """Number of the working year; 0, which has no promises, without an agreement."""
    known = term or term_of_cluster(cluster)
    return known.working_year(day) if known else 0


def member_page(
    cluster: int,
    day: date,
    *,
    selection: Selection = EVERYBODY,
    after: PageKey | None = None,
    size: int = PAGE_SIZE,
    term: Term | None = None,
) -> MemberPage:
    """One page of members; five queries whatever its size, four when the term is given."""
    members = members_on(cluster, day, selection, term)
    if after:
        beyond = "lt" if selection.descending else "gt"
        members = members.filter(
            Q(**{f"sort_value__{beyond}": after.value})
            | Q(**{"sort_value": after.value, f"organisation_id__{beyond}": after.organisation})
        )
    found = list(members[: size + 1])
    shown = found[:size]
    return MemberPage(
        member_rows(cluster, day, shown, term), _key(shown[-1]) if len(found) > size else None
    )


def _key(last: Membership) -> PageKey:
    value = last.sort_value  # type: ignore[attr-defined] # annotated by members_on
    return PageKey(value, last.organisation_id)


def every_member(
    cluster: int, day: date, selection: Selection = EVERYBODY, term: Term | None = None
) -> tuple[MemberRow, ...]:
    """All members that the selection holds, for a file."""
    return member_rows(cluster, day, members_on(cluster, day, selection, term), term)


def member_totals(
    cluster: int, day: date, selection: Selection = EVERYBODY, term: Term | None = None
) -> MemberTotals:
    """Number and promises of all members the selection holds, whatever the page."""
    found = (
        members_on(cluster, day, selection, term)
        .annotate(promised=_promised(cluster, day, term))
        .aggregate(members=Count("pk"), euro=Sum("promised"))
    )
    return MemberTotals(found["members"], found["euro"] or Decimal(0))


def member_rows(
    cluster: int, day: date, members: Iterable[Membership], term: Term | None = None
) -> tuple[MemberRow, ...]:
    """The memberships with what their organisations promised and how large they are."""
    members = list(members)
    promised = contributions_on(cluster, day, members, term)
    sizes = sizes_on(cluster, day, [member.organisation_id for member in members])
    categories = MembershipCategory.objects.in_bulk({member.category_id for member in members})
    return tuple(
        MemberRow(
            membership=member,
            category=categories.get(member.category_id),
            contribution=promised.get(member.pk),
            size=sizes.get(member.organisation_id),
        )
        for member in members
    )


def contributions_on(
    cluster: int, day: date, members: Iterable[Membership], term: Term | None = None
) -> dict[int, Decimal]:
    """Euro promised for the working year of the day, by membership."""
    rows = Contribution.objects.filter(
        cluster_id=cluster,
        membership__in=[member.pk for member in members],
        working_year=_working_year(cluster, day, term),
    )
    return dict(
        rows.values("membership_id")
        .annotate(euro=Sum("amount"))
        .values_list("membership_id", "euro")
    )


def sizes_on(cluster: int, day: date, organisations: Iterable[int]) -> dict[int, SizeStatement]:
    """The newest statement of each organisation, of the year of the day or before it."""
    rows = SizeStatement.objects.filter(
        cluster_id=cluster, organisation__in=list(organisations), year__lte=day.year
    )
    newest = rows.order_by("organisation_id", "-year").distinct("organisation_id")
    return {statement.organisation_id: statement for statement in newest}
