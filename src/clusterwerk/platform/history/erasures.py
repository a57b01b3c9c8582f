"""The list of erasures outside the database, so that an old back-up cannot undo them.

Numbers only: the moment, the name of the erasure, the model and the number of the row.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from clusterwerk.platform.history.lines import append_line, whole_lines
from clusterwerk.platform.history.models import Erasure
from clusterwerk.platform.history.personal import Subject

PAGE = 50


@dataclass(frozen=True, slots=True)
class NotedErasure:
    """A line of the list."""

    erased_at: datetime
    key: uuid.UUID
    subject: Subject


def erasures_file() -> Path:
    return Path(settings.VAR) / "history" / "erasures.log"


def note_erasure(erasure: Erasure) -> None:
    line = (erasure.erased_at.isoformat(), erasure.key, erasure.subject_model, erasure.subject_id)
    append_line(erasures_file(), " ".join(str(word) for word in line))


def noted_erasures(path: Path | None = None) -> Iterator[NotedErasure]:
    """Lines of the list, oldest first; of a copy that came with a back-up when `path` names it."""
    for words in whole_lines(path or erasures_file(), 4):
        moment, key, model, pk = words
        yield NotedErasure(datetime.fromisoformat(moment), uuid.UUID(key), Subject(model, int(pk)))


def note_missing_erasures() -> int:
    """Add what a crash kept from the list; needs the seats of a steward. How many it added."""
    noted = {line.key for line in noted_erasures()}
    missing = [one for one in Erasure.objects.order_by("id").iterator() if one.key not in noted]
    for erasure in missing:
        note_erasure(erasure)
    return len(missing)


def erasures_before(key: int | None) -> tuple[list[Erasure], int | None]:
    """A page of erasures, newest first, as a steward sees them; and the key of the next page."""
    found = Erasure.objects.order_by("-id")
    if key is not None:
        found = found.filter(id__lt=key)
    page = list(found[: PAGE + 1])
    return page[:PAGE], page[PAGE - 1].pk if len(page) > PAGE else None
