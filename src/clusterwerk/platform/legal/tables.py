"""Tables of the documents, made from answers, facts and the data files."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from clusterwerk.platform.legal.answers import OTHER_KEYS, Answers
from clusterwerk.platform.legal.clock import deadline
from clusterwerk.platform.legal.facts import Facts
from clusterwerk.platform.legal.pieces import Cell, Piece, answered, open_piece, plain
from clusterwerk.platform.legal.texts import rows, words

PARTIES = ("hosting", "mail", "backup")


@dataclass(frozen=True, slots=True)
class NotedBreach:
    """What the pack tells of a breach of the log."""

    number: int
    discovered_at: datetime
    reported: str
    reported_at: datetime | None
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the documents are made of; `breaches` is None where the log was not read."""

    answers: Answers
    facts: Facts
    day: date
    breaches: Sequence[NotedBreach] | None


@dataclass(frozen=True, slots=True)
class Table:
    """Heads and rows; `empty` stands instead of a table without rows."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str

    @property
    def cells(self) -> Iterator[Cell]:
        return (cell for row in self.rows for cell in row)


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure with its state; `text` tells it when it stands, and what is open otherwise."""

    key: str
    kind: str
    in_place: bool
    text: str


def measures(of: Known, language: str) -> list[Measure]:
    """Every measure of the data file; unknown counts as not in place."""
    found = []
    for row in rows("measures", "measure"):
        fact = of.facts.by_key.get(row["fact"], of.answers.by_key.get(row["fact"]))
        text = row[language].format(number=fact) if fact else row[f"open_{language}"]
        found.append(Measure(row["key"], row["kind"], bool(fact), text))
    return found


def _table(
    language: str, heads: Iterable[str], made: Iterable[tuple[Cell, ...]], empty: str = ""
) -> Table:
    said = words(language)
    return Table(tuple(said[head] for head in heads), tuple(made), said.get(empty, said["nothing"]))


def _measures(of: Known, language: str) -> Table:
    said = words(language)
    made = (
        (
            plain(said[each.kind]),
            plain(each.text),
            (Piece(said["in_place"] if each.in_place else said["is_open"], not each.in_place),),
        )
        for each in measures(of, language)
    )
    return _table(language, ("kind", "measure", "state"), made)


def _open_measures(of: Known, language: str) -> Table:
    said = words(language)
    made = (
        (plain(said[each.kind]), (Piece(each.text, is_open=True),))
        for each in measures(of, language)
        if not each.in_place
    )
    return _table(language, ("kind", "measure"), made, "all_in_place")


def _sub_processors(of: Known, language: str) -> Table:
    said = words(language)
    made: list[tuple[Cell, ...]] = [
        (
            plain(said[party]),
            (answered(f"{party}.name", of.answers, language),),
            (answered(f"{party}.service", of.answers, language),),
            (
                answered(f"{party}.address", of.answers, language),
                Piece(", "),
                answered(f"{party}.country", of.answers, language),
            ),
        )
        for party in PARTIES
    ]
    made += [_other(row, language) for row in of.answers.others]
    return _table(language, ("kind", "name", "service", "address"), made)


def _other(row: Mapping[str, Mapping[str, str]], language: str) -> tuple[Cell, ...]:
    said = words(language)
    name, service, address, country = (
        Piece(row[key][language])
        if key in row
        else open_piece(said[key if key in said else "address"], language)
        for key in OTHER_KEYS
    )
    return (plain(said["other"]), (name,), (service,), (address, Piece(", "), country))


def _activities(part: str) -> Callable[[Known, str], Table]:
    def make(of: Known, language: str) -> Table:
        heads = ("activity", "purpose", "subjects", "data", "recipients", "retention")
        made = (
            _activity(row, of, language)
            for row in rows("processing", "activity")
            if part in row["part"]
        )
        return _table(language, heads, made)

    return make


def _activity(row: Mapping[str, Any], of: Known, language: str) -> tuple[Cell, ...]:
    names = ("name", "purpose", "subjects", "data", "recipients")
    told = tuple(plain(row[language][name]) for name in names)
    return (*told, _kept(row, of, language))


def _kept(row: Mapping[str, Any], of: Known, language: str) -> Cell:
    """What the program does by itself, and the longest period that the installation answers."""
    longest = answered(f"retention.{row['retention']}", of.answers, language)
    keeping = row[language].get("keeping")
    return (Piece(f"{keeping}. "), longest) if keeping else (longest,)


def _personal_fields(of: Known, language: str) -> Table:
    made = (
        (plain(model), plain(", ".join(fields)))
        for model, fields in sorted(of.facts.personal.items())
    )
    return _table(language, ("table", "fields"), made)


def _retention(of: Known, language: str) -> Table:
    made = (
        (
            plain(row[language]["name"]),
            _kept(row, of, language),
        )
        for row in rows("processing", "activity")
    )
    return _table(language, ("activity", "retention"), made)


def _risks(of: Known, language: str) -> Table:
    said = words(language)
    missing = {each.key for each in measures(of, language) if not each.in_place}
    return _table(
        language,
        ("risk", "measures", "likelihood", "severity", "residual"),
        (_risk(row, missing, said, language) for row in rows("risks", "risk")),
    )


def _risk(
    row: Mapping[str, Any], missing: set[str], said: Mapping[str, str], language: str
) -> tuple[Cell, ...]:
    """A risk whose measures are not all in place is to be assessed again."""
    told = row[language]
    residual = plain(told["residual"])
    lacking = [key for key in row["needs"] if key in missing]
    if lacking:
        names = ", ".join(lacking)
        residual = (*residual, Piece(f" [{said['again'].format(names=names)}]", is_open=True))
    return (
        plain(told["risk"]),
        plain(told["measures"]),
        plain(said[row["likelihood"]]),
        plain(said[row["severity"]]),
        residual,
    )


def _breaches(of: Known, language: str) -> Table:
    said = words(language)
    heads = ("breach", "discovered", "deadline", "reported", "status")
    if of.breaches is None:
        return _table(language, heads, (), "not_read")
    return _table(language, heads, (_breach(each, said) for each in of.breaches), "no_breaches")


def _breach(breach: NotedBreach, said: Mapping[str, str]) -> tuple[Cell, ...]:
    reported = said[breach.reported] if breach.reported in said else _moment(breach.reported_at)
    return (
        plain(str(breach.number)),
        plain(_moment(breach.discovered_at)),
        plain(_moment(deadline(breach.discovered_at))),
        plain(reported),
        plain(said["breach_closed" if breach.is_closed else "breach_open"]),
    )


def _moment(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


TABLES: Mapping[str, Callable[[Known, str], Table]] = {
    "measures": _measures,
    "open_measures": _open_measures,
    "sub_processors": _sub_processors,
    "controller_activities": _activities("controller"),
    "processor_activities": _activities("processor"),
    "personal_fields": _personal_fields,
    "retention": _retention,
    "risks": _risks,
    "breaches": _breaches,
}
