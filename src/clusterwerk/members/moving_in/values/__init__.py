"""Cells as people and programs wrote them over the years, understood or refused in words.

Every function takes a text that is not empty and gives a value, or raises `ValueError` with a
sentence that says what was expected.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from clusterwerk.members.moving_in.values.addresses import email, number, phone, postcode, url
from clusterwerk.members.moving_in.values.days import day, is_month_first, moment
from clusterwerk.members.moving_in.values.named import (
    country,
    flag,
    kind_told,
    language,
    organisation,
    words,
    yes_no,
)
from clusterwerk.members.moving_in.values.numbers import amount, count, fee

__all__ = [
    "Kind",
    "amount",
    "count",
    "day",
    "email",
    "fee",
    "flag",
    "is_month_first",
    "kind_told",
    "moment",
    "number",
    "phone",
    "understood",
    "yes_no",
]


class Kind(StrEnum):
    TEXT = "text"
    LONG = "long text"
    DAY = "day"
    MOMENT = "moment"
    AMOUNT = "amount"
    FEE = "contribution"
    COUNT = "count"
    YES_NO = "yes or no"
    FLAG = "mark"
    EMAIL = "e-mail"
    PHONE = "phone"
    NUMBER = "enterprise or VAT number"
    POSTCODE = "postcode"
    URL = "web address"
    COUNTRY = "country"
    ORGANISATION = "kind of organisation"
    LANGUAGE = "language"


_READERS: dict[Kind, Callable[[str], Any]] = {
    Kind.TEXT: words,
    Kind.LONG: str.strip,
    Kind.AMOUNT: amount,
    Kind.FEE: fee,
    Kind.COUNT: count,
    Kind.YES_NO: yes_no,
    Kind.FLAG: flag,
    Kind.EMAIL: email,
    Kind.PHONE: phone,
    Kind.NUMBER: number,
    Kind.POSTCODE: postcode,
    Kind.URL: url,
    Kind.COUNTRY: country,
    Kind.ORGANISATION: organisation,
    Kind.LANGUAGE: language,
}


def understood(kind: Kind, text: str, *, month_first: bool = False) -> Any:  # noqa: ANN401 - the kind says which
    """The value of a cell; raises `ValueError` with a sentence."""
    if kind == Kind.DAY:
        return day(text, month_first=month_first)
    if kind == Kind.MOMENT:
        return moment(text, month_first=month_first)
    return _READERS[kind](text)
