"""Two organisations side by side, what would move, and the merges made, as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from clusterwerk.directory.duplicates.merging import FACTS, SUBJECT, facts_to_choose
from clusterwerk.directory.duplicates.moving import rows_of
from clusterwerk.directory.duplicates.registry import moves_to
from clusterwerk.directory.duplicates.searching import candidates
from clusterwerk.directory.duplicates.wording import in_words
from clusterwerk.directory.models import Merge, MergeStep, MergeStepKind, Organisation
from clusterwerk.platform.kinds import name_of

SHOWN = 100  # pairs on the page; merging them makes room for the next
MERGES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Pair:
    """Two organisations that may be one; `losing` is the one that would go up in the other."""

    losing: Organisation
    keeping: Organisation
    score: int
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of both; `is_open`: whether a merge may take it over."""

    name: str
    label: str
    losing: object
    keeping: object
    is_open: bool

    @property
    def differs(self) -> bool:
        return self.losing != self.keeping


@dataclass(frozen=True, slots=True)
class Made:
    """A merge of the past; `left` says how many rows an undoing left alone."""

    merge: Merge
    losing: Organisation | None
    keeping: Organisation | None
    moved: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class Moving:
    """How many rows of one kind would move."""

    words: str
    number: int


def pairs(cluster: int | None) -> list[Pair]:
    """What the last search found, the one that should stay told by `_stays`."""
    rows = candidates(cluster)[:SHOWN]
    keys = {key for row in rows for key in (row.low, row.high)}
    held = Organisation.objects.select_related("place").in_bulk(keys)
    found = []
    for row in rows:
        losing, keeping = in_order(held[row.low], held[row.high])
        found.append(Pair(losing, keeping, row.score, in_words(row.reasons)))
    return found


def in_order(one: Organisation, other: Organisation) -> tuple[Organisation, Organisation]:
    """The losing one first: a shared one stays, then one kept by a register, then the older."""

    def stays(row: Organisation) -> tuple[bool, bool, int]:
        return (row.is_private, not row.is_kept_by_register, row.pk)

    keeping, losing = sorted((one, other), key=stays)
    return losing, keeping


def facts(losing: Organisation, keeping: Organisation) -> list[Fact]:
    """Facts of both, in the order of the page; those that neither tells are left out."""
    may = facts_to_choose(losing, keeping)
    rows = [
        Fact(
            name,
            str(Organisation._meta.get_field(name).verbose_name),  # type: ignore[union-attr]
            _shown(losing, name),
            _shown(keeping, name),
            name in may,
        )
        for name in FACTS
    ]
    return [row for row in rows if row.losing or row.keeping]


def _shown(row: Organisation, name: str) -> object:
    return capfirst(row.get_kind_display()) if name == "kind" else getattr(row, name)


def what_moves(losing: Organisation) -> list[Moving]:
    """Rows of the owner of the losing one that refer to it; those of clusters are not counted."""
    counted = [
        Moving(name_of(moves.model), rows_of(moves, losing.pk, losing.cluster_id).count())
        for moves in moves_to(Organisation)
        if losing.cluster_id is None or moves.has_owner
    ]
    return [each for each in counted if each.number]


def merges(cluster: int | None) -> list[Made]:
    """The last merges, newest first."""
    owner = {"cluster_id__isnull": True} if cluster is None else {"cluster_id": cluster}
    rows = list(Merge.objects.filter(subject=SUBJECT, **owner)[:MERGES_SHOWN])
    keys = {key for row in rows for key in (row.losing, row.keeping)}
    held: dict[int, Any] = Organisation.objects.in_bulk(keys)
    return [
        Made(row, held.get(row.losing), held.get(row.keeping), *_steps(row, owner)) for row in rows
    ]


def _steps(merge: Merge, owner: dict[str, Any]) -> tuple[int, int]:
    steps = MergeStep.objects.filter(merge=merge.number, **owner)
    left = steps.filter(kind=MergeStepKind.LEFT).count()
    return steps.count() - left, left
