"""Whom a mail is with: by address for certain, by name and domain as a guess."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Seat
from clusterwerk.directory.models import Organisation
from clusterwerk.measure.duplicates import company_domain
from clusterwerk.members.actions import Party
from clusterwerk.members.correspondence.addresses import token_of
from clusterwerk.members.models import Contact, IncomingMail, KnownAddress, Position
from clusterwerk.members.queries.domains import organisations_of
from clusterwerk.platform.access.seats import SeatKind
from clusterwerk.platform.models import User
from clusterwerk.platform.text import folded

MOST_SUGGESTIONS = 6


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Whom a mail in the tray may be with, and what speaks for it."""

    party: Party
    why: str | Promise

    @property
    def value(self) -> str:
        """As a form sends it: numbers of organisation and contact, empty where there is none."""
        organisation, contact = self.party.organisation, self.party.contact
        return f"{organisation.pk if organisation else ''}-{contact.pk if contact else ''}"


def team_addresses(cluster: int, day: date) -> dict[str, int]:
    """Addresses of everybody who holds a seat in the cluster, each with the account it is of."""
    seats = Seat.objects.filter(cluster_id=cluster, kind=SeatKind.CLUSTER).held_on(day)
    team = User.objects.filter(pk__in=seats.values("user_id"), is_active=True)
    found = {email.lower(): pk for pk, email in team.values_list("pk", "email")}
    confirmed = EmailAddress.objects.filter(verified=True, user__in=team)
    found.update({email.lower(): pk for pk, email in confirmed.values_list("user_id", "email")})
    return found


def outsiders(addresses: Iterable[str], team: Iterable[str]) -> list[str]:
    """Without colleagues and without addresses of teams."""
    colleagues = set(team)
    kept = (each for each in addresses if each and each not in colleagues)
    return list(dict.fromkeys(each for each in kept if not token_of(each)))


def parties_for(cluster: int, addresses: Iterable[str], moment: datetime) -> list[Party]:
    """Whose addresses these are: contacts with where they worked then, and remembered choices."""
    wanted = list(addresses)
    contacts = list(
        Contact.objects.living()
        .filter(cluster_id=cluster)
        .exclude(email="")
        .annotate(address=Lower("email"))
        .filter(address__in=wanted)
    )
    known = {contact.email.lower() for contact in contacts}
    remembered = KnownAddress.objects.filter(cluster_id=cluster, email__in=set(wanted) - known)
    rows = remembered.select_related("organisation", "contact")
    chosen = [Party(row.organisation, row.contact) for row in rows if row.contact is None]
    contacts += [row.contact for row in rows if row.contact is not None]
    parties = at_work(cluster, contacts, timezone.localdate(moment))
    return list(dict.fromkeys([*parties, *chosen]))


def at_work(cluster: int, contacts: Iterable[Contact], day: date) -> list[Party]:
    """Each contact for the organisation they worked at on the day; alone where it is not certain.

    Who works at two organisations wrote for the one whose domain the address carries.
    """
    people = list(contacts)
    rows = Position.objects.filter(cluster_id=cluster, contact__in=people).on(day)
    places: dict[int, list[Organisation]] = {}
    for row in rows.select_related("organisation"):
        places.setdefault(row.contact_id, []).append(row.organisation)
    return [Party(_place(each, places.get(each.pk, [])), each) for each in people]


def _place(contact: Contact, places: list[Organisation]) -> Organisation | None:
    held = list(dict.fromkeys(places))
    if len(held) > 1:
        held = _at_domain(held, company_domain(contact.email))
    return held[0] if len(held) == 1 else None


def _at_domain(places: list[Organisation], domain: str) -> list[Organisation]:
    return [each for each in places if domain and company_domain(each.website) == domain]


def suggestions(mail: IncomingMail, team: Iterable[str]) -> list[Suggestion]:
    """For a mail in the tray, the surest first; nothing of it is done by itself."""
    addresses = outsiders([mail.sender, *recipients_of(mail)], team)
    sure = parties_for(mail.cluster_id, addresses, mail.sent_at)
    found = [Suggestion(party, _("known address")) for party in sure]
    found += [Suggestion(party, _("same name")) for party in _namesakes(mail)]
    pointed = organisations_of(mail.cluster_id, map(company_domain, addresses))
    found += [Suggestion(Party(each.organisation), _("same domain")) for each in pointed]
    by_value = {each.value: each for each in reversed(found)}
    kept = [each for each in found if by_value.get(each.value) is each]
    return kept[:MOST_SUGGESTIONS]


def recipients_of(mail: IncomingMail) -> list[str]:
    """Addresses out of the lines that the row keeps."""
    lines = mail.recipients.splitlines()
    return [line.rpartition("<")[2].rstrip(">").strip() for line in lines]


def _namesakes(mail: IncomingMail) -> list[Party]:
    words = folded(mail.sender_name.replace(",", " ")).split()
    if len(words) < 2:  # noqa: PLR2004 - a first name alone says little
        return []
    rows = Contact.objects.living().filter(cluster_id=mail.cluster_id)
    for word in words:
        rows = rows.filter(name_sort__contains=word)
    return at_work(mail.cluster_id, rows[:3], timezone.localdate(mail.sent_at))
