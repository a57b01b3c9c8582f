"""A prepared query answers as Django does, each time with the values of that time."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Exists, F, OuterRef, QuerySet

from clusterwerk.members.models import Contribution, Membership, Position
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.prepared import Among, prepared
from factories.world import World, cluster_seats

NumQueries = Callable[[int], AbstractContextManager[object]]
DAY = date(2026, 6, 1)


def members(cluster: int, day: date) -> "QuerySet[Membership]":
    """With joined rows, two deep and one that may be missing, an annotation and a subquery."""
    people = Position.objects.filter(cluster_id=cluster, organisation=OuterRef("organisation"))
    rows = Membership.objects.filter(cluster_id=cluster).on(day)
    told = rows.annotate(has_people=Exists(people), name=F("organisation__name"))
    return told.select_related("organisation__place", "category").order_by("pk")


def facts(row: Membership) -> tuple[object, ...]:
    own = {name: value for name, value in vars(row).items() if name != "_state"}
    place = row.organisation.place
    return own, row.organisation.name, row.category.name, place and place.name


def test_models_come_with_their_joined_rows_and_annotations(
    world: World, django_assert_num_queries: NumQueries
) -> None:
    ask = prepared(members)
    enter(cluster_seats(world.alpha))
    told: list[list[object]] = []
    for cluster in (world.alpha.pk, world.beta.pk, world.alpha.pk):
        with django_assert_num_queries(1):
            found = [facts(row) for row in ask(cluster, DAY)]
        assert found == [facts(row) for row in members(cluster, DAY)]
        told.append([name for _own, name, _category, _place in found])
    assert told == [["Éclair Works"], [], ["Éclair Works"]]


def test_values_come_as_tuples_converted_as_their_fields_say(world: World) -> None:
    @prepared
    def amounts(cluster: int, year: int) -> "QuerySet[Contribution, tuple[int, Decimal]]":
        rows = Contribution.objects.filter(cluster_id=cluster, working_year=year)
        return rows.values_list("organisation_id", "amount").order_by("pk")

    enter(cluster_seats(world.alpha))
    assert amounts(world.alpha.pk, 1) == [(world.company.pk, Decimal(500))]
    assert amounts(cluster=world.alpha.pk, year=2) == []


def test_a_list_of_any_length_is_one_value(world: World) -> None:
    @prepared
    def of(organisations: list[int]) -> "QuerySet[Membership, tuple[int]]":
        rows = Membership.objects.filter(Among("organisation_id", organisations))
        return rows.values_list("organisation_id").order_by("pk")

    enter(cluster_seats(world.alpha))
    company = world.company.pk
    assert [of([company]), of([]), of([company, company, 0])] == [[(company,)], [], [(company,)]]


def test_the_wall_stands_before_what_was_prepared_for_another(world: World) -> None:
    ask = prepared(members)
    enter(cluster_seats(world.alpha))
    assert len(ask(world.alpha.pk, DAY)) == 1
    enter(cluster_seats(world.beta))
    assert ask(world.alpha.pk, DAY) == []


def test_nothing_is_asked_with_none_which_would_find_no_row(world: World) -> None:
    @prepared
    def of(cluster: Any) -> "QuerySet[Membership]":
        return Membership.objects.filter(cluster_id=cluster)

    with pytest.raises(TypeError, match="was asked with None"):
        of(None)
