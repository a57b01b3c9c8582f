"""Enterprise numbers: their check digits, and the range kept for the demo."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.be import vat

from clusterwerk.directory import identifiers
from clusterwerk.directory.identifiers import checked, demo_number, is_reserved_for_demo, shown
from clusterwerk.directory.models import IdentifierScheme
from clusterwerk.platform.errors import DomainError

NUMBER = IdentifierScheme.BE_ENTERPRISE


def test_a_number_is_kept_as_ten_digits() -> None:
    assert checked(NUMBER, "BE 0428.759.497", is_demo=False) == "0428759497"


def test_an_old_number_of_nine_digits_gets_its_zero() -> None:
    assert checked(NUMBER, "428.759.497", is_demo=False) == "0428759497"


@pytest.mark.parametrize("value", ["0428759498", "0428759479"])
def test_wrong_check_digits_are_refused_in_words(value: str) -> None:
    with pytest.raises(DomainError, match=f"{value} is no enterprise number: its check digits"):
        checked(NUMBER, value, is_demo=False)


@pytest.mark.parametrize(
    "value", ["", "abc", "2428759497", "04287594970", "0000000000", "٠٤٢٨٧٥٩٤٩٧"]
)
def test_what_is_no_number_is_refused_in_words(value: str) -> None:
    with pytest.raises(DomainError, match="ten digits that begin with 0 or 1"):
        checked(NUMBER, value, is_demo=False)


@given(st.integers(0, 99_999))
def test_every_demo_number_has_right_check_digits_and_is_reserved(index: int) -> None:
    number = demo_number(index)
    assert vat.is_valid(number)
    assert is_reserved_for_demo(number)
    assert checked(NUMBER, number, is_demo=True) == number


def test_demo_numbers_differ_and_end_with_the_range() -> None:
    assert demo_number(0) == "1990000035"
    assert len({demo_number(index) for index in range(2000)}) == 2000
    with pytest.raises(ValueError, match="100000 is not one"):
        demo_number(100_000)
    with pytest.raises(ValueError, match="-1 is not one"):
        demo_number(-1)


def test_a_real_organisation_never_gets_a_demo_number() -> None:
    with pytest.raises(DomainError, match=r"1990\.000\.035 is kept for demo"):
        checked(NUMBER, demo_number(0), is_demo=False)


def test_a_demo_organisation_never_gets_a_real_number() -> None:
    with pytest.raises(DomainError, match=r"0428\.759\.497 could belong to a real"):
        checked(NUMBER, "0428759497", is_demo=True)


def test_the_range_has_exact_edges() -> None:
    first, last = identifiers.DEMO_FIRST, identifiers.DEMO_LAST
    assert not is_reserved_for_demo(f"{first - 1}00")
    assert is_reserved_for_demo(f"{first}00")
    assert is_reserved_for_demo(f"{last}00")


def test_a_printed_name_is_kept_with_single_spaces() -> None:
    assert checked(IdentifierScheme.SOURCE_NAME, " Air  Cargo ", is_demo=False) == "Air Cargo"
    with pytest.raises(DomainError, match="empty"):
        checked(IdentifierScheme.SOURCE_NAME, "  ", is_demo=False)


def test_a_number_is_shown_in_groups() -> None:
    assert shown("0428759497") == "0428.759.497"
