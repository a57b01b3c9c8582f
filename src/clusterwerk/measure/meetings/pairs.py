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
    """``sides`` are people by key, ``present`` the slots of each, ``pairs`` those that can meet.

    ``kept`` gives the slot and table of pairs that stand; ``free`` are the slots of each side in
    which it is present and not taken by one of them.
    """

    day: Day
    people: dict[int, Person]
    sides: tuple[tuple[int, ...], ...]
    present: tuple[frozenset[int], ...]
    side_of: dict[int, int]
    pairs: tuple[Pair, ...]
    numbers: dict[tuple[int, int], int]
    free: tuple[frozenset[int], ...]
    kept: dict[int, tuple[int, int]]

    @property
    def stands(self) -> list[tuple[int, int]]:
        """Pairs that stand, each with its slot."""
        return [(pair, slot) for pair, (slot, _table) in self.kept.items()]

    def tables(self, slot: int) -> int:
        """Those of a slot that can still be given."""
        return self.day.tables - sum(own == slot for own, _table in self.kept.values())

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
    free = _free(day, present, side_of)
    stands = {
        (min(ends), max(ends)): (each.slot, each.table)
        for each in day.kept
        for ends in [(side_of[each.left], side_of[each.right])]
    }
    pairs = _pairs(day, people, free, side_of, stands)
    numbers = {(pair.left, pair.right): number for number, pair in enumerate(pairs)}
    kept = {numbers[ends]: place for ends, place in stands.items()}
    return Market(day, people, sides, present, side_of, pairs, numbers, free, kept)


def _free(
    day: Day, present: Sequence[frozenset[int]], side_of: dict[int, int]
) -> tuple[frozenset[int], ...]:
    """Without the slots of kept meetings, and without those whose tables they take."""
    held = Counter(each.slot for each in day.kept)
    full = {slot for slot, number in held.items() if number >= day.tables}
    taken = {(side_of[key], each.slot) for each in day.kept for key in (each.left, each.right)}
    return tuple(
        frozenset(slot for slot in slots - full if (side, slot) not in taken)
        for side, slots in enumerate(present)
    )


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
    day: Day,
    people: dict[int, Person],
    free: Sequence[frozenset[int]],
    side_of: dict[int, int],
    stands: dict[tuple[int, int], tuple[int, int]],
) -> tuple[Pair, ...]:
    """Those that can meet and of whom somebody asked, and those that stand whether or not."""
    asked: dict[tuple[int, int], list[Wish]] = defaultdict(list, {ends: [] for ends in stands})
    for wish in sorted(day.wishes, key=lambda wish: (wish.who, wish.whom)):
        left, right = sorted((side_of[wish.who], side_of[wish.whom]))
        if (left, right) in stands or _can_meet(day, people[wish.who], people[wish.whom]):
            asked[left, right].append(wish)
    slots_of = {ends: (slot,) for ends, (slot, _table) in stands.items()}
    return tuple(
        Pair(left, right, _weight(day, wishes), _who(wishes), slots)
        for (left, right), wishes in sorted(asked.items())
        if day.tables
        and (slots := slots_of.get((left, right)) or tuple(sorted(free[left] & free[right])))
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
