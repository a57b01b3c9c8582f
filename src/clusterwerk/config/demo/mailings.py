"""The demo's mailings: a newsletter that was sent and stands on the public site, and a draft.

In Dutch and English, as the clusters of the demo would write. Nothing is handed to a mail server:
what became of each mail is written down as it would have been.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clusterwerk.activities.mailings.audiences import people_after
from clusterwerk.activities.mailings.newsletters import publish_newsletter
from clusterwerk.activities.mailings.sending import freeze
from clusterwerk.activities.mailings.writing import Letter, write_mailing
from clusterwerk.activities.models import (
    Activity,
    Mailing,
    MailingKind,
    MailingRecipient,
    MailingState,
    RecipientState,
)
from clusterwerk.clusters.models import Cluster
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.rows import changed

ZONE = ZoneInfo("Europe/Brussels")
SENT_BEFORE = timedelta(days=9)

NEWS_NL = """Beste {first_name},

Dit kwartaal vonden elf leden elkaar op het eerste atelier. Drie dienen samen een aanvraag in.

## Wat komt
- de netwerkavond, over drie weken
- een atelier om samen een aanvraag te schrijven"""
NEWS_EN = """Dear {first_name},

This quarter eleven members found each other at the first workshop. Three of them apply together.

## What is to come
- the network evening, in three weeks
- a workshop to write an application together"""
INVITATION_NL = """Beste {first_name},

Wij nodigen u graag uit. Neem gerust een collega van {organisation} mee.

[Meer weten en inschrijven]({link})"""


def keep_demo_mailings(*, seats: Seats, cluster: Cluster, day: date) -> int:
    """Unless the cluster wrote one; returns how many rows were added."""
    if Mailing.objects.filter(cluster=cluster).exists():
        return 0
    newsletter = Letter(
        kind=MailingKind.NEWSLETTER,
        subject_nl="Nieuws van dit kwartaal",
        text_nl=NEWS_NL,
        subject_en="News of this quarter",
        text_en=NEWS_EN,
        sender_name=cluster.name[:100],
        is_public=True,
    )
    sent = write_mailing(seats=seats, cluster=cluster, letter=newsletter, is_demo=True)
    reached = _send(sent, datetime.combine(day - SENT_BEFORE, time(9, 30), ZONE), day)
    _draft(seats, cluster)
    return reached + 3


def _send(mailing: Mailing, at: datetime, day: date) -> int:
    """As the jobs would have done; one address failed."""
    people = people_after(mailing, 0, day)
    number = freeze(mailing, people)
    waiting = MailingRecipient.objects.filter(mailing=mailing, state=RecipientState.WAITING)
    for at_row, person in enumerate(waiting.order_by("pk")):
        state = RecipientState.SOFT if at_row == 1 else RecipientState.SENT
        changed(person, state=state, handed_at=at)
    changed(mailing, state=MailingState.SENT, asked_at=at, ended_at=at + timedelta(minutes=2))
    publish_newsletter(mailing, at)
    return number


def _draft(seats: Seats, cluster: Cluster) -> None:
    coming = Activity.objects.filter(cluster=cluster, state="published").order_by("day").first()
    letter = Letter(
        kind=MailingKind.INVITATION,
        subject_nl="Uitnodiging: netwerkavond",
        text_nl=INVITATION_NL if coming else "Beste {first_name},\n\nHet programma volgt.",
        sender_name=cluster.name[:100],
        activity=coming,
    )
    write_mailing(seats=seats, cluster=cluster, letter=letter, is_demo=True)
