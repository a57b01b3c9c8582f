"""What is said to who adds a contact: who looks the same, and where the person may work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.measure.duplicates import company_domain
from clusterwerk.members.duplicates.finding import Alike, alike
from clusterwerk.members.models import Contact
from clusterwerk.members.queries.domains import Pointed, organisations_of

NAMES = ("first_name", "last_name", "email", "phone", "mobile")


@dataclass(frozen=True, slots=True)
class Warned:
    """Who looks the same, and organisations of the address.

    `key` differs for other warnings, and is empty where there is nothing to answer: an address that
    a contact has already (`is_known`) is refused by itself, with the way to who has it.
    """

    alike: Sequence[Alike] = ()
    organisations: Sequence[Pointed] = ()
    is_known: bool = False

    @property
    def key(self) -> str:
        if self.is_known:
            return ""
        people = [f"c{each.contact.pk}" for each in self.alike]
        return "-".join([*people, *(f"o{each.organisation.pk}" for each in self.organisations)])


def warned(cluster: Cluster, typed: Mapping[str, Any], organisation: Organisation | None) -> Warned:
    """For what is typed so far; without an organisation, those whose domain the address has."""
    facts = {name: typed.get(name) or "" for name in NAMES}
    contact = Contact(cluster=cluster, **facts)
    domain = company_domain(contact.email)
    pointed = [] if organisation or not domain else organisations_of(cluster.pk, [domain])
    places = [organisation.pk] if organisation else [each.organisation.pk for each in pointed]
    found = alike(cluster.pk, contact, places) if any(facts.values()) else []
    is_known = any(contact.email and each.contact.email == contact.email for each in found)
    return Warned(found, () if is_known else pointed, is_known)
