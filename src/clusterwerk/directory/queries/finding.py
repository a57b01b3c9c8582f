"""One search over what a cluster typed in, the shared directory, and the enterprise register.

Three searches in the order in which people mean them, and each by its own index: private rows by
their cluster, shared ones by a narrow table of words, the register by its own. What stands in the
directory is not offered a second time out of the register.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from clusterwerk.directory import identifiers
from clusterwerk.directory.models import (
    IdentifierScheme,
    Organisation,
    OrganisationIdentifier,
    OrganisationKind,
    OrganisationWords,
)
from clusterwerk.directory.queries.organisations import shared_known_as
from clusterwerk.directory.queries.register import RegisterEntry, search_register
from clusterwerk.directory.register.words import search_words
from clusterwerk.directory.relations import Relation, relations
from clusterwerk.platform.access import reading

DIRECTORY, REGISTER = "o", "r"
NUMBER = IdentifierScheme.BE_ENTERPRISE
LEAST_LETTERS = 2
MOST_WORDS = 6
CANDIDATES = 400  # rows that are put in order


@dataclass(frozen=True, slots=True)
class Found:
    """A result. `organisation` is null for one of the register that nobody uses yet.

    `source` is private (typed in, only the own cluster sees it), directory or register.
    """

    name: str
    source: str
    organisation: int | None = None
    register_number: str = ""
    number: str = ""
    place: str = ""
    kind: str = ""
    is_stopped: bool = False
    relations: tuple[Relation, ...] = ()

    @property
    def value(self) -> str:
        """What a form sends back; `organisation_chosen` takes it."""
        if self.organisation is None:
            return f"{REGISTER}{self.register_number}"
        return f"{DIRECTORY}{self.organisation}"


def find_organisations(
    text: str,
    *,
    limit: int = 10,
    kind: str | None = None,
    cluster: int | None = None,
    with_register: bool = True,
) -> list[Found]:
    """Organisations by a number in any notation, the beginning of a name, or words in any order.

    Private ones are those of all own clusters, or of `cluster` alone, which also gets told what
    each is to it. Accents, case and legal forms do not count.
    """
    text = text.replace("\0", "")[:200]
    typed = search_words(text)[:MOST_WORDS]
    if sum(map(len, typed)) < LEAST_LETTERS:
        return []
    by_number = _by_number(text, cluster)
    organisations = by_number or [*_private(typed, limit, cluster), *_shared(typed, limit)]
    rows = [row for row in organisations if kind in (None, row.kind)][:limit]
    found = _of_directory(rows)
    if with_register and len(found) < limit and kind in (None, OrganisationKind.ENTERPRISE):
        found += _of_register(text, found, limit)
    return _related(found[:limit], cluster)


def found_of(organisations: Iterable[int]) -> list[Found]:
    """Organisations as results, to show again what somebody chose; in the order of their names."""
    return _of_directory(list(_with_place(Organisation.objects.filter(pk__in=organisations))))


def _with_place(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    standing = rows.filter(merged_into__isnull=True)
    return standing.select_related("place").prefetch_related("identifiers")


def _by_number(text: str, cluster: int | None) -> list[Organisation]:
    """Organisations that are known by exactly this number."""
    known = identifiers.all_recognised(text)
    if not known:
        return []
    schemes, values = {each.scheme for each in known}, {each.value for each in known}
    rows = OrganisationIdentifier.objects.filter(scheme__in=schemes, value__in=values)
    own = (
        rows.filter(cluster_id__isnull=False)
        if cluster is None
        else rows.filter(cluster_id=cluster)
    )
    numbers = [
        *own.values_list("organisation", flat=True),
        *rows.filter(cluster_id=None).values_list("organisation", flat=True),
    ]
    return list(_with_place(Organisation.objects.filter(pk__in=numbers)))


def _private(typed: Sequence[str], limit: int, cluster: int | None) -> list[Organisation]:
    """Few enough to compare all of the own clusters, which their index gives."""
    rows = Organisation.objects.filter(cluster_id__isnull=False)
    if cluster is not None:
        rows = rows.filter(cluster_id=cluster)
    for word in typed:
        rows = rows.filter(name_sort__contains=word)
    return list(_with_place(rows)[:limit])


def _shared(typed: Sequence[str], limit: int) -> list[Organisation]:
    """Names that begin with what was typed first, then the shortest names that hold all words."""
    table = OrganisationWords._meta.db_table
    conditions = " and ".join(["text like '%% ' || %s || '%%'"] * len(typed))
    statement = f"""
        select organisation_id from (
          select organisation_id, text from {table} where {conditions} limit {CANDIDATES}
        ) candidates
        order by not starts_with(text, %s), length(text), text, organisation_id limit %s
    """  # noqa: S608 - our own table, and conditions without values
    with reading.connection().cursor() as cursor:
        cursor.execute(statement, [*typed, f" {' '.join(typed)}", limit])
        order = [number for (number,) in cursor.fetchall()]
    rows = {row.pk: row for row in _with_place(Organisation.objects.filter(pk__in=order))}
    return [rows[number] for number in order if number in rows]


def _of_directory(rows: Sequence[Organisation]) -> list[Found]:
    return [
        Found(
            name=row.name,
            source="private" if row.is_private else "directory",
            organisation=row.pk,
            register_number=_register_number(row),
            number=_shown_number(row),
            place=row.place.name if row.place else row.municipality,
            kind=row.kind,
            is_stopped=row.ceased_on is not None,
        )
        for row in rows
    ]


def _register_number(row: Organisation) -> str:
    numbers = (each.value for each in row.identifiers.all() if each.scheme == NUMBER)
    return next(numbers, "")


def _shown_number(row: Organisation) -> str:
    """The first number of a register; a name in a document is none."""
    named = [each for each in row.identifiers.all() if each.scheme != IdentifierScheme.SOURCE_NAME]
    named.sort(key=lambda each: each.scheme != NUMBER)
    return identifiers.shown_as(named[0].scheme, named[0].value) if named else ""


def _of_register(text: str, known: Sequence[Found], limit: int) -> list[Found]:
    numbers = {each.register_number for each in known if each.source == "directory"}
    entries = search_register(text, limit=limit)
    fresh = [entry for entry in entries if entry.number not in numbers]
    shared = shared_known_as(NUMBER, [entry.number for entry in fresh])
    owned = {each.organisation: each for each in found_of(row.pk for row in shared.values())}
    return [_entry(entry, shared, owned) for entry in fresh]


def _entry(
    entry: RegisterEntry, shared: dict[str, Organisation], owned: dict[int | None, Found]
) -> Found:
    organisation = shared.get(entry.number)
    if organisation is not None and organisation.pk in owned:
        return owned[organisation.pk]
    return found_in_register(entry)


def found_in_register(entry: RegisterEntry) -> Found:
    return Found(
        name=entry.name,
        source="register",
        register_number=entry.number,
        number=entry.shown_number,
        place=entry.municipality or entry.municipality_fr,
        kind=OrganisationKind.ENTERPRISE,
        is_stopped=entry.struck_off_on is not None,
    )


def _related(found: list[Found], cluster: int | None) -> list[Found]:
    if cluster is None:
        return found
    told = relations(cluster, [each.organisation for each in found if each.organisation])
    return [replace(each, relations=tuple(told.get(each.organisation or 0, ()))) for each in found]
