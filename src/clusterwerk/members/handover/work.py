"""What was said, promised and mailed goes along with the members that it is about.

Rows are copied, as contacts are: the cluster that goes keeps what it did. What the other cluster
has already, the same mail or the same entry of a source, is there once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from clusterwerk.clusters.handover.models import HandOver
from clusterwerk.clusters.handover.steps import Done
from clusterwerk.clusters.models import Cluster
from clusterwerk.members.models import (
    Expectation,
    IncomingMail,
    Interaction,
    InteractionParty,
    KnownAddress,
    MailAddress,
    MailAttachment,
    Membership,
    Task,
)
from clusterwerk.platform.rows import changed, created_many

Row = TypeVar("Row", bound=Model)
AT_ONCE = 20  # files of mails held in memory together


@dataclass(frozen=True, slots=True)
class Going:
    """What goes where: organisations of members, and contacts by number with their new one."""

    old: Cluster
    to: Cluster
    organisations: frozenset[int]
    people: Mapping[int, int]

    def organisation(self, pk: int | None) -> int | None:
        return pk if pk in self.organisations else None

    def contact(self, pk: int | None) -> int | None:
        return None if pk is None else self.people.get(pk)

    @property
    def about(self) -> Q:
        """Rows about one of them."""
        return Q(organisation__in=self.organisations) | Q(contact__in=list(self.people))


def copy_work(over: HandOver, to: Cluster, people: Mapping[int, int]) -> Iterator[Done]:
    """Talks, mails, expectations and open tasks of members that go over; called by `copy_people`.

    The address for mail of the old team ends, so that nobody writes to where nobody looks.
    """
    going = Going(over.cluster, to, _organisations(over), people)
    talks = _talks(going)
    yield Done(gettext_lazy("meetings, calls, mails and notes copied: %(number)s"), len(talks))
    yield Done(gettext_lazy("mails copied: %(number)s"), _mails(going, talks))
    hopes = _expectations(going)
    yield Done(gettext_lazy("expectations copied: %(number)s"), len(hopes))
    yield Done(gettext_lazy("open tasks copied: %(number)s"), _tasks(going, hopes))
    _known_addresses(going)
    ended = [
        changed(address, ended_at=timezone.now())
        for address in MailAddress.objects.filter(cluster=over.cluster, ended_at=None)
    ]
    yield Done(gettext_lazy("addresses for mail that end: %(number)s"), len(ended))


def _organisations(over: HandOver) -> frozenset[int]:
    """Of members up to the day, who are members there now."""
    there = Membership.objects.filter(cluster=over.to_cluster).values("organisation_id")
    gone = Membership.objects.filter(
        cluster=over.cluster, period__endswith=over.day, organisation__in=there
    )
    return frozenset(gone.values_list("organisation_id", flat=True))


def _talks(going: Going) -> dict[int, int]:
    """Copy the talks with their parties; by number the one it is there."""
    parties = InteractionParty.objects.filter(going.about, cluster=going.old)
    known = Interaction.objects.filter(cluster=going.to).exclude(external_id="")
    rows = Interaction.objects.filter(
        cluster=going.old, pk__in=parties.values("interaction_id")
    ).exclude(external_id__in=known.values("external_id"))
    found = list(rows.order_by("pk"))
    copies = created_many(_copied(row, going.to) for row in found)
    talks = {row.pk: copy.pk for row, copy in zip(found, copies, strict=True)}
    kept = {
        (talks[party.interaction_id], *_about(going, party))
        for party in parties.filter(interaction__in=list(talks))
    }
    created_many(
        InteractionParty(
            cluster=going.to, interaction_id=talk, organisation_id=organisation, contact_id=contact
        )
        for talk, organisation, contact in sorted(kept, key=str)
        if organisation or contact
    )
    return talks


def _mails(going: Going, talks: Mapping[int, int]) -> int:
    """Mails of these talks, and those that still wait in the tray, with their files."""
    known = IncomingMail.objects.filter(cluster=going.to).values("message_id")
    wanted = Q(interaction__in=list(talks)) | Q(pk__in=IncomingMail.objects.waiting())
    rows = IncomingMail.objects.filter(wanted, cluster=going.old).exclude(message_id__in=known)
    found = list(rows.order_by("pk"))
    copies = created_many(
        _copied(mail, going.to, interaction_id=talks.get(mail.interaction_id or 0))
        for mail in found
    )
    mails = {mail.pk: copy.pk for mail, copy in zip(found, copies, strict=True)}
    files = MailAttachment.objects.filter(cluster=going.old, mail__in=list(mails))
    keys = list(files.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(keys), AT_ONCE):
        some = files.filter(pk__in=keys[first : first + AT_ONCE]).order_by("pk")
        created_many(_copied(file, going.to, mail_id=mails[file.mail_id]) for file in some)
    return len(found)


def _expectations(going: Going) -> dict[int, int]:
    rows = Expectation.objects.filter(
        cluster=going.old, organisation__in=going.organisations
    ).order_by("pk")
    found = list(rows)
    copies = created_many(
        _copied(hope, going.to, contact_id=going.contact(hope.contact_id)) for hope in found
    )
    return {hope.pk: copy.pk for hope, copy in zip(found, copies, strict=True)}


def _tasks(going: Going, hopes: Mapping[int, int]) -> int:
    rows = Task.objects.filter(going.about, cluster=going.old, done_at=None).order_by("pk")
    copies = created_many(
        _copied(
            task,
            going.to,
            organisation_id=going.organisation(task.organisation_id),
            contact_id=going.contact(task.contact_id),
            expectation_id=hopes.get(task.expectation_id or 0),
        )
        for task in rows
    )
    return len(copies)


def _known_addresses(going: Going) -> None:
    known = KnownAddress.objects.filter(cluster=going.to).values("email")
    rows = KnownAddress.objects.filter(going.about, cluster=going.old).exclude(email__in=known)
    pairs = [(row, *_about(going, row)) for row in rows.order_by("pk")]
    created_many(
        _copied(row, going.to, organisation_id=organisation, contact_id=contact)
        for row, organisation, contact in pairs
        if organisation or contact
    )


def _about(going: Going, row: InteractionParty | KnownAddress) -> tuple[int | None, int | None]:
    return going.organisation(row.organisation_id), going.contact(row.contact_id)


def _copied(row: Row, to: Cluster, **other: Any) -> Row:
    facts = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in {"id", "cluster"}
    }
    return type(row)(**{**facts, **other}, cluster=to)
