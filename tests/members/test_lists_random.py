"""Counts of lists beside a slow count of their own, over networks made by chance."""

import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict

from clusterwerk.directory.models import Organisation
from clusterwerk.measure.headcount import headcount_class
from clusterwerk.members.lists import (
    ContactScope,
    MemberScope,
    contact_listing,
    member_listing,
    member_words,
)
from clusterwerk.members.models import (
    Consent,
    ConsentPurpose,
    ConsentState,
    Contact,
    ContactLanguage,
    Contribution,
    Membership,
    Position,
    PositionRole,
    SizeStatement,
    Tag,
    TagUse,
)
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.ui.lists import UNKNOWN, Listing, asked_of, read_list, selected
from clusterwerk.programme.queries import term_of_cluster
from factories.world import World, cluster_seats
from members.networks import DAYS, a_day, fill, some_periods

ASKED = 12  # choices of each network and day
WORDS = ("", "", "firm", "firm 1", "2", "nobody")
Facts = Mapping[str, set[str]]  # values of one row by facet


def some_choice(chance: random.Random, facts: Sequence[Facts], listing: Listing[Any]) -> QueryDict:
    """Words, and up to four facets with values that rows have, or none has."""
    query = QueryDict(mutable=True)
    query["find"] = chance.choice(WORDS)
    for facet in chance.sample(listing.facets_beside({}), chance.randrange(5)):
        values = sorted(
            {UNKNOWN, *(facet.names or {}), *(v for row in facts for v in row[facet.key])}
        )
        query.setlist(facet.key, chance.sample(values, min(len(values), chance.randrange(1, 4))))
    return query


def check(
    listing: Listing[Any],
    facts: Mapping[int, Facts],
    amounts: Mapping[int, Decimal],
    query: QueryDict,
    texts: Mapping[int, Collection[str]],
) -> None:
    """Every number, by looking at each row by itself."""
    asked = asked_of(query, listing)

    def fits(pk: int, word: str) -> bool:
        return any(word in text for text in texts[pk])

    found = {pk: row for pk, row in facts.items() if all(fits(pk, word) for word in asked.words)}

    def held(row: Facts, but: str = "") -> bool:
        chosen = {key: values for key, values in asked.holding.items() if key != but}
        return all(row[key] & set(values) for key, values in chosen.items())

    counts = read_list(listing, asked).counts
    here = {pk for pk, row in found.items() if held(row)}
    assert counts.total == len(here)
    assert {row.pk for row in selected(listing, asked)} == here
    for key, numbers in counts.values.items():
        kept = [row[key] for row in found.values() if held(row, but=key)]
        expected = Counter(value for values in kept for value in values)
        assert numbers == expected, key
    assert sum(counts.sums.values()) == sum(amount for pk, amount in amounts.items() if pk in here)


def some_amounts(chance: random.Random, world: World) -> None:
    for member in Membership.objects.filter(cluster=world.alpha):
        for year in chance.sample(range(1, 4), chance.randrange(3)):
            Contribution.objects.create(
                cluster=world.alpha, membership=member, organisation_id=member.organisation_id,
                working_year=year, amount=chance.choice((0, 100, Decimal("250.50"))),
            )  # fmt: skip


def some_tags(chance: random.Random, world: World, organisations: Sequence[Organisation]) -> None:
    tags = [Tag.objects.create(cluster=world.alpha, name=f"tag {number}") for number in range(3)]
    for organisation in organisations:
        for tag in chance.sample(tags, chance.choice((0, 0, 1, 2))):
            TagUse.objects.create(cluster=world.alpha, tag=tag, organisation=organisation)


def facts_of_members(world: World, day: date) -> dict[int, Facts]:
    members = list(
        Membership.objects.filter(cluster=world.alpha).select_related("organisation__place")
    )
    stated = SizeStatement.objects.filter(cluster=world.alpha, year__lte=day.year).order_by("year")
    sizes = {row.organisation_id: row.headcount for row in stated}
    tags: dict[int, set[str]] = {}
    for use in TagUse.objects.filter(cluster=world.alpha):
        tags.setdefault(use.organisation_id, set()).add(str(use.tag_id))

    def state(one: Membership) -> str:
        if day in one.period:
            return "current"
        if one.period.lower > day:
            return "later"
        rows = [row for row in members if row.organisation_id == one.organisation_id]
        return "earlier" if any(row.period.lower > one.period.lower for row in rows) else "ended"

    def size(one: Membership) -> str:
        headcount = sizes.get(one.organisation_id)
        return UNKNOWN if headcount is None else str(headcount_class(headcount))

    def province(one: Membership) -> str:
        place = one.organisation.place
        return (place.province or place.region) if place else UNKNOWN

    return {
        one.pk: {
            "state": {state(one)},
            "category": {str(one.category_id)},
            "size": {size(one)},
            "kind": {one.organisation.kind},
            "paying": {str(one.is_paying).lower()},
            "province": {province(one)},
            "tag": tags.get(one.organisation_id, set()),
            "year": {str(one.period.lower.year)},
        }
        for one in members
    }


@pytest.mark.parametrize("seed", range(2))
def test_every_number_of_the_members_is_that_of_a_slow_count(world: World, seed: int) -> None:
    organisations, chance = fill(world, seed), random.Random(seed)
    enter(cluster_seats(world.alpha))
    some_amounts(chance, world)
    some_tags(chance, world, organisations)
    rows = Membership.objects.filter(cluster=world.alpha).select_related("organisation__place")
    texts = {
        row.pk: (row.organisation.name_sort, place.name_sort if place else "")
        for row in rows
        for place in [row.organisation.place]
    }
    for day in DAYS:
        scope = MemberScope(world.alpha, day, term_of_cluster(world.alpha.pk))
        listing = member_listing(scope, member_words(world.alpha.pk))
        facts = facts_of_members(world, day)
        promised = Contribution.objects.filter(
            cluster=world.alpha, working_year=scope.working_year or 0
        )
        amounts = {row.membership_id: row.amount for row in promised}
        for _asked in range(ASKED):
            query = some_choice(chance, list(facts.values()), listing)
            check(listing, facts, amounts, query, texts)


def some_contacts(
    chance: random.Random, world: World, organisations: Sequence[Organisation]
) -> None:
    whose = {"cluster": world.alpha, "source": "test"}
    for number in range(60):
        person = Contact.objects.create(
            last_name=f"Firm {number}",
            email=f"n{number}@example.be" if chance.random() < 0.7 else "",
            bounced_on=chance.choice((None, None, date(2019, 1, 1))),
            archived_on=chance.choice((None, None, date(2020, 1, 1))),
            language=chance.choice(("", *ContactLanguage.values)),
            **whose,
        )
        for organisation in chance.sample(organisations, chance.randrange(3)):
            for period in some_periods(chance):
                Position.objects.create(
                    cluster=world.alpha, contact=person, organisation=organisation, period=period,
                    role=chance.choice(PositionRole.values),
                )  # fmt: skip
        for purpose in chance.sample(ConsentPurpose.values, chance.randrange(3)):
            Consent.objects.create(
                cluster=world.alpha, contact=person, purpose=purpose, way="spoken",
                state=chance.choice(ConsentState.values), said_on=a_day(chance),
            )  # fmt: skip


def mail(one: Contact) -> str:
    if not one.email:
        return "missing"
    return "bounced" if one.bounced_on else "reachable"


def facts_of_contacts(world: World, day: date) -> dict[int, Facts]:
    places, said = dict[int, list[Position]](), dict[int, set[str]]()
    for place in Position.objects.filter(cluster=world.alpha).select_related("organisation"):
        if day in place.period:
            places.setdefault(place.contact_id, []).append(place)
    for one in Consent.objects.filter(cluster=world.alpha):
        said.setdefault(one.contact_id, set()).add(f"{one.purpose}:{one.state}")
    return {
        one.pk: {
            "kept": {"archived" if one.archived_on else "kept"},
            "role": {place.role for place in places.get(one.pk, [])} or {UNKNOWN},
            "kind": {place.organisation.kind for place in places.get(one.pk, [])} or {UNKNOWN},
            "language": {one.language or UNKNOWN},
            "consent": said.get(one.pk, set()) or {UNKNOWN},
            "mail": {mail(one)},
        }
        for one in Contact.objects.filter(cluster=world.alpha)
    }


@pytest.mark.parametrize("seed", range(2))
def test_every_number_of_the_contacts_is_that_of_a_slow_count(world: World, seed: int) -> None:
    organisations, chance = fill(world, seed), random.Random(seed)
    enter(cluster_seats(world.alpha))
    some_contacts(chance, world, organisations)
    people = Contact.objects.filter(cluster=world.alpha)
    texts = {one.pk: {one.name_sort, one.email} for one in people}
    for day in DAYS:
        listing = contact_listing(ContactScope(world.alpha, day))
        facts, there = facts_of_contacts(world, day), {pk: {*own} for pk, own in texts.items()}
        for place in Position.objects.filter(cluster=world.alpha).select_related("organisation"):
            if day in place.period:
                there[place.contact_id].add(place.organisation.name_sort)
        for _asked in range(ASKED):
            query = some_choice(chance, list(facts.values()), listing)
            check(listing, facts, {}, query, there)
