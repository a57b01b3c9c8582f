"""A matchmaking day, planned beside first come, first served, and beside the proven bound.

`python -m bench.meetings` invents days of 60 and 200 people from a seed: half of the wishes go to
the few whom many ask for, a third is mutual, half of the people have a colleague, one in seven is
away half of the day. Seconds are those of the processor.
"""

import random
import time
from collections.abc import Iterator

from bench.table import Row, show
from clusterwerk.measure.meetings import Day, Person, Wish, first_come, plan

# People, slots, tables, wishes of each, the share who is away half of the day; seconds allowed.
DAYS = (
    ((60, 12, 30, 8, 0.15), 10),
    ((60, 12, 12, 8, 0.15), 10),
    ((60, 12, 30, 16, 0.15), 10),
    ((60, 8, 20, 10, 0.60), 10),
    ((200, 12, 100, 8, 0.15), 60),
    ((200, 12, 40, 10, 0.15), 60),
    ((200, 12, 100, 16, 0.15), 60),
)


def day(people: int, slots: int, tables: int, each: int, away: float) -> Day:
    draw = random.Random(1)
    asked: dict[tuple[int, int], int] = {}
    for who in range(people):
        for _ in range(draw.randint(each // 2, each * 3 // 2)):
            wanted = min(int(draw.expovariate(3 / people)), people - 1)
            whom = wanted if draw.random() < 0.5 else draw.randrange(people)
            if whom != who:
                asked[who, whom] = draw.randint(1, 5)
                if draw.random() < 0.3:
                    asked[whom, who] = draw.randint(1, 5)
    wishes = [Wish(who, whom, weight) for (who, whom), weight in asked.items()]
    draw.shuffle(wishes)
    absent = [_absent(draw, slots, away) for _ in range(people)]
    everybody = (
        Person(key, key // 2 if key % 4 < 2 else None, absent[key]) for key in range(people)
    )
    return Day(tuple(everybody), tuple(wishes), slots, tables)


def _absent(draw: random.Random, slots: int, away: float) -> frozenset[int]:
    if draw.random() >= away:
        return frozenset()
    return frozenset(slot for slot in range(slots) if draw.random() < 0.5)


def meeting_rows() -> Iterator[Row]:
    """Ratio of the seconds to those allowed; the note tells how good the plan is."""
    for size, allowed in DAYS:
        made = day(*size)
        began = time.process_time()
        found = plan(made)
        spent = time.process_time() - began
        served = first_come(made).worth
        gained = found.worth.points / served.points - 1
        people, slots, tables, each, away = size
        proven = "the best there is" if found.is_optimal else f"at most {float(found.gap):.2%} less"
        yield Row(
            f"day of {people}, {slots} slots, {tables} tables, {each} wishes, {away:.0%} away",
            f"{spent:.1f} s",
            f"{allowed} s",
            spent / allowed,
            f"{found.worth.points} points, {proven}; {gained:+.0%} to first come {served.points};"
            f" served {found.worth.served}, there {served.served}",
        )


if __name__ == "__main__":
    show(meeting_rows())
