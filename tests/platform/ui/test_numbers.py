"""Numbers, amounts and days as Dutch and English readers write them."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from clusterwerk.platform.ui.templatetags.ui import (
    count,
    day,
    day_long,
    euro,
    meter,
    percent,
    telephone,
    typed,
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
