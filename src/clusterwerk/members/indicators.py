"""The indicators that memberships and promised contributions give."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.measure.concentration import Concentration, concentration
from clusterwerk.members.models import Contribution, Membership, MembershipQuery
from clusterwerk.platform.evidence import EvidenceLine, Indicator, Words
from clusterwerk.platform.ui.templatetags.ui import day as said_day
from clusterwerk.platform.ui.templatetags.ui import euro
from clusterwerk.programme.queries import term_of_cluster

TABLE_8 = gettext_lazy("evaluation of the business networks, May 2020, table 8")


def paying_memberships(cluster_id: int, day: date) -> MembershipQuery:
    """Paying memberships of the cluster on the day, one per organisation."""
    return (
        Membership.objects.filter(cluster_id=cluster_id)
        .on(day)
        .paying()
        .select_related("organisation")
        .order_by("organisation__name_sort", "id")
    )


def new_memberships(cluster_id: int, day: date) -> Iterable[Membership]:
    """Paying memberships unbroken since a day on or after the start of the agreement."""
    term = term_of_cluster(cluster_id)
    if term is None:
        return []
    return [
        membership
        for membership in paying_memberships(cluster_id, day)
        if membership.since >= term.first_day
    ]


def contributions_of_year(cluster_id: int, day: date) -> Iterable[Contribution]:
    """Promised contributions of the working year in which the day falls."""
    term = term_of_cluster(cluster_id)
    year = term.working_year(day) if term else 0
    return (
        Contribution.objects.filter(cluster_id=cluster_id, working_year=year, amount__gt=0)
        .select_related("organisation")
        .order_by("-amount", "organisation__name_sort", "id")
    )


def _number(records: list[Membership]) -> Decimal:
    return Decimal(len({membership.organisation_id for membership in records}))


def _paying(cluster_id: int, day: date) -> Decimal:
    return _organisations(paying_memberships(cluster_id, day))


def _new(cluster_id: int, day: date) -> Decimal:
    term = term_of_cluster(cluster_id)
    if term is None:
        return Decimal(0)
    return _organisations(paying_memberships(cluster_id, day).filter(since__gte=term.first_day))


def _organisations(memberships: MembershipQuery) -> Decimal:
    """Still in the order of the evidence, by whose names alone a reader sees who is counted."""
    return Decimal(len(set(memberships.values_list("organisation_id", flat=True))))


def _membership_identity(membership: Membership) -> str:
    return f"membership {membership.pk} {membership.organisation_id} {membership.period}"


def _membership_line(membership: Membership) -> EvidenceLine:
    since = _("member since %(day)s") % {"day": said_day(membership.since)}
    return EvidenceLine(membership.organisation.name, (since,), membership.is_demo)


def _contribution_identity(contribution: Contribution) -> str:
    return f"contribution {contribution.pk} {contribution.amount}"


def _contribution_line(contribution: Contribution) -> EvidenceLine:
    amount = euro(contribution.amount)
    return EvidenceLine(contribution.organisation.name, (amount,), contribution.is_demo)


def _of_concentration(
    pick: Callable[[Concentration], Decimal | int | None],
) -> Callable[[list[Contribution]], Decimal | None]:
    def value(records: list[Contribution]) -> Decimal | None:
        if not records:
            return None
        picked = pick(concentration([record.amount for record in records]))
        return None if picked is None else Decimal(picked)

    return value


def _contribution_indicator(
    key: str,
    name: Words,
    definition: Words,
    unit: str,
    pick: Callable[[Concentration], Decimal | int | None],
) -> Indicator:
    return Indicator(
        key=f"contributions.{key}",
        name=name,
        definition=definition,
        unit=unit,
        source=TABLE_8,
        version=1,
        records=contributions_of_year,
        value=_of_concentration(pick),
        identify=_contribution_identity,
        line=_contribution_line,
        private=True,
    )


MEMBER_INDICATORS = (
    Indicator(
        key="members.paying",
        name=gettext_lazy("Paying members"),
        definition=gettext_lazy(
            "Organisations with a paying membership on the day, each counted once."
        ),
        unit="count",
        source=gettext_lazy(
            "evaluation of the business networks, May 2020, section 3.1, programme indicator 1"
        ),
        version=1,
        records=paying_memberships,
        value=_number,
        identify=_membership_identity,
        line=_membership_line,
        counted=_paying,
    ),
    Indicator(
        key="members.new",
        name=gettext_lazy("New paying members"),
        definition=gettext_lazy(
            "Paying members whose membership began on or after the first day of the agreement."
        ),
        unit="count",
        source=gettext_lazy(
            "evaluation of the business networks, May 2020, section 3.1, programme indicator 2"
        ),
        version=1,
        records=new_memberships,
        value=_number,
        identify=_membership_identity,
        line=_membership_line,
        counted=_new,
    ),
    _contribution_indicator(
        "contributors",
        gettext_lazy("Contributors"),
        gettext_lazy("Members that promised a contribution for the working year of the day."),
        "count",
        lambda found: found.contributors,
    ),
    _contribution_indicator(
        "maximum",
        gettext_lazy("Largest contribution"),
        gettext_lazy("The largest yearly contribution promised by one member."),
        "euro",
        lambda found: found.maximum,
    ),
    _contribution_indicator(
        "minimum",
        gettext_lazy("Smallest contribution"),
        gettext_lazy("The smallest yearly contribution promised by one member."),
        "euro",
        lambda found: found.minimum,
    ),
    _contribution_indicator(
        "median",
        gettext_lazy("Median contribution"),
        gettext_lazy("Half of the contributors promise this or less."),
        "euro",
        lambda found: found.median,
    ),
    _contribution_indicator(
        "at_maximum",
        gettext_lazy("Members at the maximum"),
        gettext_lazy("Members that promise the largest contribution."),
        "count",
        lambda found: found.contributors_at_maximum,
    ),
    _contribution_indicator(
        "to_half",
        gettext_lazy("Fewest members that bring half"),
        gettext_lazy(
            "The fewest largest contributors that together bring at least half of the year."
        ),
        "count",
        lambda found: found.contributors_to_half,
    ),
)
