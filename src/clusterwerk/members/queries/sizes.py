"""How large members are: three separate facts, each with the year and source it rests on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

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
    Missing,
    Ownership,
    Related,
    SmeClass,
    assess,
    lasting_class,
)
from clusterwerk.members.models import Membership, RelatedEnterprise, SizeStatement, Stream
from clusterwerk.members.wording import (
    EVALUATION_SIZE_NAMES,
    FIGURE_NAMES,
    SIZE_NAMES,
    SME_CLASS_NAMES,
    SME_NOTES,
)
from clusterwerk.platform.prepared import prepared
from clusterwerk.platform.ui.templatetags.ui import count, euro

OLD_AFTER_YEARS = 2


@dataclass(frozen=True, slots=True)
class SizeFacts:
    """What one statement comes to; each of the three stands alone."""

    statement: SizeStatement
    related: tuple[RelatedEnterprise, ...]
    headcount_class: HeadcountClass | None
    evaluation_size: EvaluationSize | None
    legal: Assessment

    @property
    def headcount_name(self) -> str:
        """Empty when the headcount is unknown, as in the next one."""
        return str(SIZE_NAMES[self.headcount_class]) if self.headcount_class else ""

    @property
    def evaluation_name(self) -> str:
        return str(EVALUATION_SIZE_NAMES[self.evaluation_size]) if self.evaluation_size else ""

    @property
    def legal_name(self) -> str:
        """The class, or the ones that are possible."""
        names = [str(SME_CLASS_NAMES[each]) for each in self.legal.possible]
        if len(names) == len(SME_CLASS_NAMES):
            return _("unknown")
        return names[0] if len(names) == 1 else _(" or ").join(names)

    @property
    def legal_reasons(self) -> list[str]:
        """The summed figures or those that are missing, and what the class hangs on."""
        notes = [str(SME_NOTES[note]) for note in sorted(self.legal.notes)]
        if self.legal.missing:
            return [_missing_words(each) for each in self.legal.missing] + notes
        return [*_total_words(self.legal), *notes]


def _missing_words(missing: Missing) -> str:
    figure = FIGURE_NAMES[missing.figure]
    if not missing.enterprise:
        return _("the %(figure)s is missing") % {"figure": figure}
    return _("the %(figure)s of %(name)s is missing") % {
        "figure": figure,
        "name": missing.enterprise,
    }


def _total_words(legal: Assessment) -> list[str]:
    """The sums; where a part is unknown and changes nothing, what is known of it as the least."""
    total, least = legal.total, legal.at_least
    staff = _summed(total.headcount, least.headcount, count)
    turnover = _summed(total.turnover, least.turnover, euro)
    balance_total = _summed(total.balance_total, least.balance_total, euro)
    told = [
        staff and _("headcount %(number)s") % {"number": staff},
        turnover and _("turnover %(amount)s") % {"amount": turnover},
        balance_total and _("balance total %(amount)s") % {"amount": balance_total},
    ]
    words = ", ".join(each for each in told if each)
    return [words] if words else []


def _summed(
    total: Decimal | None, least: Decimal | None, shown: Callable[[Decimal | None], str]
) -> str:
    if total is not None:
        return shown(total)
    return _at_least(shown(least)) if least else ""


def _at_least(amount: str) -> str:
    return _("at least %(amount)s") % {"amount": amount}


@dataclass(frozen=True, slots=True)
class MemberSize:
    """Statements newest first, and the legal class by the unconfirmed rule of two years."""

    newest: SizeFacts | None
    earlier: tuple[SizeFacts, ...]
    lasting: SmeClass | None

    @property
    def all(self) -> tuple[SizeFacts, ...]:
        return (self.newest, *self.earlier) if self.newest else ()

    @property
    def lasting_name(self) -> str:
        """The class by the rule of two years, where it differs from that of the newest year."""
        now = self.newest.legal.sme_class if self.newest else None
        if now is None or self.lasting is None or self.lasting == now:
            return ""
        return str(SME_CLASS_NAMES[self.lasting])


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
    staff = statement.headcount
    own = Figures(
        None if staff is None else Decimal(staff), statement.turnover, statement.balance_total
    )
    legal = assess(
        own,
        [measured_related(each) for each in related],
        ownership=_ownership(statement, related),
    )
    return SizeFacts(
        statement=statement,
        related=related,
        headcount_class=None if staff is None else headcount_class(staff),
        evaluation_size=None if staff is None else evaluation_size(staff),
        legal=legal,
    )


def _ownership(statement: SizeStatement, related: tuple[RelatedEnterprise, ...]) -> Ownership:
    if related or statement.is_autonomous:
        return Ownership.TOLD
    return Ownership.UNKNOWN if statement.is_autonomous is None else Ownership.UNNAMED


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


@prepared
def related_of(cluster: int, organisation: int) -> QuerySet[RelatedEnterprise]:
    return RelatedEnterprise.objects.filter(cluster_id=cluster, organisation_id=organisation)


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
