"""Meetings in slots: an edge colouring, where slots are colours and people may be absent in some.

A pair without a free slot in common gets one by swapping two slots along a chain of meetings
(A. B. Kempe, 1879), and else by pushing others out, who are placed again.
"""

import random
from collections import Counter, deque
from collections.abc import Iterable
from itertools import product

from clusterwerk.measure.meetings.day import Worth
from clusterwerk.measure.meetings.pairs import Market, Pair, worth

PUSHES = 20  # times the number of pairs: then whoever is still without a slot stays so


class Board:
    """Who sits with whom in each slot; no method breaks a rule of the day."""

    def __init__(self, market: Market, placed: Iterable[tuple[int, int]] = ()) -> None:
        self.market = market
        self.slot_of: dict[int, int] = {}
        self.at: list[dict[int, int]] = [{} for _slot in range(market.day.slots)]
        self.held = [0] * market.day.slots
        for pair, slot in placed:
            self.put(pair, slot)

    def put(self, pair: int, slot: int) -> None:
        self.slot_of[pair] = slot
        self.held[slot] += 1
        for side in self._ends(pair):
            self.at[slot][side] = pair

    def take(self, pair: int) -> None:
        slot = self.slot_of.pop(pair)
        self.held[slot] -= 1
        for side in self._ends(pair):
            del self.at[slot][side]

    def placed(self) -> tuple[tuple[int, int], ...]:
        return tuple(sorted(self.slot_of.items()))

    def worth(self) -> Worth:
        return worth(self.market.day, (self.market.pairs[pair] for pair in self.slot_of))

    def served(self) -> Counter[int]:
        return Counter(key for pair in self.slot_of for key in self.market.pairs[pair].served)

    def both_free(self, pair: Pair) -> list[int]:
        """Slots without a meeting of either, whether or not a table is free."""
        at = self.at
        return [s for s in pair.slots if pair.left not in at[s] and pair.right not in at[s]]

    def free(self, pair: int) -> list[int]:
        """Slots that the pair can take, the emptiest first."""
        tables = self.market.day.tables
        slots = [s for s in self.both_free(self.market.pairs[pair]) if self.held[s] < tables]
        return sorted(slots, key=lambda slot: (self.held[slot], slot))

    def swap(self, side: int, one: int, other: int) -> bool:
        """Exchange two slots for everybody on the chain of meetings from this side on.

        Refused, and nothing is changed, when somebody is absent or tables do not suffice.
        """
        chain = self._chain(side, one, other)
        if any(other + one - self.slot_of[p] not in self.market.pairs[p].slots for p in chain):
            return False
        moving = sum(1 if self.slot_of[pair] == one else -1 for pair in chain)
        if max(self.held[one] - moving, self.held[other] + moving) > self.market.day.tables:
            return False
        moved = [(pair, other + one - self.slot_of[pair]) for pair in chain]
        for pair in chain:
            self.take(pair)
        for pair, slot in moved:
            self.put(pair, slot)
        return True

    def in_the_way(self, pair: int, slot: int) -> list[int]:
        """Who must leave the slot so that this pair fits: at most two, or whoever has a table."""
        sitting = self.at[slot]
        others = {sitting[side] for side in self._ends(pair) if side in sitting}
        if not others and self.held[slot] >= self.market.day.tables:
            return [min(other for other in sitting.values() if other not in self.market.kept)]
        return sorted(others)

    def _chain(self, side: int, one: int, other: int) -> list[int]:
        """Meetings in the two slots that hang together with this side."""
        found: dict[int, None] = {}
        sides = [side]
        while sides:
            here = sides.pop()
            for slot in (one, other):
                pair = self.at[slot].get(here)
                if pair is not None and pair not in found:
                    found[pair] = None
                    sides += self._ends(pair)
        return list(found)

    def _ends(self, pair: int) -> tuple[int, int]:
        return self.market.pairs[pair].left, self.market.pairs[pair].right


def place(market: Market, pairs: Iterable[int]) -> Board:
    """Give as many of these as possible a slot; the same for the same input."""
    draw = random.Random(len(market.pairs))  # noqa: S311 - a walk, no secret
    waiting = deque(sorted(pairs, key=lambda pair: _order(market, pair)))
    stands = market.stands
    board, best, left = Board(market, stands), Board(market, stands), PUSHES * len(waiting)
    while waiting and left:
        pair = waiting.popleft()
        if not settle(board, pair):
            left -= 1
            if len(board.slot_of) > len(best.slot_of):
                best = Board(market, board.placed())
            waiting.extend(_push(board, pair, draw.choice(market.pairs[pair].slots)))
    return max(board, best, key=lambda board: len(board.slot_of))


def _push(board: Board, pair: int, slot: int) -> list[int]:
    """Take the slot, and name those who lost theirs."""
    pushed = board.in_the_way(pair, slot)
    for other in pushed:
        board.take(other)
    board.put(pair, slot)
    return pushed


def settle(board: Board, pair: int) -> bool:
    """A free slot, or one that a swap makes free."""
    if not board.free(pair):
        _make_room(board, pair)
    slots = board.free(pair)
    if slots:
        board.put(pair, slots[0])
    return bool(slots)


def fill(board: Board) -> None:
    """Whoever still fits meets too, the heaviest first, until nobody fits."""
    market = board.market
    order = sorted(range(len(market.pairs)), key=lambda pair: _order(market, pair))
    while sum(settle(board, pair) for pair in order if pair not in board.slot_of):
        pass


def _make_room(board: Board, pair: int) -> None:
    ends = board.market.pairs[pair]
    lefts = [slot for slot in ends.slots if ends.left not in board.at[slot]]
    rights = [slot for slot in ends.slots if ends.right not in board.at[slot]]
    for one, other in product(lefts, rights):
        if one != other and board.swap(ends.right, one, other) and board.free(pair):
            return
    _make_table(board, pair)


def _make_table(board: Board, pair: int) -> None:
    """A slot in which both are free, but all tables taken, hands a meeting to an emptier one."""
    tables, held = board.market.day.tables, board.held
    emptier = sorted(
        (slot for slot in range(len(held)) if held[slot] < tables), key=held.__getitem__
    )
    for full, other in product(board.both_free(board.market.pairs[pair]), emptier):
        for side in sorted(board.at[full]):
            if board.swap(side, full, other) and board.free(pair):
                return


def _order(market: Market, pair: int) -> tuple[int, int, int]:
    """Whoever has the fewest slots first, then the heaviest."""
    return len(market.pairs[pair].slots), -market.pairs[pair].weight, pair
