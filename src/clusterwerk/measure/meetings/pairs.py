"""The day as a planner sees it: sides that can sit at a table, and pairs of them with a weight."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clusterwerk.measure.meetings.day import Day, Person, Wish, Worth

ONE_SIDED = 4  # points for each unit of weight
MUTUAL = 6  # half as much again, for the weights of both
MET_BEFORE = 2  # divides: a pair that met before counts half
FIRST = 24  # points that the first meeting somebody asked for adds for them


@dataclass(frozen=True)
class Pair:
    """Two sides of which somebody asked for the other.

    ``served`` are the people whose own wish the meeting fulfils, ``slots`` those in which both are
    there.
    """

    left: int
    right: int
    weight: int
    served: tuple[int, ...]
    slots: tuple[int, ...]


@dataclass(frozen=True)
class Market:
    """``sides`` are people by key, ``present`` the slots of each, ``pairs`` those that can meet."""

    day: Day
    people: dict[int, Person]
    sides: tuple[tuple[int, ...], ...]
    present: tuple[frozenset[int], ...]
    side_of: dict[int, int]
    pairs: tuple[Pair, ...]
    numbers: dict[tuple[int, int], int]

    def together(self, one: int, other: int) -> frozenset[int]:
        """Slots in which the sides of both people are there."""
        return self.present[self.side_of[one]] & self.present[self.side_of[other]]


def adds(number: int) -> int:
    """Points that the given meeting of those somebody asked for adds, the first being 1.

    >>> [adds(number) for number in (1, 2, 3, 4, 12, 25)]
    [24, 12, 8, 6, 2, 0]
    """
    return FIRST // number


def worth(day: Day, pairs: Iterable[Pair]) -> Worth:
    chosen = list(pairs)
    served = Counter(key for pair in chosen for key in pair.served)
    weights = sum(pair.weight for pair in chosen)
    returns = sum(adds(number + 1) for count in served.values() for number in range(count))
    return Worth(len(served) if day.fair else 0, weights + returns)


def market_of(day: Day) -> Market:
    people = {person.key: person for person in day.people}
    sides = _sides(day)
    present = tuple(_present([people[key] for key in side], day.slots) for side in sides)
    side_of = {key: number for number, side in enumerate(sides) for key in side}
    pairs = _pairs(day, people, present, side_of)
    numbers = {(pair.left, pair.right): number for number, pair in enumerate(pairs)}
    return Market(day, people, sides, present, side_of, pairs, numbers)


def _sides(day: Day) -> tuple[tuple[int, ...], ...]:
    """Ordered by their smallest key, so that the order of the list of people does not matter."""
    together = defaultdict(list)
    for person in sorted(day.people, key=lambda person: person.key):
        shares = person.organisation is not None and person.organisation in day.sharing
        together[(person.organisation, None) if shares else (None, person.key)].append(person.key)
    return tuple(sorted(tuple(keys) for keys in together.values()))


def _present(people: Sequence[Person], slots: int) -> frozenset[int]:
    """Those who sit together are there when all are, but do not wait for who never comes."""
    everything = frozenset(range(slots))
    coming = [everything - person.absent for person in people if everything - person.absent]
    return frozenset.intersection(*coming) if coming else frozenset()


def _pairs(
    day: Day, people: dict[int, Person], present: Sequence[frozenset[int]], side_of: dict[int, int]
) -> tuple[Pair, ...]:
    asked: dict[tuple[int, int], list[Wish]] = defaultdict(list)
    for wish in sorted(day.wishes, key=lambda wish: (wish.who, wish.whom)):
        if _can_meet(day, people[wish.who], people[wish.whom]):
            left, right = sorted((side_of[wish.who], side_of[wish.whom]))
            asked[left, right].append(wish)
    return tuple(
        Pair(left, right, _weight(day, wishes), _who(wishes), slots)
        for (left, right), wishes in sorted(asked.items())
        if day.tables and (slots := tuple(sorted(present[left] & present[right])))
    )


def _can_meet(day: Day, one: Person, other: Person) -> bool:
    away = max(len(one.absent), len(other.absent)) == day.slots
    return not away and not one.is_colleague_of(other)


def _who(wishes: Iterable[Wish]) -> tuple[int, ...]:
    return tuple(sorted({wish.who for wish in wishes}))


def _weight(day: Day, wishes: Sequence[Wish]) -> int:
    asked = {(wish.who, wish.whom) for wish in wishes}
    total = 0
    for wish in wishes:
        mutual = (wish.whom, wish.who) in asked
        known = {(wish.who, wish.whom), (wish.whom, wish.who)} & day.met_before
        points = wish.weight * (MUTUAL if mutual else ONE_SIDED)
        total += points // MET_BEFORE if known else points
    return total
