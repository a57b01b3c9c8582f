"""The environment of the process, read in one place, with a clear message where it is wrong."""

import os
import secrets
from pathlib import Path
from typing import Literal

from django.core.exceptions import ImproperlyConfigured

DatabaseRole = Literal["app", "owner"]


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """Yes or no out of 1/0, true/false, yes/no, on/off; anything else is an error that says so."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    message = f"{name} is {value!r}; expected yes or no."
    raise ImproperlyConfigured(message)


def listed(name: str, default: list[str]) -> list[str]:
    """Comma-separated values, blanks dropped."""
    return [part.strip() for part in text(name).split(",") if part.strip()] or default


def var_folder() -> Path:
    """Where data, sockets and caught mail live: CLUSTERWERK_VAR, or `var` in the current folder."""
    return Path(text("CLUSTERWERK_VAR", default="var")).expanduser().resolve()


def database_role() -> DatabaseRole:
    """The role a command works as; the application unless it asks to be the owner."""
    return "owner" if text("CLUSTERWERK_ROLE") == "owner" else "app"


def secret_key(var: Path) -> str:
    """CLUSTERWERK_SECRET_KEY, or one made once and kept in `var`, so that sessions survive."""
    given = text("CLUSTERWERK_SECRET_KEY")
    return given or _kept_secret(var / "secret_key")


def _kept_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")


def mail_backend() -> str:
    """The catcher until a mail server is named, so that a trial writes to no real person."""
    if text("CLUSTERWERK_SMTP_HOST"):
        return "django.core.mail.backends.smtp.EmailBackend"
    return "clusterwerk.platform.mail.catcher.CatcherBackend"
