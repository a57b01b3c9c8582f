"""Addresses that an import or a mailing must not bring back, known by a keyed digest alone.

The key is the secret of the installation: without it nobody finds out by trying addresses who is
on the list. A new secret finds older entries while the former one is in `SECRET_KEY_FALLBACKS`.
"""

import hmac
from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from django.conf import settings
from django.utils.encoding import force_bytes

from clusterwerk.members.models import (
    Consent,
    ConsentState,
    Contact,
    Suppression,
    SuppressionCause,
)
from clusterwerk.platform.rows import changed, created

SALT = b"clusterwerk.members.suppression"
AGAINST = (ConsentState.WITHDRAWN, ConsentState.REFUSED)


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
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    wanted = {
        digest_of(address, cluster, secret): address
        for address in addresses
        if address.strip()
        for secret in secrets
    }
    rows = Suppression.objects.filter(cluster_id=cluster, digest__in=list(wanted))
    return {wanted[row.digest]: SuppressionCause(row.cause) for row in rows}


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


def refused_purposes(contact: Contact) -> list[str]:
    """For what the contact withdrew or refused consent."""
    said = Consent.objects.filter(cluster_id=contact.cluster_id, contact=contact, state__in=AGAINST)
    return sorted(said.values_list("purpose", flat=True))
