"""The demo's mails: one on a timeline, and some that wait in the tray; all invented."""

from datetime import date, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from django.utils import timezone

from clusterwerk.clusters.models import Cluster
from clusterwerk.config.demo.people import DOMAIN
from clusterwerk.members.correspondence.arriving import Arrival, take_in
from clusterwerk.members.correspondence.parsing import read_mail
from clusterwerk.members.models import Contact, IncomingMail, MailWay
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.models import User

FORWARD = (
    "Zie hieronder, voor de werkgroep.\n\n---------- Forwarded message ---------\n"
    "Van: Wietse Waterkan <wietse@waterkan.example>\nDate: {day} 10:12\n"
    "Onderwerp: Kunnen wij aansluiten?\n\n"
    "Beste,\n\nWij volgen jullie werk al een tijd en willen graag weten wat lid worden kost.\n\n"
    "Groeten\nWietse"
)
REPLY = (
    "Beste,\n\nDinsdag past ons. Wij brengen de tekeningen mee.\n\n"
    "Op ma 3 mrt. 2025 om 09:14 schreef het team:\n> Past een bezoek dinsdag?\n> Tot dan"
)
# Sender (empty: a contact of the cluster), subject, text, days ago, sent by the team.
MAILS = (
    ("", "Bezoek van dinsdag", REPLY, 2, True),
    ("", "Vraag over de factuur", "Beste,\n\nOp welk nummer schrijven wij over?", 1, False),
    ("", "Fwd: Kunnen wij aansluiten?", FORWARD, 1, True),
    ("Zita Zoutvat <zita@zoutvat.example>", "Stageplaats gezocht",
     "Dag,\n\nZoeken jullie leden een stagiair?", 4, True),
)  # fmt: skip


def keep_demo_mails(*, seats: Seats, cluster: Cluster, day: date) -> int:
    """Unless the cluster has mail; returns how many mails came in."""
    if IncomingMail.objects.filter(cluster=cluster).exists():
        return 0
    contact = Contact.objects.filter(cluster=cluster, is_demo=True).exclude(email="").first()
    colleague = User.objects.filter(email=f"manager@{DOMAIN}").first()
    for number, (sender, subject, text, ago, is_ours) in enumerate(MAILS):
        made = EmailMessage()
        sent_on = timezone.now() - timedelta(days=ago)
        own = f"{contact} <{contact.email}>" if contact else "An <an@onbekend.example>"
        made["From"] = f"manager@{DOMAIN}" if subject.startswith("Fwd") else sender or own
        made["To"], made["Subject"] = f"manager@{DOMAIN}", subject
        made["Date"] = format_datetime(sent_on)
        made["Message-ID"] = f"<{cluster.key}-{number}@{DOMAIN}>"
        made.set_content(text.format(day=day - timedelta(days=ago + 1)))
        if number == 0:
            made.add_attachment("Tekening\n", filename="tekening.txt")
        brought_by = colleague.pk if is_ours and colleague else None
        read = read_mail(made.as_bytes(), timezone.now())
        arrival = Arrival(read, MailWay.SENT, brought_by, is_demo=True)
        take_in(seats=seats, cluster=cluster, arrival=arrival)
    return len(MAILS)
