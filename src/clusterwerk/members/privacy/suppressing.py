"""Addresses that an import or a mailing must not bring back, known by a keyed digest alone.

The key is the secret of the installation: without it nobody finds out by trying addresses who is
on the list. A new secret finds older entries while the former one is in `SECRET_KEY_FALLBACKS`.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.conf import settings
from django.utils.encoding import force_bytes

from clusterwerk.members.models import (
    Consent,
    ConsentPurpose,
    ConsentState,
    Contact,
    Suppression,
    SuppressionCause,
)
from clusterwerk.platform.rows import changed, created

SALT = b"clusterwerk.members.suppression"
AGAINST = (ConsentState.WITHDRAWN, ConsentState.REFUSED)


MAILED = (ConsentPurpose.NEWSLETTER, ConsentPurpose.INVITATIONS)


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the holder of an address wants no mail for, and since when."""

    since: date
    purposes: frozenset[str]
    of_everything: bool


def digest_of(email: str, cluster: int, secret: str | bytes = "") -> str:
    """The same address has another digest in another cluster."""
    key = force_bytes(secret or settings.SECRET_KEY)
    text = SALT + f"|{cluster}|{email.strip().lower()}".encode()
    return hmac.new(key, text, sha256).hexdigest()


def suppressed(cluster: int, addresses: Iterable[str]) -> dict[str, SuppressionCause]:
    """Of these addresses those whose holders were erased, or want no mail of the cluster.

    Keys are the addresses as given. Who withdrew or refused one purpose and stands among the
    contacts is not here: the consent record of the contact says for what.
    """
    return {address: SuppressionCause(row.cause) for address, row in _kept(cluster, addresses)}


def refusals(cluster: int, addresses: Iterable[str]) -> dict[str, Refusal]:
    """Of these addresses those whose holders want no mail, by the address as given."""
    return {
        address: Refusal(
            row.since,
            frozenset(row.purposes),
            row.cause == SuppressionCause.OPTED_OUT and not row.purposes,
        )
        for address, row in _kept(cluster, addresses)
    }


def _kept(cluster: int, addresses: Iterable[str]) -> list[tuple[str, Suppression]]:
    rows = Suppression.objects.filter(cluster_id=cluster)
    if not rows.exists():
        return []
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    wanted = {
        digest_of(address, cluster, secret): address
        for address in addresses
        if address.strip()
        for secret in secrets
    }
    return [(wanted[row.digest], row) for row in rows.filter(digest__in=list(wanted))]


def suppress(
    cluster: int, email: str, cause: SuppressionCause, on: date, purposes: Iterable[str] = ()
) -> None:
    """Called by an action that has checked who acts; an entry that stands learns of more."""
    if not email:
        return
    digest = digest_of(email, cluster)
    kept = Suppression.objects.filter(cluster_id=cluster, digest=digest).first()
    told = sorted({*purposes, *(kept.purposes if kept else ())})
    if kept is None:
        row = Suppression(cluster_id=cluster, digest=digest, since=on, cause=cause, purposes=told)
        created(row)
    else:
        changed(kept, cause=cause, purposes=told)


def opt_out(cluster: int, email: str, on: date, purpose: ConsentPurpose | None) -> None:
    """The holder of an address wants no mail for a purpose, or none at all.

    Called by an action that has checked who acts. Who was erased stays so.
    """
    digest = digest_of(email, cluster)
    kept = Suppression.objects.select_for_update().filter(cluster_id=cluster, digest=digest).first()
    if kept is None:
        purposes = [purpose] if purpose else []
        cause = SuppressionCause.OPTED_OUT
        created(
            Suppression(cluster_id=cluster, digest=digest, since=on, cause=cause, purposes=purposes)
        )
    elif kept.cause == SuppressionCause.ERASED:
        more = [purpose] if purpose else MAILED
        changed(kept, purposes=sorted({*kept.purposes, *more}))
    elif purpose is None:
        changed(kept, purposes=[], since=on)
    elif kept.purposes:
        changed(kept, purposes=sorted({*kept.purposes, purpose}), since=on)


def refused_purposes(contact: Contact) -> list[str]:
    """For what the contact withdrew or refused consent."""
    said = Consent.objects.filter(cluster_id=contact.cluster_id, contact=contact, state__in=AGAINST)
    return sorted(said.values_list("purpose", flat=True))
