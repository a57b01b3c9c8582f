"""What becomes of contacts when another cluster takes their members in."""

from collections.abc import Iterator

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy

from clusterwerk.clusters.handover.models import HandOver
from clusterwerk.clusters.handover.steps import Done
from clusterwerk.clusters.models import Cluster
from clusterwerk.members.handover.work import copy_work
from clusterwerk.members.models import Consent, ConsentState, Contact, Membership, Position
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.rows import created_many


def copy_people(_seats: Seats, over: HandOver) -> Iterator[Done]:
    """Who works at members that go over goes with them, where the address is not known there.

    What they allowed they allowed the old cluster; what they refused is refused there too. What was
    said and promised follows (`work.py`); tags and own fields stay behind, for the other cluster
    has words of its own.
    """
    if over.to_cluster is None:
        return
    places = _places_that_go(over, over.to_cluster)
    known = Contact.objects.living().filter(cluster=over.to_cluster).exclude(email="")
    addresses = set(known.values_list("email", flat=True))
    going = {
        place.contact_id: place.contact for place in places if place.contact.email not in addresses
    }
    copies = {pk: _person(contact, over.to_cluster) for pk, contact in going.items()}
    created_many(copies.values())
    created_many(
        _place(place, copies[place.contact_id], over)
        for place in places
        if place.contact_id in copies
    )
    refused = Consent.objects.filter(cluster=over.cluster, contact__in=list(copies))
    created_many(
        _said(row, copies[row.contact_id]) for row in refused.exclude(state=ConsentState.GIVEN)
    )
    yield Done(gettext_lazy("contacts copied: %(number)s"), len(copies))
    ours = {pk: copy.pk for pk, copy in copies.items()}
    yield from copy_work(over, over.to_cluster, ours | _known_there(over, over.to_cluster))


def _known_there(over: HandOver, to: Cluster) -> dict[int, int]:
    """Contacts whose address the other cluster knows, by number, with the one they are there."""
    there = Contact.objects.living().filter(cluster=to).exclude(email="")
    pairs = dict(there.values_list("email", "pk"))
    own = Contact.objects.living().filter(cluster=over.cluster, email__in=list(pairs))
    return {pk: pairs[email] for pk, email in own.values_list("pk", "email")}


def _places_that_go(over: HandOver, to: Cluster) -> list[Position]:
    members = Membership.objects.filter(cluster=to).values("organisation_id")
    standing = Membership.objects.filter(cluster=over.cluster, period__endswith=over.day)
    rows = Position.objects.filter(cluster=over.cluster, contact__archived_on=None).on(over.day)
    going = rows.filter(organisation__in=standing.values("organisation_id"))
    return list(going.filter(organisation__in=members).select_related("contact"))


def _person(contact: Contact, to: Cluster) -> Contact:
    facts = {
        field.attname: getattr(contact, field.attname)
        for field in contact._meta.concrete_fields
        if field.name not in {"id", "cluster", "name_sort", "note"}
    }
    return Contact(**facts, cluster=to)


def _place(place: Position, contact: Contact, over: HandOver) -> Position:
    """From the day on; the main contact there stays the main contact."""
    assert over.to_cluster is not None
    is_taken = Position.objects.filter(
        cluster=over.to_cluster, organisation=place.organisation_id, is_main=True
    ).exists()
    return Position(
        cluster=over.to_cluster,
        contact=contact,
        organisation_id=place.organisation_id,
        title=place.title,
        role=place.role,
        is_main=place.is_main and not is_taken,
        period=DateRange(over.day, place.period.upper),
        is_demo=place.is_demo,
    )


def _said(row: Consent, contact: Contact) -> Consent:
    return Consent(
        cluster_id=contact.cluster_id,
        contact=contact,
        purpose=row.purpose,
        state=row.state,
        said_on=row.said_on,
        way=row.way,
        source=row.source,
        is_demo=row.is_demo,
    )
