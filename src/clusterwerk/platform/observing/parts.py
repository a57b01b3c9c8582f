"""Figures of the platform's own parts: back-ups and mail."""

from datetime import datetime

from django.utils import timezone

from clusterwerk.platform.access.session import opened
from clusterwerk.platform.backup.record import last_backup
from clusterwerk.platform.mail.models import OutgoingMail
from clusterwerk.platform.observing.gauges import Gauge, register_gauges


def register_parts() -> None:
    """An age is absent, not zero, while there is nothing to have one: alert on absence too."""
    register_gauges(
        Gauge("backup_age_seconds", "Age of the last back-up.", backup_age),
        Gauge("backup_copy_age_seconds", "Age of its last copy elsewhere.", copy_age),
        Gauge("backup_failing", "Whether the last attempt or its copy failed.", backup_failing),
        Gauge("mail_waiting", "Mails not handed over yet, or not known to be.", mail_waiting),
    )


def backup_age() -> float | None:
    known = last_backup()
    return _since(known.made_at) if known else None


def copy_age() -> float | None:
    known = last_backup()
    return _since(known.copied_at) if known else None


def backup_failing() -> float | None:
    known = last_backup()
    return float(bool(known.problem or known.copy_problem)) if known else None


def mail_waiting() -> float:
    with opened("mail"):
        return OutgoingMail.objects.count()


def _since(moment: datetime | None) -> float | None:
    return (timezone.now() - moment).total_seconds() if moment else None
