from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterwerk.measure.meetings import (
    Day,
    DayError,
    Kept,
    Meeting,
    Person,
    Plan,
    Reason,
    Unmet,
    Wish,
    Worth,
    first_come,
    plan,
)


def people(*keys: int) -> tuple[Person, ...]:
    return tuple(Person(key) for key in keys)


@st.composite
def days(draw: st.DrawFn, most: int = 7, slots: int = 4, wishes: int = 14) -> Day:
    number, slot_count = draw(st.integers(2, most)), draw(st.integers(1, slots))
    absences = st.frozensets(st.integers(0, slot_count - 1), max_size=slot_count)
    everybody = tuple(
        Person(key, draw(st.sampled_from([None, None, 1, 2])), draw(absences))
        for key in range(number)
    )
    pairs = list(permutations(range(number), 2))
    asked = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=wishes))
    return Day(
        everybody,
        tuple(Wish(who, whom, draw(st.integers(1, 5))) for who, whom in asked),
        slot_count,
        draw(st.integers(0, 3)),
        met_before=frozenset(draw(st.lists(st.sampled_from(pairs), max_size=3))),
        sharing=draw(st.sampled_from([frozenset(), frozenset({1})])),
        fair=draw(st.booleans()),
    )


tiny_days = days(most=5, slots=3, wishes=6)


def crowd(number: int, slots: int, tables: int, each: int, absent: float) -> Day:
    """Some are asked for by many, as in life; who has an even key has a colleague."""
    draw = Random(f"{number} {slots} {tables} {each} {absent}")
    asked: dict[tuple[int, int], int] = {}
    for who in range(number):
        for _ in range(each):
            whom = min(int(draw.expovariate(3 / number)), number - 1)
            if whom != who:
                asked[who, whom] = draw.randint(1, 5)
                if draw.random() < 0.3:
                    asked[whom, who] = draw.randint(1, 5)
    away = [
        frozenset(slot for slot in range(slots) if draw.random() < absent) for _ in range(number)
    ]
    return Day(
        tuple(Person(key, key // 2, away[key]) for key in range(number)),
        tuple(Wish(who, whom, weight) for (who, whom), weight in asked.items()),
        slots,
        tables,
    )


def rules_kept(day: Day, found: Plan) -> None:
    by_key = {person.key: person for person in day.people}
    asked = {(wish.who, wish.whom) for wish in day.wishes}
    seats = Counter((m.slot, key) for m in found.meetings for key in (*m.left, *m.right))
    pairs = Counter(frozenset((*m.left, *m.right)) for m in found.meetings)
    assert set(seats.values()) <= {1}
    assert set(pairs.values()) <= {1}
    places = [(m.slot, m.table) for m in found.meetings]
    assert len(set(places)) == len(places)
    assert all(0 <= table < day.tables for _slot, table in places)
    assert all(slot not in by_key[key].absent for slot, key in seats)
    for meeting in found.meetings:
        across = [(one, other) for one in meeting.left for other in meeting.right]
        assert not any(by_key[one].is_colleague_of(by_key[other]) for one, other in across)
        assert any({(one, other), (other, one)} & asked for one, other in across)


def together(found: Plan) -> set[tuple[int, int]]:
    return {
        couple
        for m in found.meetings
        for one in m.left
        for other in m.right
        for couple in ((one, other), (other, one))
    }


def slow_worth(day: Day, met: set[frozenset[int]]) -> Worth:
    """Of people who each sit alone, counted from the wishes."""
    weights = {(wish.who, wish.whom): wish.weight for wish in day.wishes}
    points, own = 0.0, Counter[int]()
    for (who, whom), weight in weights.items():
        if frozenset((who, whom)) in met:
            own[who] += 1
            known = {(who, whom), (whom, who)} & day.met_before
            points += weight * (6 if (whom, who) in weights else 4) / (2 if known else 1)
    points += sum(24 // (number + 1) for count in own.values() for number in range(count))
    return Worth(len(own) if day.fair else 0, int(points))


def everything_possible(day: Day) -> Iterator[set[frozenset[int]]]:
    """Who meets, for each way to give each pair a slot or none."""
    by_key = {person.key: person for person in day.people}
    couples = sorted({tuple(sorted((wish.who, wish.whom))) for wish in day.wishes})

    def ways(left: int, taken: Counter[object]) -> Iterator[set[frozenset[int]]]:
        if left == len(couples):
            yield set()
            return
        yield from ways(left + 1, taken)
        one, other = (by_key[key] for key in couples[left])
        for slot in set(range(day.slots)) - one.absent - other.absent:
            full = taken[slot] == day.tables
            if full or taken[slot, one] or taken[slot, other] or one.is_colleague_of(other):
                continue
            after = taken + Counter([slot, (slot, one), (slot, other)])
            yield from ({frozenset(couples[left])} | rest for rest in ways(left + 1, after))

    return ways(0, Counter())


def test_two_who_ask_for_each_other_go_before_who_came_first() -> None:
    wishes = (Wish(1, 2), Wish(2, 3), Wish(3, 2))
    found = plan(Day(people(1, 2, 3), wishes, slots=1, tables=1))
    assert found.meetings == (Meeting(0, 0, (2,), (3,)),)
    assert found.worth == found.bound == Worth(served=2, points=6 + 6 + 24 + 24)
    assert found.unmet == (Unmet(Wish(1, 2), Reason.OTHERS_PREFERRED),)
    assert found.timetables == {1: (), 2: found.meetings, 3: found.meetings}


def test_nobody_goes_without_before_another_gets_a_second_meeting() -> None:
    wishes = (Wish(1, 2, 5), Wish(1, 3, 5), Wish(4, 5, 1))
    day = Day(people(1, 2, 3, 4, 5), wishes, slots=2, tables=1)
    assert plan(day).worth == Worth(served=2, points=20 + 24 + 4 + 24)
    assert plan(day).unmet[0].reason is Reason.NO_TABLE
    assert plan(replace(day, fair=False)).worth == Worth(served=0, points=20 + 24 + 20 + 12)


def test_a_pair_that_met_before_counts_half() -> None:
    day = Day(people(1, 2, 3), (Wish(1, 2, 3), Wish(1, 3, 2)), 1, 1, frozenset({(2, 1)}))
    assert plan(day).meetings == (Meeting(0, 0, (1,), (3,)),)
    assert plan(replace(day, met_before=frozenset())).meetings == (Meeting(0, 0, (1,), (2,)),)


def test_each_wish_that_is_not_planned_says_why() -> None:
    everybody = (
        Person(1, 7),
        Person(2, 7),
        Person(3, absent=frozenset({0, 1})),
        Person(4, absent=frozenset({0})),
        Person(5, absent=frozenset({1})),
    )
    wishes = (Wish(1, 2), Wish(1, 3), Wish(3, 1), Wish(4, 5), Wish(1, 4))
    found = plan(Day(everybody, wishes, slots=2, tables=1))
    assert [unmet.reason for unmet in found.unmet] == [
        Reason.COLLEAGUES,
        Reason.ABSENT,
        Reason.ABSENT,
        Reason.NO_COMMON_SLOT,
    ]
    assert found.meetings == (Meeting(1, 0, (1,), (4,)),)


def test_colleagues_who_share_a_table_have_one_timetable_while_both_are_there() -> None:
    everybody = (Person(1, 7), Person(2, 7, frozenset({0})), Person(3), Person(4))
    wishes = (Wish(1, 3), Wish(2, 3), Wish(2, 4))
    day = Day(everybody, wishes, slots=2, tables=2)
    assert len(plan(day).meetings) == 3 - 1  # 2 is there in one slot only
    shared = plan(replace(day, sharing=frozenset({7})))
    assert shared.meetings == (Meeting(1, 0, (1, 2), (3,)),)
    assert shared.worth == Worth(served=2, points=8 + 24 + 24)
    longer = plan(replace(day, slots=3, sharing=frozenset({7})))
    assert [(meeting.left, meeting.right) for meeting in longer.timetables[1]] == [
        ((1, 2), (3,)),
        ((1, 2), (4,)),
    ]


def test_a_colleague_who_never_comes_is_not_waited_for() -> None:
    everybody = (Person(1, 7), Person(2, 7, frozenset({0})), Person(3))
    day = Day(everybody, (Wish(1, 3), Wish(2, 3)), 1, 1, sharing=frozenset({7}))
    found = plan(day)
    assert found.meetings == (Meeting(0, 0, (1,), (3,)),)
    assert found.unmet == (Unmet(Wish(2, 3), Reason.ABSENT),)


@pytest.mark.parametrize("day", [Day((), (), 0, 0), Day(people(1, 2), (Wish(1, 2),), 3, 0)])
def test_a_day_without_people_or_tables_has_an_empty_plan(day: Day) -> None:
    assert plan(day).meetings == ()
    assert plan(day).is_optimal
    assert plan(day).gap == 0
    assert {unmet.reason for unmet in plan(day).unmet} <= {Reason.NO_TABLE}


@pytest.mark.parametrize(
    ("everybody", "wishes", "said"),
    [
        (people(1, 1), (), "Person 1 is listed twice"),
        ((Person(1, absent=frozenset({2})),), (), "Person 1 is absent in slot 2: there are 2"),
        (people(1), (Wish(1, 9),), "Wish 1 .of 1 for 9. names somebody who is not on the list"),
        (people(1), (Wish(1, 1),), "is for oneself"),
        (people(1, 2), (Wish(1, 2, 6),), "weighs 6: give 1 to 5"),
        (people(1, 2), (Wish(1, 2), Wish(1, 2)), "Wish 2 .of 1 for 2. stands there twice"),
    ],
)
def test_a_day_that_cannot_be_says_what_is_wrong(
    everybody: tuple[Person, ...], wishes: tuple[Wish, ...], said: str
) -> None:
    with pytest.raises(DayError, match=said):
        Day(everybody, wishes, slots=2, tables=1)


@settings(max_examples=150, deadline=None)
@given(days())
def test_a_plan_keeps_every_rule_and_tells_of_every_wish(day: Day) -> None:
    for found in (plan(day), first_come(day)):
        rules_kept(day, found)
        assert first_come(day).worth <= found.worth <= plan(day).bound
        met, unmet = together(found), {(wish.who, wish.whom) for wish, _reason in found.unmet}
        for wish in day.wishes:
            assert ((wish.who, wish.whom) in met) is not ((wish.who, wish.whom) in unmet)


@settings(max_examples=150, deadline=None)
@given(tiny_days)
def test_the_plan_of_a_tiny_day_is_worth_as_much_as_the_best_of_all(day: Day) -> None:
    alone = replace(day, sharing=frozenset())
    best = max(slow_worth(alone, met) for met in everything_possible(alone))
    found = plan(alone)
    assert found.worth == found.bound == best


@settings(max_examples=150, deadline=None)
@given(days(), st.data())
def test_what_is_kept_of_a_plan_stands_and_the_rest_is_as_good_as_before(
    day: Day, data: st.DataObject
) -> None:
    alone = replace(day, sharing=frozenset())
    found = plan(alone)
    stands = [m for m in found.meetings if data.draw(st.booleans())]
    kept = tuple(Kept(m.slot, m.table, m.left[0], m.right[0]) for m in stands)
    again = plan(replace(alone, kept=kept))
    rules_kept(alone, again)
    assert set(stands) <= set(again.meetings)
    assert again.worth <= again.bound <= found.bound
    assert again.worth == found.worth


def test_a_meeting_that_nobody_asked_for_is_kept_too_and_the_rest_goes_around_it() -> None:
    wishes = (Wish(1, 2, 5), Wish(3, 4, 1))
    day = Day(people(1, 2, 3, 4), wishes, slots=1, tables=2, kept=(Kept(0, 1, 1, 3),))
    found = plan(day)
    assert [(m.table, m.left, m.right) for m in found.meetings] == [(1, (1,), (3,))]
    assert found.worth == found.bound == Worth(0, 0)
    assert [unmet.reason.value for unmet in found.unmet] == ["others preferred"] * 2
    with pytest.raises(DayError, match="another kept meeting"):
        replace(day, kept=(Kept(0, 1, 1, 3), Kept(0, 0, 3, 4)))
    with pytest.raises(DayError, match="there is no such"):
        replace(day, kept=(Kept(0, 2, 1, 3),))


@settings(max_examples=100, deadline=None)
@given(days(), st.data())
def test_one_wish_more_never_lowers_what_a_day_is_worth(day: Day, data: st.DataObject) -> None:
    asked = {(wish.who, wish.whom) for wish in day.wishes}
    others = [pair for pair in permutations(range(len(day.people)), 2) if pair not in asked]
    if not others:
        return
    who, whom = data.draw(st.sampled_from(others))
    more = replace(day, wishes=(*day.wishes, Wish(who, whom, data.draw(st.integers(1, 5)))))
    before, after = plan(day), plan(more)
    assert before.is_optimal
    assert after.is_optimal
    assert after.worth >= before.worth


@settings(max_examples=100, deadline=None)
@given(days(), st.randoms(use_true_random=False))
def test_the_order_of_people_and_wishes_does_not_matter_to_the_best(day: Day, draw: Random) -> None:
    everybody, wishes = list(day.people), list(day.wishes)
    draw.shuffle(everybody)
    draw.shuffle(wishes)
    other = replace(day, people=tuple(everybody), wishes=tuple(wishes))
    assert plan(other).worth == plan(day).worth
    assert plan(day) == plan(day)


@pytest.mark.parametrize(
    ("size", "gained"),
    [((24, 6, 12, 6, 0.0), 0.05), ((24, 6, 5, 6, 0.2), 0.2), ((24, 8, 12, 10, 0.4), 0.1)],
)
def test_a_crowd_is_planned_near_the_best_and_beats_first_come(
    size: tuple[int, int, int, int, float], gained: float
) -> None:
    day = crowd(*size)
    found, by_order = plan(day), first_come(day)
    rules_kept(day, found)
    assert found == plan(replace(day, people=day.people[::-1]))
    assert by_order.worth < found.worth <= found.bound
    assert found.gap <= 0.01
    assert found.worth.points >= by_order.worth.points * (1 + gained), found.worth
