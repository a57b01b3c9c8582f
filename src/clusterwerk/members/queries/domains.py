"""Organisations to which a domain of mail points, for a proposal that a person takes or leaves."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from clusterwerk.directory.models import Organisation
from clusterwerk.measure.duplicates import company_domain
from clusterwerk.members.models import Membership, Position

MOST = 4


@dataclass(frozen=True, slots=True)
class Pointed:
    """An organisation, how many contacts there have an address of the domain, and its site."""

    organisation: Organisation
    people: int
    is_site: bool


def organisations_of(cluster: int, domains: Iterable[str]) -> list[Pointed]:
    """Whose people carry one of these domains, the most first; then members whose site does.

    None where more than a few share it: a domain of many, such as a park's, tells nothing.
    """
    wanted = {domain for domain in domains if domain}
    if not wanted:
        return []
    counted = _by_people(cluster, wanted)
    sites = _by_site(cluster, wanted)
    keys = list(dict.fromkeys([*counted, *sites]))
    if len(keys) > MOST:
        return []
    found = Organisation.objects.standing().in_bulk(keys)
    return [Pointed(found[key], counted.get(key, 0), key in sites) for key in keys if key in found]


def _by_people(cluster: int, domains: set[str]) -> dict[int, int]:
    told = Q(pk__in=[])
    for domain in domains:
        told |= Q(contact__email__endswith=f"@{domain}")
    rows = Position.objects.filter(told, cluster_id=cluster, contact__archived_on=None)
    people = rows.values("organisation_id").annotate(people=Count("contact_id", distinct=True))
    return dict(
        people.order_by("-people", "organisation_id").values_list("organisation_id", "people")
    )


def _by_site(cluster: int, domains: set[str]) -> list[int]:
    """The database offers what holds the domain somewhere; what it is, is told here."""
    somewhere = Q(pk__in=[])
    for domain in domains:
        somewhere |= Q(website__icontains=domain)
    members = Membership.objects.filter(cluster_id=cluster).values("organisation_id")
    rows = Organisation.objects.standing().filter(somewhere, pk__in=members).order_by("pk")
    told = rows.values_list("pk", "website")
    return [pk for pk, site in told if company_domain(site) in domains]
