"""Invented members whose contributions have exactly the printed figures; pure, from one seed.

Table 8 of the evaluation prints, for seventeen networks, how many members contribute, the largest,
smallest and median amount, how many pay the largest and the fewest that bring half. The amounts
come from `measure.contribution_profile`; where no list has the printed figures, the nearest that
can occur are used and the network says so. Amounts are fees in steps of 5 euro. Their total is not
printed: it is what the members have to bring in a year, or the nearest that the figures allow.

Chapter 2 prints the shares that size and age aim at. Headcount is known for the printed share of
organisations (710 of 1,132) and stays unknown for the others. Ages are as of the first day of 2020.
What is not printed is our own: the split of micro and small, ages beyond ten years, places, the
moments of joining, and two ties that any real list would have, both weak: older and larger
organisations go together, and so do larger organisations and larger contributions.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar

from clusterwerk.measure.contribution_profile import (
    ContributionProfile,
    Feasible,
    find_contributions,
)

Value = TypeVar("Value")

SEED = 2020
FEE_STEP = Decimal(5)  # euro
AGES_AS_OF = date(2020, 1, 1)
KNOWN_HEADCOUNTS = 710 / 1132
NEW_MEMBERS = 658 / 1132
IN_TWO, IN_THREE = 42, 8  # about fifty in two or more
CLASSES = ((1, 9, 0.300), (10, 49, 0.294), (50, 249, 0.206), (250, 2500, 0.200))  # headcount, share
UNDER_5, UP_TO_10 = 0.19, 0.35
MEAN_AGE = 22.5
SAME_THEME = 4  # how much likelier a second network of the same theme group is
TIE_TO_AGE = TIE_TO_CONTRIBUTION = 6.0  # noise beside the logarithm of the headcount
DAYS_IN_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Network:
    """A network with the printed figures of its contributions.

    `wanted` is what these should add up to, in euro a year.
    """

    key: str
    theme: str
    profile: ContributionProfile
    wanted: Decimal


@dataclass(frozen=True, slots=True)
class Material:
    """Halves of names, trades by theme group, and weights of municipalities by NIS code."""

    fronts: tuple[str, ...]
    backs: tuple[str, ...]
    trades: Mapping[str, tuple[str, ...]]
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class InventedOrganisation:
    """A company that does not exist; its index gives its number of the demo range."""

    index: int
    name: str
    nis_code: str
    started_on: date
    headcount: int | None
    networks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InventedMember:
    """A member of one network.

    `moment` from 0 to 1 says when it joined: in the part of the agreement's term that has passed
    when it `is_new`, otherwise in the six years before the term.
    """

    organisation: int
    contribution: Decimal
    is_new: bool
    moment: float


@dataclass(frozen=True, slots=True)
class InventedNetwork:
    """Members of a network; `impossible` says why the printed figures were not kept."""

    key: str
    profile: ContributionProfile
    members: tuple[InventedMember, ...]
    impossible: str = ""


@dataclass(frozen=True, slots=True)
class Population:
    organisations: tuple[InventedOrganisation, ...]
    networks: tuple[InventedNetwork, ...]


def make_population(
    networks: Sequence[Network],
    material: Material,
    *,
    together: tuple[str, ...] = (),
    seed: int = SEED,
) -> Population:
    """The demo's organisations and members; the same for the same arguments.

    The organisation with index 0 is a member of the networks in `together`.
    """
    rng = Random(seed)  # noqa: S311 - a repeatable demo, no secret
    places = _memberships(networks, together, rng)
    known, sizes = _headcounts(len(places), rng)
    weights = [math.log(size) for size in sizes]
    starts = _starts(weights, rng)
    names = _names(places, {network.key: network.theme for network in networks}, material, rng)
    codes = rng.choices(list(material.places), list(material.places.values()), k=len(places))
    organisations = tuple(
        InventedOrganisation(
            index=index,
            name=names[index],
            nis_code=codes[index],
            started_on=starts[index],
            headcount=sizes[index] if index in known else None,
            networks=keys,
        )
        for index, keys in enumerate(places)
    )
    return Population(
        organisations, tuple(_network(network, organisations, weights, rng) for network in networks)
    )


def solved(
    profile: ContributionProfile, wanted: Decimal
) -> tuple[tuple[Decimal, ...], ContributionProfile, str]:
    """Contributions with these figures, or the nearest that can occur and why not these.

    Their total is as near to `wanted` as the figures allow. Raises `ValueError` when the figures
    exclude each other whatever the fewest to half.
    """
    answer = find_contributions(profile, unit=FEE_STEP, total=wanted)
    if isinstance(answer, Feasible):
        return answer.contributions, profile, ""
    if answer.nearest is None:
        raise ValueError(answer.reason)
    nearest = find_contributions(answer.nearest, unit=FEE_STEP, total=wanted)
    assert isinstance(nearest, Feasible)
    return nearest.contributions, answer.nearest, answer.reason


def _memberships(
    networks: Sequence[Network], together: tuple[str, ...], rng: Random
) -> list[tuple[str, ...]]:
    """Networks of each organisation: first those in several, then one for every place left."""
    left = {network.key: network.profile.contributors for network in networks}
    themes = {network.key: network.theme for network in networks}
    shared = [together] if together else []
    wanted = [3] * IN_THREE + [2] * (IN_TWO - len(shared))
    shared += [_neighbours(number, left, themes, rng) for number in wanted]
    for keys in shared:
        for key in keys:
            left[key] -= 1
    return [*shared, *((key,) for key, places in left.items() for _place in range(places))]


def _neighbours(
    number: int, places: Mapping[str, int], themes: Mapping[str, str], rng: Random
) -> tuple[str, ...]:
    """So many networks that share a member; large ones and those of one theme meet more often."""
    keys: list[str] = []
    while len(keys) < number:
        near = {themes[key] for key in keys}
        weights = {
            key: size * (SAME_THEME if themes[key] in near else 1)
            for key, size in places.items()
            if key not in keys
        }
        keys += rng.choices(list(weights), list(weights.values()))
    return tuple(keys)


def _headcounts(number: int, rng: Random) -> tuple[set[int], list[int]]:
    """Which organisations told theirs, and the headcount of all, told or not.

    The shares of the classes hold among those that are known and among the others.
    """
    indexes = list(range(number))
    rng.shuffle(indexes)
    told = round(KNOWN_HEADCOUNTS * number)
    sizes = [0] * number
    for part in (indexes[:told], indexes[told:]):
        for index, size in zip(part, _classed(len(part), rng), strict=True):
            sizes[index] = size
    return set(indexes[:told]), sizes


def _classed(number: int, rng: Random) -> list[int]:
    """Headcounts by the shares of the classes, spread evenly over orders of magnitude."""
    ends = [round(number * sum(share for *_, share in CLASSES[: i + 1])) for i in range(4)]
    counts = [end - start for start, end in zip([0, *ends[:3]], ends, strict=True)]
    return [
        min(largest, int(smallest * ((largest + 1) / smallest) ** rng.random()))
        for (smallest, largest, _share), count in zip(CLASSES, counts, strict=True)
        for _each in range(count)
    ]


def _starts(weights: Sequence[float], rng: Random) -> list[date]:
    """First day of each organisation, the printed shares and the mean of ages kept."""
    ages = _tied(_ages(len(weights)), weights, TIE_TO_AGE, rng)
    return [AGES_AS_OF - timedelta(days=round(age * DAYS_IN_YEAR)) for age in ages]


def _ages(number: int) -> list[float]:
    """Years, youngest first: evenly spread up to five and up to ten, then thinning out.

    What lies beyond ten years is stretched so that the mean of all is the printed one.
    """
    young, middle = round(UNDER_5 * number), round(UP_TO_10 * number)
    first = [1 + 3.9 * _middle_of(rank, young) for rank in range(young)]
    second = [5.1 + 4.8 * _middle_of(rank, middle - young) for rank in range(middle - young)]
    old = number - middle
    beyond = [-math.log(1 - _middle_of(rank, old)) for rank in range(old)]
    rest = MEAN_AGE * number - sum(first) - sum(second) - 10 * old
    return [*first, *second, *(10 + years * rest / sum(beyond) for years in beyond)]


def _middle_of(rank: int, number: int) -> float:
    return (rank + 0.5) / number


def _names(
    places: Sequence[tuple[str, ...]],
    themes: Mapping[str, str],
    material: Material,
    rng: Random,
) -> list[str]:
    """A name of its own for each; no two share their first word."""
    pairs = [f"{front}{back}" for front in material.fronts for back in material.backs]
    words = rng.sample(pairs, len(places))
    return [
        f"{word} {rng.choice(material.trades[themes[keys[0]]])}"
        for word, keys in zip(words, places, strict=True)
    ]


def _network(
    network: Network,
    organisations: Sequence[InventedOrganisation],
    weights: Sequence[float],
    rng: Random,
) -> InventedNetwork:
    amounts, profile, impossible = solved(network.profile, network.wanted)
    indexes = [each.index for each in organisations if network.key in each.networks]
    paid = _tied(sorted(amounts), [weights[index] for index in indexes], TIE_TO_CONTRIBUTION, rng)
    new = set(rng.sample(indexes, round(NEW_MEMBERS * len(indexes))))
    members = tuple(
        InventedMember(index, amount, index in new, rng.random())
        for index, amount in zip(indexes, paid, strict=True)
    )
    return InventedNetwork(network.key, profile, members, impossible)


def _tied(
    values: Sequence[Value], weights: Sequence[float], noise: float, rng: Random
) -> list[Value]:
    """The values, smallest first, dealt out along the weights blurred by normal noise."""
    blurred = [weight + rng.gauss(0, noise) for weight in weights]
    order = sorted(range(len(weights)), key=blurred.__getitem__)
    dealt = dict(zip(order, values, strict=True))
    return [dealt[index] for index in range(len(weights))]
