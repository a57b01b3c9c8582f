"""Prepared exports of an invented cluster, as its team would bring them: with the usual dirt.

140 members, 400 contacts, three years of attendance. Every name is made up, and every number is
one of those kept for demo organisations.
"""

import csv
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import xlsxwriter

from clusterwerk.directory.identifiers import demo_number, shown

MEMBERS, CONTACTS, EVENTS = 140, 400, 36
FIRST_NUMBER = 40_000  # index of the first demo number used here
HEADS = ("Vexo", "Lumi", "Kador", "Brin", "Tavo", "Quilm", "Soral", "Pelto", "Nimba", "Ordel",
         "Zafir", "Wendo", "Hulpa", "Ganto")  # fmt: skip
TAILS = ("tron", "flux", "mat", "bouw", "dyne", "werk", "plast", "lab", "zorg", "vision")
FORMS = ("NV", "BV", "bvba", "", "CV", "")
PLACES = (
    ("9000", "Gent"),
    ("2800", "Mechelen"),
    ("3000", "Leuven"),
    ("8500", "Kortrijk"),
    ("3500", "Hasselt"),
    ("2000", "Antwerpen"),
    ("9300", "Aalst"),
    ("1000", "Brussel"),
)
FIRST = ("An", "Bram", "Céline", "Dries", "Eva", "Fien", "Geert", "Hanne", "Ivo", "Joke", "Kobe",
         "Lien", "Mehdi", "Nele", "Omar", "Piet", "Rune", "Sofie", "Tuur", "Wout")  # fmt: skip
LAST = (
    "Adriaans",
    "Boterdael",
    "Claesdorp",
    "Dewinde",
    "Eeckvoort",
    "Fonteyne",
    "Goossaert",
    "Hellebuyk",
    "Isenborg",
    "Janshove",
    "Kerrebrouck",
    "Lambrecke",
    "Moortgaet",
    "Nijsken",
    "Oosterlinde",
    "Pauwaert",
    "Quintelier",
    "Roelstraet",
    "Steenhaut",
    "Tanghoven",
)
CATEGORIES = ("KMO", "Groot bedrijf", "Kennisinstelling", "kmo ")


@dataclass(frozen=True)
class Company:
    number: str
    name: str
    postcode: str
    municipality: str
    since: date
    category: str
    fee: int
    staff: int

    @property
    def domain(self) -> str:
        return f"{self.name.split()[0].lower()}.example"


@dataclass(frozen=True)
class Person:
    first: str
    last: str
    email: str
    phone: str
    title: str
    company: Company


@dataclass(frozen=True)
class Event:
    name: str
    day: date


@dataclass
class Prepared:
    """The facts behind the files."""

    companies: list[Company] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    came: dict[str, set[int]] = field(default_factory=dict)


def prepared(members: int = MEMBERS, contacts: int = CONTACTS, seed: int = 7) -> Prepared:
    """The same facts for the same seed."""
    chance = random.Random(seed)
    made = Prepared()
    for at in range(members):
        head, tail = HEADS[at % len(HEADS)], TAILS[at // len(HEADS) % len(TAILS)]
        again = at // (len(HEADS) * len(TAILS))
        name = f"{head}{tail}{again or ''} {FORMS[at % len(FORMS)]}".strip()
        postcode, place = PLACES[at % len(PLACES)]
        since = date(2019, 1, 1) + timedelta(days=chance.randrange(2000))
        staff = chance.choice((3, 7, 14, 40, 90, 260))
        number = demo_number(FIRST_NUMBER + at)
        made.companies.append(
            Company(
                number, name, postcode, place, since, CATEGORIES[at % 4], 250 * (1 + at % 6), staff
            )
        )
    for at in range(contacts):
        company = made.companies[at % members]
        first, last = FIRST[at % len(FIRST)], LAST[at // len(FIRST) % len(LAST)]
        email = f"{first}.{last}@{company.domain}".lower().replace("é", "e")
        phone = f"04{70 + at % 29} {at % 90 + 10} {at % 80 + 11} {at % 70 + 12}"
        title = chance.choice(("CEO", "Projectleider", "Boekhouder", "Marketing", "R&D engineer"))
        made.people.append(Person(first, last, email, phone, title, company))
    for at in range(EVENTS):
        day = date(2022, 1, 20) + timedelta(days=30 * at)
        made.events.append(
            Event(f"{('Netwerkavond', 'Workshop', 'Bedrijfsbezoek')[at % 3]} {at + 1}", day)
        )
    for person in made.people:
        made.came[person.email] = {at for at in range(EVENTS) if chance.random() < 0.12}
    return made


def member_list(facts: Prepared, *, dirt: bool = True) -> bytes:
    """A workbook with a title, a blank line, days and numbers as text here and there, a total."""
    heads = ("Naam", "Ondernemingsnummer", "Postcode", "Gemeente", "Lid sinds", "Lidmaatschap",
             "Jaarbijdrage", "Aantal werknemers")  # fmt: skip
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Leden")
        sheet.merge_range("A1:H1", "Ledenlijst cluster Zonnedauw, stand op 1 september")
        for column, head in enumerate(heads):
            sheet.write(2, column, head)
        for at, company in enumerate(facts.companies):
            row = at + 3
            sheet.write(row, 0, company.name)
            sheet.write(row, 1, _number(company, at, dirt=dirt))
            sheet.write(row, 2, int(company.postcode))
            sheet.write(row, 3, company.municipality)
            if dirt and at % 5 == 0:
                sheet.write(row, 4, company.since.strftime("%d/%m/%Y"))
            else:
                sheet.write_datetime(row, 4, company.since, day)
            sheet.write(row, 5, company.category)
            sheet.write(row, 6, f"€ {company.fee},00" if dirt and at % 7 == 0 else company.fee)
            sheet.write(row, 7, company.staff)
        sheet.write(len(facts.companies) + 4, 0, "Totaal")
        sheet.write(len(facts.companies) + 4, 6, sum(each.fee for each in facts.companies))
    return file.getvalue()


def _number(company: Company, at: int, *, dirt: bool) -> str:
    """One in forty has a digit wrong, one in thirty none at all, some are written with BE."""
    if not dirt:
        return company.number
    if at % 40 == 13:
        return company.number[:-1] + str((int(company.number[-1]) + 1) % 10)
    if at % 30 == 17:
        return ""
    return f"BE {shown(company.number)}" if at % 3 == 0 else shown(company.number)


def hubspot_contacts(facts: Prepared) -> bytes:
    rows = [
        (at + 9001, person.first, person.last, _shouted(person.email, at),
         person.phone, person.title, _said(person.company, at), "Lead")
        for at, person in enumerate(facts.people)
    ]  # fmt: skip
    heads = ("Record ID", "First Name", "Last Name", "Email", "Phone Number", "Job Title",
             "Associated Company", "Lead Status")  # fmt: skip
    return _csv(heads, rows)


def _shouted(email: str, at: int) -> str:
    return email.upper() if at % 11 == 0 else email


def _said(company: Company, at: int) -> str:
    """Without its legal form as often as not, and misspelt now and then."""
    bare = " ".join(word for word in company.name.split() if word not in FORMS)
    if at % 97 == 50:
        return bare[:-2] + bare[-1]
    return bare if at % 2 else company.name


def hubspot_companies(facts: Prepared) -> bytes:
    rows = [
        (at + 5001, company.name, company.domain, company.municipality, "Belgium", "Customer")
        for at, company in enumerate(facts.companies)
    ]
    return _csv(("Record ID", "Company name", "Company Domain Name", "City", "Country/Region",
                 "Lifecycle Stage"), rows)  # fmt: skip


def hubspot_notes(facts: Prepared) -> bytes:
    rows = [
        (at + 7001, (date(2023, 3, 1) + timedelta(days=at)).isoformat() + " 10:30",
         f"<p>Gesproken met {person.first} over opleiding {at}.</p>", person.company.name,
         person.email)
        for at, person in enumerate(facts.people[:60])
    ]  # fmt: skip
    return _csv(("Note ID", "Activity date", "Note body", "Associated Company", "Email"), rows)


def mailing(facts: Prepared, status: str) -> bytes:
    """`subscribed`, `unsubscribed` or `cleaned`: one file each, as mailing tools write them."""
    part = {
        "subscribed": slice(0, 300),
        "unsubscribed": slice(300, 340),
        "cleaned": slice(340, 350),
    }
    extra = {"subscribed": "CONFIRM_TIME", "unsubscribed": "UNSUB_TIME", "cleaned": "CLEAN_TIME"}
    rows = [
        (person.email, person.first, person.last, "2", "2023-05-04 08:00:00")
        for person in facts.people[part[status]]
    ]
    return _csv(("Email Address", "First Name", "Last Name", "MEMBER_RATING", extra[status]), rows)


def attendance(facts: Prepared) -> bytes:
    """A matrix: people down, events across with their day in the row above, crosses inside."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for year in (2022, 2023, 2024):
            held = [(at, event) for at, event in enumerate(facts.events) if event.day.year == year]
            sheet = book.add_worksheet(f"Aanwezigheden {year}")
            for column, (_at, event) in enumerate(held):
                sheet.write(0, column + 3, event.day.strftime("%d/%m/%Y"))
                sheet.write(1, column + 3, event.name)
            for column, head in enumerate(("Naam", "E-mail", "Organisatie")):
                sheet.write(1, column, head)
            for row, person in enumerate(facts.people, start=2):
                sheet.write(row, 0, f"{person.first} {person.last}")
                sheet.write(row, 1, person.email)
                sheet.write(row, 2, person.company.name)
                for column, (at, _event) in enumerate(held):
                    if at in facts.came[person.email]:
                        sheet.write(row, column + 3, "x")
    return file.getvalue()


def attendances(facts: Prepared, years: tuple[int, ...] = (2022, 2023, 2024)) -> int:
    """How many crosses the matrix holds."""
    return sum(facts.events[at].day.year in years for came in facts.came.values() for at in came)


def indicators() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Indicatoren 2024")
        rows: list[tuple[object, ...]] = [
            ("Indicator", "Streefcijfer", "Gerealiseerd", "Jaar", "Bron"),
            ("Betalende leden", 120, 138, 2024, "ledenadministratie"),
            ("Nieuwe betalende leden", 30, 41, 2024, "ledenadministratie"),
            ("Tevredenheid van de leden", "80%", "", 2024, "enquête"),
        ]
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(at, column, cell)
    return file.getvalue()


def _csv(heads: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(heads)
    writer.writerows(rows)
    return file.getvalue().encode("utf-8-sig")
