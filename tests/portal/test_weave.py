"""The geometry of the map of ties."""

import math

import pytest

from clusterwerk.portal.weave import CENTRE_X, CENTRE_Y, RADIUS, Spot, ties, weave


def spot(key: str, theme: str = "a", *, members: int | None = 100) -> Spot:
    return Spot(key=key, name=key.title(), theme=theme, is_square=False, members=members)


def test_ties_count_each_pair_once_for_each_application() -> None:
    found = ties([["a", "b"], ["b", "a", "c"], ["d"], ["a", "a"]])
    assert found == {("a", "b"): 2, ("a", "c"): 1, ("b", "c"): 1}


def test_every_cluster_stands_on_the_ring_in_its_order() -> None:
    drawn = weave([spot("one"), spot("two", "b"), spot("three", "b")], {})
    assert [node.spot.key for node in drawn.nodes] == ["one", "two", "three"]
    for node in drawn.nodes:
        assert math.hypot(node.x - CENTRE_X, node.y - CENTRE_Y) == pytest.approx(RADIUS, abs=0.1)


def test_a_tie_grows_with_its_applications_and_the_strongest_lies_on_top() -> None:
    drawn = weave([spot("a"), spot("b"), spot("c")], {("a", "b"): 3, ("b", "c"): 1})
    assert [(strand.times, strand.width) for strand in drawn.strands] == [(1, 2.0), (3, 5.2)]
    assert [end.name for end in drawn.strands[1].ends] == ["A", "B"]


def test_ties_of_clusters_that_are_not_drawn_are_left_out() -> None:
    drawn = weave([spot("a"), spot("b")], {("a", "z"): 2})
    assert drawn.strands == ()
    assert [node.is_tied for node in drawn.nodes] == [False, False]


def test_the_size_of_a_dot_grows_with_members_and_has_a_middle_where_unknown() -> None:
    small, unknown, large = weave(
        [spot("a", members=9), spot("b", members=None), spot("c", members=100)], {}
    ).nodes
    assert (small.size, unknown.size, large.size) == (5.1, 6.4, 7.8)


def test_a_label_fits_beside_the_ring() -> None:
    long = Spot("k", "Smart Cities Vlaanderen (IoT for Society)", "a", False, None)
    assert long.label == "Smart Cities Vlaander…"
    assert spot("bim").label == "Bim"


def test_no_clusters_draw_an_empty_ring() -> None:
    assert weave([], {}).nodes == ()
