"""What the parts share while a move is compared, and while it is written."""

import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.members.models import Contact, MoveFile
from clusterwerk.members.moving_in.firms import Firms
from clusterwerk.members.moving_in.people import People
from clusterwerk.platform.access.seats import Seats


@contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for rings of objects meanwhile: rows make none, and it takes a quarter."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@dataclass(slots=True)
class Comparison:
    """One move being compared; `file` is the one at hand, with the options a person gave it.

    `firms` and `people` know who exists and who will: rows of an earlier file count for a later
    one. `shelf` is for parts to keep what they read once.
    """

    seats: Seats
    cluster: Cluster
    today: date
    firms: Firms
    people: People
    is_demo: bool
    file: MoveFile
    shelf: dict[Any, Any] = field(default_factory=dict)
    may_trust: bool = False  # the preview was made of the same cells and choices
    is_seen: bool = False  # and of the same organisations: of this file it holds
    digests: dict[int, str] = field(default_factory=dict)

    def look(self) -> None:
        """Whether what the preview of this file asked can be taken over without looking again."""
        found = self.firms.digest()
        self.is_seen = self.may_trust and self.options.get("seen") == found
        self.digests[self.file.pk] = found

    @property
    def options(self) -> dict[str, Any]:
        options: dict[str, Any] = self.file.options
        return options

    @property
    def source(self) -> str:
        """Who says so: the file and the day it came in."""
        return f"{self.file.name[:150]}, {self.today.isoformat()}"


@dataclass(slots=True)
class Import:
    """The same while it is written; references of drafts are resolved to rows here."""

    comparison: Comparison
    organisations: dict[str, Organisation] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)

    @property
    def seats(self) -> Seats:
        return self.comparison.seats

    @property
    def cluster(self) -> Cluster:
        return self.comparison.cluster

    @property
    def source(self) -> str:
        return self.comparison.source
