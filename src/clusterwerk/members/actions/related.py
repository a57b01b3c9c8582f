"""Every change to what a member told of its owners and of what it owns."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy

from clusterwerk.directory.models import Organisation
from clusterwerk.members import access
from clusterwerk.members.models import HolderKind, RelatedEnterprise, Stream
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.rows import changed, created

_ONCE = {
    "related_enterprise_once_a_year": gettext_lazy(
        "This enterprise is written down for this year already."
    )
}


@dataclass(frozen=True, slots=True)
class RelatedFacts:
    """Share in percent; headcount in annual work units, money in euro, of the whole group."""

    year: int
    name: str
    stream: Stream
    share: Decimal
    source: str
    number: str = ""
    holder_kind: HolderKind = HolderKind.ENTERPRISE
    has_control: bool = False
    headcount: Decimal | None = None
    turnover: Decimal | None = None
    balance_total: Decimal | None = None


def add_related(
    *, seats: Seats, cluster_id: int, organisation: Organisation, facts: RelatedFacts
) -> RelatedEnterprise:
    """Another enterprise with a share of the member, or the other way round."""
    access.may_state_size(seats, cluster_id, organisation.pk).require()
    related = RelatedEnterprise(
        cluster_id=cluster_id,
        organisation=organisation,
        is_demo=organisation.is_demo,
        **{name: getattr(facts, name) for name in RelatedFacts.__dataclass_fields__},
    )
    return created(related, _ONCE)


def change_related(*, seats: Seats, related: RelatedEnterprise, facts: RelatedFacts) -> bool:
    """What was told of the year differently; the view holds the row and shows who changed it."""
    access.may_state_size(seats, related.cluster_id, related.organisation_id).require()
    told = {name: getattr(facts, name) for name in RelatedFacts.__dataclass_fields__}
    return changed(related, _ONCE, **told)


def drop_related(*, seats: Seats, related: RelatedEnterprise) -> None:
    """It was wrong; what was told stays in the past."""
    access.may_state_size(seats, related.cluster_id, related.organisation_id).require()
    related.delete()
