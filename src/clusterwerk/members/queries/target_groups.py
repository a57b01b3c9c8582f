"""Target groups over the enterprise register: which enterprises they hold, and who is not reached.

The register knows main activities, legal form and the seat of legal persons; no headcount.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery
from django.db.models import BooleanField, Count, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Left

from clusterwerk.directory.models import (
    EnterpriseKind,
    IdentifierScheme,
    Nomenclature,
    OrganisationIdentifier,
    Place,
    Postcode,
    RegisteredEnterprise,
    SectorLink,
)
from clusterwerk.directory.queries import codes_under, sector_names
from clusterwerk.directory.queries.register import enterprises
from clusterwerk.directory.register.words import search_words
from clusterwerk.measure.headcount import headcount_class
from clusterwerk.measure.penetration import Penetration, classes_of, crossed, together
from clusterwerk.members.models import Membership, TargetGroup, TargetGroupCount
from clusterwerk.members.queries.listing import sizes_on
from clusterwerk.members.queries.prospects import prospect_numbers

PAGE_SIZE = 50
OLDER, NEWER = Nomenclature.NACE_2008, Nomenclature.NACE_2025
COLUMN = {OLDER: "nace_2008", NEWER: "nace_2025"}
DIVISION_DIGITS = 2
FEW_CODES = 40
PROSPECTS, OTHERS = "prospects", "others"


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes of one nomenclature, and those of the other for who has none in this one."""

    here: str
    there: str
    direct: frozenset[str]
    sure: frozenset[str]
    unsure: frozenset[str]

    @property
    def own(self) -> Q:
        return _carries(self.here, self.direct)

    @property
    def condition(self) -> Q:
        """By codes of its own list; of the other one only when the register gives none in this."""
        return self.own | (self._has_none & _carries(self.there, self.sure | self.unsure))

    @property
    def only_unsure(self) -> Q:
        other = _carries(self.there, self.unsure) & ~_carries(self.there, self.sure)
        return self._has_none & other

    @property
    def _has_none(self) -> Q:
        return Q(**{COLUMN[Nomenclature(self.here)]: []})


class _CarriesOne(Func):
    """A code of the array is one of many: looked up by a hash, where `&&` compares every pair."""

    template = "exists (select from unnest(%(expressions)s))"
    arg_joiner = ") code where code = any("
    output_field = BooleanField()


def _carries(nomenclature: str, codes: Collection[str]) -> Q:
    """A few codes by the index, many by reading everything once (measured: 4 times faster)."""
    column = COLUMN[Nomenclature(nomenclature)]
    if len(codes) <= FEW_CODES:
        return Q(**{f"{column}__overlap": sorted(codes)})
    return Q(_CarriesOne(F(column), Value(sorted(codes), ArrayField(TextField()))))


@dataclass(frozen=True, slots=True)
class OwnMembers:
    """Members of the cluster on a day, as the register knows them.

    `without_number` have no Belgian enterprise number, so that the register cannot say anything.
    """

    numbers: Mapping[str, int]
    headcounts: Mapping[int, int]
    without_number: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A target group on a day, by division and by province."""

    whole: Penetration
    sectors: Mapping[str, Penetration]
    provinces: Mapping[str, Penetration]


@dataclass(frozen=True, slots=True)
class NotReached:
    rows: tuple[RegisteredEnterprise, ...]
    next: tuple[str, str] | None


def target_groups_of(cluster: int) -> list[TargetGroup]:
    return list(TargetGroup.objects.filter(cluster_id=cluster))


def counts_of(group: TargetGroup) -> list[TargetGroupCount]:
    """Newest first."""
    return list(TargetGroupCount.objects.filter(cluster_id=group.cluster_id, target_group=group))


def own_members(cluster: int, day: date) -> OwnMembers:
    memberships = Membership.objects.filter(cluster_id=cluster).on(day)
    here = set(memberships.values_list("organisation_id", flat=True))
    known = OrganisationIdentifier.objects.filter(
        organisation__in=here, scheme=IdentifierScheme.BE_ENTERPRISE
    )
    numbers = dict(known.values_list("value", "organisation_id"))
    sizes = sizes_on(cluster, day, here)
    headcounts = {key: size.headcount for key, size in sizes.items() if size.headcount is not None}
    return OwnMembers(numbers, headcounts, len(here - set(numbers.values())))


def matching(group: TargetGroup, members: OwnMembers) -> QuerySet[RegisteredEnterprise]:
    """Enterprises of the edition in use that the group describes."""
    found = enterprises().filter(struck_off_on__isnull=True)
    if not group.natural_persons:
        found = found.filter(kind=EnterpriseKind.LEGAL)
    codes = codes_of(group.sectors)
    if codes:
        condition = codes[0].condition
        for each in codes[1:]:
            condition |= each.condition
        found = found.filter(condition)
    if group.legal_forms:
        found = found.filter(legal_form__in=group.legal_forms)
    if group.municipalities or group.provinces or group.regions:
        found = found.filter(postcode__in=_postcodes(group))
    return _named(found, group.keywords).exclude(number__in=_of_other_size(group, members))


def not_reached(
    group: TargetGroup,
    day: date,
    *,
    find: str = "",
    who: str = "",
    after: tuple[str, str] | None = None,
) -> NotReached:
    """One page of the enterprises that are no members, by name."""
    found = missing(group, day, find=find, who=who)
    if after:
        name, number = after
        found = found.filter(Q(search_name__gt=name) | Q(search_name=name, number__gt=number))
    rows = list(found[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    last = shown[-1] if len(rows) > PAGE_SIZE else None
    return NotReached(tuple(shown), (last.search_name, last.number) if last else None)


def missing(
    group: TargetGroup, day: date, *, find: str = "", who: str = ""
) -> QuerySet[RegisteredEnterprise]:
    """All enterprises of the group that are no members, by name.

    `who` narrows to `PROSPECTS` of the cluster, or to the `OTHERS`.
    """
    members = own_members(group.cluster_id, day)
    found = _named(matching(group, members), [find] if find.strip() else [])
    found = found.exclude(number__in=list(members.numbers)).order_by("search_name", "number")
    if who not in (PROSPECTS, OTHERS):
        return found
    noted = Q(number__in=list(prospect_numbers(group.cluster_id)))
    return found.filter(noted if who == PROSPECTS else ~noted)


def matched_name(row: RegisteredEnterprise, group: TargetGroup, find: str = "") -> str:
    """The other name by which words found an enterprise; empty where the name shown has them.

    Words that no single name holds together are told by the first that holds one of them.
    """
    for asked in ([find], group.keywords):
        wanted = [words for words in map(search_words, asked) if words]
        if wanted and not _holds(row.name, wanted):
            return _other_name(row, wanted)
    return ""


def _other_name(row: RegisteredEnterprise, wanted: Sequence[Sequence[str]]) -> str:
    others = [name for _language, _kind, name in row.names if name != row.name]
    parts = [[word] for words in wanted for word in words]
    whole = (name for name in others if _holds(name, wanted))
    return next(whole, next((name for name in others if _holds(name, parts)), ""))


def _holds(name: str, wanted: Sequence[Sequence[str]]) -> bool:
    """As `_named` asks the database: all words of one, the last perhaps unfinished."""
    own = search_words(name)
    return any(
        set(words[:-1]) <= set(own) and any(word.startswith(words[-1]) for word in own)
        for words in wanted
    )


def counted(group: TargetGroup, day: date) -> Counted:
    """The whole and its cells; one statement reads the register."""
    members = own_members(group.cluster_id, day)
    found = matching(group, members)
    own = Q(number__in=list(members.numbers))
    numbers = set(found.filter(own).values_list("number", flat=True))
    cells = list(
        found.order_by()
        .annotate(division=Left(F("nace_2025__0"), DIVISION_DIGITS))
        .values_list("postcode", "division")
        .annotate(
            all=Count("number"),
            own=Count("number", filter=own),
            unsure=Count("number", filter=_unsure(group)),
        )
    )
    total = sum(all_ for _code, _division, all_, _own, _unsure_ in cells)
    unsure = sum(number for *_rest, number in cells)
    provinces = _provinces({code for code, *_rest in cells})
    known = sum(1 for number in numbers if members.numbers[number] in members.headcounts)
    return Counted(
        Penetration(total, len(numbers), unsure, total - known),
        together((division or "", all_, mine) for _code, division, all_, mine, _ in cells),
        together((provinces.get(code, ""), all_, mine) for code, _, all_, mine, _ in cells),
    )


def codes_of(sectors: Collection[str]) -> list[Codes]:
    """What `nomenclature:code` entries hold, in both nomenclatures."""
    links = list(SectorLink.objects.values_list("older__code", "newer__code"))
    back = [(newer, older) for older, newer in links]
    result = []
    for here, there, pairs in ((OLDER, NEWER, links), (NEWER, OLDER, back)):
        wanted = [entry.split(":", 1)[1] for entry in sectors if entry.startswith(f"{here}:")]
        if direct := _under(here, wanted):
            over = crossed(classes_of(direct), pairs)
            result.append(
                Codes(here, there, direct, _under(there, over.sure),
                      _under(there, over.unsure))
            )  # fmt: skip
    return result


def _under(nomenclature: str, classes: Collection[str]) -> frozenset[str]:
    return frozenset(codes_under(nomenclature, *classes)) if classes else frozenset()


def _unsure(group: TargetGroup) -> Q:
    """No code of its own puts an enterprise in the group, but a class that is shared."""
    unsure, own = Q(pk__in=[]), Q(pk__in=[])
    for each in codes_of(group.sectors):
        unsure |= each.only_unsure
        own |= each.own
    return unsure & ~own


def _postcodes(group: TargetGroup) -> list[str]:
    """A postcode that lies in two municipalities counts for both."""
    wanted = Q(place__nis_code__in=group.municipalities)
    wanted |= Q(place__province__in=group.provinces) | Q(place__region__in=group.regions)
    return sorted(set(Postcode.objects.filter(wanted).values_list("code", flat=True)))


def _provinces(codes: Collection[str]) -> dict[str, str]:
    """Province of a postcode, the region where it lies in none."""
    rows = Postcode.objects.filter(code__in=codes).select_related("place")
    return {row.code: row.place.province or row.place.region for row in rows}


def _named(
    found: QuerySet[RegisteredEnterprise], keywords: Collection[str]
) -> QuerySet[RegisteredEnterprise]:
    """Any of the keywords; all words of one, the last one perhaps unfinished."""
    asked = [search_words(keyword) for keyword in keywords]
    conditions = [" & ".join([*words[:-1], f"{words[-1]}:*"]) for words in asked if words]
    if not conditions:
        return found
    text = " | ".join(f"({condition})" for condition in conditions)
    return found.filter(search_words=SearchQuery(text, search_type="raw", config="simple"))


def _of_other_size(group: TargetGroup, members: OwnMembers) -> list[str]:
    """Members whose known headcount lies in none of the classes that are asked for."""
    if not group.sizes:
        return []
    return [
        number
        for number, organisation in members.numbers.items()
        if organisation in members.headcounts
        and headcount_class(members.headcounts[organisation]) not in group.sizes
    ]


def division_names(divisions: Collection[str]) -> dict[str, str]:
    """Labels of divisions of 2025 in the reader's language."""
    names = sector_names((str(NEWER), division) for division in divisions if division)
    return {code: name.label for (_version, code), name in names.items()}


def municipality_names(group: TargetGroup) -> list[str]:
    found = Place.objects.filter(nis_code__in=group.municipalities)
    return list(found.values_list("name", flat=True))


@dataclass(frozen=True, slots=True)
class Cell:
    """One sector or province of a count; `name` is empty for the unknown."""

    name: str
    figures: Penetration


@dataclass(frozen=True, slots=True)
class Figures:
    """A count as a page shows it."""

    count: TargetGroupCount
    whole: Penetration
    sectors: tuple[Cell, ...]
    provinces: tuple[Cell, ...]


def figures_of(count: TargetGroupCount) -> Figures:
    names = division_names(count.cells["sectors"].keys())
    return Figures(
        count,
        Penetration(count.enterprises, count.members, count.cells["unsure"], count.size_unknown),
        tuple(
            Cell(f"{code} {names.get(code, '')}".strip(), Penetration(*pair))
            for code, pair in count.cells["sectors"].items()
        ),
        tuple(Cell(name, Penetration(*pair)) for name, pair in count.cells["provinces"].items()),
    )
