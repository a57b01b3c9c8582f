"""Mails about activities held together: to managers, in their language, once."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from clusterwerk.activities.models import Activity, ActivityPart, PartState
from clusterwerk.clusters.models import Agency, Cluster, PublicProfile, Seat
from clusterwerk.platform.access.looking import looking_as
from clusterwerk.platform.access.seats import HeldSeat, SeatKind, SeatRole, Seats
from clusterwerk.platform.mail.outgoing import send_later
from clusterwerk.platform.models import User
from clusterwerk.platform.site import public_address
from clusterwerk.platform.ui.templatetags.ui import day_long


class PartNotice(StrEnum):
    """What a mail tells."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LEFT = "left"
    ENDED = "ended"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class _Place:
    """A cluster or an agency: who decides there, and the key of its pages."""

    key: str
    name: str
    people: tuple[User, ...]


def tell_asked(part: ActivityPart, notice: PartNotice, now: datetime) -> None:
    """The managers of the cluster that was asked, about what its lead did."""
    to = _place(SeatKind.CLUSTER, part.asked_id, localdate(now))
    lead = _lead(part, localdate(now))
    _send(part, notice, to=to, by=lead.name, now=now)


def tell_lead(part: ActivityPart, notice: PartNotice, now: datetime) -> None:
    """Who leads, about what the cluster that was asked did."""
    by = PublicProfile.objects.get(pk=part.asked_id).name
    _send(part, notice, to=_lead(part, localdate(now)), by=by, now=now)


def tell_cancelled(activity: Activity, now: datetime) -> None:
    """Every cluster that holds it or was asked to."""
    for part in activity.parts.filter(state__in=[PartState.INVITED, PartState.ACCEPTED]):
        tell_asked(part, PartNotice.CANCELLED, now)


def _lead(part: ActivityPart, today: date) -> _Place:
    if part.cluster_id is not None:
        return _place(SeatKind.CLUSTER, part.cluster_id, today)
    return _place(SeatKind.AGENCY, part.agency_id or 0, today)


def _place(kind: SeatKind, pk: int, today: date) -> _Place:
    """Looks with the seats of the place itself; its people are written to and shown to nobody."""
    is_cluster = kind is SeatKind.CLUSTER
    role = SeatRole.MANAGER if is_cluster else SeatRole.PROGRAMME_MANAGER
    held = HeldSeat(kind, role, pk, None if is_cluster else pk)
    with looking_as(Seats(held=(held,))):
        own = (Cluster if is_cluster else Agency).objects.get(pk=pk)
        at = {"cluster_id": pk} if is_cluster else {"agency_id": pk}
        seats = Seat.objects.filter(**at, kind=kind, role=role, user__is_active=True)
        people = {seat.user for seat in seats.standing(today).select_related("user")}
    return _Place(own.key, own.name, tuple(sorted(people, key=lambda each: each.pk)))


def _send(part: ActivityPart, notice: PartNotice, *, to: _Place, by: str, now: datetime) -> None:
    for person in to.people:
        with translation.override(person.language or translation.get_language()):
            subject, line = _words(notice, {"by": by, "name": part.name, "day": _day(part)})
            lines = [line, "", part.words if notice is PartNotice.ASKED else part.themes, ""]
            lines.append(public_address(reverse("activities:activity_list", args=[to.key])))
            text = "\n".join(line for at, line in enumerate(lines) if line or lines[at - 1])
        message = EmailMessage(" ".join(subject.split()), text + "\n", to=[person.email])
        key = f"activity-part:{part.pk}:{notice}:{now.isoformat()}:{person.pk}"
        send_later(message, key=key, actor=person.pk)


def _day(part: ActivityPart) -> str:
    return day_long(part.day) if part.day else ""


def _words(notice: PartNotice, facts: dict[str, str]) -> tuple[str, str]:
    told = {
        PartNotice.ASKED: (
            _("%(by)s asks you to hold %(name)s together"),
            _("%(by)s asks your cluster to hold %(name)s of %(day)s together. Answer here:"),
        ),
        PartNotice.ACCEPTED: (
            _("%(by)s holds %(name)s with you"),
            _("%(by)s accepted: you hold %(name)s of %(day)s together."),
        ),
        PartNotice.DECLINED: (
            _("%(by)s does not hold %(name)s with you"),
            _("%(by)s declined to hold %(name)s of %(day)s with you."),
        ),
        PartNotice.LEFT: (
            _("%(by)s no longer holds %(name)s with you"),
            _("%(by)s left: it no longer holds %(name)s of %(day)s with you."),
        ),
        PartNotice.ENDED: (
            _("%(by)s goes on with %(name)s without your cluster"),
            _("%(by)s no longer holds %(name)s of %(day)s together with your cluster."),
        ),
        PartNotice.CANCELLED: (
            _("%(by)s cancelled %(name)s"),
            _("%(by)s cancelled %(name)s of %(day)s, which you hold together or were asked to."),
        ),
    }[notice]
    return told[0] % facts, told[1] % facts
