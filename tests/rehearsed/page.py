"""The page of the rehearsal, read: its steps, their commands, what must be seen, what people do."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operate" / "rehearsal.md"
STEP = re.compile(r"^## (\d+)\. (.+?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
PART = re.compile(
    r"^```sh\n(?P<commands>.*?)^```\n(?:\n```text\n(?P<seen>.*?)^```)?|^\| (?P<row>`[^\n]*) \|$",
    re.MULTILINE | re.DOTALL,
)
FENCE = re.compile(r"^```", re.MULTILINE)
SPAN = re.compile(r"`([^`]+)`")
SETS = re.compile(r"sets the password to `([^`]+)`")
SIGNS_IN = re.compile(r"signs in with `([^`]+)`")
KEEPS = re.compile(r"keeps it as `([^`]+)`")
PASSWORD = re.compile(r"The password is `([^`]+)`")
ANYTHING = "…"


class Commands(NamedTuple):
    """A block for the shell, and the lines that must come in what it says, in this order."""

    text: str
    expected: list[str]


class Act(NamedTuple):
    """A row of a table: what one person does on one page."""

    who: str
    opens: str
    password: str
    sets: str
    keeps: str
    sees: list[str]
    is_refused: bool


class Step(NamedTuple):
    number: int
    title: str
    parts: list[Commands | Act]


def steps() -> list[Step]:
    """In the order of the page; ValueError names what cannot be read."""
    found = STEP.findall(PAGE.read_text("utf-8"))
    return [Step(int(number), title, list(_parts(text))) for number, title, text in found]


def password() -> str:
    found = PASSWORD.search(PAGE.read_text("utf-8"))
    if not found:
        message = f"{PAGE.name} names no password."
        raise ValueError(message)
    return found[1]


def first_change() -> Act:
    """The change that a person makes in the earlier release."""
    return next(
        part for step in steps() for part in step.parts if isinstance(part, Act) and part.sets
    )


def first_missing(expected: list[str], said: str) -> str | None:
    """The first line that does not come, or not behind those before it."""
    lines = iter(said.splitlines())
    for wanted in expected:
        pattern = re.compile(".*".join(map(re.escape, wanted.strip().split(ANYTHING))))
        if not any(pattern.fullmatch(line.strip()) for line in lines):
            return wanted
    return None


def _parts(text: str) -> Iterator[Commands | Act]:
    fences = 0
    for part in PART.finditer(text):
        if part["row"]:
            yield _act(part["row"])
        else:
            fences += 2 if part["seen"] is None else 4
            yield Commands(part["commands"], (part["seen"] or "").splitlines())
    if fences != len(FENCE.findall(text)):
        message = f"A block of {PAGE.name} is neither `sh` nor the `text` right behind one."
        raise ValueError(message)


def _act(row: str) -> Act:
    who, opens, does, sees = (cell.strip() for cell in row.split(" | "))
    found = [pattern.search(does) for pattern in (SIGNS_IN, SETS, KEEPS)]
    if does != "looks" and not any(found):
        message = f"{PAGE.name}: {does!r} is nothing that a visitor can do."
        raise ValueError(message)
    signs_in, sets, keeps = (match[1] if match else "" for match in found)
    return Act(
        who=who.strip("`"),
        opens=opens.strip("`"),
        password=signs_in or password(),
        sets=sets,
        keeps=keeps,
        sees=SPAN.findall(sees),
        is_refused=sees == "*refused*",
    )
