"""Mails of a matchmaking day: the link to say whom to meet, and the timetable. Plain text, once."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from clusterwerk.activities.matchmaking.calendar import timetable_file
from clusterwerk.activities.models import (
    MatchProfile,
    MatchRound,
    PublishedActivity,
    Registration,
)
from clusterwerk.activities.queries.matchmaking import Line, Participant
from clusterwerk.platform.mail.outgoing import send_later
from clusterwerk.platform.rows import changed
from clusterwerk.platform.site import public_address


def invite(own: Registration, matching: MatchRound, shown: PublishedActivity) -> None:
    """Nobody is told whose address is not known; the team gives them the link or asks for them."""
    if not own.email:
        return
    with translation.override(own.language):
        context = {
            "link": public_address(reverse("agenda:match_wishes", args=[own.token])),
            "closes": matching.closes_at.astimezone(shown.zone),
        }
        message = _message("match_invitation", own, shown, context)
    send_later(message, key=f"matchmaking:{own.pk}:invitation")


def send_timetable(
    person: Participant,
    profile: MatchProfile,
    matching: MatchRound,
    shown: PublishedActivity,
    lines: Sequence[Line],
) -> bool:
    """Says whether there was anything new to tell. With the round locked."""
    digest = _digest(lines)
    if profile.told == digest:
        return False
    own, was_told = person.registration, bool(profile.told)
    changed(profile, told=digest)
    if not own.email:
        return False
    with translation.override(own.language):
        context = {
            "link": public_address(reverse("agenda:match_timetable", args=[own.token])),
            "lines": [_row(line, shown) for line in lines if line.meeting],
            "was_told": was_told,
        }
        message = _message("match_timetable", own, shown, context)
        file = timetable_file(own.pk, matching, shown, lines, now=timezone.now(), was_told=was_told)
    message.attach("timetable.ics", file, "text/calendar")
    send_later(message, key=f"matchmaking:{own.pk}:timetable:{matching.version}")
    return True


def _digest(lines: Sequence[Line]) -> str:
    told = [
        (line.starts_at.isoformat(), line.ends_at.isoformat(), line.table, line.other.number)
        for line in lines
        if line.meeting and line.other
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _row(line: Line, shown: PublishedActivity) -> dict[str, Any]:
    zone = shown.zone
    return {
        "line": line,
        "starts": line.starts_at.astimezone(zone),
        "ends": line.ends_at.astimezone(zone),
    }


def _message(
    name: str, own: Registration, shown: PublishedActivity, context: dict[str, Any]
) -> EmailMultiAlternatives:
    facts = {"registration": own, "activity": shown, **context}
    subject = render_to_string(f"activities/email/{name}_subject.txt", facts)
    body = render_to_string(f"activities/email/{name}_message.txt", facts)
    lines = [line.rstrip() for line in body.strip().splitlines()]
    text = "\n".join(line for at, line in enumerate(lines) if line or (at and lines[at - 1]))
    return EmailMultiAlternatives(" ".join(subject.split()), text + "\n", to=[own.email])
