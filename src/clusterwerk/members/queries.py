"""Members of a cluster, and the memberships of an organisation, as screens read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from clusterwerk.clusters.models import PublicProfile
from clusterwerk.directory.models import Organisation
from clusterwerk.members.models import Contribution, Membership, MembershipCategory, SizeStatement
from clusterwerk.platform.text import folded
from clusterwerk.programme.queries import term_of_cluster

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class PageKey:
    """Where a page ended: the last organisation on it, by sort key and id."""

    name_sort: str
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


@dataclass(frozen=True, slots=True)
class MemberPage:
    """Members in the order of their names, and the key of the next page when there is one."""

    rows: tuple[MemberRow, ...]
    next: PageKey | None


@dataclass(frozen=True, slots=True)
class OwnMembership:
    """A membership as the organisation itself sees it, with the public page of the cluster."""

    membership: Membership
    profile: PublicProfile | None
    contributions: tuple[Contribution, ...]


def members_on(cluster: int, day: date, typed: str = "") -> QuerySet[Membership]:
    """Members of the cluster on the day whose name holds every typed word, accents aside.

    Not joined with the category: the agency does not see those, and would lose the member.
    """
    members = Membership.objects.filter(cluster_id=cluster).on(day)
    for word in folded(typed).split():
        members = members.filter(organisation__name_sort__contains=word)
    return members.select_related("organisation__place").order_by(
        "organisation__name_sort", "organisation_id"
    )


def member_page(
    cluster: int,
    day: date,
    *,
    typed: str = "",
    after: PageKey | None = None,
    size: int = PAGE_SIZE,
) -> MemberPage:
    """One page of members; five queries whatever its size."""
    members = members_on(cluster, day, typed)
    if after:
        members = members.filter(
            Q(organisation__name_sort__gt=after.name_sort)
            | Q(organisation__name_sort=after.name_sort, organisation_id__gt=after.organisation)
        )
    found = list(members[: size + 1])
    rows = member_rows(cluster, day, found[:size])
    return MemberPage(rows, _key(rows[-1].organisation) if len(found) > size else None)


def member_rows(cluster: int, day: date, members: Iterable[Membership]) -> tuple[MemberRow, ...]:
    """The memberships with what their organisations promised and how large they are."""
    members = list(members)
    promised = contributions_on(cluster, day, members)
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


def contributions_on(cluster: int, day: date, members: Iterable[Membership]) -> dict[int, Decimal]:
    """Euro promised for the working year of the day, by membership."""
    term = term_of_cluster(cluster)
    if term is None:
        return {}
    rows = Contribution.objects.filter(
        cluster_id=cluster,
        membership__in=[member.pk for member in members],
        working_year=term.working_year(day),
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


def own_memberships(organisations: Iterable[int]) -> list[OwnMembership]:
    """Every membership, past ones too, of the organisations a person represents."""
    memberships = list(
        Membership.objects.filter(organisation__in=list(organisations))
        .select_related("organisation__place")
        .prefetch_related("contributions")
        .order_by("organisation__name_sort", "period", "id")
    )
    profiles = PublicProfile.objects.in_bulk({member.cluster_id for member in memberships})
    return [
        OwnMembership(member, profiles.get(member.cluster_id), tuple(member.contributions.all()))
        for member in memberships
    ]


def _key(organisation: Organisation) -> PageKey:
    return PageKey(organisation.name_sort, organisation.pk)
