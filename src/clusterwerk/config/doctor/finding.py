"""One answer of the doctor."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import psycopg

from clusterwerk.config.doctor.reasons import WHY

APPLY = "Run `python -m django access_apply` with CLUSTERWERK_ROLE=owner."
State = Literal["ok", "unknown", "warn", "fail"]


@dataclass(frozen=True)
class Finding:
    """name: the same in every version, for programs; mend: empty when all is well.

    state: `warn` is wrong but nothing is lost yet, `fail` must be mended before people rely on the
    installation, `unknown` could not be checked from here and counts as neither.
    """

    name: str
    state: State
    message: str
    mend: str = ""

    @property
    def why(self) -> str:
        """Why it matters; one sentence, the same whatever was found."""
        return WHY[self.name]

    def as_dict(self) -> dict[str, str]:
        return {
            "name": self.name,
            "state": self.state,
            "message": self.message,
            "why": self.why,
            "mend": self.mend,
        }


Findings = Iterator[Finding]


def ok(name: str, message: str) -> Finding:
    return Finding(name, "ok", message)


def unknown(name: str, message: str, mend: str = "") -> Finding:
    return Finding(name, "unknown", message, mend)


def warn(name: str, message: str, mend: str) -> Finding:
    return Finding(name, "warn", message, mend)


def fail(name: str, message: str, mend: str) -> Finding:
    return Finding(name, "fail", message, mend)


def asked(name: str, ask: Callable[[], Finding]) -> Finding:
    """What the database answers; what it refuses is a finding too, and hides no other one."""
    from django.db import DatabaseError  # noqa: PLC0415 - quick help

    try:
        return ask()
    except (psycopg.Error, DatabaseError) as error:
        return fail(name, f"The database refuses: {str(error).strip().splitlines()[0]}", APPLY)
