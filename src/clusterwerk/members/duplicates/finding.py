"""Pairs of contacts that may be one: those kept of the last search, and those of one contact."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.duplicates.pages import SHOWN, Pair
from clusterwerk.directory.duplicates.searching import (
    called_distinct,
    candidates_among,
    keep_candidates,
)
from clusterwerk.directory.duplicates.wording import in_words
from clusterwerk.measure.duplicates import People
from clusterwerk.members.duplicates.known import living, people_like, people_of, person
from clusterwerk.members.duplicates.wording import REASONS
from clusterwerk.members.models import Contact, Position
from clusterwerk.platform.access.seats import Seats

SUBJECT = Contact._meta.label_lower


@dataclass(frozen=True, slots=True)
class Alike:
    """A contact that may be somebody, and why."""

    contact: Contact
    score: int
    reasons: Sequence[str]


def find_pairs(*, seats: Seats, cluster: int) -> int:
    """Look at all living contacts, and keep the pairs in place of those found before."""
    people = People(people_of(cluster, living(cluster)))
    return keep_candidates(seats=seats, cluster=cluster, found=people.pairs(), subject=SUBJECT)


def pairs(cluster: Cluster) -> list[Pair]:
    """What the last search found, where both still stand, the most likely first."""
    rows = candidates_among(living(cluster.pk), cluster.pk, SUBJECT)[:SHOWN]
    held = Contact.objects.in_bulk({key for row in rows for key in (row.low, row.high)})
    found = []
    for row in rows:
        losing, keeping = in_order(held[row.low], held[row.high])
        address = reverse("members:contact_compare", args=[cluster.key, losing.pk, keeping.pk])
        found.append(Pair(losing, keeping, row.score, in_words(row.reasons, REASONS), address))
    return found


def in_order(one: Contact, other: Contact) -> tuple[Contact, Contact]:
    """The losing one first: who is still kept stays, then who has an address, then the older."""

    def stays(row: Contact) -> tuple[bool, bool, int]:
        return (row.archived_on is not None, not row.email, row.pk)

    keeping, losing = sorted((one, other), key=stays)
    return losing, keeping


def alike(
    cluster: int, contact: Contact, organisations: Iterable[int] | None = None
) -> list[Alike]:
    """Who else may be this contact, but for those of whom somebody said that they are not.

    `organisations` are those at which it is or was, where they are known; for one that is only
    typed yet those at which it is to work.
    """
    if organisations is None:
        rows = Position.objects.filter(cluster_id=cluster, contact=contact)
        organisations = rows.values_list("organisation_id", flat=True)
    matches = people_like(cluster, person(contact, organisations))
    if contact.pk and matches:
        others = called_distinct(cluster, SUBJECT, contact.pk)
        matches = [match for match in matches if match.right not in others]
    found = Contact.objects.in_bulk([match.right for match in matches])
    return [
        Alike(found[each.right], each.score, in_words(each.reasons, REASONS)) for each in matches
    ]
