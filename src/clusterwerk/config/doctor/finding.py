"""One answer of the doctor."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warn", "fail"]


@dataclass(frozen=True)
class Finding:
    """name: the same in every version, for programs; mend: empty when all is well."""

    name: str
    state: State
    message: str
    mend: str = ""


Findings = Iterator[Finding]


def ok(name: str, message: str) -> Finding:
    return Finding(name, "ok", message)


def warn(name: str, message: str, mend: str) -> Finding:
    return Finding(name, "warn", message, mend)


def fail(name: str, message: str, mend: str) -> Finding:
    return Finding(name, "fail", message, mend)
