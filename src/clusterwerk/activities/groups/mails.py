"""Mails to who sits in a group: the invitation with the agenda, and the minutes. Each once."""

import hashlib
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from clusterwerk.activities import access
from clusterwerk.activities.calendars import Invited, Method, Party, calendar_file
from clusterwerk.activities.groups.queries import (
    actions_of,
    open_actions_before,
    points_of,
    sitting_at,
)
from clusterwerk.activities.models import GroupMeeting, Mandate
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.mail.outgoing import send_later
from clusterwerk.platform.rows import changed

INVITATION, MINUTES = "group_invitation", "group_minutes"


@transaction.atomic
def invite_group(*, seats: Seats, meeting: GroupMeeting, now: datetime) -> int:
    """Mail the agenda, with an entry for calendars, to who sits in the group that day.

    Sent again once day, hour or place changed, which their calendars take over; pressed twice it
    goes once. Returns to how many.
    """
    own = _locked(seats, meeting)
    if own.activity.is_past(now):
        raise DomainError(_("It is over. Send the minutes instead."))
    changed(own, invited_at=now)
    return _send(own, INVITATION, f"{own.activity.sequence}:{_stand(own)}")


@transaction.atomic
def send_minutes(*, seats: Seats, meeting: GroupMeeting, now: datetime) -> int:
    """Mail the minutes to who sits in the group that day; once for each state of them."""
    own = _locked(seats, meeting)
    if not own.activity.is_past(now):
        raise DomainError(_("It is not over yet. Send the agenda instead."))
    changed(own, sent_at=now)
    return _send(own, MINUTES, _stand(own))


def _locked(seats: Seats, meeting: GroupMeeting) -> GroupMeeting:
    access.may_keep_activities(seats, meeting.cluster_id).require()
    rows = GroupMeeting.objects.select_for_update(of=("self",))
    return rows.select_related("activity", "group", "cluster").get(pk=meeting.pk)


def _stand(own: GroupMeeting) -> str:
    """Differs once the agenda or the minutes do."""
    return _digest(
        [
            (point.title, point.presenter, point.minutes, point.text, point.notes, point.decision)
            for point in points_of(own)
        ]
        + [(str(action.task), str(action.task.due_on)) for action in actions_of(own)]
    )


def _digest(told: list[Any]) -> str:
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _send(own: GroupMeeting, name: str, key: str) -> int:
    sitting = [row for row in sitting_at(own) if row.contact is not None and row.contact.email]
    for mandate in sitting:
        send_later(_message(own, mandate, name), key=f"group:{own.pk}:{name}:{mandate.pk}:{key}")
    return len(sitting)


def _message(own: GroupMeeting, mandate: Mandate, name: str) -> EmailMultiAlternatives:
    contact = mandate.contact
    assert contact is not None
    known = dict(settings.LANGUAGES)
    language = contact.language if contact.language in known else own.activity.language
    with translation.override(language):
        facts = {
            "meeting": own,
            "activity": own.activity,
            "group": own.group,
            "cluster": own.cluster,
            "contact": contact,
            "points": points_of(own),
            "actions": actions_of(own),
            "before": open_actions_before(own) if name == INVITATION else [],
        }
        subject = " ".join(render_to_string(f"activities/email/{name}_subject.txt", facts).split())
        body = render_to_string(f"activities/email/{name}_message.txt", facts)
        lines = [line.rstrip() for line in body.strip().splitlines()]
        text = "\n".join(line for at, line in enumerate(lines) if line or (at and lines[at - 1]))
        message = EmailMultiAlternatives(subject, text + "\n", to=[contact.email])
        if name == INVITATION:
            file = _entry(own, mandate)
            message.attach_alternative(file.decode(), f"text/calendar; method={Method.REQUEST}")
            message.attach("invite.ics", file, "application/ics")
    return message


def _entry(own: GroupMeeting, mandate: Mandate) -> bytes:
    assert mandate.contact is not None
    _name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return calendar_file(
        own.activity,
        Method.REQUEST,
        invited=Invited(
            organizer=Party(own.cluster.name, sender),
            attendee=Party(str(mandate.contact), mandate.contact.email),
        ),
        holders=[own.cluster.name],
        online_url=own.activity.online_url,
    )
