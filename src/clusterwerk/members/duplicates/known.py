"""What a cluster knows of its contacts, as people are compared."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet

from clusterwerk.measure.duplicates import People, Person, PersonMatch, company_domain, mailbox_of
from clusterwerk.members.models import Contact, Position
from clusterwerk.platform.text import folded

Told = tuple[int, str, str, str, str, str]
NEAREST = 300  # contacts that the database offers to be weighed
_TELLING = 3  # letters of a word of a name that is searched for


def people_of(cluster: int, contacts: "QuerySet[Contact]") -> Iterator[Person]:
    """These contacts with every organisation at which they are or were."""
    return _people(cluster, _told(contacts), contacts.values("pk"))


def _told(contacts: "QuerySet[Contact]") -> Iterable[Told]:
    return contacts.values_list("pk", "first_name", "last_name", "email", "phone", "mobile")


def _people(
    cluster: int, told: Iterable[Told], keys: "QuerySet[Contact, Any] | list[int]"
) -> Iterator[Person]:
    places: defaultdict[int, set[int]] = defaultdict(set)
    rows = Position.objects.filter(cluster_id=cluster, contact__in=keys)
    for contact, organisation in rows.values_list("contact_id", "organisation_id").order_by():
        places[contact].add(organisation)
    for pk, first, last, email, phone, mobile in told:
        yield Person(pk, first, last, email, phone, mobile, frozenset(places[pk]))


def living(cluster: int) -> "QuerySet[Contact]":
    return Contact.objects.living().filter(cluster_id=cluster)


def person(contact: Contact, organisations: Iterable[int]) -> Person:
    """A contact as it is compared; one that is only typed yet has the key 0."""
    return Person(
        contact.pk or 0,
        contact.first_name,
        contact.last_name,
        contact.email,
        contact.phone,
        contact.mobile,
        frozenset(organisations),
    )


def people_like(cluster: int, row: Person, *, most: int = 3) -> list[PersonMatch]:
    """Living contacts who may be this person, the most likely first; two queries at most."""
    near = living(cluster).filter(_near(row)).exclude(pk=row.key)
    told = list(_told(near.order_by("pk")[:NEAREST]))
    return People(_people(cluster, told, [each[0] for each in told])).like(row)[:most]


def _near(row: Person) -> Q:
    """Whom the database can find by a number, an address, or words of the name."""
    found = Q(pk__in=[])
    for number in filter(None, {row.phone, row.mobile}):
        found |= Q(phone=number) | Q(mobile=number)
    if row.email:
        local, _at, domain = mailbox_of(row.email).rpartition("@")
        found |= Q(email__istartswith=local[:1], email__iendswith=f"@{domain}")
    for word in folded(f"{row.first_name} {row.last_name}").split():
        if len(word) >= _TELLING:
            found |= Q(name_sort__contains=word) | Q(name_sort__startswith=word[:_TELLING])
            found |= Q(first_name="", last_name="", email__icontains=word)
    return found


def mail_of_people(
    cluster: int | None, organisations: Collection[int]
) -> Iterator[tuple[int, str]]:
    """Addresses at organisations: of the contacts of a cluster that work there now or did."""
    if cluster is None:
        return
    rows = Position.objects.filter(cluster_id=cluster, organisation__in=organisations)
    told = rows.filter(contact__archived_on=None).exclude(contact__email="").order_by()
    for organisation, email in told.values_list("organisation_id", "contact__email"):
        if company_domain(email):
            yield organisation, email
