"""The secret address of a team: made, renewed, and found again when mail comes in for it."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.clusters.queries import clusters_by_agency
from clusterwerk.members import access
from clusterwerk.members.models import MailAddress
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import acting
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created

PREFIX = "team-"
TOKEN_BYTES = 10  # eighty bits; in hexadecimal, for mail servers may change the case
LOCAL_PART = re.compile(r"team-(?P<token>[0-9a-f]{20})(?:\+.*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Taker:
    """Another room that takes mail at addresses of its own: their local part, and what it does.

    The first group of the pattern is the secret, which `take` gets with the mail.
    """

    local_part: re.Pattern[str]
    take: Callable[[bytes, str], None]


_takers: list[Taker] = []


def register_taker(taker: Taker) -> None:
    """Called once from a room's `apps.py`."""
    _takers.append(taker)


def taker_of(recipient: str) -> tuple[Taker, str] | None:
    """Who takes mail for this address, with the secret that stands in it."""
    local, _at, domain = recipient.strip("<> ").rpartition("@")
    if not settings.MAIL_IN_DOMAIN or domain.lower() != settings.MAIL_IN_DOMAIN.lower():
        return None
    for taker in _takers:
        if found := taker.local_part.fullmatch(local):
            return taker, found[1]
    return None


def is_configured() -> bool:
    """Whether this installation has a domain at which it takes mail."""
    return bool(settings.MAIL_IN_DOMAIN)


def address_in_use(cluster: int) -> MailAddress | None:
    return MailAddress.objects.filter(cluster_id=cluster, ended_at=None).first()


def shown(address: MailAddress) -> str:
    """As one writes it above a mail."""
    return f"{PREFIX}{address.token}@{settings.MAIL_IN_DOMAIN}"


@transaction.atomic
def renew_address(*, seats: Seats, cluster: Cluster, now: datetime) -> MailAddress:
    """A new address, the first too; mail to the one before comes back to its sender from now on."""
    access.may_keep_members(seats, cluster.pk).require()
    if not is_configured():
        raise DomainError(_("This installation takes no mail yet; ask who keeps it."))
    rows = MailAddress.objects.select_for_update()
    for before in rows.filter(cluster=cluster, ended_at=None):
        changed(before, ended_at=now)
    token = secrets.token_hex(TOKEN_BYTES)
    taken = _("Somebody else renewed the address in this moment. Look at it again.")
    return created(
        MailAddress(cluster=cluster, token=token, made_at=now), {"mail_address_one_in_use": taken}
    )


def token_of(recipient: str) -> str:
    """The secret part of a recipient; empty when it is no address of ours."""
    local, _at, domain = recipient.strip("<> ").rpartition("@")
    found = LOCAL_PART.fullmatch(local)
    is_ours = bool(found) and domain.lower() == settings.MAIL_IN_DOMAIN.lower()
    return found["token"].lower() if found and is_ours else ""


def cluster_of(recipient: str) -> Cluster | None:
    """Whose address it is today. Opens transactions of its own, one for each agency."""
    token = token_of(recipient)
    if not token:
        return None
    for agency, clusters in clusters_by_agency():
        with acting(seats_of_command(agency=agency, clusters=frozenset(clusters))):
            rows = MailAddress.objects.filter(token=token, ended_at=None).select_related("cluster")
            found = rows.first()
        if found:
            return found.cluster
    return None
