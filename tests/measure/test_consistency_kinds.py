"""Worked examples and invariants of each kind of check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwerk.measure.consistency import ChecksError, Fact, Finding, load_checks, run_checks

HEAD = """
[qualifiers.about]
coarse = true
steps = 1
[qualifiers.almost]
coarse = true
below_percent = 10
only_below = true
[qualifiers.rounded]
coarse = true
[reasons]
rounding_en = "rounding"
rounding_nl = "afronding"
qualifier_en = "says {qualifier}"
qualifier_nl = "zegt {qualifier}"
[spoken.en]
almost = "almost"
[spoken.nl]
almost = "bijna"
"""

SENTENCES = """
sentence_en = "{subject}: {printed} against {against}"
sentence_nl = "{subject}: {printed} tegen {against}"
"""

Run = Callable[[str, Sequence[Fact]], list[Finding]]


def run_file(folder: Path, declared: str, facts: Sequence[Fact]) -> list[Finding]:
    path = folder / "checks.toml"
    path.write_text(f'{HEAD}\n[[check]]\nkey = "tried"\n{declared}\n{SENTENCES}', encoding="utf-8")
    return run_checks(load_checks(path), facts)


@pytest.fixture(name="run", scope="module")
def _run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("checks")
    return lambda declared, facts: run_file(folder, declared, facts)


def fact(
    indicator: str,
    value: str | int | date,
    subject: str = "programme",
    unit: str = "count",
    place: str = "table 1",
    *,
    qualifier: str = "",
    basis: str = "",
    dimension: str = "",
    segment: str = "",
) -> Fact:
    printed = value if isinstance(value, date) else Decimal(value)
    return Fact(
        indicator,
        subject,
        printed,
        unit,
        place,
        "report",
        qualifier=qualifier,
        basis=basis,
        dimension=dimension,
        segment=segment,
    )


def split(
    dimension: str, segment: str, mean: str, indicator: str = "mean", place: str = "table 2"
) -> Fact:
    return fact(indicator, mean, unit="score", place=place, dimension=dimension, segment=segment)


def said(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    return [(finding.verdict.value, finding.sentence["en"]) for finding in findings]


TOTAL = """
kind = "total"
class = "impossible"
total = { indicator = "all", subject = "programme" }
parts = { indicator = "all", subject = "clusters" }
"""


@given(parts=st.lists(st.integers(0, 10_000), min_size=1, max_size=8))
def test_parts_that_add_up_are_silent(run: Run, parts: list[int]) -> None:
    facts = [fact("all", sum(parts)), *(fact("all", p, f"c{i}") for i, p in enumerate(parts))]
    assert run(TOTAL, facts) == []


@given(
    parts=st.lists(st.integers(0, 10_000), min_size=1, max_size=8),
    error=st.integers(-500, 500).filter(bool),
)
def test_exact_parts_that_do_not_add_up_are_found_with_both_values(
    run: Run, parts: list[int], error: int
) -> None:
    total = sum(parts) + error
    facts = [fact("all", total), *(fact("all", p, f"c{i}") for i, p in enumerate(parts))]
    (finding,) = run(TOTAL, facts)
    assert (finding.printed.value, finding.against.value) == (Decimal(total), Decimal(sum(parts)))
    assert finding.verdict.value == "impossible"


@given(
    shares=st.lists(
        st.decimals(0, 30, places=4, allow_nan=False, allow_infinity=False), min_size=2, max_size=6
    )
)
def test_rounded_parts_never_contradict_their_rounded_total(
    run: Run, shares: list[Decimal]
) -> None:
    printed = [fact("all", f"{s:.0f}", f"c{i}", unit="percent") for i, s in enumerate(shares)]
    total = fact("all", f"{sum(shares, Decimal(0)):.0f}", unit="percent")
    assert {f.verdict.value for f in run(TOTAL, [total, *printed])} <= {"rounding"}


def test_rounded_thirds_that_print_as_99_differ_by_rounding_only(run: Run) -> None:
    facts = [
        fact("all", 100, unit="percent"),
        *(fact("all", 33, f"c{i}", unit="percent") for i in range(3)),
    ]
    (finding,) = run(TOTAL, facts)
    assert said([finding]) == [("rounding", "programme: 100% against 99%")]
    assert finding.reason == {"en": "rounding", "nl": "afronding"}


def test_a_rounded_total_holds_what_rounds_to_it_and_nothing_else(run: Run) -> None:
    total = fact("all", 4_700_000, unit="euro", qualifier="rounded")
    assert run(TOTAL, [total, fact("all", 4_749_999, "a", "euro")]) == []
    assert said(run(TOTAL, [total, fact("all", 4_824_749, "a", "euro")])) == [
        ("impossible", "programme: €4,700,000 against €4,824,749")
    ]


OVERLAP = (
    TOTAL
    + """
overlap = { indicator = "of_several" }
explained_en = "members of several count once"
explained_nl = "leden van meerdere tellen één keer"
"""
)


def test_a_sum_above_the_total_is_explained_as_far_as_the_overlap_reaches(run: Run) -> None:
    several = fact("of_several", 50, qualifier="about")

    def verdicts(total: int) -> list[str]:
        facts = [fact("all", total), fact("all", 600, "a"), fact("all", 566, "b"), several]
        return [finding.verdict.value for finding in run(OVERLAP, facts)]

    assert verdicts(1132) == ["explained"]
    assert verdicts(1106) == ["explained"]
    assert verdicts(1105) == ["impossible"]


def test_a_sum_below_the_total_is_never_explained_by_overlap(run: Run) -> None:
    facts = [fact("all", 658), fact("all", 655, "a"), fact("of_several", 50)]
    assert [f.verdict.value for f in run(OVERLAP, facts)] == ["impossible"]


def test_an_explained_sum_says_that_the_definition_explains_it(run: Run) -> None:
    facts = [fact("all", 10), fact("all", 12, "a"), fact("of_several", 5)]
    (finding,) = run(OVERLAP, facts)
    assert finding.explained_by == "definition"
    assert finding.reason["nl"] == "leden van meerdere tellen één keer"


HINT = TOTAL + 'hint_en = "Exactly {left_out}."\nhint_nl = "Precies {left_out}."\n'


def clusters(*counts: int) -> list[Fact]:
    return [fact("all", count, f"c{number}") for number, count in enumerate(counts)]


def test_the_one_part_that_makes_the_difference_is_named(run: Run) -> None:
    facts = [fact("all", 692), *clusters(661, 31, 27)]
    assert said(run(HINT, facts)) == [("impossible", "programme: 692 against 719 Exactly c2.")]


def test_no_part_is_named_when_two_make_the_same_difference(run: Run) -> None:
    facts = [fact("all", 100), *clusters(66, 34, 34)]
    assert said(run(HINT, facts)) == [("impossible", "programme: 100 against 134")]


INCOMPLETE = TOTAL + 'population = { indicator = "listed" }\n'


def test_missing_parts_silence_a_smaller_sum_but_not_a_larger_one(run: Run) -> None:
    listed = [fact("listed", 1, "a"), fact("listed", 1, "b")]
    assert run(INCOMPLETE, [fact("all", 10), fact("all", 7, "a"), *listed]) == []
    assert said(run(INCOMPLETE, [fact("all", 10), fact("all", 11, "a"), *listed])) == [
        ("impossible", "programme: 10 against 11")
    ]
    complete = [fact("all", 10), fact("all", 7, "a"), fact("all", 1, "b"), *listed]
    assert said(run(INCOMPLETE, complete)) == [("impossible", "programme: 10 against 8")]


def test_parts_of_another_segment_do_not_count(run: Run) -> None:
    declared = (
        TOTAL.replace('subject = "programme"', 'subject = "programme", dimension = "call"')
        + 'by = "call"\n'
    )
    facts = [
        fact("all", 5, dimension="call", segment="1"),
        Fact("all", "a", Decimal(5), "count", "table 1", "report", attributes={"call": "1"}),
        Fact("all", "b", Decimal(9), "count", "table 1", "report", attributes={"call": "2"}),
    ]
    assert run(declared, facts) == []


SHARE = """
kind = "share"
class = "impossible"
share = { indicator = "share" }
part = { indicator = "part" }
whole = { indicator = "whole" }
"""


def shares(printed: str, part: int, whole: int, qualifier: str = "") -> list[Fact]:
    return [
        fact("share", printed, "a", unit="percent", qualifier=qualifier),
        fact("part", part, "a"),
        fact("whole", whole, "a"),
    ]


@given(part=st.integers(0, 500), whole=st.integers(1, 500), decimals=st.integers(0, 2))
def test_a_share_rounded_from_its_counts_is_silent(
    run: Run, part: int, whole: int, decimals: int
) -> None:
    exact = Decimal(100) * part / whole
    assert run(SHARE, shares(f"{exact:.{decimals}f}", part, whole)) == []


@pytest.mark.parametrize(("part", "whole", "exact"), [(16, 31, "51.6%"), (27, 55, "49.1%")])
def test_a_share_that_its_counts_do_not_give_is_found(
    run: Run, part: int, whole: int, exact: str
) -> None:
    assert said(run(SHARE, shares("50", part, whole))) == [
        ("impossible", f"a: 50% against {exact}")
    ]


def test_half_may_be_rounded_up_or_to_even(run: Run) -> None:
    assert run(SHARE, shares("13", 1, 8)) == []
    assert run(SHARE, shares("12", 1, 8)) == []


def test_a_share_without_a_whole_says_nothing(run: Run) -> None:
    assert run(SHARE, shares("50", 0, 0)) == []


HULL = """
kind = "hull"
class = "incompatible unless"
indicators = ["mean"]
dimensions = ["call"]
unless_en = "unless weights differ"
unless_nl = "tenzij gewichten verschillen"
"""


@given(first=st.integers(0, 1000), second=st.integers(0, 1000), share=st.integers(0, 100))
def test_a_weighted_mean_of_two_printed_segments_is_silent(
    run: Run, first: int, second: int, share: int
) -> None:
    one, other = Decimal(first) / 10, Decimal(second) / 10
    overall = (one * share + other * (100 - share)) / 100
    facts = [
        fact("mean", f"{overall:.1f}", unit="score"),
        split("call", "1", f"{one:.1f}"),
        split("call", "2", f"{other:.1f}"),
    ]
    assert run(HULL, facts) == []


def test_a_mean_outside_its_segments_needs_the_assumption(run: Run) -> None:
    facts = [
        fact("mean", "62.6", unit="score"),
        split("call", "1", "60.8"),
        split("call", "2", "53.0"),
    ]
    (finding,) = run(HULL, facts)
    assert said([finding]) == [("incompatible unless", "programme: 62.6 against 60.8")]
    assert finding.reason["en"] == "unless weights differ"
    assert finding.detail == "mean by call"


def test_a_mean_outside_by_half_a_digit_on_both_sides_is_rounding(run: Run) -> None:
    facts = [
        fact("mean", "60.9", unit="score"),
        split("call", "1", "60.8"),
        split("call", "2", "53.0"),
    ]
    assert said(run(HULL, facts)) == [("rounding", "programme: 60.9 against 60.8")]


def test_a_single_segment_is_no_hull(run: Run) -> None:
    facts = [fact("mean", "62.6", unit="score"), split("call", "1", "60.8")]
    assert run(HULL, facts) == []


WEIGHTS = """
kind = "weights"
class = "incompatible unless"
indicators = ["mean", "other"]
dimensions = ["call"]
unless_en = "unless weights differ, from {lowest} to {highest}"
unless_nl = "tenzij gewichten verschillen"
"""


def two_measures(overall: str, other: str) -> list[Fact]:
    return [
        fact("mean", overall, unit="score"),
        split("call", "1", "1.00"),
        split("call", "2", "2.00"),
        fact("other", other, unit="score", place="table 3"),
        split("call", "1", "30.00", "other", "table 3"),
        split("call", "2", "10.00", "other", "table 3"),
    ]


@given(share=st.integers(0, 1000))
def test_measures_of_the_same_weighting_are_silent(run: Run, share: int) -> None:
    weight = Decimal(share) / 1000
    overall, other = 2 - weight, 10 + 20 * weight
    assert run(WEIGHTS, two_measures(f"{overall:.2f}", f"{other:.2f}")) == []


def test_measures_of_different_weightings_give_the_range_they_ask_for(run: Run) -> None:
    (finding,) = run(WEIGHTS, two_measures("1.25", "15.00"))
    assert said([finding]) == [("incompatible unless", "programme: 25% against 75%")]
    assert finding.reason["en"] == "unless weights differ, from 25% to 75%"


def test_a_measure_outside_its_groups_asks_for_no_weighting(run: Run) -> None:
    assert run(WEIGHTS, two_measures("2.50", "15.00")) == []


def test_groups_with_equal_means_ask_for_no_weighting(run: Run) -> None:
    facts = [f for f in two_measures("1.25", "15.00") if f.indicator == "other"]
    same = [
        fact("mean", "1.00", unit="score"),
        split("call", "1", "1.00"),
        split("call", "2", "1.00"),
    ]
    assert run(WEIGHTS, [*same, *facts]) == []


SAME = """
kind = "same"
class = "impossible"
prints = { indicator = "all" }
"""


@pytest.mark.parametrize(
    ("qualifier", "again", "verdict"),
    [
        ("", 1132, []),
        ("", 1133, ["impossible"]),
        ("about", 1130, []),
        ("about", 1140, ["explained"]),
        ("about", 1150, ["impossible"]),
        ("almost", 1200, ["explained"]),
        ("almost", 1100, ["impossible"]),
        ("almost", 1300, ["impossible"]),
    ],
)
def test_a_second_print_is_held_to_its_own_word(
    run: Run, qualifier: str, again: int, verdict: list[str]
) -> None:
    facts = [fact("all", 1132), fact("all", again, place="section 2", qualifier=qualifier)]
    assert [finding.verdict.value for finding in run(SAME, facts)] == verdict


def test_a_figure_explained_by_its_word_is_quoted_with_the_word(run: Run) -> None:
    facts = [fact("all", 1132), fact("all", 1200, place="section 2", qualifier="almost")]
    (finding,) = run(SAME, facts)
    assert finding.sentence == {
        "en": "programme: 1,132 against almost 1,200",
        "nl": "programme: 1.132 tegen bijna 1.200",
    }
    assert finding.explained_by == "qualifier"
    assert finding.reason["en"] == "says almost"


def test_two_dates_agree_only_when_they_are_equal(run: Run) -> None:
    day, later = date(2020, 2, 20), date(2020, 2, 29)
    table3 = fact("all", day, "a", "date", "table 3")
    assert run(SAME, [table3, fact("all", day, "a", "date", "table 7")]) == []
    assert said(run(SAME, [table3, fact("all", later, "a", "date", "table 7")])) == [
        ("impossible", "a: 20 February 2020 against 29 February 2020")
    ]


def test_a_target_and_a_report_are_not_the_same_figure(run: Run) -> None:
    facts = [fact("all", 1132, basis="reported"), fact("all", 1337, basis="target")]
    assert run(SAME, facts) == []


COUNT = """
kind = "count"
class = "impossible"
printed = { indicator = "count" }
entries = { indicator = "entry", below = 300 }
population = { indicator = "listed" }
known = { indicator = "entry" }
missing_en = "unless {needed} of {missing}"
missing_nl = "tenzij {needed} van {missing}"
"""


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [(1, "impossible"), (2, None), (3, "incompatible unless"), (4, "impossible")],
)
def test_unknown_subjects_leave_room_for_the_count_and_no_more(
    run: Run, printed: int, verdict: str | None
) -> None:
    entries = [fact("entry", v, k) for k, v in {"a": 100, "b": 299, "c": 300}.items()]
    listed = [fact("listed", 1, key) for key in "abcd"]
    found = run(COUNT, [fact("count", printed), *entries, *listed])
    assert [f.verdict.value for f in found] == ([verdict] if verdict else [])
    assert [f.reason["en"] for f in found if verdict == "incompatible unless"] == (
        ["unless 1 of 1"] if verdict == "incompatible unless" else []
    )


def test_a_count_of_each_subject_sees_only_its_own_entries(run: Run) -> None:
    declared = """
kind = "count"
class = "impossible"
per_subject = true
printed = { indicator = "count" }
entries = { indicator = "entry", dimension = "application" }
"""
    facts = [
        fact("count", 3, "a"),
        fact("count", 1, "b"),
        fact("count", 0, "c"),
        fact("entry", 1, "a", dimension="application", segment="x"),
        fact("entry", 1, "a", dimension="application", segment="y"),
        fact("entry", 1, "b", dimension="application", segment="x"),
    ]
    assert said(run(declared, facts)) == [("impossible", "a: 3 against 2")]


ORDER = """
kind = "order"
class = "impossible"
smaller = { indicator = "few" }
larger = { indicator = "many" }
"""


@given(few=st.integers(0, 100), many=st.integers(0, 100))
def test_an_order_is_silent_exactly_when_it_holds(run: Run, few: int, many: int) -> None:
    found = run(ORDER, [fact("few", few, "a"), fact("many", many, "a")])
    assert bool(found) == (few > many)


def test_an_order_compares_only_figures_of_the_same_subject(run: Run) -> None:
    assert run(ORDER, [fact("few", 9, "a"), fact("many", 1, "b")]) == []


def test_a_start_after_the_end_is_found(run: Run) -> None:
    facts = [
        fact("few", date(2021, 1, 1), "a", "date"),
        fact("many", date(2020, 1, 1), "a", "date"),
    ]
    assert said(run(ORDER, facts)) == [("impossible", "a: 1 January 2021 against 1 January 2020")]


RULE = """
kind = "rule"
class = "impossible"
part = { indicator = "half" }
whole = { indicator = "all" }
share = 0.5
"""


def halves(*rows: tuple[int, int]) -> list[Fact]:
    return [
        fact(indicator, value, f"c{number}")
        for number, row in enumerate(rows)
        for indicator, value in zip(("half", "all"), row, strict=True)
    ]


@given(st.lists(st.integers(1, 200), min_size=1, max_size=6))
def test_rows_of_one_rule_are_silent(run: Run, wholes: list[int]) -> None:
    assert run(RULE, halves(*(((whole + 1) // 2, whole) for whole in wholes))) == []
    assert run(RULE, halves(*((whole // 2, whole) for whole in wholes))) == []


def test_no_single_rule_gives_both_16_of_31_and_27_of_55(run: Run) -> None:
    (finding,) = run(RULE, halves((16, 31), (27, 55)))
    assert finding.subject == "programme"
    assert [f.subject for f in finding.printed.facts] == ["c0", "c0"]
    assert [f.subject for f in finding.against.facts] == ["c1", "c1"]


def test_a_row_that_no_rule_gives_is_found_alone(run: Run) -> None:
    assert len(run(RULE, halves((40, 55)))) == 1


IDENTICAL = """
kind = "identical"
class = "incompatible unless"
indicators = ["mean"]
dimensions = ["call", "size", "embedding"]
at_least = 3
unless_en = "unless by chance"
unless_nl = "tenzij door toeval"
"""


def test_three_splits_with_the_same_means_are_suspect_and_two_are_not(run: Run) -> None:
    facts = [
        split(dimension, segment, mean)
        for dimension in ("call", "size", "embedding")
        for segment, mean in (("x", "0.66"), ("y", "0.77"))
    ]
    assert run(IDENTICAL, facts[:4]) == []
    (finding,) = run(IDENTICAL, facts)
    assert finding.detail == "mean"
    assert len(finding.printed.facts) + len(finding.against.facts) == 6


CEILING = """
kind = "ceiling"
class = "impossible"
required = { indicator = "required" }
maximum = { indicator = "maximum" }
to_half = { indicator = "half" }
contributors = { indicator = "all" }
years = 3
"""


def network(required: int, amounts: list[int]) -> list[Fact]:
    """What a table prints of a list of yearly contributions."""
    ordered = sorted(amounts, reverse=True)
    to_half = next(n for n in range(1, len(ordered) + 1) if 2 * sum(ordered[:n]) >= sum(ordered))
    return [
        fact("required", required, "a", "euro"),
        fact("maximum", ordered[0], "a", "euro"),
        fact("half", to_half, "a"),
        fact("all", len(ordered), "a"),
    ]


@given(st.lists(st.integers(1, 35_000), min_size=1, max_size=40))
def test_what_three_years_of_contributions_brought_is_never_out_of_reach(
    run: Run, amounts: list[int]
) -> None:
    assert run(CEILING, network(3 * sum(amounts), amounts)) == []


def test_a_subsidy_above_the_ceiling_is_found(run: Run) -> None:
    facts = [
        fact("required", 301_049, "a", "euro"),
        fact("maximum", 10_000, "a", "euro"),
        fact("half", 4, "a"),
        fact("all", 34, "a"),
    ]
    assert said(run(CEILING, facts)) == [("impossible", "a: €301,049 against €300,000")]


def test_findings_come_most_serious_first(run: Run) -> None:
    facts = [
        fact("all", 1132),
        fact("all", 1200, place="section 2", qualifier="almost"),
        fact("all", 7, "a"),
        fact("all", 8, "a", place="section 2"),
    ]
    assert [f.verdict.value for f in run(SAME, facts)] == ["impossible", "explained"]


def test_figures_of_two_documents_are_never_compared(run: Run) -> None:
    other = Fact("all", "programme", Decimal(5), "count", "table 1", "another report")
    assert run(SAME, [fact("all", 4), other]) == []


def test_two_facts_with_one_key_are_refused(run: Run) -> None:
    with pytest.raises(ValueError, match=r"two facts have the key report\|all\|programme\|table 1"):
        run(SAME, [fact("all", 4), fact("all", 5)])


def test_arithmetic_with_a_date_names_the_check_and_the_figure(run: Run) -> None:
    facts = [fact("all", 4), fact("all", date(2020, 1, 1), "a", "date")]
    with pytest.raises(ChecksError) as caught:
        run(TOTAL, facts)
    assert str(caught.value) == (
        "checks.toml: check 'tried': report|all|a|table 1 holds 2020-01-01, not a number"
    )
