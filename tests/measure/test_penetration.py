"""How far a network reaches into its target group, and what codes are called elsewhere."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwerk.measure.penetration import (
    Crossed,
    Penetration,
    PenetrationError,
    crossed,
    together,
)

CLASSES = st.sampled_from(["0111", "0112", "6201", "6311", "6312"])
LINKS = st.lists(st.tuples(CLASSES, CLASSES), max_size=20)


def test_a_class_that_went_apart_is_sure_where_it_went_alone() -> None:
    links = [("6311", "6310"), ("6311", "6039"), ("6312", "6039")]
    assert crossed(["6311"], links) == Crossed(frozenset({"6310"}), frozenset({"6039"}))
    assert crossed(["6311", "6312"], links).unsure == frozenset()
    assert crossed(["0111"], links) == Crossed(frozenset(), frozenset())


@given(st.sets(CLASSES), LINKS)
def test_what_is_sure_is_never_unsure_and_more_classes_reach_no_less(
    wanted: set[str], links: list[tuple[str, str]]
) -> None:
    some, more = crossed(wanted, links), crossed([*wanted, "6201"], links)
    assert not some.sure & some.unsure
    assert some.sure <= more.sure
    assert some.sure | some.unsure <= more.sure | more.unsure


def test_penetration_is_members_of_enterprises_and_unknown_of_none() -> None:
    assert Penetration(120, 30).share == Fraction(1, 4)
    assert Penetration(120, 30).not_reached == 90
    assert Penetration(0, 0).share is None
    assert Penetration(120, 30, unsure=100).highest_share() == Fraction(1)
    with pytest.raises(PenetrationError, match="more than all"):
        Penetration(2, 3)


def test_cells_of_one_name_are_added_and_the_largest_comes_first() -> None:
    found = together([("Limburg", 2, 1), ("", 1, 0), ("Limburg", 3, 0)])
    assert list(found.items()) == [("Limburg", Penetration(5, 1)), ("", Penetration(1, 0))]
