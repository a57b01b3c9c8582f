"""The list of members: one row for each membership of a cluster, as it stands on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    F,
    Func,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, ExtractYear, NullIf
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import OrganisationKind, Place
from clusterwerk.measure.headcount import FEWEST
from clusterwerk.members.lists.own import own_column
from clusterwerk.members.lists.reach import reach_facets
from clusterwerk.members.models import (
    CustomField,
    FieldSubject,
    Membership,
    MembershipCategory,
    Tag,
    TagUse,
)
from clusterwerk.members.queries import categories_of, own_fields, tags_in
from clusterwerk.members.queries.listing import (
    NOTHING_PROMISED,
    MemberRow,
    member_rows,
    newest_sizes,
    promised,
)
from clusterwerk.members.wording import SHORT_SIZE_NAMES, SIZE_NAMES
from clusterwerk.platform.ui.export import Format
from clusterwerk.platform.ui.lists import Column, Facet, Joined, Listing, row_address
from clusterwerk.platform.ui.lists.showing import written
from clusterwerk.programme.queries import Term

MEMBERS = "members"
STATES = {
    "current": _("Member on the day"),
    "ended": _("Has ended"),
    "later": _("Begins later"),
    "earlier": _("Earlier period"),
}


@dataclass(frozen=True)
class MemberScope:
    """Whose members, on which day, and with whose working years.

    `ends_by` keeps memberships with an end on that day or before it; against `since`, an earlier
    day, it can be told who came and who left.
    """

    cluster: Cluster
    day: date
    term: Term | None
    ends_by: date | None = None
    since: date | None = None

    @property
    def working_year(self) -> int | None:
        return self.term.working_year(self.day) if self.term else None


@dataclass(frozen=True)
class MemberWords:
    """What the cluster itself named: categories, tags and own fields."""

    categories: Sequence[MembershipCategory] = ()
    tags: Sequence[Tag] = ()
    fields: Sequence[CustomField] = ()


def member_words(cluster: int) -> MemberWords:
    return MemberWords(
        categories_of(cluster), tags_in(cluster), own_fields(cluster, FieldSubject.ORGANISATION)
    )


def member_listing(scope: MemberScope, words: MemberWords) -> Listing[MemberRow]:
    """All memberships of the cluster; until a reader chooses otherwise, those that hold the day."""
    categories = {category.pk: category for category in words.categories}
    address = row_address("members:membership_detail", scope.cluster.key)
    promises = promised(scope.cluster.pk, scope.working_year)
    return Listing(
        key=MEMBERS,
        base=_base(scope),
        search=_search,
        rows=lambda members, columns: member_rows(scope, members, columns, categories),
        columns=(
            *_columns(promises),
            *_further_columns(),
            *(own_column(field, lambda row: row.own) for field in words.fields),
        ),
        facets=(*_facets(scope, words), *reach_facets(scope.day, scope.since)),
        pk=lambda row: row.membership.pk,
        address=lambda row: address(row.membership.pk),
        sums={"contribution": promises},
    )


def _base(scope: MemberScope) -> "QuerySet[Membership]":
    members = Membership.objects.filter(cluster_id=scope.cluster.pk)
    if scope.ends_by:
        members = members.filter(period__endswith__lte=scope.ends_by)
    return members.select_related("organisation")


def _search(members: "QuerySet[Any]", words: tuple[str, ...]) -> "QuerySet[Any]":
    for word in words:
        members = members.filter(
            Q(organisation__name_sort__contains=word)
            | Q(organisation__place__name_sort__contains=word)
        )
    return members


def _columns(promises: Joined) -> tuple[Column[MemberRow], ...]:
    """Every column of the list, those of the first look first."""
    demo, stated = gettext("demo data"), gettext("%(number)s in %(year)s")  # once for all rows
    return (
        Column(
            "name",
            _("Member"),
            lambda row: row.organisation.name,
            note=lambda row: _below_name(row, demo),
            sort=F("organisation__name_sort"),
            language="nl",
            width=40,
        ),
        Column(
            "size",
            _("Headcount class"),
            _size,
            note=lambda row: _stated(row, stated),
            unknown=_("unknown"),
        ),
        Column("category", _("Category"), _category, note=_unpaid, width=20),
        Column("since", _("Since"), _first_day, Format.DAY, sort=F("period__startswith")),
        Column("until", _("Until"), _last_day, Format.DAY, unknown=_("open")),
        Column(
            "contribution",
            _("Contribution a year"),
            lambda row: row.contribution,
            Format.EURO,
            unknown=_("none promised"),
            sort=Coalesce(promises, Value(NOTHING_PROMISED)),
            width=20,
        ),
    )


def _further_columns() -> tuple[Column[MemberRow], ...]:
    """What stands in the list when it is chosen."""
    return (
        Column(
            "contact",
            _("Main contact"),
            lambda row: str(row.contact) if row.contact else None,
            shown=False,
            width=24,
        ),
        Column(
            "talked", _("Last interaction"), _talked_on, Format.DAY, unknown=_("none"), shown=False
        ),
        Column("tags", _("Tags"), lambda row: ", ".join(row.tags) or None, shown=False, width=24),
        Column("number", _("Enterprise number"), lambda row: row.number, shown=False),
        Column("place", _("Municipality"), lambda row: row.place or None, shown=False, width=24),
        Column("province", _("Province"), lambda row: row.province or None, shown=False),
        Column(
            "kind",
            _("Kind"),
            lambda row: capfirst(row.organisation.get_kind_display()),
            shown=False,
        ),
        Column("headcount", _("Headcount"), _headcount, Format.COUNT, shown=False),
        Column(
            "paying", _("Pays a contribution"), lambda row: row.membership.is_paying, shown=False
        ),
        Column("source", _("Source"), lambda row: row.membership.source, shown=False, width=24),
        Column("demo", _("Invented"), lambda row: row.membership.is_demo, shown=False),
    )


def _talked_on(row: MemberRow) -> date | None:
    return timezone.localdate(row.talked_at) if row.talked_at else None


def _below_name(row: MemberRow, demo: str) -> str:
    place = row.place or "\N{EN DASH}"
    return f"{place} · {demo}" if row.membership.is_demo else place


def _size(row: MemberRow) -> str | None:
    return str(SHORT_SIZE_NAMES[row.size_class]) if row.size_class else None


def _stated(row: MemberRow, words: str) -> str:
    if row.size is None or row.size.headcount is None:
        return ""
    told = {"number": written(row.size.headcount, Format.COUNT), "year": row.size.year}
    return words % told


def _headcount(row: MemberRow) -> int | None:
    return row.size.headcount if row.size else None


def _category(row: MemberRow) -> str | None:
    return row.category.name if row.category else None


def _unpaid(row: MemberRow) -> str:
    return "" if row.membership.is_paying else str(_("does not pay"))


def _first_day(row: MemberRow) -> date:
    first: date = row.membership.period.lower
    return first


def _last_day(row: MemberRow) -> date | None:
    last: date | None = row.membership.period.upper
    return last


def _facets(scope: MemberScope, words: MemberWords) -> tuple[Facet, ...]:
    return (
        Facet(
            "state",
            _("State"),
            _state(scope),
            STATES,
            default=("current",),
            told_by={"current": Q(period__contains=scope.day)},
        ),
        Facet(
            "category",
            _("Category"),
            F("category_id"),
            {str(category.pk): category.name for category in words.categories},
        ),
        Facet(
            "size",
            _("Headcount class"),
            _size_class(scope),
            {str(size): name for size, name in SIZE_NAMES.items()},
        ),
        Facet("kind", _("Kind"), F("organisation__kind"), dict(OrganisationKind.choices)),
        Facet(
            "paying",
            _("Contribution"),
            F("is_paying"),
            {"true": _("Pays a contribution"), "false": _("Does not pay")},
        ),
        Facet(
            "province",
            _("Province"),
            _province(),
        ),
        Facet(
            "tag",
            _("Tag"),
            _tags(scope.cluster.pk),
            {str(tag.pk): tag.name for tag in words.tags},
            is_many=True,
        ),
        Facet("year", _("Member since"), ExtractYear("period__startswith")),
    )


def _province() -> Joined:
    """Of the place of the organisation; the region where there is none."""
    named = Coalesce(NullIf(F("province"), Value("")), NullIf(F("region"), Value("")))
    places = Place.objects.order_by().annotate(named=named)
    return Joined(places, "pk", "named", of="organisation__place_id")


def _tags(cluster: int) -> Joined:
    uses = TagUse.objects.filter(cluster_id=cluster).order_by()
    return Joined(uses, "organisation_id", "tag_id", of="organisation_id")


def _state(scope: MemberScope) -> Case:
    """Whether the membership holds the day; one that was followed by another has not ended."""
    latest = (
        Membership.objects.filter(cluster_id=scope.cluster.pk)
        .order_by("organisation_id", "-period__startswith")
        .distinct("organisation_id")
    )
    return Case(
        When(period__contains=scope.day, then=Value("current")),
        When(period__startswith__gt=scope.day, then=Value("later")),
        When(pk__in=latest.values("pk"), then=Value("ended")),
        default=Value("earlier"),
        output_field=CharField(),
    )


class _SizeClass(Func):
    """The headcount class of a number of staff, as `measure.headcount` draws the lines."""

    _names = ", ".join(f"'{size}'" for size in FEWEST)
    _lines = ", ".join(str(fewest) for fewest in FEWEST.values())
    template = f"(array[{_names}])[width_bucket(%(expressions)s, array[{_lines}])]"
    output_field = CharField()


def _size_class(scope: MemberScope) -> Joined:
    newest = newest_sizes(scope.cluster.pk, scope.day)
    sizes = newest.annotate(size_class=_SizeClass(F("headcount")))
    return Joined(sizes, "organisation_id", "size_class", of="organisation_id")
