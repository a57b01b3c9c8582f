"""The three facts of size, each by itself, and whose size is old."""

from datetime import date
from decimal import Decimal

import pytest

from clusterwerk.measure.headcount import EvaluationSize, HeadcountClass
from clusterwerk.measure.sme import Missing, Note, SmeClass
from clusterwerk.members import actions
from clusterwerk.members.actions import RelatedFacts, Size
from clusterwerk.members.models import HolderKind, RelatedEnterprise, SizeStatement, Stream
from clusterwerk.members.queries.sizes import (
    OldSize,
    old_sizes,
    related_of,
    size_facts,
    size_of_member,
)
from clusterwerk.members.wording import SME_NOTES
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.world import World, cluster_seats, organisation_seats


@pytest.fixture
def seats(world: World) -> Seats:
    found = cluster_seats(world.alpha)
    enter(found)
    RelatedEnterprise.objects.all().delete()
    SizeStatement.objects.all().delete()
    return found


def told(world: World, seats: Seats, **facts: object) -> None:
    size = Size(world.company, 2019, "asked", **facts)  # type: ignore[arg-type]
    actions.state_size(seats=seats, cluster_id=world.alpha.pk, size=size)


def holding(**facts: object) -> RelatedFacts:
    given = {
        "year": 2019,
        "name": "Holding",
        "stream": Stream.UPSTREAM,
        "share": Decimal(40),
        "source": "asked",
        **facts,
    }
    return RelatedFacts(**given)  # type: ignore[arg-type]


def test_three_facts_of_one_statement_stand_apart(world: World, seats: Seats) -> None:
    told(
        world,
        seats,
        headcount=45,
        turnover=Decimal(12_000_000),
        balance_total=Decimal(11_000_000),
        is_autonomous=True,
    )
    newest = size_of_member(SizeStatement.objects.all(), []).newest
    assert newest is not None
    assert newest.headcount_class == HeadcountClass.SMALL
    assert newest.evaluation_size == EvaluationSize.SMALL
    assert newest.legal.sme_class == SmeClass.MEDIUM
    assert newest.legal.notes == frozenset()


def test_a_partner_is_counted_and_its_missing_figure_named(world: World, seats: Seats) -> None:
    told(world, seats, headcount=45, turnover=Decimal(1000), is_autonomous=False)
    facts = holding(headcount=Decimal(20))
    actions.add_related(
        seats=seats, cluster_id=world.alpha.pk, organisation=world.company, facts=facts
    )
    related = related_of(world.alpha.pk, world.company.pk)
    newest = size_of_member(SizeStatement.objects.all(), related).newest
    assert newest is not None
    assert newest.legal.total.headcount == Decimal(53)
    assert Missing("turnover", "Holding") in newest.legal.missing


def test_without_a_word_on_owners_the_class_is_said_to_hang_on_it(
    world: World, seats: Seats
) -> None:
    told(world, seats, headcount=5, turnover=Decimal(1000))
    newest = size_of_member(SizeStatement.objects.all(), []).newest
    assert newest is not None
    assert newest.legal.notes == {Note.OWNERSHIP_UNKNOWN}


def test_related_enterprises_of_another_year_are_not_those_of_this_one(
    world: World, seats: Seats
) -> None:
    told(world, seats, headcount=5, turnover=Decimal(1000), is_autonomous=False)
    facts = holding(headcount=Decimal(20), year=2018)
    actions.add_related(
        seats=seats, cluster_id=world.alpha.pk, organisation=world.company, facts=facts
    )
    related = related_of(world.alpha.pk, world.company.pk)
    newest = size_of_member(SizeStatement.objects.all(), related).newest
    assert newest is not None
    assert newest.legal.notes == {Note.RELATED_UNNAMED}
    assert (newest.legal_name, newest.legal.sme_class) == ("unknown", None)
    assert newest.legal_reasons == [
        "the balance total is missing",
        str(SME_NOTES[Note.RELATED_UNNAMED]),
    ]


def test_a_later_statement_without_a_word_on_owners_keeps_what_was_said(
    world: World, seats: Seats
) -> None:
    told(world, seats, headcount=5, is_autonomous=True)
    told(world, seats, headcount=6)
    row = SizeStatement.objects.get()
    assert (row.headcount, row.is_autonomous) == (6, True)


def test_the_member_itself_says_who_owns_it(world: World, seats: Seats) -> None:
    own = organisation_seats(world.company)
    enter(own)
    actions.add_related(
        seats=own, cluster_id=world.alpha.pk, organisation=world.company,
        facts=holding(holder_kind=HolderKind.PUBLIC_BODY),
    )  # fmt: skip
    with pytest.raises(DomainError, match="written down for this year already"):
        actions.add_related(
            seats=own, cluster_id=world.alpha.pk, organisation=world.company, facts=holding()
        )
    related = RelatedEnterprise.objects.get()
    actions.drop_related(seats=own, related=related)
    assert not RelatedEnterprise.objects.exists()


def test_a_share_above_a_hundred_percent_is_refused(world: World, seats: Seats) -> None:
    with pytest.raises(DomainError, match="share"):
        actions.add_related(
            seats=seats, cluster_id=world.alpha.pk, organisation=world.company,
            facts=holding(share=Decimal(101)),
        )  # fmt: skip
    assert not RelatedEnterprise.objects.exists()


def test_a_size_is_old_after_two_years_and_when_it_was_never_told(
    world: World, seats: Seats
) -> None:
    day = date(2022, 6, 1)
    assert old_sizes(world.alpha.pk, day) == [OldSize(world.membership, None)]
    told(world, seats, headcount=5)
    assert old_sizes(world.alpha.pk, day) == [OldSize(world.membership, 2019)]
    assert old_sizes(world.alpha.pk, date(2021, 12, 31)) == []


def test_what_is_known_decides_and_is_shown_as_the_least() -> None:
    statement = SizeStatement(year=2024, headcount=300, turnover=Decimal(5_000_000), source="t")
    partner = RelatedEnterprise(
        name="Holding", year=2024, share=Decimal(30), stream="upstream", holder_kind="enterprise"
    )
    facts = size_facts(statement, [partner])
    assert facts.legal.sme_class == SmeClass.LARGE
    assert facts.legal.missing == ()
    assert facts.legal_reasons == ["headcount at least 300, turnover at least €5,000,000"]
