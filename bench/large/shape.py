"""How large the data set is: arithmetic only.

Sizes of clusters follow a power law: a few of thousands of members, most of a few hundred.
"""

from dataclasses import dataclass

CLUSTERS = 1_500
ORGANISATIONS = 200_000
MEMBERSHIPS = 300_000
AGENCIES = 25
LARGEST = 5_000
LEAST = 40
ENOUGH_STEPS = 60


@dataclass(frozen=True, slots=True)
class Shape:
    """How many rows of each kind there shall be in the end, those that stood before included."""

    clusters: int
    organisations: int
    memberships: int
    agencies: int
    largest: int

    def without(self, clusters: int, organisations: int, memberships: int) -> "Shape":
        """What is left to make beside rows that stand already."""
        return Shape(
            max(self.clusters - clusters, self.agencies),
            max(self.organisations - organisations, self.largest),
            max(self.memberships - memberships, 0),
            self.agencies,
            self.largest,
        )


def shape_of(scale: float) -> Shape:
    """The whole data set for 1; agencies shrink by the root, so that each keeps some clusters."""
    memberships = round(MEMBERSHIPS * scale)
    return Shape(
        clusters=round(CLUSTERS * scale),
        organisations=round(ORGANISATIONS * scale),
        memberships=memberships,
        agencies=max(2, round(AGENCIES * scale**0.5)),
        largest=min(LARGEST, memberships // 6),
    )


def sizes(clusters: int, memberships: int, largest: int) -> list[int]:
    """Memberships of each cluster, largest first; they add up exactly.

    >>> sizes(4, 400, 200)
    [200, 94, 61, 45]
    """
    least = min(LEAST, memberships // clusters)
    low, high = 0.0, 8.0  # the exponent of the power law, found by halving
    for _ in range(ENOUGH_STEPS):
        middle = (low + high) / 2
        if sum(_sizes(clusters, middle, least, largest)) > memberships:
            low = middle
        else:
            high = middle
    found = _sizes(clusters, high, least, largest)
    for place in range(memberships - sum(found)):
        found[1 + place % (clusters - 1)] += 1
    return found


def _sizes(clusters: int, exponent: float, least: int, largest: int) -> list[int]:
    return [max(least, int(largest * rank**-exponent)) for rank in range(1, clusters + 1)]
