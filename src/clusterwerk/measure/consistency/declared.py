"""The checks file: what it may say, and every mistake in it named at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import cast

from clusterwerk.measure.consistency.findings import Verdict
from clusterwerk.measure.consistency.kinds import KINDS
from clusterwerk.measure.consistency.kinds.base import GAPS, Cause, Kind
from clusterwerk.measure.consistency.precision import Precision, Qualifier
from clusterwerk.measure.consistency.tables import Table
from clusterwerk.measure.consistency.wording import LANGUAGES, Vocabulary, gaps

DECLARED_VERDICTS = {
    verdict.value: verdict
    for verdict in (Verdict.IMPOSSIBLE, Verdict.INCOMPATIBLE, Verdict.EXPLAINED)
}
EXPLAINED_BY = ("definition", "date", "qualifier")
HINT_GAPS = frozenset({"left_out"})

Template = Mapping[str, str]


class ChecksError(Exception):
    """Everything that is wrong with a checks file, one line each, in ``errors``."""

    def __init__(self, file: str, errors: list[str]) -> None:
        self.file = file
        self.errors = tuple(errors)
        super().__init__("\n".join(f"{file}: {error}" for error in errors))


@dataclass(frozen=True, slots=True)
class Check:
    """One declared check with its sentences, and the words and precision of its file.

    ``file`` is where it is declared. ``sentence``, ``hint`` and the texts of ``reasons`` are
    templates by language. The hint is added to the sentence where every value it needs is known.
    """

    file: str
    key: str
    kind: Kind
    verdict: Verdict
    explained_by: str
    sentence: Template = field(hash=False)
    hint: Template = field(hash=False)
    reasons: Mapping[Cause, Template] = field(hash=False)
    precision: Precision = field(hash=False)
    vocabulary: Vocabulary = field(hash=False)


@dataclass(frozen=True, slots=True)
class Shared:
    """What all checks of a file have in common."""

    file: str
    precision: Precision
    vocabulary: Vocabulary
    reasons: Mapping[Cause, Template]


def load_checks(path: Path) -> list[Check]:
    """The checks of a file in its order.

    Raises
    ------
    ChecksError
        With every mistake: which check, which key, what was found and what was expected.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        values = tomllib.loads(text, parse_float=Decimal)
    except OSError as error:
        raise ChecksError(path.name, [f"cannot be read: {error.strerror}"]) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ChecksError(path.name, [f"is not valid TOML in UTF-8: {error}"]) from error
    errors: list[str] = []
    checks = _read(path.name, Table(values, "the file", errors), errors)
    if errors:
        raise ChecksError(path.name, errors)
    return checks


def _read(name: str, file: Table, errors: list[str]) -> list[Check]:
    shared = Shared(
        file=name,
        precision=Precision(_qualifiers(file.table("qualifiers"))),
        vocabulary=Vocabulary(
            terms=_words(file.table("terms")),
            places=_words(file.table("places")),
            spoken=_words(file.table("spoken")),
        ),
        reasons=_shared_reasons(file.table("reasons")),
    )
    file.asked.add("check")
    declared = file.values.get("check")
    file.finish()
    if not isinstance(declared, list) or not all(isinstance(item, dict) for item in declared):
        file.error("no check is declared; each one begins with a line [[check]]")
        return []
    tables = cast("list[dict[str, object]]", declared)
    checks = [_check(table, number, shared, errors) for number, table in enumerate(tables, 1)]
    _unique(tables, errors)
    return [check for check in checks if check is not None]


def _unique(tables: list[dict[str, object]], errors: list[str]) -> None:
    keys = [table["key"] for table in tables if isinstance(table.get("key"), str)]
    twice = sorted({str(key) for key in keys if keys.count(key) > 1})
    errors.extend(f"check {key!r} is declared more than once" for key in twice)


def _qualifiers(table: Table) -> dict[str, Qualifier]:
    found = {}
    for word in table.values:
        inner = table.table(word)
        found[word] = Qualifier(
            coarse=inner.switch("coarse"),
            below_percent=inner.number("below_percent", default=Decimal(0)),
            above_percent=inner.number("above_percent", default=Decimal(0)),
            steps=inner.number("steps", default=Decimal(0)),
            only_below=inner.switch("only_below"),
            only_above=inner.switch("only_above"),
        )
        inner.finish()
    return found


def _words(table: Table) -> dict[str, dict[str, str]]:
    found = {}
    for language in LANGUAGES:
        inner = table.table(language)
        found[language] = {key: inner.text(key) for key in inner.values}
    table.finish()
    return found


def _shared_reasons(table: Table) -> dict[Cause, Template]:
    reasons = {
        cause: _template(table, cause.value, GAPS) for cause in (Cause.ROUNDING, Cause.QUALIFIER)
    }
    table.finish()
    return reasons


def _check(
    values: dict[str, object], number: int, shared: Shared, errors: list[str]
) -> Check | None:
    key = values.get("key")
    named = isinstance(key, str) and key
    table = Table(values, f"check {key!r}" if named else f"check number {number}", errors)
    before = len(errors)
    key = table.text("key")
    kind_name = table.text("kind", among=KINDS)
    if kind_name not in KINDS:
        return None
    kind = KINDS[kind_name].read(table)
    verdict = DECLARED_VERDICTS.get(table.text("class", among=DECLARED_VERDICTS))
    explained_by = ""
    if verdict is Verdict.EXPLAINED:
        explained_by = table.text("explained_by", among=EXPLAINED_BY)
    check = Check(
        file=shared.file,
        key=key,
        kind=kind,
        verdict=verdict or Verdict.IMPOSSIBLE,
        explained_by=explained_by,
        sentence=_template(table, "sentence", kind.GAPS - HINT_GAPS),
        hint=_template(table, "hint", kind.GAPS) if "hint_en" in values else {},
        reasons={**shared.reasons, **_reasons(table, kind, verdict)},
        precision=shared.precision,
        vocabulary=shared.vocabulary,
    )
    table.finish()
    return check if len(errors) == before else None


REASONS = {
    Cause.DEFINITION: "explained",
    Cause.MISSING: "missing",
}
VERDICT_REASONS = {Verdict.INCOMPATIBLE: "unless", Verdict.EXPLAINED: "explained"}


def _reasons(table: Table, kind: Kind, verdict: Verdict | None) -> dict[Cause, Template]:
    """The texts this check must bring, by what it can find."""
    wanted = {cause: REASONS[cause] for cause in kind.causes}
    if verdict in VERDICT_REASONS:
        wanted[Cause.DECLARED] = VERDICT_REASONS[verdict]
    return {cause: _template(table, name, kind.GAPS - HINT_GAPS) for cause, name in wanted.items()}


def _template(table: Table, name: str, known: frozenset[str]) -> Template:
    """The texts ``name_en`` and ``name_nl``, each with gaps that the kind can fill."""
    texts = {language: table.text(f"{name}_{language}") for language in LANGUAGES}
    for language, text in texts.items():
        try:
            unknown = set(gaps(text)) - known
        except ValueError as error:
            table.error(f"'{name}_{language}' has a broken gap: {error}")
            continue
        for gap in sorted(unknown):
            allowed = ", ".join(sorted(known))
            table.error(f"'{name}_{language}' has an unknown gap {{{gap}}}. Known: {allowed}")
    return texts
