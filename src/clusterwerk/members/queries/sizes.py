"""How large members are: three separate facts, each with the year and source it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max, Q

from clusterwerk.measure.headcount import (
    EvaluationSize,
    HeadcountClass,
    evaluation_size,
    headcount_class,
)
from clusterwerk.measure.sme import (
    Assessment,
    Figures,
    Holder,
    Related,
    SmeClass,
    assess,
    lasting_class,
)
from clusterwerk.members.models import Membership, RelatedEnterprise, SizeStatement, Stream

OLD_AFTER_YEARS = 2


@dataclass(frozen=True, slots=True)
class SizeFacts:
    """What one statement comes to; each of the three stands alone."""

    statement: SizeStatement
    related: tuple[RelatedEnterprise, ...]
    headcount_class: HeadcountClass | None
    evaluation_size: EvaluationSize | None
    legal: Assessment


@dataclass(frozen=True, slots=True)
class MemberSize:
    """Statements newest first, and the legal class by the unconfirmed rule of two years."""

    newest: SizeFacts | None
    earlier: tuple[SizeFacts, ...]
    lasting: SmeClass | None


@dataclass(frozen=True, slots=True)
class OldSize:
    """A member whose size was not stated for years; `year` is None when it never was."""

    membership: Membership
    year: int | None


def size_of_member(
    statements: Iterable[SizeStatement], related: Iterable[RelatedEnterprise]
) -> MemberSize:
    """What an organisation told, from its rows of one cluster."""
    owned: dict[int, list[RelatedEnterprise]] = {}
    for each in related:
        owned.setdefault(each.year, []).append(each)
    facts = [
        size_facts(statement, owned.get(statement.year, []))
        for statement in sorted(statements, key=lambda row: -row.year)
    ]
    by_year = {each.statement.year: each.legal.sme_class for each in facts if each.legal.sme_class}
    return MemberSize(facts[0] if facts else None, tuple(facts[1:]), lasting_class(by_year))


def size_facts(statement: SizeStatement, related: Iterable[RelatedEnterprise]) -> SizeFacts:
    related = tuple(related)
    count = statement.headcount
    own = Figures(
        None if count is None else Decimal(count), statement.turnover, statement.balance_total
    )
    legal = assess(
        own,
        [measured_related(each) for each in related],
        ownership_known=statement.is_autonomous is True or bool(related),
    )
    return SizeFacts(
        statement=statement,
        related=related,
        headcount_class=None if count is None else headcount_class(count),
        evaluation_size=None if count is None else evaluation_size(count),
        legal=legal,
    )


def measured_related(row: RelatedEnterprise) -> Related:
    """The stored row as the arithmetic takes it."""
    return Related(
        name=row.name,
        share=row.share,
        figures=Figures(row.headcount, row.turnover, row.balance_total),
        is_upstream=row.stream == Stream.UPSTREAM,
        has_control=row.has_control,
        holder=Holder(row.holder_kind),
    )


def related_of(cluster: int, organisation: int) -> list[RelatedEnterprise]:
    return list(RelatedEnterprise.objects.filter(cluster_id=cluster, organisation=organisation))


def old_sizes(cluster: int, day: date) -> list[OldSize]:
    """Members of the day who stated no headcount in the year of the day or the two before it.

    Who never stated any comes first, then the oldest.
    """
    members = Membership.objects.filter(cluster_id=cluster).on(day)
    stated = Q(
        organisation__size_statements__cluster_id=cluster,
        organisation__size_statements__headcount__isnull=False,
    )
    last = members.annotate(
        stated_in=Max("organisation__size_statements__year", filter=stated)
    ).filter(Q(stated_in__isnull=True) | Q(stated_in__lt=day.year - OLD_AFTER_YEARS))
    rows = last.select_related("organisation").order_by("organisation__name_sort", "pk")
    found = [OldSize(row, row.stated_in) for row in rows]  # type: ignore[attr-defined] # annotated
    return sorted(found, key=lambda each: each.year or 0)
