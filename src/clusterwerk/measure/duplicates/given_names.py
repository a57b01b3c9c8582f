"""Given names that one person may go by: daily and official, in the languages of a country.

The list is our own: ``data/given_names.toml``. It brings two rows before a person; it proves
nothing.
"""

import tomllib
from collections import defaultdict
from pathlib import Path


def _families() -> dict[str, frozenset[int]]:
    """For each name the lines of the list in which it stands."""
    path = Path(__file__).parent / "data" / "given_names.toml"
    found: defaultdict[str, set[int]] = defaultdict(set)
    for line, family in enumerate(tomllib.loads(path.read_text("utf-8"))["families"]):
        for name in family.split():
            found[name].add(line)
    return {name: frozenset(lines) for name, lines in found.items()}


_FAMILIES = _families()


def is_given_name(word: str) -> bool:
    """Whether the list knows it, in plain letters."""
    return word in _FAMILIES


def are_variants(one: str, other: str) -> bool:
    """Whether one person may go by both, in plain letters.

    Examples
    --------
    >>> are_variants("lieve", "godelieve"), are_variants("jan", "johannes")
    (True, True)
    >>> are_variants("jozef", "johannes")
    False
    """
    return not _FAMILIES.get(one, frozenset()).isdisjoint(_FAMILIES.get(other, ()))
