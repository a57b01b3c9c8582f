"""What this installation is, as far as its settings and tables tell: the measures that stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings

from clusterwerk.platform.access.apply import declared_tables
from clusterwerk.platform.backup.record import last_backup
from clusterwerk.platform.history.tracking import event_models, personal_fields, tracked_model

Fact = bool | int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """`by_key` holds what is known; None is unknown. `personal` are fields by name of the model."""

    by_key: Mapping[str, Fact]
    personal: Mapping[str, tuple[str, ...]]


def facts() -> Facts:
    """Read from settings, models and the record of the last back-up; asks no database."""
    return Facts(
        by_key={**_web(), **_sign_in(), **_tables(), **_backup()},
        personal={
            tracked_model(event).__name__: personal_fields(event)
            for event in event_models()
            if personal_fields(event)
        },
    )


def _web() -> dict[str, Fact]:
    is_sent = not settings.MAIL_IS_CAUGHT
    policy: Mapping[str, Any] = settings.CONTENT_SECURITY_POLICY
    foreign = [
        source
        for name, sources in policy["DIRECTIVES"].items()
        for source in sources
        if name.endswith("-src") and source not in {"'self'", "'none'", "data:"}
    ]
    return {
        "tls": settings.BEHIND_TLS and settings.SESSION_COOKIE_SECURE,
        "mail_tls": settings.MAIL_SERVER.security in {"tls", "starttls"} if is_sent else None,
        "content_policy": not foreign,
        "logging": bool(settings.LOGGING),
    }


def _sign_in() -> dict[str, Fact]:
    rules: Sequence[Mapping[str, Any]] = settings.AUTH_PASSWORD_VALIDATORS
    options: list[Mapping[str, int]] = [rule.get("OPTIONS", {}) for rule in rules]
    lengths = [each["min_length"] for each in options if "min_length" in each]
    return {
        "second_step": "totp" in settings.MFA_SUPPORTED_TYPES,
        "password_length": max(lengths, default=None),
        "session_days": settings.SESSION_COOKIE_AGE // (24 * 60 * 60),
    }


def _tables() -> dict[str, Fact]:
    secured = [access for access in declared_tables().values() if access.row_security]
    return {
        "row_policies": len(secured),
        "history": len(event_models()),
        "seals": any(model.__name__ == "HistoryEntry" for model in apps.get_models()),
    }


def _backup() -> dict[str, Fact]:
    """Unknown where none was ever made."""
    last = last_backup(Path(settings.VAR))
    if last is None or last.made_at is None:
        return {"backup": None, "backup_encrypted": None, "offsite": None}
    return {
        "backup": True,
        "backup_encrypted": last.encrypted,
        "offsite": last.copied_at is not None,
    }
