"""Every page of members, directory, sharing and activities, asked for as no browser would ask.

For each person: keys that are another cluster's or no key at all, queries and forms that no page
of ours would send. Each is answered, never with a bare 500 and never with a row of Beta. What a
request changes is taken back before the next.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import is_valid_path

from factories.addresses import Address, addresses, filled, others_objects
from factories.owned import MARK, mark_rows_of_beta, own_objects
from factories.page_fields import fields
from factories.world import World

ROOMS = ("members:", "directory:", "clusters:", "activities:")
PEOPLE = [
    "manager",
    "staff",
    "programme_manager",
    "account_manager",
    "member",
    "evaluator",
    "steward",
    None,
]
CLEAR = {200, 302, 400, 403, 404, 405, 409, 413, 422}
FOREIGN = (MARK, "Hidden Works", "lena@beta.example", "beta0token")
KEYS = ("0", "-1", str(2**63), str(10**30), "letters", "%00", "x" * 300)
# A page refuses at the first senseless value, so each query holds one of a kind or few together.
QUERIES = (
    {"find": "\x00", "q": "\x00", "name": "\x00", "cluster": "\x00", "after": "\x00"},
    {"page": "-1", "after": "-1", "before": "-1", "year": "-1", "member": "-1", "keep": "-1"},
    {"page": 10**30, "after": 10**30, "year": 10**30, "organisation": 10**30, "of": 10**30},
    {"day": "0000-13-45", "before": "0000-13-45", "ends_by": "0000-13-45", "date": "9999-99-99"},
    {"order": "../x", "columns": "unknown", "kind": "unknown", "state": "x", "file": "exe"},
    {"find": ["a", "b"], "order": ["name", "-name"], "show": ["a", "b"], "kind": ["a", "b"]},
    {"view": 10**30, "chosen": f"o{10**30}", "place": "x" * 5000, "post": "x", "title": "é" * 1000},
    {"expectation": 2**63, "contact": 2**63, "service": 2**63, "category": 2**63, "tag": 2**63},
)
VALUES: tuple[Any, ...] = ("\x00", 10**30, "é" * 5000, "0000-13-45", ["-1", "\N{FOX FACE}"])
# Fields that no form shows, or a form that is not on the page that it changes.
COMMON = {
    "action", "all", "answer", "back", "category", "change", "chosen", "confirmed", "contact",
    "day", "do", "emptied", "expectation", "group", "keys", "kind", "name", "next", "number",
    "once", "query", "reason", "ref", "row", "service", "slot", "step", "title", "untag", "way",
    "works_at",
}  # fmt: skip


REFUSED = {302, 403, 404, 405}  # another place or nothing, whatever is asked
MORE = {"manager": 2}  # how many of the queries, values and keys a page is asked with, in turn


# One field of a form at a time, for the first that is senseless refuses the others.
ONE_VALUES = (
    *VALUES,
    "",
    "0001-01-01",
    "9999-12-31",
    "2020-01-01T99:99",
    "1e400",
    "NaN",
    "\N{ARABIC-INDIC DIGIT THREE}",
    "9" * 40 + ".99",
    "o0",
    "https://[",
    "a@" + "b" * 300 + ".example",
)


def rooms() -> list[Address]:
    return [each for each in addresses() if each.name.startswith(ROOMS)]


def odd_keys(address: Address, mine: dict[str, Any], other: dict[str, Any]) -> Iterator[list[str]]:
    """For each parameter the address with Beta's key, then with senseless ones that lead there."""
    for name in address.parameters:
        full = f"{address.name}:{name}" if name == "pk" else name
        tried = [filled(address, {**mine, full: key}) for key in (other[full], *KEYS)]
        yield [there for there in tried if is_valid_path(there.replace("%00", "\x00"))]


class Asker:
    """One person who asks; remembers what was not answered as it should be."""

    def __init__(self, client: Client, world: World, person: str | None) -> None:
        self.client = client
        client.raise_request_exception = False
        if person:
            client.force_login(world.people[person])
        self.many = MORE.get(person or "", 1)
        self.turn = 0
        self.wrong: dict[tuple[object, ...], object] = {}

    def ask(self, method: str, there: str, facts: dict[str, Any] | None = None) -> tuple[int, str]:
        with transaction.atomic():
            answer = getattr(self.client, method)(there, facts or {})
            text = answer.getvalue().decode("utf-8", "replace")
            transaction.set_rollback(True)
        told = [word for word in FOREIGN if word in text]
        if answer.status_code not in CLEAR or told:
            first = next(iter((facts or {}).items()), ("", ""))
            self.wrong[method, there[:150], str(first)[:60]] = (answer.status_code, *told)
        return answer.status_code, text

    def next_of(self, values: Sequence[Any], many: int) -> Sequence[Any]:
        """So many as are next in turn: each page is asked with others."""
        self.turn += many
        around = [*values, *values]
        at = self.turn % len(values) if values else 0
        return around[at : at + min(many, len(values))]

    def try_keys(self, address: Address, mine: dict[str, Any], other: dict[str, Any]) -> None:
        for theirs, *senseless in odd_keys(address, mine, other):
            self.ask("get", theirs)
            self.ask("post", theirs)
            for there in self.next_of(senseless, self.many):
                self.ask("get", there)

    def try_queries_and_forms(self, there: str) -> bool:
        """Whether the page takes anything of this person; where it does not, one of each is asked,
        which shows that no senseless value opens it."""
        status, text = self.ask("get", there)
        is_refused = status in REFUSED
        for query in QUERIES[:1] if is_refused else self.next_of(QUERIES, self.many):
            self.ask("get", there, query)
        status, _text = self.ask("post", there)
        if status in {403, 404, 405}:
            self.ask("post", there, dict.fromkeys(COMMON, VALUES[0]))
            return not is_refused
        filled_in = fields(text)
        for value in self.next_of(VALUES, self.many):
            self.ask("post", there, dict.fromkeys({*filled_in, *COMMON}, value))
        for name in self.next_of([*filled_in], self.many):
            (value,) = self.next_of(ONE_VALUES, 1)
            self.ask("post", there, {**filled_in, name: value})
        return True


@pytest.mark.parametrize("person", PEOPLE)
def test_whatever_is_asked_of_a_page_is_answered_and_tells_nothing_of_another_cluster(
    client: Client, world: World, person: str | None
) -> None:
    mark_rows_of_beta(world)
    mine, other = {**own_objects(world)}, others_objects(world)
    asker = Asker(client, world, person)
    for address in rooms():
        asker.ask("get", filled(address, other))
        asker.ask("post", filled(address, other))
        if asker.try_queries_and_forms(filled(address, mine)):
            asker.try_keys(address, mine, other)
    assert asker.wrong == {}


def test_who_may_see_the_marked_rows_sees_them(client: Client, world: World) -> None:
    """Else the test above could find nothing whatever was told."""
    mark_rows_of_beta(world)
    client.force_login(world.people["other_manager"])
    for page in ("contacts", "categories"):
        assert MARK in client.get(f"/members/beta/{page}/").text, page
