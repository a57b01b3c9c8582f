"""Cells as people write them."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from clusterwerk.members.moving_in import values


@pytest.mark.parametrize(
    "text",
    [
        "31/12/2023", "31-12-2023", "31.12.2023", "2023-12-31", "2023/12/31", "31/12/23",
        "31 dec 2023", "31 december 2023", "31 déc. 2023", "December 31, 2023", "45291",
        "2023-12-31 00:00", "31/12/2023 14:05", "2023-12-31T14:05:00Z", "20231231",
        "zo 31 dec 2023",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_was_written(text: str) -> None:
    assert values.day(text) == date(2023, 12, 31)


@pytest.mark.parametrize("text", ["32/12/2023", "31/02/2023", "onbekend", "12", "1/2/3", "0/0/0"])
def test_what_is_no_day_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="is no day"):
        values.day(text)


def test_a_column_that_can_only_be_month_first_is_read_so() -> None:
    assert values.is_month_first(["03/04/2023", "12/31/2023"])
    assert not values.is_month_first(["03/04/2023", "31/12/2023"])
    assert not values.is_month_first(["03/04/2023"])
    assert values.day("12/31/2023", month_first=True) == date(2023, 12, 31)


def test_a_moment_keeps_its_time() -> None:
    assert values.moment("2024-03-05 2:30 PM") == datetime(2024, 3, 5, 14, 30)  # noqa: DTZ001
    assert values.moment("5/3/2024") == datetime(2024, 3, 5)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.500,00", "1500.00"), ("1,500.00", "1500.00"), ("€ 1500", "1500"), ("1 500,-", "1500"),
        ("1.500", "1500"), ("1,5", "1.5"), ("EUR 250", "250"), ("-12,50", "-12.50"),
        ("1.234.567,89", "1234567.89"), ("750 euro", "750"),
    ],
)  # fmt: skip
def test_amounts_are_read_as_they_are_written_here_and_elsewhere(text: str, amount: str) -> None:
    assert values.amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text", ["gratis", "1.5.0,0,0", "NaN", "Infinity", "1e5", "1_000", "1 2", "1 23 456", "١٢"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no amount"):
        values.amount(text)


@pytest.mark.parametrize("text", ["206", "ca. 206", "Circa 206", "± 206", "~206", "205,6"])
def test_a_headcount_may_be_about_so_many(text: str) -> None:
    assert values.count(text) == 206


def test_what_is_no_headcount_is_not_called_an_amount() -> None:
    with pytest.raises(ValueError, match="“veel” is no number of people"):
        values.count("veel")


@pytest.mark.parametrize("text", ["ja", "Oui", "YES", "x", "X", "1", "waar", "✓", "aanwezig"])
def test_yes_in_three_languages(text: str) -> None:
    assert values.yes_no(text) is True


@pytest.mark.parametrize(
    "text", ["nee", "Non", "no", "0", "-", "onwaar", "verontschuldigd", "nog niet"]
)
def test_no_in_three_languages(text: str) -> None:
    assert values.yes_no(text) is False


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("BE 1990.000.035", "1990000035"), ("1990000035", "1990000035"),
        ("be0403019261", "0403019261"),

        ("403.019.261", "0403019261"), ("NL 004495445 B01", "NL004495445B01"),
    ],
)  # fmt: skip
def test_enterprise_and_vat_numbers_come_to_one_form(text: str, number: str) -> None:
    assert values.number(text) == number


def test_a_number_whose_check_digits_do_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="is no enterprise number: ten digits"):
        values.number("0403.019.262")


@pytest.mark.parametrize(
    ("text", "number"),
    [("09 222 33 44", "+3292223344"), ("0032 9 222 33 44", "+3292223344"),
     ("+32 (0)470 12 34 56", "+32470123456"), ("470123456", "+32470123456")],
)  # fmt: skip
def test_telephones_come_to_one_form_with_a_lost_zero_too(text: str, number: str) -> None:
    assert values.phone(text) == number


def test_addresses_are_lowered_and_freed_of_names() -> None:
    assert values.email("Jan Peeters <Jan.Peeters@Voorbeeld.BE>") == "jan.peeters@voorbeeld.be"
    for wrong in ("jan", "jan@voorbeeld", "jan @ voorbeeld.be", "jan@@voorbeeld.be"):
        with pytest.raises(ValueError, match="is no e-mail address"):
            values.email(wrong)


@pytest.mark.parametrize("text", ["actief", "PARTNER", "LID EEN", "Gent", "Brugge"])
def test_a_word_is_no_postcode(text: str) -> None:
    with pytest.raises(ValueError, match="is no postcode"):
        values.understood(values.Kind.POSTCODE, text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("B-9000", "9000"), ("1234 ab", "1234 AB"), ("SW1A 1AA", "SW1A 1AA"), ("L-1234", "L-1234"),
     ("K1A 0B1", "K1A 0B1"), ("75001", "75001")],
)  # fmt: skip
def test_postcodes_of_elsewhere_are_kept(text: str, value: str) -> None:
    assert values.understood(values.Kind.POSTCODE, text) == value
