"""Keeping a file and taking it away."""

import re
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.session import opened
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.files import storage
from clusterwerk.platform.files.models import KEPT, PreparedFile
from clusterwerk.platform.files.storage import Draft, draft

MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*")
UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\\u2028\u2029\u202a-\u202e\u2066-\u2069]")
LONGEST = 200
STRAY_AFTER = 24 * 60 * 60.0  # seconds; longer than any job writes
TOGETHER = 500


def keep(written: Draft, owner: int, name: str, media_type: str) -> PreparedFile:
    """Give a written file its row, in the open transaction; the owner can fetch it from then on.

    Refuses a name that could not stand in a header or on a disk. When the transaction is rolled
    back, the bytes are left for `sweep`.
    """
    _require_safe(name, media_type)
    size, digest = written.seal()
    with opened("files"):
        return PreparedFile.objects.create(
            owner_id=owner,
            stored_as=written.stored_as,
            name=name,
            media_type=media_type,
            size=size,
            digest=digest,
            expires_at=timezone.now() + KEPT,
        )


def require_name(name: str) -> None:
    """Refuse a name that could not stand in a header or on a disk."""
    if not name.strip(" .") or len(name) > LONGEST or UNSAFE.search(name):
        raise DomainError(
            _("“%(name)s” cannot be the name of a file.") % {"name": UNSAFE.sub("?", name)[:60]}
        )


def _require_safe(name: str, media_type: str) -> None:
    require_name(name)
    if not MEDIA_TYPE.fullmatch(media_type):
        raise DomainError(_("“%(type)s” is no type of a file.") % {"type": media_type[:60]})


def discard(file: PreparedFile) -> None:
    """Take a file away: the row now, the bytes once the transaction has committed."""
    stored_as = file.stored_as
    with opened("files", "jobs"):  # the run that made it forgets it
        file.delete()
    transaction.on_commit(lambda: storage.remove(stored_as))


def discard_expired(now: datetime) -> int:
    """Take away what nobody may fetch any more; how many there were."""
    with opened("files"):
        expired = list(PreparedFile.objects.expired(now)[:TOGETHER])
    for file in expired:
        discard(file)
    return len(expired)


def sweep() -> int:
    """Remove bytes without a row, which a crash left behind; how many there were."""
    found = list(storage.strays(STRAY_AFTER))
    removed = 0
    for start in range(0, len(found), TOGETHER):
        removed += _remove_unowned(found[start : start + TOGETHER])
    return removed


def _remove_unowned(paths: list[Path]) -> int:
    with opened("files"):
        rows = PreparedFile.objects.filter(stored_as__in=[path.name for path in paths])
        owned = set(rows.values_list("stored_as", flat=True))
    strays = [path for path in paths if path.name not in owned]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)


__all__ = ["Draft", "discard", "discard_expired", "draft", "keep", "require_name", "sweep"]
