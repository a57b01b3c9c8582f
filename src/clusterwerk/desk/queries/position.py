"""Where a cluster stands in time: the day its figures are taken on, and what lies ahead."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from clusterwerk.programme.queries import Term, months_before

MONTHS_OF_YEAR = 12
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """The end of so many months of the term; the start for 0."""

    months: int
    day: date


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that follows from the term: its start, the end of a working year, its end."""

    day: date
    kind: str
    working_year: int = 0
    is_past: bool = False
    is_next: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """Figures are taken today while the agreement runs, and on its last day once it has ended."""

    today: date
    term: Term | None = None

    @property
    def day(self) -> date:
        return self.term.reference_day(self.today) if self.term else self.today

    @property
    def is_over(self) -> bool:
        return self.term is not None and self.today > self.term.last_day

    @property
    def has_begun(self) -> bool:
        return self.term is not None and self.today >= self.term.first_day

    @property
    def months_passed(self) -> int:
        return self.term.months_passed(self.day) if self.term else 0

    @property
    def working_year(self) -> int | None:
        return self.term.working_year(self.day) if self.term else None

    @property
    def days_left(self) -> int:
        """Days until the last day of the agreement, negative after it; 0 without an agreement."""
        return (self.term.last_day - self.today).days if self.term else 0

    def share_of(self, day: date) -> Fraction:
        """Share of the term that has passed on the day, from 0 to 1."""
        if self.term is None:
            return Fraction(0)
        length = (self.term.last_day - self.term.first_day).days
        passed = (day - self.term.first_day).days
        return Fraction(min(max(passed, 0), length), length) if length else Fraction(1)

    def moments(self) -> tuple[Moment, ...]:
        """Start and end of the term, and the end of each full working year between them."""
        if self.term is None:
            return ()
        years = range(MONTHS_OF_YEAR, self.term.months, MONTHS_OF_YEAR)
        return (
            Moment(0, self.term.first_day),
            *(
                Moment(months, months_before(self.term.first_day, -months) - DAY)
                for months in years
            ),
            Moment(self.term.months, self.term.last_day),
        )

    def days_of_path(self) -> tuple[date, ...]:
        """The moments that have passed, and the day itself as the last."""
        if not self.has_begun:
            return ()
        past = [moment.day for moment in self.moments() if moment.day < self.day]
        return (*past, self.day)

    def deadlines(self) -> tuple[Deadline, ...]:
        """Start, end of each working year and end of the support, in their order."""
        moments = self.moments()
        ahead = next((moment.day for moment in moments if moment.day >= self.today), None)
        return tuple(
            Deadline(
                day=moment.day,
                kind=_kind(moment, moments),
                working_year=moment.months // MONTHS_OF_YEAR,
                is_past=moment.day < self.today,
                is_next=moment.day == ahead,
            )
            for moment in moments
        )


def _kind(moment: Moment, moments: tuple[Moment, ...]) -> str:
    if moment == moments[0]:
        return "start"
    return "end" if moment == moments[-1] else "year"
