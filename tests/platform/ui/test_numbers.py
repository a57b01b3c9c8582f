"""Numbers, amounts and days as Dutch and English readers write them."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from clusterwerk.platform.ui.templatetags.ui import (
    count,
    day,
    day_long,
    euro,
    less,
    meter,
    percent,
    small_percent,
    telephone,
    typed,
    written_days,
)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("nl", ("1.132", "€\u202f449.969", "84,7\u202f%")),
        ("en", ("1,132", "€449,969", "84.7\u202f%")),
    ],
)
def test_figures_follow_the_language(language: str, shown: tuple[str, str, str]) -> None:
    with translation.override(language):
        assert (count(1132), euro(Decimal(449969)), percent(Decimal("0.847"), 1)) == shown


def test_cents_show_only_where_there_are_any() -> None:
    with translation.override("en"):
        assert euro(Decimal("1250.00")) == "€1,250"
        assert euro(Decimal("1250.50")) == "€1,250.50"
        assert euro(Decimal(-3)) == "€-3"


def test_figures_are_rounded_and_not_cut_off() -> None:
    with translation.override("en"):
        assert percent(Decimal("0.8467")) == "85\u202f%"
        assert count(Decimal("2.5")) == "3"
        assert euro(Decimal("1.005")) == "€1.01"


def test_what_is_unknown_is_no_zero() -> None:
    assert (count(None), euro(None), percent(None), day(None)) == ("", "", "", "")


def test_days_are_written_out_in_the_language() -> None:
    with translation.override("nl"):
        assert (day(date(2020, 3, 31)), day_long(date(2020, 1, 31))) == (
            "31 mrt 2020",
            "31 januari 2020",
        )
    with translation.override("en"):
        assert (day(date(2020, 1, 31)), day_long(date(2020, 1, 31))) == (
            "31 Jan 2020",
            "31 January 2020",
        )


def test_a_meter_stays_within_its_track_and_marks_target_and_due() -> None:
    shown = meter(Decimal(130), Decimal(100), "<label>", target=Decimal(100), due=Decimal(40))
    assert re.findall(r'class="(meter-[a-z]+) ?" (?:x1|width)="([0-9.]+%)"', shown) == [
        ("meter-track", "100%"),
        ("meter-fill", "100.0%"),
        ("meter-due", "40.0%"),
        ("meter-mark", "100.0%"),
    ]
    assert 'aria-label="&lt;label&gt;"' in shown
    unknown = meter(None, Decimal(0), "label", kind="is-danger", slim=True)
    assert '<rect class="meter-fill is-danger" width="0%"' in unknown
    assert unknown.startswith('<svg class="meter is-slim"')
    assert "<line" not in unknown


def test_a_number_somebody_typed_may_be_a_year() -> None:
    with translation.override("nl"):
        assert [typed(Decimal(2022)), typed(Decimal("12345.5")), typed(None)] == [
            "2022",
            "12345,5",
            "",
        ]


def test_a_telephone_number_is_read_in_groups() -> None:
    numbers = ("+3292223344", "+31201234567", "+32900000049", "+3211", "")
    assert [telephone(number) for number in numbers] == [
        "09 222 33 44",
        "+31 20 123 4567",
        "+32 900 00 00 49",
        "+3211",
        "",
    ]


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (Fraction(1, 2328), "less than 0.1\u202f%"),
        (Fraction(0), "0.0\u202f%"),
        (Fraction(1, 2000), "0.1\u202f%"),
        (Fraction(1, 8), "12.5\u202f%"),
        (None, ""),
    ],
)
def test_a_small_share_is_not_printed_as_nothing(share: Fraction | None, shown: str) -> None:
    with translation.override("en"):
        assert small_percent(share) == shown


def test_a_difference_agrees_with_the_two_numbers_in_print() -> None:
    promised, there = Decimal("5187.6"), Decimal("1500.4")
    assert promised - there == Decimal("3687.2")
    assert less(promised, there) == 3688


def test_days_in_running_text_are_written_in_words() -> None:
    with translation.override("nl"):
        assert written_days("leden.xlsx, 2026-11-22") == "leden.xlsx, 22 november 2026"
        assert written_days("2026-02-31, 2026-11-22.csv") == "2026-02-31, 2026-11-22.csv"
