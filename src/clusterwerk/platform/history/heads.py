"""Digests of the newest seals, kept where no one who changes the database can reach them.

Who owns the tables can make a whole chain anew, and it verifies. Then it does not hold the heads
that were noted before: in `history/heads.log` of the installation's folder, in the manifest of a
back-up, on paper. A line is a moment, the number of the entry, and its digest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from clusterwerk.platform.history.lines import append_line, whole_lines
from clusterwerk.platform.history.sealing import seal_state

RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Head:
    """The digest of entry `number`, which stands for it and for all entries before it."""

    number: int
    digest: str
    noted_at: datetime


def newest() -> Head | None:
    """The head of the chain in the database; none before the first seal. Needs a transaction."""
    state = seal_state()
    if state.sealed_at is None:
        return None
    return Head(state.entries, state.head, state.sealed_at)


def heads_file() -> Path:
    return Path(settings.VAR) / "history" / "heads.log"


def note_head(head: Head) -> bool:
    """Add the head to the file when it is not its last line already; says whether it did."""
    line = f"{head.noted_at.isoformat()} {head.number} {head.digest}"
    last = None
    for noted in noted_heads():
        last = noted
    if last is not None and (last.number, last.digest) == (head.number, head.digest):
        return False
    append_line(heads_file(), line)
    return True


def note_restore(number: int) -> None:
    """Say that a back-up was restored whose newest entry is `number`: later heads hold no more."""
    append_line(heads_file(), f"{timezone.now().isoformat()} {number} {RESTORED}")


def noted_heads() -> Iterator[Head]:
    """Heads of the file that must still be part of the chain, in their order."""
    kept: list[Head] = []
    for moment, number, digest in whole_lines(heads_file(), 3):
        if digest == RESTORED:
            kept = [head for head in kept if head.number <= int(number)]
        else:
            kept.append(Head(int(number), digest, datetime.fromisoformat(moment)))
    yield from kept
