"""The last verification, kept for the steward's page and for `doctor`, who cannot verify."""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from clusterwerk.platform.history.verifying.faults import Fault, Verification


@dataclass(frozen=True, slots=True)
class Verified:
    """What the last verification of this installation found; `first` is empty when all is well."""

    at: datetime
    newest: int
    since: int
    broken: int
    first: str


def told(found: Verification) -> dict[str, Any]:
    """A verification for programs."""
    return {
        "well": found.is_well,
        "since": found.since,
        "newest": found.newest,
        "head": found.head,
        "entries": found.entries,
        "tables": found.tables,
        "waiting": found.waiting,
        "erasures": found.erasures,
        "heads": found.heads,
        "broken": found.broken,
        "kinds": dict(found.kinds),
        "first": _told(found.first) if found.first else None,
        "named": [_told(fault) for fault in found.named],
    }


def _told(fault: Fault) -> dict[str, Any]:
    return {
        "kind": fault.what.name.lower(),
        "entry": fault.number,
        "table": fault.table,
        "event": fault.event,
        "at": fault.at.isoformat() if fault.at else None,
        "message": str(fault),
    }


def keep(found: Verification) -> None:
    """Write the outcome whole or not at all."""
    path = _path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    facts = {"at": timezone.now().isoformat(), **told(found)}
    new = path.with_suffix(".new")
    new.write_text(json.dumps(facts), "utf-8")
    os.replace(new, path)  # noqa: PTH105 - says that it replaces


def last() -> Verified | None:
    """The last outcome; none before the first verification, or when it cannot be read."""
    try:
        facts = json.loads(_path().read_text("utf-8"))
        at = parse_datetime(facts["at"])
        first = facts["first"]["message"] if facts["first"] else ""
        assert at is not None
        return Verified(at, facts["newest"], facts["since"], facts["broken"], first)
    except (OSError, ValueError, KeyError, TypeError, AssertionError):
        return None


def _path() -> Path:
    return Path(settings.VAR) / "history" / "verification.json"
