"""Telling PostgreSQL who acts, for the length of one transaction.

Settings are local to the transaction, so nothing remains on a pooled connection, and everything
holds behind PgBouncer in transaction mode.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.conf import settings
from django.db import transaction

from clusterwerk.platform.access import reading
from clusterwerk.platform.access.seats import NOBODY, SeatKind, Seats, seats_for

IDENTITY = "identity"  # accounts and sessions, read before anybody is known

SEAT_SETTINGS = (
    "clusterwerk.actor",
    "clusterwerk.clusters",
    "clusterwerk.written_clusters",
    "clusterwerk.managed_clusters",
    "clusterwerk.agencies",
    "clusterwerk.written_agencies",
    "clusterwerk.organisations",
    "clusterwerk.programmes",
    "clusterwerk.steward",
    "clusterwerk.unlocked",
)
HISTORY_SETTING = "pghistory.context_metadata"  # actor and reason, as history keeps them


def _statement(*names: str) -> str:
    return "select " + ", ".join(f"set_config('{name}', %s, true)" for name in names)


class NoTransactionError(RuntimeError):
    """Seats were entered outside a transaction, where they would last one statement."""


def enter(seats: Seats, *, reason: str = "") -> None:
    """Let the open transaction see what these seats see; one round trip.

    `reason` is kept in the history of each row that changes, beside the actor.
    """
    _require_transaction()
    told = json.dumps({"actor": seats.actor, "reason": reason})
    with reading.connection().cursor() as cursor:
        cursor.execute(_statement(*SEAT_SETTINGS, HISTORY_SETTING), [*_parameters(seats), told])


def because(actor: int | None, reason: str) -> None:
    """Say why the rest of the transaction changes what it changes."""
    _require_transaction()
    told = json.dumps({"actor": actor, "reason": reason})
    with reading.connection().cursor() as cursor:
        cursor.execute(_statement(HISTORY_SETTING), [told])


def _enter_seats(seats: Seats) -> None:
    """Change what may be seen, and keep the actor and reason that history was told."""
    _require_transaction()
    with reading.connection().cursor() as cursor:
        cursor.execute(_statement(*SEAT_SETTINGS), _parameters(seats))


def _require_transaction() -> None:
    if not reading.connection().in_atomic_block:
        message = "Seats need an open transaction; use acting()."
        raise NoTransactionError(message)


def _parameters(seats: Seats) -> list[str]:
    return [
        "" if seats.actor is None else str(seats.actor),
        _array(seats.clusters),
        _array(seats.places(SeatKind.CLUSTER, writing=True)),
        _array(seats.managed_clusters),
        _array(seats.agencies),
        _array(seats.places(SeatKind.AGENCY, writing=True)),
        _array(seats.organisations),
        _array(seats.programmes),
        "on" if seats.is_steward else "",
        _array(seats.unlocked | {IDENTITY}),
    ]


def _array(values: Iterable[object]) -> str:
    return "{" + ",".join(sorted(str(value) for value in values)) + "}"


@contextmanager
def acting(seats: Seats, *, reason: str = "") -> Iterator[Seats]:
    """A transaction of its own in which these seats act: for jobs, commands and streams.

    Durable, because a released savepoint would keep the settings; tests run inside a transaction
    and enter their seats themselves.
    """
    with transaction.atomic(durable=not getattr(settings, "TESTING", False)):
        enter(seats, reason=reason)
        yield seats


@contextmanager
def acting_person(actor: int, *, reason: str = "") -> Iterator[Seats]:
    """A transaction in which a person acts with the seats they hold at this moment."""
    with acting(Seats(actor=actor), reason=reason):
        seats = seats_for(actor)
        enter(seats, reason=reason)
        yield seats


@contextmanager
def unlocked(seats: Seats, *doors: str) -> Iterator[None]:
    """Open a door that only one action uses (`directory`, `reporting`), and close it again.

    The doors stand in policies beside the seats: they narrow writes to the action that owns the
    table, they never widen what may be read.
    """
    _enter_seats(replace(seats, unlocked=seats.unlocked | frozenset(doors)))
    try:
        yield
    finally:
        if not reading.connection().needs_rollback:
            _enter_seats(seats)


@contextmanager
def acting_instead(own: Seats, others: Seats, *doors: str) -> Iterator[None]:
    """Let other seats act inside the block, through these doors, and the own ones after it.

    For the one case in which rows of others must follow what a person may decide, such as a merge
    in the shared directory. The actor and reason that history was told stay. Nothing that was read
    inside may leave the block: not a row, not a number, not the words of an error.
    """
    _enter_seats(replace(others, actor=own.actor, unlocked=others.unlocked | frozenset(doors)))
    try:
        yield
    finally:
        if not reading.connection().needs_rollback:
            _enter_seats(own)


@contextmanager
def opened(*doors: str) -> Iterator[None]:
    """Open doors whoever acts, and leave seats, actor and reason as they are.

    For the tables of `platform` that the worker keeps (jobs, files, mail): their doors guard
    reading too, as `identity` does.
    """
    _require_transaction()
    before = _doors(_OPEN_MORE, ["{" + ",".join(doors) + "}"])
    try:
        yield
    finally:
        if not reading.connection().needs_rollback:
            _doors(_OPEN_AS, [before])


_OPEN_MORE = (
    "with before as materialized ("
    "  select coalesce(nullif(current_setting('clusterwerk.unlocked', true), ''), '{}') as doors)"
    " select doors, set_config('clusterwerk.unlocked', (doors::text[] || %s::text[])::text, true)"
    " from before"
)
_OPEN_AS = "select set_config('clusterwerk.unlocked', %s, true)"


def _doors(statement: str, parameters: list[str]) -> str:
    with reading.connection().cursor() as cursor:
        cursor.execute(statement, parameters)
        return str(cursor.fetchone()[0])


__all__ = [
    "IDENTITY",
    "NOBODY",
    "acting",
    "acting_person",
    "because",
    "enter",
    "opened",
    "unlocked",
]
