"""Addresses of a contact, and the mails behind one that has passed on, as that of an office does.

What came from an address that somebody else bears now is of the contact when it was filed to a talk
with it, and of the other when filed to a talk with the other alone. The team decides on any other
mail: when an address passed on, no record knows for sure.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from clusterwerk.directory.models import Merge
from clusterwerk.members.models import Contact, IncomingMail, InteractionParty, KnownAddress
from clusterwerk.platform.history.tracking import event_model


def addresses_of(contact: Contact) -> frozenset[str]:
    """The present address, those before, and those that the team keeps to it; in lower case."""
    past = event_model(Contact)
    assert past is not None
    before = past._meta.base_manager.filter(pgh_obj_id=contact.pk).values_list("email", flat=True)
    kept = KnownAddress.objects.filter(cluster_id=contact.cluster_id, contact=contact)
    told = {contact.email, *before, *kept.values_list("email", flat=True)}
    return frozenset(address.lower() for address in told if address)


def merged_into(contact: Contact) -> set[int]:
    """Contacts that became part of this one, and what became part of those."""
    found: set[int] = set()
    asked = {contact.pk}
    merges = Merge.objects.filter(subject=Contact._meta.label_lower, undone_at=None)
    while asked:
        losing = merges.filter(keeping__in=asked).values_list("losing", flat=True)
        asked = set(losing) - found - {contact.pk}
        found |= asked
    return found


@dataclass(frozen=True, slots=True)
class Reach:
    """Addresses of the contact alone, those that passed on, and numbers of talks.

    `talks` are or were with the contact, `others_talks` are with who bears an address now.
    """

    contact: Contact
    own: frozenset[str]
    passed_on: frozenset[str]
    talks: frozenset[int]
    others_talks: frozenset[int]

    @property
    def sent(self) -> QuerySet[IncomingMail]:
        """Mails that the contact wrote first, for sure."""
        return self._mails().filter(_from(self.own) | _from(self.passed_on) & self._theirs())

    @property
    def perhaps_sent(self) -> QuerySet[IncomingMail]:
        """Mails out of an address that passed on, filed to a talk with both or with neither."""
        of_other = Q(interaction__in=self.others_talks - self.talks)
        return self._mails().filter(_from(self.passed_on)).exclude(self._theirs() | of_other)

    @property
    def received(self) -> QuerySet[IncomingMail]:
        """Mails of others that name an address of the contact; one that passed on needs a name."""
        theirs = _to(self.passed_on) & (self.named_in("recipients") | self._theirs())
        found = self._mails().filter(_to(self.own) | theirs)
        return found.exclude(pk__in=self.sent.values("pk"))

    def named_in(self, field: str) -> Q:
        """Where one of the names stands, which an address that passed on does not tell."""
        found = Q(pk__in=[])
        for name in {self.contact.first_name, self.contact.last_name} - {""}:
            found |= Q(**{f"{field}__icontains": name})
        return found

    def _mails(self) -> QuerySet[IncomingMail]:
        return IncomingMail.objects.filter(cluster_id=self.contact.cluster_id)

    def _theirs(self) -> Q:
        return Q(interaction__in=self.talks - self.others_talks)


def reach_of(contact: Contact) -> Reach:
    addresses = addresses_of(contact)
    themselves = {contact.pk, *merged_into(contact)}
    borne = list(_borne_by_others(contact, addresses, themselves))
    passed_on = frozenset(address for address, _bearer in borne)
    return Reach(
        contact,
        own=addresses - passed_on,
        passed_on=passed_on,
        talks=_talks_with(themselves) | _talks_before(themselves),
        others_talks=_talks_with({bearer for _address, bearer in borne}),
    )


def _borne_by_others(
    contact: Contact, addresses: frozenset[str], themselves: Collection[int]
) -> Iterable[tuple[str, int]]:
    """Addresses with the other contact that has them; a present address is of its contact alone."""
    asked = Q(pk__in=[])
    for address in addresses - {"" if contact.archived_on else contact.email.lower()}:
        asked |= Q(email__iexact=address)
    for model, key in ((Contact, "pk"), (KnownAddress, "contact_id")):
        rows = model._meta.base_manager.filter(asked, cluster_id=contact.cluster_id)
        for address, bearer in rows.values_list("email", key):
            if bearer is not None and bearer not in themselves:
                yield address.lower(), bearer


def _talks_with(contacts: Collection[int]) -> frozenset[int]:
    rows = InteractionParty.objects.filter(contact_id__in=contacts)
    return frozenset(rows.values_list("interaction_id", flat=True))


def _talks_before(contacts: Collection[int]) -> frozenset[int]:
    past = event_model(InteractionParty)
    assert past is not None
    rows = past._meta.base_manager.filter(contact_id__in=contacts)
    return frozenset(rows.values_list("interaction_id", flat=True))


def _from(addresses: Collection[str]) -> Q:
    found = Q(pk__in=[])
    for address in addresses:
        found |= Q(sender__iexact=address)
    return found


def _to(addresses: Collection[str]) -> Q:
    found = Q(pk__in=[])
    for address in addresses:
        found |= Q(recipients__icontains=address) | Q(brought_by_address__iexact=address)
    return found
