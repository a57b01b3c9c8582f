"""What the demo's members tell their clusters: who they are, what they need and what they offer."""

from datetime import date, timedelta
from typing import Any

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.members.actions import (
    OfferFacts,
    ProfileFacts,
    close_offer,
    tell_offer,
    tell_profile,
)
from clusterwerk.members.models import (
    MemberProfile,
    Membership,
    OfferAudience,
    OfferKind,
    OfferOutcome,
)
from clusterwerk.platform.access.seats import HeldSeat, SeatKind, SeatRole, Seats
from clusterwerk.platform.access.session import acting

REASON = "demo"
FURTHER = 9  # members of each cluster that tell something, beside the one of the demo's person
PROFILES = (
    "Maakt zuinige aandrijvingen voor kleine toestellen",
    "Test materialen onder warmte, vocht en trilling",
    "Schrijft software die planning en metingen bijeenbrengt",
)
WORDS = (
    (OfferKind.NEED, "Een partner voor een proef in het najaar", "proef, partner",
     "Wij hebben een prototype en zoeken een plek waar het vier weken mag draaien."),
    (OfferKind.OFFER, "Een testhal met klimaatkamer, twee dagen vrij", "testinfrastructuur",
     "Voor leden aan kostprijs; onze technicus helpt bij het opstellen."),
    (OfferKind.NEED, "Kennis over certificering van batterijen", "certificering, batterijen",
     "Wij willen uitvoeren en weten niet welke normen gelden."),
    (OfferKind.OFFER, "Meetgegevens van drie jaar gebruik", "data",
     "Zonder persoonsgegevens, voor gezamenlijk onderzoek."),
    (OfferKind.NEED, "Een tweede leverancier van lichte behuizingen", "toelevering",
     "Kleine reeksen, levering binnen vier weken."),
    (OfferKind.OFFER, "Ruimte op onze freesbank, tot het einde van de zomer", "machines",
     "Met bediening; eigen materiaal meebrengen."),
    (OfferKind.NEED, "Iemand die ons leert meten wat wij uitstoten", "meten, klimaat",
     "Een halve dag bij ons is genoeg om te beginnen."),
    (OfferKind.OFFER, "Stageplaatsen voor studenten elektronica", "opleiding",
     "Drie plaatsen in het voorjaar, met begeleiding."),
    (OfferKind.NEED, "Gezamenlijk vervoer naar de beurs in het voorjaar", "vervoer, beurs",
     "Wij hebben vier paletten en halen graag onderweg op."),
)  # fmt: skip
AUDIENCES = (OfferAudience.TEAM, OfferAudience.MEMBERS, OfferAudience.CLUSTERS)


def keep_demo_offers(
    *, organisation: Organisation, clusters: tuple[Cluster, ...], day: date
) -> int:
    """What the organisation and some members of the clusters tell; returns how many rows were new.

    Each speaks for itself, with the seat of its own representative.
    """
    with acting(_speaking_for(organisation)):
        if MemberProfile.objects.filter(organisation=organisation).exists():
            return 0
    everywhere = [cluster.pk for cluster in clusters]
    added = _tell(organisation, everywhere, 0, day)
    for cluster in clusters:
        for index, member in enumerate(_members(cluster, organisation, day), start=1):
            added += _tell(member, [cluster.pk], index, day)
    return added


def _members(cluster: Cluster, besides: Organisation, day: date) -> list[Organisation]:
    """A few of its members of the day, the oldest memberships first."""
    seat = HeldSeat(SeatKind.CLUSTER, SeatRole.MANAGER, cluster.pk, cluster.agency_id)
    with acting(Seats(held=(seat,))):
        rows = Membership.objects.filter(cluster=cluster).on(day).exclude(organisation=besides)
        found = rows.select_related("organisation").order_by("period", "pk")[:FURTHER]
        return [row.organisation for row in found]


def _tell(member: Organisation, clusters: list[int], index: int, day: date) -> int:
    seats = _speaking_for(member)
    told_on = day - timedelta(days=9 * index + 2)
    with acting(seats, reason=REASON):
        own: dict[str, Any] = {"seats": seats, "organisation": member}
        here = [pk for pk in clusters if _is_member(member, pk, told_on)]
        if not here:
            return 0
        profile = ProfileFacts(PROFILES[index % len(PROFILES)])
        tell_profile(**own, facts=profile, clusters=here, on=told_on)
        facts = [_facts(index, told_on)] if index else [_facts(0, told_on), _facts(1, told_on)]
        rows = [tell_offer(**own, facts=each, clusters=here, on=told_on) for each in facts]
        if index % 4 == 3:  # noqa: PLR2004 - one in four is settled
            entry = rows[0][0].entry
            close_offer(**own, entry=entry, outcome=OfferOutcome.THROUGH_CLUSTER, on=day)
    return len(here) + sum(len(told) for told in rows)


def _facts(index: int, told_on: date) -> OfferFacts:
    kind, title, tags, text = WORDS[index % len(WORDS)]
    ends = told_on + timedelta(days=180) if index % 3 == 0 else None
    return OfferFacts(
        kind, title, text, tuple(tags.split(", ")), AUDIENCES[index % len(AUDIENCES)], ends
    )


def _is_member(member: Organisation, cluster: int, day: date) -> bool:
    return Membership.objects.filter(organisation=member, cluster_id=cluster).on(day).exists()


def _speaking_for(organisation: Organisation) -> Seats:
    seat = HeldSeat(SeatKind.ORGANISATION, SeatRole.REPRESENTATIVE, organisation.pk)
    return Seats(held=(seat,))
