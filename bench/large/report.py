"""The rows of the large part of `make bench`: every page at both sizes."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from bench.large.allowed import MORE
from bench.large.comparing import LIMIT, Compared, Looker, Page, compare, looking_at, pages_of
from bench.large.lists import list_rows
from bench.large.shape import shape_of
from bench.server import environment
from bench.table import Row
from clusterwerk.platform.postgres import roles, server
from clusterwerk.platform.postgres.address import DATABASE, OWNER
from clusterwerk.platform.postgres.configuration import SUPERUSER

SMALL, LARGE = "bench_demo", "bench_large"
MOST_MEMORY = 1.5  # times the process that looked at the same pages at the demo's size
LOAD_LIMIT = 180.0  # seconds
WORST = 12  # pages that the table names one by one, cold and warm together
OPENS_LATE = 1.0  # seconds: a page that stands in the large data set alone
Tell = Callable[[str], None]


def large_rows(var: Path, scale: float, tell: Tell) -> list[Row]:
    """Load the large data set beside the demo that stands in `var`, and look at every page."""
    running = server.start(var, trial=True)
    try:
        with _databases(running.home.run):
            seconds = _load(var, scale, tell)
            rows = [Row("large: load by COPY", f"{seconds:.0f} s", f"{LOAD_LIMIT:.0f} s",
                        seconds / LOAD_LIMIT, _told(scale))]  # fmt: skip
            with looking_at(var, SMALL) as small, looking_at(var, LARGE) as large:
                rows += list_rows(running.home.run, LARGE, large)
                return rows + _looked(small, large, tell)
    finally:
        server.leave(running)


def _told(scale: float) -> str:
    shape = shape_of(scale)
    return (
        f"{shape.clusters:,} clusters, {shape.organisations:,} organisations,"
        f" {shape.memberships:,} memberships, with their history"
    )


@contextmanager
def _databases(socket: Path) -> Iterator[None]:
    """Two copies of the demo's database, so that both were made in the same way."""
    with psycopg.connect(
        host=str(socket), user=SUPERUSER, dbname="postgres", autocommit=True
    ) as connection:
        for name in (SMALL, LARGE):
            _drop(connection, name)
            connection.execute(
                sql.SQL("create database {} template {} owner {}").format(
                    *map(sql.Identifier, (name, DATABASE, OWNER))
                )
            )
            roles.grant(connection, name)
        try:
            yield
        finally:
            for name in (SMALL, LARGE):
                _drop(connection, name)


def _drop(connection: "psycopg.Connection[tuple[object, ...]]", name: str) -> None:
    statement = sql.SQL("drop database if exists {} with (force)")
    connection.execute(statement.format(sql.Identifier(name)))


def _load(var: Path, scale: float, tell: Tell) -> float:
    """Both copies are settled alike; seconds of the large one."""
    from bench.large.loading import load_into  # noqa: PLC0415 - only needed here

    load_into(environment(var), SMALL, 0.0, tell)
    begun = time.perf_counter()
    load_into(environment(var), LARGE, scale, tell)
    return time.perf_counter() - begun


def _looked(small: Looker, large: Looker, tell: Tell) -> list[Row]:
    pages = pages_of(small)
    known = {(page.view, page.keys, page.person) for page in pages}
    only = [page for page in pages_of(large) if (page.view, page.keys, page.person) not in known]
    found = []
    for number, page in enumerate(pages, 1):
        found += [compare(small, large, page, cold=cold) for cold in (True, False)]
        tell(f"page {number} of {len(pages)}: {page.name}, {found[-1].ratio:.2f}")
    return [
        *_rows_of(found),
        *(_late(large, page) for page in only),
        _memory(small, large),
    ]


def _rows_of(found: list[Compared]) -> list[Row]:
    """How many pages keep the limit, then those that print more, then the worst."""
    same = [each for each in found if each.page.view not in MORE]
    more = [each for each in found if each.page.view in MORE]
    kept = sum(each.ratio <= LIMIT for each in same)
    ordered = sorted(same, key=lambda each: -each.ratio)
    return [
        Row("large: pages within 1.2", f"{kept}", f"{len(same)}", _share(same),
            "each cold and warm, of every person; the largest ratio over the limit"),
        *(_row(each, LIMIT) for each in ordered[:WORST]),
        *(_row(each, LIMIT * max(each.prints, 1)) for each in _worst_of_each(more)),
    ]  # fmt: skip


def _share(found: list[Compared]) -> float:
    return max(each.ratio for each in found) / LIMIT


def _worst_of_each(found: list[Compared]) -> list[Compared]:
    """Of each view that prints more the page that grows most beyond what it prints."""
    worst: dict[str, Compared] = {}
    for each in sorted(found, key=lambda one: one.ratio / max(one.prints, 1)):
        worst[each.page.view] = each
    return list(worst.values())


def _row(each: Compared, limit: float) -> Row:
    reason = MORE.get(each.page.view, "")
    return Row(
        f"{each.page.name} ({'cold' if each.cold else 'warm'})",
        f"{each.large.middle('seconds') * 1000:.1f} ms",
        f"{each.small.middle('seconds') * limit * 1000:.1f} ms",
        each.ratio / limit,
        f"{limit:.1f} x {each.small.middle('seconds') * 1000:.1f} ms;"
        f" {each.small.middle('queries'):.0f} and {each.large.middle('queries'):.0f} queries,"
        f" SQL {each.small.middle('sql') * 1000:.1f} and {each.large.middle('sql') * 1000:.1f} ms"
        + (f"; {reason}" if reason else ""),
    )


def _late(large: Looker, page: Page) -> Row:
    """A page that only the large data set has, such as the second of a list."""
    seconds = large.ask(person=page.person, address=page.address, cold=True)["seconds"]
    limit = f"{OPENS_LATE * 1000:.0f} ms"
    return Row(page.name, f"{seconds * 1000:.1f} ms", limit, seconds / OPENS_LATE, "further page")


def _memory(small: Looker, large: Looker) -> Row:
    before, after = small.ask(memory=True), large.ask(memory=True)
    limit = MOST_MEMORY * before
    note = f"{MOST_MEMORY} x {before:.0f} MB; resident after all pages and files"
    return Row("large: memory", f"{after:.0f} MB", f"{limit:.0f} MB", after / limit, note)
