"""Every relation joins the merges: a new key to an organisation or contact is not forgotten."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models

from clusterwerk.directory.duplicates import Moves, register_merging
from clusterwerk.directory.duplicates.registry import every_move
from clusterwerk.directory.models import Organisation
from clusterwerk.members.models import Contact, Contribution, Task


def merged_models() -> set[type[models.Model]]:
    """Organisations, contacts, and every model whose rows a clash takes up in another."""
    taken_up = {moves.model for moves in every_move() if moves.on_clash}
    return {Organisation, Contact} | taken_up


def keys_to(targets: set[type[models.Model]]) -> Iterator[tuple[type[models.Model], str]]:
    for model in apps.get_models():
        if not hasattr(model, "pgh_tracked_model"):
            for field in model._meta.concrete_fields:
                if field.related_model in targets:
                    yield model, field.name


def test_every_key_to_what_can_be_merged_says_how_it_moves() -> None:
    told = {(moves.model, moves.field) for moves in every_move()}
    forgotten = [
        f"{model.__name__}.{field}"
        for model, field in keys_to(merged_models())
        if (model, field) not in told
    ]
    assert forgotten == [], "register it with Moves in merging.py of the room"


def _names(constraint: models.BaseConstraint) -> set[str]:
    if isinstance(constraint, models.UniqueConstraint):
        return set(constraint.fields)
    if isinstance(constraint, ExclusionConstraint):
        return {name for name, _operator in constraint.expressions if isinstance(name, str)}
    return set()


# Unique over a key that cannot clash, with the reason.
CANNOT_CLASH = {
    "membership_of_cluster": "holds the number of the row",
    "organisation_identifier_once": "the key is no part of it",
}


def test_every_constraint_over_a_moving_key_says_what_becomes_of_a_clash() -> None:
    silent = [
        f"{moves.model.__name__}.{moves.field}: {constraint.name}"
        for moves in every_move()
        if not moves.on_clash and not moves.stays
        for constraint in moves.model._meta.constraints
        if moves.field in _names(constraint) and constraint.name not in CANNOT_CLASH
    ]
    assert silent == [], "say it with Clash"


def test_no_clash_takes_up_a_row_that_is_never_deleted() -> None:
    refused = [
        f"{moves.model.__name__}.{moves.field}"
        for moves in every_move()
        if moves.on_clash
        and (moves.on_clash.finds or moves.on_clash.fields)
        and not moves.model.access.delete  # type: ignore[attr-defined] # a guard holds that it is there
    ]
    assert refused == [], "let it give way with `yielding`"


def test_a_relation_is_registered_once() -> None:
    with pytest.raises(ValueError, match=r"Two rooms say how Task\.organisation moves"):
        register_merging(Moves(Task, "organisation", stays="no"))


def test_the_guard_would_find_a_key_that_nobody_registered() -> None:
    found = set(keys_to({Organisation}))
    assert (Contribution, "organisation") in found
    assert (Contact, "organisation") not in found
