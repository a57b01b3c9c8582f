"""Who speaks for an organisation, as a room above knows it.

A cluster may ask a seat of a member organisation only for somebody whom it knows there: a contact
with a position at that member, with a mail address. Contacts are of `members`, which registers how
they are found; without it nobody can be vouched for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from clusterwerk.directory.models import Organisation


@dataclass(frozen=True, slots=True)
class Spokesperson:
    """Somebody with a position at an organisation; `key` is what the room above finds them by."""

    key: int
    name: str
    email: str
    language: str
    position: str
    organisation: Organisation


Found = Callable[[int, str, int], Sequence[Spokesperson]]
Known = Callable[[int, int], Spokesperson | None]


@dataclass(frozen=True, slots=True)
class Vouching:
    """`found` searches the people of a cluster by what was typed, up to a number; `known` is one.

    Both tell only of people whom the acting seats see, at organisations that are members today.
    """

    found: Found
    known: Known


_vouching: list[Vouching] = []


def register_vouching(vouching: Vouching) -> None:
    """Called once, from the `apps.py` of the room that keeps contacts."""
    _vouching[:] = [vouching]


def people_found(cluster: int, typed: str, limit: int) -> Sequence[Spokesperson]:
    return [person for each in _vouching for person in each.found(cluster, typed, limit)]


def person_known(cluster: int, key: int) -> Spokesperson | None:
    return next((each.known(cluster, key) for each in _vouching), None)
