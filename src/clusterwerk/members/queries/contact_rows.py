"""What the list of contacts shows of each of them, for many at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Max, QuerySet

from clusterwerk.members.models import (
    Consent,
    ConsentPurpose,
    Contact,
    InteractionParty,
    Position,
)
from clusterwerk.members.queries.listing import own_values_of
from clusterwerk.platform.prepared import Among, prepared

_AT_WORK = frozenset({"organisation", "title", "role", "kind"})
CONSENT = "consent-"  # begins the key of the column of a purpose


@dataclass(frozen=True)
class ContactRow:
    """One contact on a day; what nobody knows, or no shown column asks for, is empty.

    `places` are positions of the day, the main one first; `consents` are states by purpose;
    `talked_at` is when the newest interaction happened; `own` holds values of the cluster's own
    fields by field.
    """

    contact: Contact
    places: tuple[Position, ...] = ()
    consents: dict[str, Consent] = field(default_factory=dict)
    talked_at: datetime | None = None
    own: dict[int, str] | None = None


def contact_rows(
    cluster: int, day: date, contacts: Sequence[Contact], columns: frozenset[str]
) -> tuple[ContactRow, ...]:
    """The contacts with what the named columns show of them; at most one query each."""
    everybody = [contact.pk for contact in contacts]
    places = places_on(cluster, day, everybody) if columns & _AT_WORK else {}
    purposes = {f"{CONSENT}{purpose}" for purpose in ConsentPurpose}
    consents = consents_by_contact(cluster, everybody) if columns & purposes else {}
    talks = last_talks_with(cluster, everybody) if "talked" in columns else {}
    own = own_values_of(cluster, "contact_id", everybody, columns)
    return tuple(
        ContactRow(
            contact,
            tuple(places.get(contact.pk, ())),
            consents.get(contact.pk, {}),
            talks.get(contact.pk),
            own.get(contact.pk),
        )
        for contact in contacts
    )


def places_on(cluster: int, day: date, contacts: Iterable[int]) -> dict[int, list[Position]]:
    """Positions of the day with their organisation, by contact, the main one first."""
    found: dict[int, list[Position]] = {}
    for place in _places(cluster, day, list(contacts)):
        found.setdefault(place.contact_id, []).append(place)
    return found


@prepared
def _places(cluster: int, day: date, contacts: list[int]) -> QuerySet[Position]:
    rows = Position.objects.filter(cluster_id=cluster).on(day)
    held = rows.filter(Among("contact_id", contacts))
    return held.select_related("organisation").order_by("-is_main", "pk")


def consents_by_contact(cluster: int, contacts: Iterable[int]) -> dict[int, dict[str, Consent]]:
    """What each contact last said, by purpose."""
    found: dict[int, dict[str, Consent]] = {}
    for said in _consents(cluster, list(contacts)):
        found.setdefault(said.contact_id, {})[said.purpose] = said
    return found


@prepared
def _consents(cluster: int, contacts: list[int]) -> QuerySet[Consent]:
    return Consent.objects.filter(Among("contact_id", contacts), cluster_id=cluster)


def last_talks_with(cluster: int, contacts: Iterable[int]) -> dict[int, datetime]:
    """When the newest interaction with each contact happened."""
    parties = InteractionParty.objects.filter(cluster_id=cluster, contact__in=list(contacts))
    last = parties.values("contact_id").annotate(at=Max("interaction__happened_at"))
    return dict(last.order_by().values_list("contact_id", "at"))
