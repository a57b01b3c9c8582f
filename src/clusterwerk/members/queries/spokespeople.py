"""For whom a cluster may ask that they act for a member: contacts with a position there."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from clusterwerk.clusters.inviting.vouching import Spokesperson, Vouching
from clusterwerk.members.models import Membership, Position
from clusterwerk.platform.text import folded

MOST_WORDS = 5


def speakers_found(cluster: int, typed: str, limit: int) -> Sequence[Spokesperson]:
    """People whose name, address or organisation holds every word that was typed."""
    rows = _speakers(cluster)
    for word in folded(typed).split()[:MOST_WORDS]:
        rows = rows.filter(
            Q(contact__name_sort__contains=word)
            | Q(contact__email__contains=word)
            | Q(organisation__name_sort__contains=word)
        )
    ordered = rows.order_by("contact__name_sort", "organisation__name_sort", "pk")
    return [_spokesperson(row) for row in ordered[:limit]]


def speaker_known(cluster: int, position: int) -> Spokesperson | None:
    row = _speakers(cluster).filter(pk=position).first()
    return _spokesperson(row) if row else None


def _speakers(cluster: int) -> "QuerySet[Position]":
    """Positions of today at members of today, of people who are kept in the lists."""
    today = timezone.localdate()
    members = Membership.objects.filter(
        cluster_id=cluster, organisation_id=OuterRef("organisation_id")
    ).on(today)
    rows = Position.objects.filter(cluster_id=cluster, contact__archived_on=None).on(today)
    return rows.filter(Exists(members)).select_related("contact", "organisation")


def _spokesperson(row: Position) -> Spokesperson:
    return Spokesperson(
        key=row.pk,
        name=str(row.contact),
        email=row.contact.email,
        language=row.contact.language,
        position=row.title or row.get_role_display(),
        organisation=row.organisation,
    )


SPEAKERS = Vouching(found=speakers_found, known=speaker_known)
