"""What those who came found of an activity."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from clusterwerk.activities.models import Activity, Registration, Relevance

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Feedback:
    """Answers by relevance, most relevant first; `asked` got the mail or answered without it."""

    asked: int
    counts: tuple[tuple[Relevance, int], ...]
    said: tuple[Registration, ...]

    @property
    def answered(self) -> int:
        return sum(number for _, number in self.counts)

    @property
    def average(self) -> Decimal | None:
        """Between 1 and 4, as the evaluation asks it."""
        if not self.answered:
            return None
        points = sum(int(relevance) * number for relevance, number in self.counts)
        return (Decimal(points) / self.answered).quantize(TENTH)


def feedback_of(activity: Activity) -> Feedback:
    """One query; texts in the order in which they were said."""
    rows = Registration.objects.filter(activity=activity).order_by("said_at", "pk")
    asked = [row for row in rows if row.feedback_asked_at or row.said_at]
    found = Counter(row.relevance for row in asked if row.relevance)
    counts = tuple((each, found[each.value]) for each in reversed(Relevance))
    said = tuple(row for row in asked if row.takes_along or row.better)
    return Feedback(len(asked), counts, said)
