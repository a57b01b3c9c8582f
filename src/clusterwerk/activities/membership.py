"""Whether an address or a name is of a member, as the clusters that hold an activity know it.

A contact of a current member counts, and an address at the host of a member's own website. A free
mail service is nobody's website, so that its users count as known contacts alone.
"""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from django.db.models import Value
from django.utils import timezone

from clusterwerk.activities.models import Announced
from clusterwerk.directory.models import Organisation
from clusterwerk.members.models import Contact, Membership, Position
from clusterwerk.platform.access.looking import looking_as
from clusterwerk.platform.access.seats import HeldSeat, SeatKind, SeatRole, Seats
from clusterwerk.platform.text import SortKey


@dataclass(frozen=True, slots=True)
class Known:
    """Numbers of the contact (of the lead) and the organisation behind an address."""

    is_member: bool = False
    organisation: int | None = None
    contact: int | None = None


NOBODY_KNOWN = Known()


def known_by_address(activity: Announced, email: str) -> Known:
    """Looks with the seats of who holds it. What is found is written down for them alone."""
    clusters = _holders(activity)
    if not clusters or "@" not in email:
        return NOBODY_KNOWN
    with looking_as(seats_of_holders(activity)):
        found = _by_contact(activity, clusters, email)
        if found.is_member:
            return found
        return replace(_by_host(clusters, email), contact=found.contact)


def member_named(activity: Announced, name: str) -> Organisation | None:
    """The member of today that is called so, whatever the case and the accents."""
    typed = " ".join(name.split())
    if not typed:
        return None
    with looking_as(seats_of_holders(activity)):
        members = Membership.objects.filter(
            cluster_id__in=_holders(activity), period__contains=timezone.localdate()
        )
        rows = Organisation.objects.filter(pk__in=members.values("organisation_id"))
        return rows.filter(name_sort=SortKey(Value(typed))).first()


def _holders(activity: Announced) -> list[int]:
    return [pk for pk in (activity.cluster_id, *activity.shared_with) if pk]


def seats_of_holders(activity: Announced) -> Seats:
    """The lead and the clusters that hold it together, to read with."""
    held = [HeldSeat(SeatKind.CLUSTER, SeatRole.MANAGER, pk) for pk in _holders(activity)]
    if activity.agency_id is not None:
        held.append(
            HeldSeat(
                SeatKind.AGENCY,
                SeatRole.PROGRAMME_MANAGER,
                activity.agency_id,
                activity.agency_id,
            )
        )
    return Seats(held=tuple(held))


def _by_contact(activity: Announced, clusters: list[int], email: str) -> Known:
    contacts = Contact.objects.filter(cluster_id__in=clusters, email__iexact=email)
    own = contacts.filter(cluster_id=activity.cluster_id or 0).values_list("pk", flat=True).first()
    today = timezone.localdate()
    at = Position.objects.filter(contact__in=contacts, period__contains=today)
    member = (
        Membership.objects.filter(
            cluster_id__in=clusters,
            organisation_id__in=at.values("organisation_id"),
            period__contains=today,
        )
        .values_list("organisation_id", flat=True)
        .first()
    )
    if member is None:
        return Known(contact=own)
    return Known(is_member=True, organisation=member, contact=own)


def _by_host(clusters: list[int], email: str) -> Known:
    host = email.rpartition("@")[2].lower()
    rows = Membership.objects.filter(
        cluster_id__in=clusters,
        period__contains=timezone.localdate(),
        organisation__website__icontains=host,
    )
    for organisation, website in rows.values_list("organisation_id", "organisation__website"):
        name = (urlsplit(website).hostname or "").removeprefix("www.")
        if name == host:
            return Known(is_member=True, organisation=organisation)
    return NOBODY_KNOWN
