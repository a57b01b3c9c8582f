"""Which contact a row means: by e-mail address, then by name at the organisation."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.members.models import Consent, Contact, Position
from clusterwerk.members.moving_in.drafts import CONTACT, Candidate, Doubt
from clusterwerk.platform.text import folded


@dataclass(slots=True)
class Person:
    """A contact that exists (`contact`) or that a row will make; `at` are organisations by ref."""

    ref: str
    first_name: str
    last_name: str
    email: str
    contact: Contact | None = None
    row: int = 0
    at: set[str] = field(default_factory=set)
    positions: dict[str, Position] = field(default_factory=dict)
    consents: dict[str, Consent] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email


class People:
    """All contacts that rows of one move may mean."""

    def __init__(self, cluster: Cluster) -> None:
        self.by_ref: dict[str, Person] = {}
        self._by_email: dict[str, Person] = {}
        self._by_name: defaultdict[str, list[Person]] = defaultdict(list)
        for contact in Contact.objects.living().filter(cluster=cluster):
            self._add(
                Person(
                    f"c:{contact.pk}",
                    contact.first_name,
                    contact.last_name,
                    contact.email,
                    contact=contact,
                )
            )
        for position in Position.objects.filter(cluster=cluster, period__endswith=None):
            person = self.by_ref.get(f"c:{position.contact_id}")
            if person is not None:
                person.at.add(f"o:{position.organisation_id}")
                person.positions.setdefault(f"o:{position.organisation_id}", position)
        for consent in Consent.objects.filter(cluster=cluster):
            person = self.by_ref.get(f"c:{consent.contact_id}")
            if person is not None:
                person.consents[consent.purpose] = consent

    def has(self, email: str) -> bool:
        return email in self._by_email

    def find(
        self, *, email: str, first_name: str, last_name: str, organisation: str
    ) -> tuple[Person | None, Doubt | None]:
        """The person, or who may be meant: a namesake elsewhere, or one with another address."""
        if email and email in self._by_email:
            return self._by_email[email], None
        same = self._by_name.get(_key(first_name, last_name), []) if last_name else []
        here = [person for person in same if organisation and organisation in person.at]
        free = [person for person in here if not email or not person.email]
        if len(free) == 1:
            return free[0], None
        others = here or ([] if email or organisation else same)
        if len(others) == 1 and not email and not organisation:
            return others[0], None
        if not others:
            return None, None
        return None, self._doubt(email, f"{first_name} {last_name}".strip(), organisation, others)

    def plan(
        self, *, email: str, first_name: str, last_name: str, organisation: str, row: int
    ) -> Person:
        """A contact that this move will make; the same facts give the same one."""
        ref = f"k:{email or _key(first_name, last_name) + '|' + organisation}"
        if ref not in self.by_ref:
            self._add(Person(ref, first_name, last_name, email, row=row))
        person = self.by_ref[ref]
        if organisation:
            person.at.add(organisation)
        return person

    def _doubt(self, email: str, name: str, organisation: str, others: list[Person]) -> Doubt:
        candidates = tuple(
            Candidate(each.ref, each.name, each.email or _("no address"), 80, (_("same name"),))
            for each in others[:5]
        )
        key = f"{_key(name, '')}|{email}|{organisation}"
        return Doubt(CONTACT, f"c|{key}"[:150], name or email, candidates, may_make=True)

    def _add(self, person: Person) -> None:
        self.by_ref[person.ref] = person
        if person.email:
            self._by_email[person.email] = person
        if person.last_name:
            self._by_name[_key(person.first_name, person.last_name)].append(person)


def _key(first_name: str, last_name: str) -> str:
    return " ".join(sorted(folded(f"{first_name} {last_name}").split()))


def split_name(text: str) -> tuple[str, str]:
    """First and last name: `Peeters, Jan` by its comma, else the first word is the first name."""
    last, comma, first = text.partition(",")
    if comma:
        return first.strip(), last.strip()
    first, _space, last = text.strip().partition(" ")
    return (first, last.strip()) if last else ("", first)
