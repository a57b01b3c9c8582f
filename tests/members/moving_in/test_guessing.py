"""Kinds of files and meanings of columns, for the headings that people and programs use."""

import pytest

from clusterwerk.members.moving_in.guessing import guess_sheet
from clusterwerk.members.moving_in.reading.sheets import Sheet
from clusterwerk.members.moving_in.targets import targets

VALUES = {
    "": ("x", "y"), "name": ("Vexotron NV", "Kadormat"), "number": ("BE 1990.000.035", "403019261"),
    "street": ("Kerkstraat 12", "Dorpsplein 3 bus 2"), "postcode": ("9000", "2800"),
    "municipality": ("Gent", "Mechelen"), "country": ("België", "BE"),
    "website": ("www.vexo.be", "https://kador.be"), "since": ("01/03/2019", "15/06/2020"),
    "until": ("", "31/12/2023"), "category": ("KMO", "Groot bedrijf"),
    "contribution": ("€ 1.250,00", "750"), "pays": ("ja", "nee"), "headcount": ("12", "3,5"),
    "turnover": ("1.200.000", "50000"), "first_name": ("An", "Bram"),
    "last_name": ("Adams", "Boon"),
    "full_name": ("An Adams", "Bram Boon"), "email": ("an@vexo.be", "b@lumi.be"),
    "phone": ("09 222 33 44", "03/222.33.44"), "mobile": ("0470 11 22 33", "+32 472 33 44 55"),
    "title": ("CEO", "Marketing"), "language": ("NL", "FR"), "newsletter": ("ja", "nee"),
    "opted_out": ("", "x"), "mailing_status": ("subscribed", "unsubscribed"),
    "said_on": ("2023-05-04", "04/05/2023"), "note_body": ("Gesproken over AI", "Belt terug"),
    "happened_at": ("2023-03-01 10:00", "2023-03-05 11:30"), "external_id": ("1001", "1003"),
    "author": ("An", "Bob"), "activity": ("Netwerkavond", "Workshop AI"),
    "activity_day": ("01/02/2023", "03/04/2023"), "activity_kind": ("netwerk", "workshop"),
    "present": ("ja", "nee"), "indicator": ("Betalende leden", "Tevredenheid"),
    "indicator_value": ("138", "80%"), "indicator_target": ("120", "75%"),
    "indicator_year": ("2024", "2024"), "indicator_source": ("administratie", "enquête"),
}  # fmt: skip
# Name of the file, its kind, and "heading=field"; a heading alone means nothing here.
FILES = [
    (
        "ledenlijst 2025.csv",
        "members",
        (
            "Bedrijf=name|BTW-nummer=number|Straat + nr=street|Postcode=postcode|Stad=municipality|"
            "Lid sedert=since|Type lid=category|Lidgeld 2025=contribution|# medewerkers=headcount|"
            "Contactpersoon=full_name|E-mailadres contact=email|GSM=mobile"
        ),
    ),
    (
        "Ledenbestand.csv",
        "members",
        (
            "Naam organisatie=name|Ondernemingsnr.=number|Adres=street|PC=postcode|"
            "Gemeente=municipality|"
            "Datum toetreding=since|Datum uittreding=until|Categorie=category|"
            "Bijdrage (excl. btw)=contribution|Aantal VTE=headcount|Omzet (EUR)=turnover|"
            "Voornaam=first_name|Familienaam=last_name|Functie=title|E-mail=email|Tel.=phone"
        ),
    ),
    (
        "leden.csv",
        "members",
        (
            "Lid=name|KBO-nummer=number|Lid sinds (jaar)=since|Formule=category|"
            "Ledenbijdrage=contribution|Personeelsaantal=headcount|Sector|Opmerkingen"
        ),
    ),
    (
        "members.csv",
        "members",
        (
            "Company Name=name|VAT Number=number|Street Address=street|ZIP=postcode|"
            "City=municipality|"
            "Country=country|Member Since=since|Membership Type=category|Annual Fee=contribution|"
            "Employees=headcount|Website=website|Primary contact=full_name|Contact email=email"
        ),
    ),
    (
        "Members 2024.csv",
        "members",
        (
            "Organisation=name|Enterprise number=number|Postal code=postcode|Town=municipality|"
            "Joined=since|Left=until|Category=category|Fee (EUR)=contribution|FTE=headcount|"
            "Paying=pays"
        ),
    ),
    (
        "contacten.csv",
        "contacts",
        (
            "Bedrijf=name|Voornaam=first_name|Naam=last_name|Functie=title|E-mail=email|"
            "Telefoon=phone|"
            "Mobiel=mobile|Taal=language|Nieuwsbrief=newsletter"
        ),
    ),
    (
        "contactpersonen.csv",
        "contacts",
        (
            "Organisatie=name|Naam contactpersoon=full_name|Functietitel=title|Mailadres=email|"
            "Tel. nr.=phone|Gsm-nummer=mobile"
        ),
    ),
    (
        "people.csv",
        "contacts",
        "Name=full_name|Company=name|Position=title|Email address=email|Mobile=mobile",
    ),
    (
        "hubspot-crm-exports-all-contacts.csv",
        "contacts",
        (
            "Record ID|First Name=first_name|Last Name=last_name|Email=email|Phone Number=phone|"
            "Contact owner|Associated Company=name|Job Title=title|"
            "Unsubscribed from all email=opted_out|"
            "Last Activity Date|Lead Status|Create Date"
        ),
    ),
    (
        "hubspot-crm-exports-all-companies.csv",
        "organisations",
        (
            "Record ID|Company name=name|Company owner|Create Date|Phone Number|City=municipality|"
            "Country/Region=country|Industry|Company Domain Name=website|Postal Code=postcode"
        ),
    ),
    (
        "hubspot-crm-exports-notes.csv",
        "notes",
        (
            "Record ID=external_id|Note body=note_body|Activity date=happened_at|"
            "Activity assigned to=author|Associated Contact Emails=email|Associated Company=name"
        ),
    ),
    (
        "subscribed_members_export.csv",
        "mailing",
        (
            "Email Address=email|First Name=first_name|Last Name=last_name|MEMBER_RATING|"
            "CONFIRM_TIME=said_on|LAST_CHANGED|LEID|EUID"
        ),
    ),
    (
        "export nieuwsbrief.csv",
        "mailing",
        (
            "E-mail=email|Voornaam=first_name|Achternaam=last_name|Status=mailing_status|"
            "Ingeschreven op=said_on"
        ),
    ),
    (
        "aanwezigheden 2022-2024.csv",
        "attendance",
        (
            "Activiteit=activity|Datum=activity_day|Deelnemer=full_name|Bedrijf=name|E-mail=email|"
            "Aanwezig=present"
        ),
    ),
    (
        "deelnemers.csv",
        "attendance",
        (
            "Evenement=activity|Datum evenement=activity_day|Type evenement=activity_kind|"
            "Voornaam=first_name|Familienaam=last_name|Organisatie=name|Aanwezig (ja/nee)=present"
        ),
    ),
    (
        "Event registrations.csv",
        "attendance",
        (
            "Event name=activity|Event date=activity_day|First name=first_name|Last name=last_name|"
            "Company=name|Checked in=present"
        ),
    ),
    (
        "indicatoren 2024.csv",
        "indicators",
        (
            "Nr|Indicator=indicator|Streefwaarde=indicator_target|Realisatie=indicator_value|"
            "Jaar=indicator_year|Bron=indicator_source"
        ),
    ),
    (
        "kpi 2025.csv",
        "indicators",
        "Indicator=indicator|Doel 2025=indicator_target|Realisatie 2025=indicator_value",
    ),
    (
        "leden 2025.csv",
        "members",
        "Organisatie=name|Toegetreden op=since|Statuut=category",
    ),
    (
        "ledenlijst.csv",
        "members",
        "Organisatie=name|Lid sinds=since|Lidmaatschap=category|Statuut",
    ),
    (
        "KPI 2024.csv",
        "indicators",
        "KPI=indicator|Target 2024=indicator_target|Actual=indicator_value|Year=indicator_year",
    ),
]


@pytest.mark.parametrize(("file", "kind", "told"), FILES, ids=[file for file, _k, _t in FILES])
def test_usual_headings_are_understood(file: str, kind: str, told: str) -> None:
    wanted = {
        head: field for head, _sign, field in (each.partition("=") for each in told.split("|"))
    }
    rows = [(at + 2, [VALUES[field][at] for field in wanted.values()]) for at in range(2)]
    guess = guess_sheet(Sheet("", list(wanted), rows, 1), file, targets())
    assert guess.target.key == kind
    assert {column.header: column.field for column in guess.columns} == wanted


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (("9000", "2800", "3500"), "postcode"),
        (("B-9000", "1234 AB", "BE 2800"), "postcode"),
        (("SW1A 1AA", "EC1A 1BB", "M1 1AE"), "postcode"),
        (("ja", "ja", "nee"), ""),
        (("actief", "actief", "slapend"), ""),
        (("partner", "lid", "partner"), ""),
        (("GROOT", "KLEIN", "MIDDEN"), ""),
        (("Lid 2019", "Lid 2020", "Lid 2021"), ""),
        (("ABC123", "DEF456", "GHI789"), ""),
        (("1988", "2004", "2019"), ""),
        (("1001", "1002", "1003"), ""),
        (("12", "250", "7"), ""),
    ],
)
def test_what_stands_in_a_column_proves_a_postcode_or_not(
    values: tuple[str, ...], field: str
) -> None:
    names = ("Vexotron NV", "Kadormat BV", "Lumiware")
    rows = [(at + 2, list(cells)) for at, cells in enumerate(zip(names, values, strict=True))]
    sheet = Sheet("", ["Organisatie", "Vrij veld"], rows, 1)
    guess = guess_sheet(sheet, "leden.csv", targets())
    assert guess.columns[0].field == "name"
    assert ("postcode" in {column.field for column in guess.columns}) is (field == "postcode")


@pytest.mark.parametrize("word", ["ja", "actief", "partner", "LID"])
def test_a_membership_that_is_one_word_in_each_row_is_no_postcode(word: str) -> None:
    rows = [(at + 2, [f"Vexotron {at}", word, "9000"]) for at in range(6)]
    sheet = Sheet("", ["Bedrijf", "Lidmaatschap", "Vak C"], rows, 1)
    guess = guess_sheet(sheet, "leden.csv", targets())
    assert [column.field for column in guess.columns] == ["name", "category", "postcode"]


@pytest.mark.parametrize("values", [("actief", "slapend"), ("MEMBER", "PARTNER")])
def test_words_under_the_heading_of_a_postcode_are_believed_less(values: tuple[str, ...]) -> None:
    rows = [(at + 2, ["Vexotron", each]) for at, each in enumerate(values)]
    guess = guess_sheet(Sheet("", ["Organisatie", "Post"], rows, 1), "leden.csv", targets())
    assert guess.columns[1].field != "postcode"
