"""Amounts and other numbers in forms: shown as the reader writes them, understood as typed."""

from decimal import Decimal
from http import HTTPStatus

import pytest
from django import forms
from django.test import Client
from django.utils import translation

from clusterwerk.members.forms.days import NumberField, money_field
from clusterwerk.members.models import ContributionRate, ContributionRule
from clusterwerk.platform.access.session import enter
from factories.world import World, cluster_seats

AMOUNT = 'name="amount_everybody" value="{}"'


class Asked(forms.Form):
    amount = money_field("Amount")
    share = NumberField(label="Share", max_value=100, decimal_places=2)


@pytest.mark.parametrize(
    ("language", "amount", "share"),
    [("nl", "1.500,00", "33,5"), ("en", "1,500.00", "33.5")],
)
def test_numbers_are_shown_as_the_reader_writes_them(
    language: str, amount: str, share: str
) -> None:
    with translation.override(language):
        form = Asked(initial={"amount": Decimal("1500.00"), "share": Decimal("33.50")})
        assert (form["amount"].value(), form["share"].value()) == (amount, share)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.500,00", "1500"), ("1,500.00", "1500"), ("1500", "1500"), ("1500,5", "1500.5"),
        ("€ 1 500,-", "1500"), ("0.5", "0.5"), ("12.345.678,90", "12345678.90"),
    ],
)  # fmt: skip
def test_an_amount_is_understood_in_either_way_of_writing(
    language: str, typed: str, amount: str
) -> None:
    with translation.override(language):
        form = Asked({"amount": typed, "share": "0,5"})
        assert form.is_valid(), form.errors
        assert form.cleaned_data == {"amount": Decimal(amount), "share": Decimal("0.5")}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("typed", "share"),
    [("0,125", "0.125"), ("0.500", "0.5"), ("00,500", "0.5"), ("-0,250", "-0.25"),
     ("1.500", "1500"), ("+1.500", "1500"), ("10,000", "10000")],
)  # fmt: skip
def test_three_digits_behind_a_nought_are_no_thousands(
    language: str, typed: str, share: str
) -> None:
    with translation.override(language):
        assert NumberField().clean(typed) == Decimal(share)


def test_what_is_no_number_is_refused_in_words_and_stays_as_it_was_typed() -> None:
    form = Asked({"amount": "1.5OO,00", "share": "half"})
    assert form.errors == {
        "amount": ["“1.5OO,00” is no amount. Write it as 1.500,00."],
        "share": ["Enter a number."],
    }
    assert (form["amount"].value(), form["share"].value()) == ("1.5OO,00", "half")


def test_a_number_below_nothing_or_above_the_most_is_refused() -> None:
    form = Asked({"amount": "-1", "share": "100,5"})
    assert form.errors == {
        "amount": ["Ensure this value is greater than or equal to 0."],
        "share": ["Ensure this value is less than or equal to 100."],
    }


@pytest.mark.parametrize(("language", "shown"), [("nl", "1.500,00"), ("en", "1,500.00")])
def test_a_category_shows_its_amount_and_takes_it_back_as_it_was_shown(
    world: World, language: str, shown: str
) -> None:
    enter(cluster_seats(world.alpha), reason="a dearer year")
    ContributionRate.objects.filter(cluster=world.alpha).update(amount=Decimal(1500))
    client = Client()
    person = world.people["manager"]
    client.force_login(person)
    client.cookies["django_language"] = language
    page = f"/members/alpha/categories/{world.membership.category_id}/"
    assert AMOUNT.format(shown) in client.get(page).content.decode()
    told = {"kind": "fixed", "first_day": "2024-01-01", "first_year_percent": "50"}
    refused = client.post(f"{page}rule/", told | {"amount_everybody": "vijftienhonderd"})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert AMOUNT.format("vijftienhonderd") in refused.content.decode()
    kept = client.post(f"{page}rule/", told | {"amount_everybody": shown})
    assert kept.status_code == HTTPStatus.FOUND
    enter(cluster_seats(world.alpha))
    rule = ContributionRule.objects.get(cluster=world.alpha, period__startswith="2024-01-01")
    assert rule.rates.get().amount == Decimal(1500)
