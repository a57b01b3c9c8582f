"""The plan of a day: whom, when, mended where it can be better, and what it leaves out."""

from collections.abc import Iterator
from itertools import chain, combinations, count

from clusterwerk.measure.meetings.day import Day, Meeting, Plan, Reason, Unmet, Wish, Worth
from clusterwerk.measure.meetings.pairs import Market, market_of, worth
from clusterwerk.measure.meetings.placing import Board, fill, place
from clusterwerk.measure.meetings.solving import served_by_kept, when, whom

SMALL = 300  # options, a pair in a slot each: up to here all are weighed at once
MANY = 700  # pairs: beyond, three slots at a time take too long
FEW_NODES = 20  # for some slots, which are solved again and again


def plan(day: Day) -> Plan:
    """The best plan of a matchmaking day, or one with a proven bound of what is missing.

    Parameters
    ----------
    day
        People, wishes, slots and tables; checked when it was made.

    Returns
    -------
    Plan
        Meetings by slot and table, a timetable for everybody, each wish that is not in it with the
        reason, what the plan is worth, and a bound that no plan passes. The same for the same day;
        the order of the people does not matter. Never worth less than `first_come`.

    Notes
    -----
    Worth is, first, the number of people with a meeting they asked for, and then the sum of the
    weights of the meetings and of ``24 // n`` points for the nth meeting of each person that they
    asked for. A wish of weight w brings 4 w points; 6 w when it is mutual; half when the two met
    before.

    Method: whom to meet is solved exactly without looking at slots, which bounds every plan; the
    pairs are placed by swaps along chains; what is then missing is mended by solving two or
    three slots at a time anew. Small days are solved at once and exactly. Formula, limits and what
    was measured: ``docs/methods/meetings.md``.

    Examples
    --------
    Two slots and one table: 1 asks for 2 and 3, who ask for each other.

    >>> from clusterwerk.measure.meetings import Person
    >>> people = tuple(Person(key) for key in (1, 2, 3))
    >>> wishes = (Wish(1, 2, 2), Wish(1, 3), Wish(2, 3, 5), Wish(3, 2, 5))
    >>> found = plan(Day(people, wishes, slots=2, tables=1))
    >>> [(meeting.slot, meeting.left, meeting.right) for meeting in found.meetings]
    [(0, (1,), (2,)), (1, (2,), (3,))]
    >>> found.worth, found.is_optimal
    (Worth(served=3, points=140), True)
    >>> [(unmet.wish.whom, unmet.reason.value) for unmet in found.unmet]
    [(3, 'others preferred')]
    >>> [meeting.other_side(2) for meeting in found.timetables[2]]
    [(1,), (3,)]
    """
    market = market_of(day)
    solved = whom(market)
    placed = place(market, [pair for pair, _any in solved.options])
    fill(placed)
    board, bound = _best(placed, _by_order(market)), _with_kept(market, solved.bound)
    if board.worth() < bound:
        board, bound = _better(board, bound)
    return _told(board, bound)


def first_come(day: Day) -> Plan:
    """Each wish in the order in which it came, in the first slot that both have free.

    What `plan` is compared with: how most days are planned by hand. Its ``bound`` is its worth,
    and says nothing about better plans.

    Examples
    --------
    >>> from clusterwerk.measure.meetings import Person
    >>> people = tuple(Person(key) for key in (1, 2, 3))
    >>> wishes = (Wish(1, 2, 2), Wish(1, 3), Wish(2, 3, 5), Wish(3, 2, 5))
    >>> first_come(Day(people, wishes, slots=2, tables=1)).worth
    Worth(served=1, points=48)
    """
    board = _by_order(market_of(day))
    return _told(board, board.worth())


def _with_kept(market: Market, bound: Worth) -> Worth:
    """The bound of what is still to plan, and what stands already: the two add up."""
    stands = worth(market.day, (market.pairs[pair] for pair in market.kept))
    return Worth(bound.served + stands.served, bound.points + stands.points)


def _by_order(market: Market) -> Board:
    board = Board(market, market.stands)
    for wish in market.day.wishes:
        pair = _pair_of(market, wish)
        if pair is not None and pair not in board.slot_of:
            for slot in sorted(board.free(pair))[:1]:
                board.put(pair, slot)
    return board


def _best(*boards: Board) -> Board:
    """The first of the best."""
    return max(boards, key=Board.worth)


def _better(board: Board, bound: Worth) -> tuple[Board, Worth]:
    market = board.market
    options = [
        (number, slot)
        for number, pair in enumerate(market.pairs)
        if number not in market.kept
        for slot in pair.slots
    ]
    if len(options) <= SMALL:
        solved = when(market, options, served_by_kept(market))
        better = Board(market, [*market.stands, *solved.options])
        bound = min(bound, _with_kept(market, solved.bound))
    else:
        better = _mended(board, bound)
    fill(better)
    return _best(board, better), bound


def _mended(board: Board, bound: Worth) -> Board:
    """Two slots at a time, and then three of a smaller day, are solved anew, with everybody who
    has no slot yet.
    """
    slots = range(board.market.day.slots)
    sizes = (2, 3) if len(board.market.pairs) <= MANY else (2,)
    for some in chain.from_iterable(combinations(slots, size) for size in sizes):
        board = _best(board, _anew(board, some))
        if board.worth() == bound:
            break
    return board


def _anew(board: Board, slots: tuple[int, ...]) -> Board:
    stands = board.market.kept
    kept = [(pair, slot) for pair, slot in board.placed() if slot not in slots or pair in stands]
    fixed = Board(board.market, kept)
    options = [
        (number, slot)
        for number, pair in enumerate(board.market.pairs)
        if number not in fixed.slot_of
        for slot in slots
        if slot in pair.slots
    ]
    solved = when(board.market, options, fixed.served(), nodes=FEW_NODES)
    return Board(board.market, [*kept, *solved.options])


def _told(board: Board, bound: Worth) -> Plan:
    meetings = tuple(_meetings(board))
    timetables: dict[int, list[Meeting]] = {person.key: [] for person in board.market.day.people}
    for meeting in meetings:
        for key in (*meeting.left, *meeting.right):
            timetables[key].append(meeting)
    return Plan(
        meetings=meetings,
        unmet=tuple(_unmet(board)),
        worth=board.worth(),
        bound=bound,
        timetables={key: tuple(mine) for key, mine in sorted(timetables.items())},
    )


def _meetings(board: Board) -> Iterator[Meeting]:
    market = board.market
    away = {person.key for person in market.day.people if len(person.absent) == market.day.slots}
    away -= {key for each in market.day.kept for key in (each.left, each.right)}
    for slot, sitting in enumerate(board.at):
        for table, number in _tables(market, set(sitting.values())):
            pair = market.pairs[number]
            left, right = (
                tuple(key for key in market.sides[side] if key not in away)
                for side in (pair.left, pair.right)
            )
            yield Meeting(slot, table, left, right)


def _tables(market: Market, pairs: set[int]) -> list[tuple[int, int]]:
    """What stands keeps its table; the others take the first that are left."""
    kept = {pair: market.kept[pair][1] for pair in pairs if pair in market.kept}
    others = (table for table in count() if table not in kept.values())
    rest = zip(sorted(pairs - set(kept)), others, strict=False)
    return sorted([(table, pair) for pair, table in (*kept.items(), *rest)])


def _unmet(board: Board) -> Iterator[Unmet]:
    for wish in board.market.day.wishes:
        reason = _reason(board, wish)
        if reason:
            yield Unmet(wish, reason)


def _reason(board: Board, wish: Wish) -> Reason | None:
    """Nothing when the wish is fulfilled."""
    market = board.market
    who, whom = (market.people[key] for key in (wish.who, wish.whom))
    if who.is_colleague_of(whom):
        return Reason.COLLEAGUES
    if any(len(person.absent) == market.day.slots for person in (who, whom)):
        return Reason.ABSENT
    if not market.together(wish.who, wish.whom):
        return Reason.NO_COMMON_SLOT
    number = _pair_of(market, wish)
    if number is None:
        return Reason.OTHERS_PREFERRED if market.kept else Reason.NO_TABLE
    if number in board.slot_of:
        return None
    both_free = board.both_free(market.pairs[number])
    return Reason.NO_TABLE if both_free else Reason.OTHERS_PREFERRED


def _pair_of(market: Market, wish: Wish) -> int | None:
    left, right = sorted((market.side_of[wish.who], market.side_of[wish.whom]))
    return market.numbers.get((left, right))
