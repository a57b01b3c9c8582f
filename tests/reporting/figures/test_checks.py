"""What the declared checks find in the published figures, exactly."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from clusterwerk.measure.consistency import (
    Check,
    Fact,
    Finding,
    idle_checks,
    load_checks,
    run_checks,
)
from clusterwerk.reporting.figures import facts, read_figures
from published import FOLDER

IMPOSSIBLE = "impossible"
UNLESS = "incompatible unless"
EXPLAINED = "explained"


@pytest.fixture(name="checks", scope="module")
def _checks() -> list[Check]:
    return load_checks(FOLDER / "checks.toml")


@pytest.fixture(name="printed", scope="module")
def _printed() -> list[Fact]:
    return facts(read_figures(FOLDER))


@pytest.fixture(name="findings", scope="module")
def _findings(checks: list[Check], printed: list[Fact]) -> list[Finding]:
    return run_checks(checks, printed)


def sides(findings: list[Finding], check: str, detail: str = "") -> list[tuple[object, object]]:
    return [
        (finding.printed.value, finding.against.value)
        for finding in findings
        if finding.check == check and detail in finding.detail
    ]


def test_the_findings_are_exactly_these(findings: list[Finding]) -> None:
    assert [(f.check, f.subject, f.detail, f.verdict.value) for f in findings] == [
        ("share-of-contributors-to-half", "power-to-gas", "", IMPOSSIBLE),
        ("share-of-contributors-to-half", "bim", "", IMPOSSIBLE),
        ("rule-of-half", "programme", "", IMPOSSIBLE),
        ("end-dates", "offshore-energy", "agreement.end_date", IMPOSSIBLE),
        ("end-dates", "the-beacon", "agreement.end_date", IMPOSSIBLE),
        ("end-dates", "flanders-health", "agreement.end_date", IMPOSSIBLE),
        ("participations-of-a-network", "digitising-manufacturing", "", IMPOSSIBLE),
        ("participations-of-a-network", "bouwindustrialisatie", "", IMPOSSIBLE),
        ("new-members-against-embedding", "programme", "", UNLESS),
        ("members-of-large-subsidies", "programme", "subsidy=above_400000", UNLESS),
        ("members-of-other-subsidies", "programme", "subsidy=up_to_400000", UNLESS),
        ("contributors-are-members", "innovatieve-coatings", "", UNLESS),
        ("contributors-are-members", "smart-digital-farming", "", UNLESS),
        ("collaborations-printed-twice", "programme", "collaborations.started", UNLESS),
        ("collaborations-against-clusters", "programme", "", UNLESS),
        ("first-call-collaborations", "programme", "call=1", UNLESS),
        ("subsidy-against-networks", "programme", "call=1", UNLESS),
        ("contributions-reach-the-subsidy", "bouwindustrialisatie", "", UNLESS),
        ("contributions-reach-the-subsidy", "innovatieve-coatings", "", UNLESS),
        ("contributions-reach-the-subsidy", "flanders-bike-valley", "", UNLESS),
        ("networks-below-300000", "programme", "subsidy=below_300000", UNLESS),
        ("all-members-were-invited", "programme", "", UNLESS),
        (
            "mean-within-its-segments",
            "programme",
            "survey.effects_contribution.mean by call",
            UNLESS,
        ),
        (
            "mean-within-its-segments",
            "programme",
            "survey.effects_contribution.mean by size",
            UNLESS,
        ),
        ("one-share-for-all-means", "programme", "embedding", UNLESS),
        ("one-share-for-all-means", "programme", "participation", UNLESS),
        ("same-means-in-different-splits", "programme", "survey.effects_desired.mean", UNLESS),
        ("members-against-clusters", "programme", "", EXPLAINED),
        ("members-by-embedding-against-clusters", "programme", "embedding=independent", EXPLAINED),
        ("members-against-embedding", "programme", "", EXPLAINED),
        ("members-printed-twice", "programme", "members.paying", EXPLAINED),
        ("worked-examples", "programme", "", EXPLAINED),
    ]


@pytest.mark.parametrize(
    ("check", "detail", "value", "other"),
    [
        ("mean-within-its-segments", "by call", "62.6", "60.8"),
        ("mean-within-its-segments", "by size", "62.6", "61.0"),
        ("one-share-for-all-means", "embedding", "3", "73"),
        ("one-share-for-all-means", "participation", "73", "97"),
        ("collaborations-printed-twice", "", "176", "194"),
        ("collaborations-against-clusters", "", "176", "194"),
        ("members-against-clusters", "", "1132", "1166"),
        ("members-by-embedding-against-clusters", "", "692", "719"),
        ("members-against-embedding", "", "1132", "1139"),
        ("new-members-against-embedding", "", "658", "655"),
        ("members-of-large-subsidies", "", "662", "661"),
        ("members-of-other-subsidies", "", "504", "505"),
        ("members-printed-twice", "", "1132", "1200"),
        ("subsidy-against-networks", "", "4700000", "4824749"),
        ("networks-below-300000", "", "11", "9"),
        ("first-call-collaborations", "", "165", "178"),
        ("all-members-were-invited", "", "1132", "1065"),
        ("worked-examples", "", "4", "5"),
    ],
)
def test_a_finding_of_the_programme_shows_both_values(
    findings: list[Finding], check: str, detail: str, value: str, other: str
) -> None:
    assert sides(findings, check, detail) == [(Decimal(value), Decimal(other))]


def test_the_definition_or_the_word_is_named_where_it_explains(findings: list[Finding]) -> None:
    assert [(f.check, f.explained_by) for f in findings if f.explained_by] == [
        ("members-against-clusters", "definition"),
        ("members-by-embedding-against-clusters", "definition"),
        ("members-against-embedding", "definition"),
        ("members-printed-twice", "qualifier"),
        ("worked-examples", "qualifier"),
    ]


def test_a_finding_links_to_the_printed_facts_of_both_sides(findings: list[Finding]) -> None:
    beacon = next(f for f in findings if f.subject == "the-beacon")
    assert [fact.key for fact in (*beacon.printed.facts, *beacon.against.facts)] == [
        "flanders-2020|agreement.end_date|the-beacon|table 3",
        "flanders-2020|agreement.end_date|the-beacon|table 7",
    ]
    clusters = next(f for f in findings if f.check == "members-against-clusters")
    assert len(clusters.against.facts) == 17
    assert clusters.against.places == ("table 7",)


@pytest.mark.parametrize(
    ("check", "language", "sentence"),
    [
        (
            "members-by-embedding-against-clusters",
            "en",
            (
                "The text gives 692 paying members for the independent networks (section 3.1); the "
                "9 of them that reported add up to 719 (table 7). The difference is exactly the "
                "figure of Space 4.0."
            ),
        ),
        (
            "subsidy-against-networks",
            "nl",
            (
                "De tekst geeft €\N{NARROW NO-BREAK SPACE}4.700.000 voor de eerste oproep "
                "(punt 1.2); de subsidies van de 14 netwerken zijn samen "
                "€\N{NARROW NO-BREAK SPACE}4.824.749 (tabel 8), "
                "€\N{NARROW NO-BREAK SPACE}124.749 verschil, meer dan afronding."
            ),
        ),
        (
            "rule-of-half",
            "en",
            (
                "With equal contributions, Power to Gas prints 16 of 31, the fewest that reach "
                "half, and BIM (Bouw Informatie Modellen) prints 27 of 55, the most that do not "
                "exceed half: no single rule gives all such rows (2 in table 8)."
            ),
        ),
        (
            "members-printed-twice",
            "nl",
            "Aantal betalende leden: 1.132 in tabel 5, bijna 1.200 in punt 4 (2.1).",
        ),
    ],
)
def test_a_finding_speaks_to_a_person(
    findings: list[Finding], check: str, language: str, sentence: str
) -> None:
    assert [f.sentence[language] for f in findings if f.check == check] == [sentence]


def test_every_sentence_and_reason_is_said_in_both_languages(findings: list[Finding]) -> None:
    for finding in findings:
        assert finding.sentence["en"] != finding.sentence["nl"]
        assert set(finding.reason) == (
            set() if finding.verdict.value == IMPOSSIBLE else {"en", "nl"}
        )


@pytest.mark.parametrize(
    "check",
    [
        "members-by-subsidy-together",
        "members-share-of-target",
        "new-members-share-of-target",
        "collaborations-share-of-target",
        "response-rate",
        "networks-above-400000",
        "networks-near-the-maximum",
        "networks-supported",
        "spearheads-supported",
        "embedded-networks",
        "networks-granted",
        "applications-listed",
        "applications-by-call",
        "approved-by-call",
        "applications-with-a-spearhead-cluster",
        "participations-by-embedding",
        "participations-of-networks-by-embedding",
        "networks-with-equal-contributions",
        "cofinancing-against-subsidies",
    ],
)
def test_figures_that_agree_are_silent_until_one_of_them_changes(
    checks: list[Check], printed: list[Fact], check: str
) -> None:
    """Each of these checks compares figures that agree, so that a changed one must show."""
    (declared,) = [candidate for candidate in checks if candidate.key == check]
    assert run_checks([declared], printed) == []
    kind = declared.kind
    name = next(n for n in ("total", "printed", "share") if hasattr(kind, n))
    first = getattr(kind, name).choose(printed)[0]
    changed = [
        replace(fact, value=fact.number * 2 + 9) if fact is first else fact for fact in printed
    ]
    assert [finding.check for finding in run_checks([declared], changed)] == [check]


def test_the_embedded_members_agree_and_the_second_call_is_incomplete(
    findings: list[Finding],
) -> None:
    details = {f.detail for f in findings}
    assert "embedding=embedded" not in details
    assert "call=2" not in details


def test_every_check_chooses_figures(checks: list[Check], printed: list[Fact]) -> None:
    assert idle_checks(checks, printed) == []


def test_every_finding_has_a_key_of_its_own(findings: list[Finding]) -> None:
    assert len({finding.key for finding in findings}) == len(findings)


def test_the_order_of_the_facts_does_not_change_what_is_found(
    checks: list[Check], printed: list[Fact], findings: list[Finding]
) -> None:
    turned = run_checks(checks, printed[::-1])
    assert {(f.check, f.subject, f.verdict) for f in turned} == {
        (f.check, f.subject, f.verdict) for f in findings
    }
