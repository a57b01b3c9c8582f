"""Declared checks over printed facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from clusterwerk.measure.consistency.declared import Check, ChecksError
from clusterwerk.measure.consistency.facts import Fact, NotANumberError
from clusterwerk.measure.consistency.findings import Finding, Verdict
from clusterwerk.measure.consistency.kinds.base import Cause, Difference
from clusterwerk.measure.consistency.selecting import Selector
from clusterwerk.measure.consistency.wording import LANGUAGES, Said, gaps

VERDICTS = {
    Cause.ROUNDING: Verdict.ROUNDING,
    Cause.QUALIFIER: Verdict.EXPLAINED,
    Cause.DEFINITION: Verdict.EXPLAINED,
    Cause.MISSING: Verdict.INCOMPATIBLE,
}
EXPLAINED_BY = {Cause.QUALIFIER: "qualifier", Cause.DEFINITION: "definition"}


def run_checks(checks: Sequence[Check], facts: Sequence[Fact]) -> list[Finding]:
    """Every disagreement, most serious first, then in the order of the checks and the facts.

    Facts of different documents are never compared. Two facts with one key are refused with a
    ValueError, because a finding would point at either.

    Raises
    ------
    ChecksError
        Where a check asks for arithmetic with figures that are no numbers.

    Examples
    --------
    >>> run_checks([], [])
    []
    """
    _refuse_twins(facts)
    documents = dict.fromkeys(fact.document for fact in facts)
    found = [
        finding
        for document in documents
        for check in checks
        for finding in _findings(check, document, facts)
    ]
    return sorted(found, key=lambda finding: finding.verdict.rank)


def idle_checks(checks: Sequence[Check], facts: Sequence[Fact]) -> list[str]:
    """Selectors that choose no fact at all, one line each: often a slip in an indicator's name.

    A check that chooses nothing is silent, just as one whose figures agree.
    """
    known = frozenset(fact.indicator for fact in facts)
    return [
        f"check {check.key!r}: {name!r} chooses no figure"
        for check in checks
        for name, chosen in _choices(check, facts, known)
        if not chosen
    ]


def _choices(
    check: Check, facts: Sequence[Fact], known: frozenset[str]
) -> Iterator[tuple[str, bool]]:
    for name in check.kind.__slots__:
        declared = getattr(check.kind, name)
        if isinstance(declared, Selector):
            yield name, bool(declared.choose(facts))
        if name == "indicators":
            yield name, bool(known.intersection(declared))


def _refuse_twins(facts: Sequence[Fact]) -> None:
    seen: set[str] = set()
    for fact in facts:
        if fact.key in seen:
            message = f"two facts have the key {fact.key}; a place prints a figure once"
            raise ValueError(message)
        seen.add(fact.key)


def _findings(check: Check, document: str, facts: Sequence[Fact]) -> Iterator[Finding]:
    own = [fact for fact in facts if fact.document == document]
    try:
        for difference in check.kind.differences(own, check.precision):
            yield _finding(check, document, difference)
    except NotANumberError as error:
        raise ChecksError(check.file, [f"check {check.key!r}: {error}"]) from error


def _finding(check: Check, document: str, difference: Difference) -> Finding:
    cause = difference.cause
    verdict = VERDICTS.get(cause, check.verdict)
    explained_by = EXPLAINED_BY.get(cause, check.explained_by)
    values = difference.values
    return Finding(
        check=check.key,
        verdict=verdict,
        document=document,
        subject=difference.subject,
        detail=difference.detail,
        explained_by=explained_by if verdict is Verdict.EXPLAINED else "",
        sentence={language: _sentence(check, values, language) for language in LANGUAGES},
        reason=_filled(check, check.reasons.get(cause, {}), values),
        printed=difference.printed,
        against=difference.against,
    )


def _sentence(check: Check, values: Mapping[str, Said], language: str) -> str:
    sentence = check.vocabulary.fill(check.sentence[language], values, language)
    hint = check.hint.get(language, "")
    if not hint or not set(gaps(hint)) <= values.keys():
        return sentence
    return f"{sentence} {check.vocabulary.fill(hint, values, language)}"


def _filled(
    check: Check, templates: Mapping[str, str], values: Mapping[str, Said]
) -> dict[str, str]:
    return {
        language: check.vocabulary.fill(template, values, language)
        for language, template in templates.items()
    }
