"""Rows written from an action are refused in words and leave nothing behind."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from clusterwerk.clusters.models import Agency
from clusterwerk.directory.models import Place
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.session import enter, unlocked
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created, created_many
from factories.english import english

__all__ = ["english"]


def place(code: str, name: str = "Gent") -> Place:
    return Place(nis_code=code, name=name, region="Vlaams Gewest")


def test_every_wrong_field_is_named(db: None) -> None:
    with pytest.raises(DomainError) as refusal:
        created(place("440211", ""))
    assert "nis_code:" in str(refusal.value)
    assert "name:" in str(refusal.value)
    assert not Place.objects.exists()


def test_many_rows_are_refused_by_the_model_own_words(db: None) -> None:
    seats = seats_of_command()
    enter(seats)
    with unlocked(seats, "directory"), pytest.raises(DomainError, match="place_nis_code_once"):
        created_many([place("44021"), place("44021")])
    assert not Place.objects.exists()


def test_many_rows_with_one_wrong_field_are_not_written(db: None) -> None:
    seats = seats_of_command()
    enter(seats)
    with unlocked(seats, "directory"), pytest.raises(DomainError, match="nis_code"):
        created_many([place("44021"), place("440211")])
    assert not Place.objects.exists()


def test_many_rows_know_what_the_database_made_of_them(
    db: None, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    seats = seats_of_command()
    enter(seats)
    with unlocked(seats, "directory"):
        made = created_many([place("44021"), place("44022", "Ézel"), place("44023", "Gent")])
    with django_assert_num_queries(0):
        assert [row.name_sort for row in made] == ["gent", "ezel", "gent"]
    assert list(Place.objects.order_by("pk").values_list("pk", "nis_code", "region")) == [
        (row.pk, row.nis_code, "Vlaams Gewest") for row in made
    ]


def test_a_value_of_many_rows_is_cleaned_as_that_of_one(db: None) -> None:
    seats = seats_of_command()
    enter(seats)
    rows = [place("44021"), place("44022")]
    for row in rows:
        row.name = 44  # as a form of no care would
    with unlocked(seats, "directory"):
        assert [row.name for row in created_many(rows)] == ["44", "44"]


def test_no_rows_are_no_statement(db: None) -> None:
    assert created_many(list[Place]()) == []


def test_a_refused_change_leaves_the_row_as_it_was(db: None) -> None:
    enter(seats_of_command())
    agency = created(Agency(key="here", name="Agency"))
    with pytest.raises(DomainError, match="country"):
        changed(agency, name="Renamed", country="BEL")
    assert (agency.name, agency.country) == ("Agency", "BE")
    assert Agency.objects.get().name == "Agency"


def test_a_change_to_the_same_facts_is_none(db: None) -> None:
    enter(seats_of_command())
    agency = created(Agency(key="here", name="Agency"))
    assert changed(agency, name="Agency", country="BE") is False
    assert changed(agency, name="Office") is True
