"""What a checks file may say, and how its mistakes are named."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from clusterwerk.measure.consistency import (
    ChecksError,
    Fact,
    idle_checks,
    load_checks,
    run_checks,
)

REASONS = """
[reasons]
rounding_en = "r"
rounding_nl = "r"
qualifier_en = "q"
qualifier_nl = "q"
"""

SOUND = """
[[check]]
key = "twice"
kind = "same"
class = "impossible"
prints = { indicator = "all" }
sentence_en = "{printed} and {against}"
sentence_nl = "{printed} en {against}"
"""


def errors(folder: Path, text: str) -> tuple[str, ...]:
    path = folder / "checks.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ChecksError) as caught:
        load_checks(path)
    return caught.value.errors


def test_a_sound_file_gives_its_checks_in_order(tmp_path: Path) -> None:
    path = tmp_path / "checks.toml"
    path.write_text(REASONS + SOUND + SOUND.replace('"twice"', '"again"'), encoding="utf-8")
    assert [check.key for check in load_checks(path)] == ["twice", "again"]


def test_every_mistake_is_named_at_once_with_its_check(tmp_path: Path) -> None:
    text = REASONS + SOUND.replace("impossible", "wrong").replace("prints", "print")
    assert errors(tmp_path, text + SOUND.replace('"same"', '"sum"')) == (
        "check 'twice': 'prints' is missing; expected a table that names an indicator",
        (
            "check 'twice': 'class' should be one of impossible, incompatible unless, explained, "
            "found 'wrong'"
        ),
        (
            "check 'twice': 'print' is not known here; did you mean 'prints'? Known: class, key, "
            "kind, prints, sentence_en, sentence_nl"
        ),
        (
            "check 'twice': 'kind' should be one of total, share, hull, weights, same, count, "
            "order, rule, identical, ceiling, found 'sum'"
        ),
        "check 'twice' is declared more than once",
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "{printed} and",
            "{prnted} and",
            (
                "check 'twice': 'sentence_en' has an unknown gap {prnted}. Known: against, "
                "against_place, difference, measure, printed, printed_place, qualifier, subject"
            ),
        ),
        (
            "{printed} and",
            "{printed and",
            "check 'twice': 'sentence_en' has a broken gap: unexpected '{' in field name",
        ),
        (
            "{printed} and",
            "{printed.facts} and",
            (
                "check 'twice': 'sentence_en' has a broken gap: a gap is a bare name in braces, "
                "not {printed.facts} with anything in it"
            ),
        ),
        (
            'sentence_nl = "{printed} en {against}"',
            "",
            "check 'twice': 'sentence_nl' is missing; expected a text",
        ),
        (
            '"impossible"',
            '"incompatible unless"',
            "check 'twice': 'unless_en' is missing; expected a text",
        ),
        (
            '{ indicator = "all" }',
            '{ indicator = "all", subjekt = "programme" }',
            (
                "check 'twice', prints: 'subjekt' is not known here; did you mean 'subject'? "
                "Known: above, at_least, at_most, basis, below, dimension, indicator, "
                "of_subjects_with, place, segment, subject, with"
            ),
        ),
        (
            '{ indicator = "all" }',
            '{ indicator = "all", above = "much" }',
            "check 'twice', prints: 'above' should be a number, found 'much'",
        ),
        (
            '{ indicator = "all" }',
            '"all"',
            "check 'twice': 'prints' should be a table in braces, found 'all'",
        ),
        ('key = "twice"', "", "check number 1: 'key' is missing; expected a text"),
    ],
)
def test_a_mistake_says_where_it_is_and_what_is_expected(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert message in errors(tmp_path, REASONS + SOUND.replace(old, new))


def test_a_file_without_a_check_says_how_one_begins(tmp_path: Path) -> None:
    assert errors(tmp_path, REASONS) == (
        "the file: no check is declared; each one begins with a line [[check]]",
    )


def test_a_broken_file_says_on_which_line(tmp_path: Path) -> None:
    (message,) = errors(tmp_path, "[[check]]\nkey = twice\n")
    assert message.startswith("is not valid TOML in UTF-8: ")
    assert "line 2" in message


def test_a_missing_file_is_one_mistake(tmp_path: Path) -> None:
    with pytest.raises(ChecksError, match=r"nowhere\.toml: cannot be read: No such file"):
        load_checks(tmp_path / "nowhere.toml")


def test_a_check_that_chooses_no_figure_is_told_apart_from_one_that_agrees(tmp_path: Path) -> None:
    path = tmp_path / "checks.toml"
    path.write_text(REASONS + SOUND, encoding="utf-8")
    checks = load_checks(path)
    misnamed = Fact("al", "programme", Decimal(1), "count", "table 1", "report")
    named = Fact("all", "programme", Decimal(1), "count", "table 1", "report")
    assert idle_checks(checks, [misnamed]) == ["check 'twice': 'prints' chooses no figure"]
    assert idle_checks(checks, [named]) == []


def test_a_finding_is_plain_values_for_json(tmp_path: Path) -> None:
    path = tmp_path / "checks.toml"
    path.write_text(REASONS + SOUND, encoding="utf-8")
    facts = [
        Fact("all", "programme", Decimal(value), "count", place, "report")
        for value, place in ((176, "table 5"), (194, "section 4"))
    ]
    (finding,) = run_checks(load_checks(path), facts)
    assert json.loads(json.dumps(finding.as_dict())) == {
        "key": "twice|all|report|all|programme|table 5|report|all|programme|section 4",
        "check": "twice",
        "class": "impossible",
        "document": "report",
        "subject": "programme",
        "detail": "all",
        "explained_by": "",
        "sentence": {"en": "176 and 194", "nl": "176 en 194"},
        "reason": {},
        "printed": {
            "value": "176",
            "unit": "count",
            "places": ["table 5"],
            "facts": ["report|all|programme|table 5"],
        },
        "against": {
            "value": "194",
            "unit": "count",
            "places": ["section 4"],
            "facts": ["report|all|programme|section 4"],
        },
    }
