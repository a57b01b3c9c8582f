"""How far a network reaches into the enterprises it wants to reach, and which codes those carry.

Method and limits: ``docs/methods/target-group.md``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

CLASS_DIGITS = 4


class PenetrationError(ValueError):
    """Numbers that cannot be; the message says why."""


@dataclass(frozen=True, slots=True)
class Crossed:
    """Classes of the other nomenclature that continue, or are continued by, the wanted ones.

    ``sure`` hold nothing but wanted classes; ``unsure`` also hold others, so that an enterprise
    that is known by such a class alone may or may not belong.
    """

    sure: frozenset[str]
    unsure: frozenset[str]


def crossed(wanted: Iterable[str], links: Iterable[tuple[str, str]]) -> Crossed:
    """What wanted classes are called in the other nomenclature.

    Parameters
    ----------
    wanted
        Classes of one nomenclature, four digits.
    links
        Pairs of a class of that nomenclature and one of the other, in either direction of time;
        all links of both lists.

    Returns
    -------
    Crossed
        Empty when no link leads on.

    Examples
    --------
    Of ``6310`` a part was wanted (``6311``) and a part was not (``5829``):

    >>> crossed(["6311"], [("6311", "6310"), ("5829", "6310"), ("6311", "6039")])
    Crossed(sure=frozenset({'6039'}), unsure=frozenset({'6310'}))
    """
    pairs = list(links)
    asked = set(wanted)
    reached = {there for here, there in pairs if here in asked}
    shared = {there for here, there in pairs if there in reached and here not in asked}
    return Crossed(frozenset(reached - shared), frozenset(shared))


def classes_of(codes: Iterable[str]) -> set[str]:
    """Classes that a list of codes holds whole or in part: a subclass stands for its class.

    Examples
    --------
    >>> sorted(classes_of(["62", "6201", "62010", "62020"]))
    ['6201', '6202']
    """
    return {code[:CLASS_DIGITS] for code in codes if len(code) >= CLASS_DIGITS}


@dataclass(frozen=True, slots=True)
class Penetration:
    """Enterprises of a target group, and how many of them are members.

    ``unsure`` of the enterprises are in it by a crosswalk that may be wrong for them; of
    ``size_unknown`` nobody knows the headcount, which a group with sizes cannot leave out.
    """

    enterprises: int
    members: int
    unsure: int = 0
    size_unknown: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.members <= self.enterprises:
            message = f"{self.members} members of {self.enterprises} enterprises: more than all."
            raise PenetrationError(message)

    @property
    def share(self) -> Fraction | None:
        """Members as a part of the enterprises; ``None`` when there are none."""
        return Fraction(self.members, self.enterprises) if self.enterprises else None

    @property
    def not_reached(self) -> int:
        return self.enterprises - self.members

    def highest_share(self) -> Fraction | None:
        """The share when nothing that is unsure belongs and no member is among it.

        Examples
        --------
        >>> Penetration(enterprises=100, members=20, unsure=50).highest_share()
        Fraction(2, 5)
        """
        rest = max(self.enterprises - self.unsure, self.members)
        return Fraction(self.members, rest) if rest else None


def together(cells: Iterable[tuple[str, int, int]]) -> Mapping[str, Penetration]:
    """Cells of the same name added up, largest first, then by name.

    Parameters
    ----------
    cells
        Name, enterprises and members; an empty name is the unknown.

    Examples
    --------
    >>> cells = [("a", 1, 0), ("b", 3, 1), ("a", 4, 2)]
    >>> {name: each.enterprises for name, each in together(cells).items()}
    {'a': 5, 'b': 3}
    """
    sums: dict[str, tuple[int, int]] = {}
    for name, enterprises, members in cells:
        before = sums.get(name, (0, 0))
        sums[name] = (before[0] + enterprises, before[1] + members)
    ordered = sorted(sums.items(), key=lambda pair: (-pair[1][0], pair[0]))
    return {name: Penetration(*numbers) for name, numbers in ordered}
