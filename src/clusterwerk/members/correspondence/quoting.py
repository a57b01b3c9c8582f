"""What a mail says itself, apart from what it repeats of earlier mails."""

import re
from dataclasses import dataclass

from clusterwerk.members.correspondence.forwarded import _head

# "On Monday ... wrote:" in the languages of the country; the name may stand on the next line.
WROTE = re.compile(
    r"^\s*(?:On|Op|Le|Am|El)\b.{4,200}?(?:wrote|schreef.{0,100}|a écrit|schrieb.{0,100})\s*:\s*$",
    re.IGNORECASE | re.DOTALL,
)
DIVIDES = re.compile(
    r"^\s*(?:-{2,}\s*(?:original message|oorspronkelijk bericht|message d'origine|"
    r"ursprüngliche nachricht)\s*-{2,}|_{20,})\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that belong together."""

    text: str
    is_quoted: bool


def passages(text: str) -> list[Passage]:
    """The text in its order, with what is quoted apart; from a divider on all is quoted."""
    lines = text.split("\n")
    end = next((at for at in range(len(lines)) if _begins_quote(lines, at)), len(lines))
    found: list[tuple[bool, list[str]]] = []
    for at, line in enumerate(lines):
        is_quoted = at >= end or line.lstrip().startswith(">")
        if found and (not line.strip() or found[-1][0] == is_quoted):
            found[-1][1].append(line)
        else:
            found.append((is_quoted, [line]))
    told = (Passage("\n".join(part).strip("\n"), is_quoted) for is_quoted, part in found)
    return [passage for passage in told if passage.text.strip()]


def _begins_quote(lines: list[str], at: int) -> bool:
    if DIVIDES.match(lines[at]) or WROTE.match("\n".join(lines[at : at + 2])):
        return True
    return WROTE.match(lines[at]) is not None or (at > 0 and _head(lines, at) is not None)
