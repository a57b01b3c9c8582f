"""A mailing as one of its audience will read it, and a test to oneself."""

from datetime import date

from django.db import transaction

from clusterwerk.activities.mailings import access
from clusterwerk.activities.mailings.audiences import people_after
from clusterwerk.activities.mailings.messages import message_for
from clusterwerk.activities.models import Mailing, MailingRecipient
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.mail.outgoing import send_later

INVENTED = {"nl": ("Lena", "uw organisatie"), "en": ("Lena", "your organisation")}


def example(mailing: Mailing, language: str, address: str = "") -> MailingRecipient:
    """Nobody in particular; a row that is never kept."""
    first, organisation = INVENTED.get(language, INVENTED["en"])
    return MailingRecipient(
        cluster_id=mailing.cluster_id,
        mailing=mailing,
        person=0,
        name=first,
        first_name=first,
        organisation_name=organisation,
        email=address,
        language=language,
    )


def example_of(mailing: Mailing, after: int, day: date) -> list[MailingRecipient]:
    """The next two of the audience who get it, if there are so many among the next hundred."""
    people = [each for each in people_after(mailing, after, day, 100) if not each.left_out]
    return [
        MailingRecipient(
            cluster_id=mailing.cluster_id,
            mailing=mailing,
            person=each.number,
            name=each.name,
            first_name=each.first_name,
            organisation_name=each.organisation,
            email=each.email,
            language=each.language,
        )
        for each in people[:2]
    ]


@transaction.atomic
def send_test(*, seats: Seats, mailing: Mailing, address: str) -> int:
    """One mail in each language in which it is written; its link to unsubscribe leads nowhere."""
    access.may_write(seats, mailing.cluster_id).require()
    for language in mailing.languages:
        message = message_for(mailing, example(mailing, language, address))
        message.extra_headers.pop("Message-ID")
        message.subject = f"[test] {message.subject}"
        send_later(message, actor=seats.actor)
    return len(mailing.languages)
