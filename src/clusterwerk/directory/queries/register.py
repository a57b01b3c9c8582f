"""The enterprise register as it is searched and read; the edition in use and no other."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import translation

from clusterwerk.directory.identifiers import shown
from clusterwerk.directory.models import (
    EnterpriseKind,
    RegisterCode,
    RegisteredEnterprise,
    RegisteredEnterprise1,
    RegisteredEnterprise2,
    RegisterEdition,
)
from clusterwerk.directory.register.words import search_words
from clusterwerk.platform.access import reading

TABLES: dict[int, type[RegisteredEnterprise]] = {
    1: RegisteredEnterprise1,
    2: RegisteredEnterprise2,
}
LANGUAGES = {"0": "", "1": "fr", "2": "nl", "3": "de", "4": "en"}
TYPED_NUMBER = re.compile(r"\s*(?:BE)?[\s.]*([\d][\d.\s]*)", re.IGNORECASE)
NUMBER_DIGITS = 10
SHORT = 3  # letters; a shorter beginning of a word fits too many words to be looked up
CANDIDATES = 400  # rows that are put in order
LOOKED_AT = 2000  # rows of the other words, when the last word is short


@dataclass(frozen=True, slots=True)
class RegisterName:
    """`kind`: 001 legal, 002 abbreviation, 003 commercial, 004 of a branch."""

    language: str  # nl, fr, de, en; empty when the register does not know
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """An enterprise as the edition in use says; natural persons have no seat there.

    `legal_form` and `situation` are codes of the register; `legal_form_label` is in the language
    of the reader where the register has it. `country` is empty for Belgium.
    """

    number: str
    name: str
    names: tuple[RegisterName, ...]
    kind: EnterpriseKind
    legal_form: str
    legal_form_label: str
    situation: str
    started_on: date | None
    street: str
    street_fr: str
    house_number: str
    box: str
    postcode: str
    municipality: str
    municipality_fr: str
    country: str
    struck_off_on: date | None
    nace_2025: tuple[str, ...]
    nace_2008: tuple[str, ...]
    establishments: int
    website: str

    @property
    def shown_number(self) -> str:
        return shown(self.number)

    @property
    def is_natural_person(self) -> bool:
        return self.kind == EnterpriseKind.NATURAL

    @property
    def address(self) -> str:
        """Street, number and box in one line."""
        place = f"{self.street} {self.house_number}".strip()
        return f"{place} bus {self.box}" if self.box else place


def edition_in_use() -> RegisterEdition | None:
    return RegisterEdition.objects.filter(is_in_use=True).first()


def register_editions(limit: int) -> list[RegisterEdition]:
    """Newest first."""
    return list(RegisterEdition.objects.order_by("-id")[:limit])


def enterprises() -> QuerySet[RegisteredEnterprise]:
    """Rows of the edition in use; none before the first.

    Asking holds both tables until the end of the transaction, so that the one that is read is not
    emptied meanwhile.
    """
    return QuerySet(_table())


def _table() -> type[RegisteredEnterprise]:
    with reading.connection().cursor() as cursor:
        cursor.execute(
            "select slot from directory_registeredition where is_in_use"
            " and not exists (select from directory_registeredenterprise1 where false)"
            " and not exists (select from directory_registeredenterprise2 where false)"
        )
        found = cursor.fetchone()
    return TABLES[found[0] if found else 1]


def register_entry(number: str) -> RegisterEntry | None:
    """The enterprise with this number, ten digits."""
    return register_entries([number]).get(number)


def register_entries(numbers: Iterable[str]) -> dict[str, RegisterEntry]:
    """Enterprises by number; those that the register does not know are left out."""
    rows = list(enterprises().filter(number__in=list(numbers)))
    return {entry.number: entry for entry in _entries(rows)}


def search_register(text: str, *, limit: int = 10) -> list[RegisterEntry]:
    """Enterprises by the beginning of a number or a name, or by words in any order.

    Names that begin with what was typed come first, in alphabetical order; then names that hold
    all the words, the last one perhaps unfinished, short names first. Accents, case and legal
    forms do not count.
    """
    table = _table()
    digits = _typed_number(text)
    if digits:
        rows = list(_by_number(table, digits, limit))
    else:
        typed = search_words(text)
        rows = list(_by_name(table, typed, limit)) if typed else []
        for condition, within in _conditions(typed):
            if len(rows) < limit:
                known = {row.number for row in rows}
                more = _by_words(table, typed[0], condition, within, limit + len(known))
                rows += [row for row in more if row.number not in known][: limit - len(rows)]
    return _entries(rows)


def _typed_number(text: str) -> str:
    """Digits of what looks like the beginning of an enterprise number, else empty.

    Numbers of nine digits, as they were before 2005, lack the zero in front.
    """
    found = TYPED_NUMBER.fullmatch(text)
    digits = re.sub(r"\D", "", found.group(1)) if found else ""
    if len(digits) < SHORT or len(digits) > NUMBER_DIGITS:
        return ""
    return digits if digits[0] in "01" else f"0{digits}"


def _by_number(
    table: type[RegisteredEnterprise], digits: str, limit: int
) -> Sequence[RegisteredEnterprise]:
    found: QuerySet[RegisteredEnterprise] = QuerySet(table).filter(number__startswith=digits)
    return list(found.order_by("number")[:limit])


def _by_name(
    table: type[RegisteredEnterprise], typed: Sequence[str], limit: int
) -> Sequence[RegisteredEnterprise]:
    found: QuerySet[RegisteredEnterprise] = QuerySet(table).filter(
        search_name__startswith=" ".join(typed)
    )
    return list(found.order_by("search_name", "number")[:limit])


def _conditions(typed: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What to ask the index for, and what to look for in what it finds; the cheapest first.

    A beginning of a word gathers all rows of all words that begin so, whole words do not.
    """
    if not typed:
        return
    *whole, last = typed
    yield _all_of(typed), ""
    if len(last) >= SHORT:
        yield _all_of([*whole, f"{last}:*"]), ""
    elif whole:
        yield _all_of(whole), f"{last}:*"


def _by_words(
    table: type[RegisteredEnterprise], first: str, condition: str, within: str, limit: int
) -> Sequence[RegisteredEnterprise]:
    name = table._meta.db_table
    statement = f"""
        select * from {name} where number = any(array(
          select number from (
            select * from (
              select number, search_name, search_words from {name}
              where search_words @@ %s::tsquery limit %s
            ) looked_at where %s = '' or search_words @@ %s::tsquery limit %s
          ) candidates
          order by not starts_with(search_name, %s), length(search_name), search_name, number
          limit %s
        )) order by not starts_with(search_name, %s), length(search_name), search_name, number
    """  # noqa: S608 - the name of one of our two tables
    most = LOOKED_AT if within else CANDIDATES
    values = [condition, most, within, within, CANDIDATES, first, limit, first]
    return list(QuerySet(table).raw(statement, values))


def _all_of(words: Sequence[str]) -> str:
    """Words hold letters and digits alone, so nothing in them is an operator."""
    return " & ".join(words)


def _entries(rows: Sequence[RegisteredEnterprise]) -> list[RegisterEntry]:
    labels = labels_of("JuridicalForm", {row.legal_form for row in rows})
    return [_entry(row, labels.get(row.legal_form, "")) for row in rows]


def _entry(row: RegisteredEnterprise, legal_form_label: str) -> RegisterEntry:
    return RegisterEntry(
        number=row.number,
        name=row.name,
        names=tuple(RegisterName(**name) for name in row.names),
        kind=EnterpriseKind(row.kind),
        legal_form=row.legal_form,
        legal_form_label=legal_form_label,
        situation=row.situation,
        started_on=row.started_on,
        street=row.street,
        street_fr=row.street_fr,
        house_number=row.house_number,
        box=row.box,
        postcode=row.postcode,
        municipality=row.municipality,
        municipality_fr=row.municipality_fr,
        country=row.country,
        struck_off_on=row.struck_off_on,
        nace_2025=tuple(row.nace_2025),
        nace_2008=tuple(row.nace_2008),
        establishments=len(row.establishments),
        website=row.website,
    )


def labels_of(category: str, codes: Iterable[str]) -> dict[str, str]:
    """What codes mean, in the language of the reader; else Dutch, French or German."""
    codes = {code for code in codes if code}
    if not codes:
        return {}
    wished = (translation.get_language() or "nl")[:2]
    order = [wished, "nl", "fr", "de", "en"]
    found = RegisterCode.objects.filter(category=category, code__in=codes)
    ranked = sorted(found, key=lambda row: order.index(row.language), reverse=True)
    return {row.code: row.label for row in ranked}
