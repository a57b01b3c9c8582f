"""Invitations of the small world, and the link in the mail that waits to be sent."""

import re

from clusterwerk.clusters.inviting import actions
from clusterwerk.clusters.inviting.actions import Guest
from clusterwerk.clusters.inviting.places import in_cluster
from clusterwerk.clusters.models import Cluster, Invitation
from clusterwerk.platform.access.seats import SeatRole, Seats, seats_for
from clusterwerk.platform.access.session import enter, opened
from clusterwerk.platform.mail.models import OutgoingMail
from clusterwerk.platform.models import User

NEWCOMER = "new.person@example.org"


def acting_as(person: User) -> Seats:
    """The seats of a person, entered as at the start of a request."""
    enter(Seats(actor=person.pk))
    seats = seats_for(person.pk)
    enter(seats)
    return seats


def invited_to(
    cluster: Cluster, by: User, email: str = NEWCOMER, role: SeatRole = SeatRole.STAFF
) -> Invitation:
    seats = acting_as(by)
    guest = Guest(email, "New Person", "en")
    return actions.invite(seats=seats, place=in_cluster(cluster), role=role, guest=guest)


def waiting_mails() -> list[str]:
    """Texts of the mails that a worker will send."""
    with opened("mail"):
        return [mail.content["body"] for mail in OutgoingMail.objects.order_by("pk")]


def link_in(text: str) -> str:
    found = re.search(r"https?://[^/]+(/people/accept/\S+)", text)
    assert found, text
    return found[1]
