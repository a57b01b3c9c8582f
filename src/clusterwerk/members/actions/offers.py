"""Every change to needs and offers: a member tells them to clusters, changes, closes, withdraws.

A need told to several clusters is one entry with a row in each. The rows of clusters of which the
organisation is a member today change together; at a former cluster a row stays as it was told,
until it is withdrawn.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.directory.models import Organisation
from clusterwerk.members import access
from clusterwerk.members.models import Membership, NeedOrOffer, OfferAudience, OfferOutcome
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created

MOST_TAGS = 10
LONGEST_TAG = 40
_ENTRIES = {
    "offer_once_per_cluster": gettext_lazy("This is told to the cluster already."),
}


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """As in `NeedOrOffer`."""

    kind: str
    title: str
    text: str = ""
    tags: tuple[str, ...] = ()
    audience: str = OfferAudience.TEAM
    open_until: date | None = None


@transaction.atomic
def tell_offer(
    *,
    seats: Seats,
    organisation: Organisation,
    facts: OfferFacts,
    clusters: Collection[int],
    on: date,
) -> list[NeedOrOffer]:
    """Something new, told to these clusters; it has to be open on the day."""
    access.may_speak_for(seats, organisation.pk).require()
    _require_open(facts, on)
    require_members_of(organisation, clusters, on)
    entry = uuid4()
    return [_told(organisation, entry, facts, cluster, on) for cluster in sorted(clusters)]


@transaction.atomic
def change_offer(
    *,
    seats: Seats,
    organisation: Organisation,
    entry: UUID,
    facts: OfferFacts,
    clusters: Collection[int],
    on: date,
) -> bool:
    """Say it anew to these clusters; a present cluster that is left out no longer reads it."""
    access.may_speak_for(seats, organisation.pk).require()
    require_members_of(organisation, clusters, on)
    rows = _locked(organisation, entry)
    now = member_of_on(organisation.pk, on)
    standing = {row.cluster_id: row for row in rows if row.cluster_id in now}
    first = next(iter(standing.values()), rows[0])
    if first.open_until != facts.open_until:
        _require_open(facts, on)
    done = [
        _retold(row, facts) if cluster in clusters else bool(row.delete())
        for cluster, row in standing.items()
    ]
    fresh = sorted(set(clusters) - set(standing))
    for cluster in fresh:
        row = _told(organisation, entry, facts, cluster, on)
        changed(row, closed_on=first.closed_on, outcome=first.outcome)
    return any(done) or bool(fresh)


def _retold(row: NeedOrOffer, facts: OfferFacts) -> bool:
    return changed(row, **{**asdict(facts), "tags": list(facts.tags)})


@transaction.atomic
def close_offer(
    *, seats: Seats, organisation: Organisation, entry: UUID, outcome: str, on: date
) -> bool:
    """No longer looked for or given; a second click changes nothing."""
    access.may_speak_for(seats, organisation.pk).require()
    said = OfferOutcome(outcome) if outcome else ""
    rows = _present(organisation, entry, on)
    done = [changed(row, closed_on=on, outcome=said) for row in rows if row.closed_on is None]
    return any(done)


@transaction.atomic
def reopen_offer(*, seats: Seats, organisation: Organisation, entry: UUID, on: date) -> bool:
    """Open again; an end that has passed is taken off."""
    access.may_speak_for(seats, organisation.pk).require()
    done = []
    for row in _present(organisation, entry, on):
        ends = row.open_until if row.open_until and row.open_until >= on else None
        done.append(changed(row, closed_on=None, outcome="", open_until=ends))
    return any(done)


@transaction.atomic
def withdraw_offer(*, seats: Seats, organisation: Organisation, entry: UUID) -> int:
    """No cluster reads it any more, former ones included; history keeps it.

    Returns how many clusters had read it.
    """
    access.may_speak_for(seats, organisation.pk).require()
    rows = NeedOrOffer.objects.filter(organisation=organisation, entry=entry)
    gone, _by_model = rows.delete()
    return gone


def member_of_on(organisation: int, day: date) -> set[int]:
    """Clusters of which the organisation is a member on the day."""
    rows = Membership.objects.filter(organisation=organisation).on(day)
    return set(rows.values_list("cluster_id", flat=True))


def require_members_of(organisation: Organisation, clusters: Collection[int], day: date) -> None:
    """At least one cluster, and none of which the organisation is no member."""
    if not clusters:
        raise DomainError(_("Choose at least one cluster to tell it to."))
    if set(clusters) - member_of_on(organisation.pk, day):
        message = _("%(organisation)s is not a member of one of these clusters today.")
        raise DomainError(message % {"organisation": organisation.name})


def _require_open(facts: OfferFacts, today: date) -> None:
    if facts.open_until and facts.open_until < today:
        raise DomainError(_("It would be over already: leave the last day empty, or take a later."))


def _locked(organisation: Organisation, entry: UUID) -> Sequence[NeedOrOffer]:
    rows = NeedOrOffer.objects.filter(organisation=organisation, entry=entry)
    found = list(rows.select_for_update(of=("self",)).order_by("cluster_id"))
    if not found:
        raise DomainError(_("This need or offer was withdrawn meanwhile."))
    return found


def _present(organisation: Organisation, entry: UUID, day: date) -> list[NeedOrOffer]:
    """Its rows at clusters of which the organisation is a member; at least one."""
    now = member_of_on(organisation.pk, day)
    found = [row for row in _locked(organisation, entry) if row.cluster_id in now]
    if not found:
        raise DomainError(
            _("You are no member any more of the clusters that read this; you can withdraw it.")
        )
    return found


def _told(
    organisation: Organisation, entry: UUID, facts: OfferFacts, cluster: int, day: date
) -> NeedOrOffer:
    row = NeedOrOffer(
        cluster_id=cluster,
        organisation=organisation,
        entry=entry,
        told_on=day,
        is_demo=organisation.is_demo,
        **{**asdict(facts), "tags": list(facts.tags)},
    )
    return created(row, _ENTRIES)
