"""Noting breaches. Entries are added, never changed: a correction is another entry."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.legal import access
from clusterwerk.platform.legal.models import Breach, BreachEntry
from clusterwerk.platform.rows import created

MEANWHILE = _("Somebody added an entry meanwhile. Look at it, and then add what is still missing.")


@transaction.atomic
def note_breach(*, seats: Seats, key: UUID, facts: Mapping[str, Any]) -> tuple[Breach, bool]:
    """Open the log of a breach with its first entry; a second time with the same key is the first.

    Returns the breach and whether it is new.
    """
    access.may_keep_legal(seats).require()
    known = Breach.objects.filter(key=key).first()
    if known:
        return known, False
    breach = created(Breach(key=key), {"breach_noted_once": _("This breach was noted already.")})
    created(BreachEntry(breach=breach, revision=1, noted_by_id=seats.actor, **facts))
    return breach, True


@transaction.atomic
def amend_breach(
    *, seats: Seats, breach: Breach, revision: int, reason: str, facts: Mapping[str, Any]
) -> BreachEntry:
    """Add what is known now; `revision` is the entry that the person had before them.

    Raises `DomainError` when another entry was added after that one, and without a reason.
    """
    access.may_keep_legal(seats).require()
    if not reason.strip():
        raise DomainError(_("Say what is new or corrected."))
    latest = breach.entries.order_by("-revision").values_list("revision", flat=True).first()
    if latest != revision:
        raise DomainError(MEANWHILE)
    entry = BreachEntry(
        breach=breach, revision=revision + 1, noted_by_id=seats.actor, reason=reason, **facts
    )
    return created(entry, {"breach_revision_once": MEANWHILE})
