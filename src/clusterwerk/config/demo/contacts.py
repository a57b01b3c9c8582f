"""The demo's people and work of the managed clusters: all invented, and always the same.

Every name is a given name beside a thing of the kitchen; addresses end in a domain that no mail
can reach, and telephone numbers lie in no range that is given out.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from clusterwerk.clusters.models import Cluster
from clusterwerk.config.demo.people import DEMO_PEOPLE, DOMAIN
from clusterwerk.directory.models import Organisation
from clusterwerk.members import actions
from clusterwerk.members.models import (
    ConsentPurpose,
    ConsentState,
    ConsentWay,
    Contact,
    CustomField,
    ExpectationState,
    FieldKind,
    FieldSubject,
    InteractionKind,
    Membership,
    Position,
    PositionRole,
    TagKind,
)
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.models import User

SOURCE = "demo"
MEMBER = next(person for person in DEMO_PEOPLE if person.key == "member")
GIVEN = (
    "Anke", "Bram", "Célia", "Daan", "Elif", "Fien", "Gust", "Hanne", "Ilias", "Jutta", "Karel",
    "Lotte", "Marnix", "Noor", "Omer", "Pauline", "Quinten", "Rani", "Sander", "Tine", "Ulrik",
    "Veerle", "Wout", "Yasmina", "Zeger",
)  # fmt: skip
FAMILY = (
    "Pollepel", "Garde", "Theezeef", "Vergiet", "Koekenpan", "Deegrol", "Soeplepel", "Waterkan",
    "Broodmes", "Eierdop", "Kandelaar", "Rasp", "Schenkkan", "Taartvorm", "Zoutvat",
)  # fmt: skip
TITLES = (
    ("Zaakvoerder", PositionRole.REPRESENTATIVE),
    ("Hoofd operaties", PositionRole.TECHNICAL),
    ("Boekhouding", PositionRole.FINANCE),
    ("Communicatie", PositionRole.COMMUNICATION),
)
LANGUAGES = ("nl", "nl", "nl", "nl", "fr", "en")
VISIT = (
    "Rondleiding gekregen. Zij zoeken een partner voor een proef in het najaar en willen eerst "
    "weten wat die kost."
)
TALKS = (
    (InteractionKind.CALL, "Belde over de werkgroep", "Brengt een collega mee."),
    (InteractionKind.MEETING, "Bezoek ter plaatse", VISIT),
    (InteractionKind.MAIL, "Vraag over de bijdrage", "Beantwoord met de regels van de categorie."),
    (InteractionKind.NOTE, "Gehoord op de beurs", "Zij denken aan een tweede vestiging."),
    (InteractionKind.CALL, "Terugbelverzoek", "Niet bereikt, ingesproken."),
    (InteractionKind.MEETING, "Kennismaking", "Wie zij zijn en wat zij van de cluster verwachten."),
)  # fmt: skip
HOPES = (
    ("Een partner vinden voor een proef in het najaar.", ExpectationState.OPEN, ""),
    ("Weten welke steun er is voor een eerste prototype.", ExpectationState.TAKEN_UP,
     "Gesprek met het agentschap gevraagd."),
    ("Kennismaken met leden die hetzelfde probleem hebben.", ExpectationState.MET,
     "Drie leden ontmoet op de werkgroep."),
    ("Een gezamenlijke aankoop van verpakking.", ExpectationState.DECLINED,
     "Te weinig leden wilden meedoen."),
)  # fmt: skip
DUTIES = (
    ("Voorstel voor de proef sturen", -3, None),
    ("Terugbellen over de werkgroep", 0, 0),
    ("Verslag van het bezoek nasturen", 6, 4),
)
TAGS = ("Trekker", "Internationaal", "Eerste kennismaking")
CHAIN = ("Toeleverancier", "Verwerker", "Eindgebruiker")
EACH = 3  # members of which one in so many has a given thing
WITH_WORK = 24  # members with talks; the others are known by name alone


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is written for one cluster, on one day, by these seats."""

    seats: Seats
    cluster: Cluster
    day: date


def keep_demo_people(
    *, seats: Seats, cluster: Cluster, day: date, at: Organisation | None = None
) -> int:
    """Unless the cluster has contacts; returns how many rows of people and work were added.

    `at` is where the demo's member stands among the contacts, who then reads the own row.
    """
    if Contact.objects.filter(cluster=cluster).exists():
        return 0
    rows = Membership.objects.filter(cluster=cluster, is_demo=True).on(day)
    members = [row.organisation for row in rows.select_related("organisation").order_by("pk")]
    keeping = Keeping(seats, cluster, day)
    contacts = _contacts(keeping, members)
    _consents(keeping, contacts)
    contacts += [_member(keeping, at)] if at else []
    talks = _talks(keeping, members[:WITH_WORK], contacts)
    work = _hopes(keeping, members) + _duties(keeping, members)
    return len(contacts) + talks + work + _traits(keeping, members)


def _contacts(keeping: Keeping, members: list[Organisation]) -> list[Contact]:
    """One or two people at each member; the first is the main contact."""
    places = [
        (member, number) for index, member in enumerate(members) for number in range(1 + index % 2)
    ]
    facts = [_person(keeping.cluster, index) for index in range(len(places))]
    contacts = actions.add_contacts(seats=keeping.seats, cluster=keeping.cluster, new=facts)
    positions = []
    for index, (contact, (member, number)) in enumerate(zip(contacts, places, strict=True)):
        title, role = TITLES[0] if number == 0 else TITLES[1 + index % 3]
        first_day = keeping.day - timedelta(days=400 + 13 * index % 900)
        positions.append(actions.NewPosition(contact, member, title, role, number == 0, first_day))
    actions.add_positions(seats=keeping.seats, cluster=keeping.cluster, new=positions)
    return contacts


def _person(cluster: Cluster, index: int) -> actions.ContactFacts:
    given = GIVEN[index % len(GIVEN)]
    # The names come round after 75 people; the next 75 have another family, so nobody is called
    # like somebody else.
    family = FAMILY[(index * 7 + index // 75) % len(FAMILY)]
    return actions.ContactFacts(
        first_name=given,
        last_name=family,
        email=f"{given}.{family}.{index}@{cluster.key}.{DOMAIN}".replace("é", "e"),
        phone=f"+3290000{index:04d}" if index % 4 else "",
        mobile=f"+32460000{index:03d}" if index % EACH == 0 else "",
        language=LANGUAGES[index % len(LANGUAGES)],
        source=SOURCE,
        is_demo=True,
    )


def _consents(keeping: Keeping, contacts: list[Contact]) -> None:
    said = [
        actions.Said(
            contact,
            ConsentPurpose.NEWSLETTER,
            ConsentState.WITHDRAWN if index % 9 == 0 else ConsentState.GIVEN,
            keeping.day - timedelta(days=30 + index),
            ConsentWay.WEBSITE,
            SOURCE,
        )
        for index, contact in enumerate(contacts)
        if index % EACH
    ]
    actions.record_consents(seats=keeping.seats, cluster=keeping.cluster, said=said)


def _member(keeping: Keeping, organisation: Organisation) -> Contact:
    """Who signs in as member, with a newsletter to take off again."""
    first_name, last_name = MEMBER.name.split(" ", 1)
    facts = actions.ContactFacts(
        first_name=first_name,
        last_name=last_name,
        email=MEMBER.email,
        phone="+32900009999",
        language="nl",
        source=SOURCE,
        is_demo=True,
    )
    seats, cluster = keeping.seats, keeping.cluster
    (contact,) = actions.add_contacts(seats=seats, cluster=cluster, new=[facts])
    day = keeping.day - timedelta(days=300)
    title, role = TITLES[1]
    place = actions.NewPosition(contact, organisation, title, role, is_main=False, first_day=day)
    actions.add_positions(seats=seats, cluster=cluster, new=[place])
    said = (contact, ConsentPurpose.NEWSLETTER, ConsentState.GIVEN, day, ConsentWay.WEBSITE, SOURCE)
    actions.record_consents(seats=seats, cluster=cluster, said=[actions.Said(*said)])
    return contact


def _talks(keeping: Keeping, members: list[Organisation], contacts: list[Contact]) -> int:
    author = _author(keeping)
    main = Position.objects.filter(contact__in=contacts, is_main=True).select_related("contact")
    at = {place.organisation_id: place.contact for place in main}
    new = [
        actions.NewInteraction(
            kind=kind,
            parties=(actions.Party(member, at.get(member.pk)),),
            subject=subject,
            body=body,
            happened_at=_moment(keeping.day, 5 + 17 * number + 3 * index, 9 + number),
            author=author,
            source=SOURCE,
            is_demo=True,
        )
        for index, member in enumerate(members)
        for number, (kind, subject, body) in enumerate(TALKS[: 2 + index % 5])
    ]
    return len(actions.log_interactions(seats=keeping.seats, cluster=keeping.cluster, new=new))


def _author(keeping: Keeping) -> int | None:
    found = User.objects.filter(email=f"manager@{DOMAIN}").first()
    return found.pk if found else keeping.seats.actor


def _moment(day: date, days_ago: int, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day - timedelta(days=days_ago), time(hour, 30)))


def _hopes(keeping: Keeping, members: list[Organisation]) -> int:
    for index, member in enumerate(members[: 2 * len(HOPES)]):
        text, state, answer = HOPES[index % len(HOPES)]
        hope = actions.voice_expectation(
            seats=keeping.seats,
            cluster=keeping.cluster,
            organisation=member,
            text=text,
            said_on=keeping.day - timedelta(days=20 + 25 * index),
        )
        actions.answer_expectation(
            seats=keeping.seats,
            expectation=hope,
            state=state,
            answer=answer,
            on=keeping.day - timedelta(days=index),
        )
    return 2 * len(HOPES)


def _duties(keeping: Keeping, members: list[Organisation]) -> int:
    owner = User.objects.filter(pk=_author(keeping) or 0).first()
    new = [
        actions.NewTask(
            title=title,
            owner=owner,
            due_on=keeping.day + timedelta(days=due),
            remind_on=None if remind is None else keeping.day + timedelta(days=remind),
            organisation=member,
            is_demo=True,
        )
        for member, (title, due, remind) in zip(members, DUTIES, strict=False)
    ]
    return len(actions.add_tasks(seats=keeping.seats, cluster=keeping.cluster, new=new))


def _traits(keeping: Keeping, members: list[Organisation]) -> int:
    """Tags, positions in the value chain, and two own fields."""
    kinds = [(name, TagKind.FREE) for name in TAGS] + [
        (name, TagKind.VALUE_CHAIN) for name in CHAIN
    ]
    added = 0
    for number, (name, kind) in enumerate(kinds):
        tag, _is_new = actions.add_tag(
            seats=keeping.seats, cluster=keeping.cluster, name=name, kind=kind
        )
        actions.change_tag(seats=keeping.seats, tag=tag, is_demo=True)
        carrying = [member.pk for member in members[number % EACH :: EACH]]
        added += 1 + actions.tag_organisations(seats=keeping.seats, tag=tag, organisations=carrying)
    return added + _fields(keeping, members)


def _fields(keeping: Keeping, members: list[Organisation]) -> int:
    number = _field(keeping, "Voertuigen", FieldKind.NUMBER)
    plan = _field(keeping, "Duurzaamheidsplan", FieldKind.YES_NO)
    values = [
        actions.NewValue(field, member, typed)
        for index, member in enumerate(members[::2])
        for field, typed in ((number, str(3 + index)), (plan, "yes" if index % 2 else "no"))
    ]
    return 2 + actions.set_custom_values(seats=keeping.seats, cluster=keeping.cluster, new=values)


def _field(keeping: Keeping, label: str, kind: FieldKind) -> CustomField:
    new = actions.NewField(FieldSubject.ORGANISATION, label, kind, is_demo=True)
    return actions.add_field(seats=keeping.seats, cluster=keeping.cluster, new=new)
