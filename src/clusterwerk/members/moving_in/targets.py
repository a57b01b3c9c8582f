"""Kinds of files that can be moved in; upper rooms register theirs from their `apps.py`.

A target is a kind of file: a member list, a list of contacts. It is made of parts, and each part
knows some fields of a row and what to do with them: find or make the organisation, the contact,
the membership. Parts of one target work on the same rows, in the order given; so an attendance
list of an upper room finds organisations and contacts by the parts of this one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from clusterwerk.members.moving_in.context import Comparison, Import
from clusterwerk.members.moving_in.drafts import Draft
from clusterwerk.members.moving_in.fields import Field, Words


class Part(Protocol):
    """What one part of a row becomes.

    `compare` reads and plans: it notes on each draft what would be new or change, what is doubtful
    and what is wrong, and writes nothing. `write` does it, for rows that are to be written; it
    runs under the seats and the reason of the move and calls actions alone.
    """

    fields: tuple[Field, ...]

    def compare(self, context: Comparison, drafts: Sequence[Draft]) -> None: ...

    def write(self, context: Import, drafts: Sequence[Draft]) -> None: ...


@dataclass(frozen=True, slots=True)
class Target:
    """A kind of file. Files are compared and written by `order`, organisations before people.

    `signs` are headers (in plain form) that only such files have; `names` are parts of file and
    sheet names that speak for it. `needs` are fields of which one must be chosen. `prefers` are
    fields that win where a header fits several: a name on a list of people is a person's.
    """

    key: str
    label: Words
    about: Words
    order: int
    parts: tuple[Part, ...]
    needs: tuple[str, ...]
    signs: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    weights: dict[str, int] = field(default_factory=dict)
    prefers: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """Of all parts, each once, in their order."""
        found: dict[str, Field] = {}
        for part in self.parts:
            for each in part.fields:
                found.setdefault(each.key, each)
        return tuple(found.values())


_targets: dict[str, Target] = {}


def register_target(target: Target) -> None:
    """Add a kind of file; called once from the `apps.py` of a room."""
    if _targets.setdefault(target.key, target) is not target:
        message = f"Two kinds of files are called {target.key}."
        raise ValueError(message)


def targets() -> list[Target]:
    return sorted(_targets.values(), key=lambda target: target.order)


def target_of(key: str) -> Target | None:
    return _targets.get(key)
