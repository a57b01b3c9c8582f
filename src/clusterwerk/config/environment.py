"""The environment of the process, read in one place, with a clear message where it is wrong."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

DatabaseRole = Literal["app", "owner"]
SHORTEST_TOKEN = 20


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


def number(name: str, *, default: int) -> int:
    """A whole number, zero or more; anything else is an error that says so."""
    value = text(name)
    if not value:
        return default
    if not value.isascii() or not value.isdigit():
        message = f"{name} is {value!r}; expected a whole number, zero or more."
        raise ImproperlyConfigured(message)
    return int(value)


def listed(name: str, default: list[str]) -> list[str]:
    """Comma-separated values, blanks dropped."""
    return [part.strip() for part in text(name).split(",") if part.strip()] or default


def choice(name: str, *, options: tuple[str, ...]) -> str:
    """One of the options, the first when nothing is set; anything else is an error that says so."""
    value = text(name, default=options[0]).lower()
    if value not in options:
        message = f"{name} is {value!r}; expected {' or '.join(options)}."
        raise ImproperlyConfigured(message)
    return value


def token(name: str) -> str:
    """A secret that a program sends; empty when there is none, never one that is soon guessed."""
    value = text(name)
    if value and (len(value) < SHORTEST_TOKEN or not value.isascii() or " " in value):
        message = f"{name} is too weak; expected {SHORTEST_TOKEN} letters and digits or more."
        raise ImproperlyConfigured(message)
    return value


def var_folder() -> Path:
    """Where data, sockets and caught mail live: CLUSTERWERK_VAR, or `var` in the current folder."""
    return Path(text("CLUSTERWERK_VAR", default="var")).expanduser().resolve()


def files_folder(var: Path) -> Path:
    """Where prepared files are kept: CLUSTERWERK_FILES, or `files` in the folder of data."""
    return Path(text("CLUSTERWERK_FILES", default=str(var / "files"))).expanduser().resolve()


def runtime_folder() -> Path:
    """What need not survive a restart: RUNTIME_DIRECTORY, in memory, or `run` where data live."""
    given = text("RUNTIME_DIRECTORY").split(":")[0]
    return Path(given) if given else var_folder() / "run"


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


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over, and how the connection is protected."""

    host: str
    port: int
    user: str
    password: str
    security: str


SMTP_PORTS = {"starttls": 587, "tls": 465, "none": 25}


def mail_server() -> MailServer:
    """The mail server out of the CLUSTERWERK_SMTP_ variables.

    CLUSTERWERK_SMTP_SECURITY is `starttls` (the default, port 587), `tls` (port 465) or `none`
    (port 25, for a server on the same machine).
    """
    security = text("CLUSTERWERK_SMTP_SECURITY", default="starttls").lower()
    if security not in SMTP_PORTS:
        message = f"CLUSTERWERK_SMTP_SECURITY is {security!r}; expected starttls, tls or none."
        raise ImproperlyConfigured(message)
    return MailServer(
        host=text("CLUSTERWERK_SMTP_HOST", default="localhost"),
        port=number("CLUSTERWERK_SMTP_PORT", default=SMTP_PORTS[security]),
        user=text("CLUSTERWERK_SMTP_USER"),
        password=text("CLUSTERWERK_SMTP_PASSWORD"),
        security=security,
    )


def openid_providers() -> list[dict[str, Any]]:
    """The OpenID Connect provider of this installation for allauth, or none when none is named.

    An issuer must be reached over TLS, because what it says decides who somebody is; only an
    address of the machine itself may do without.
    """
    issuer = text("CLUSTERWERK_OIDC_ISSUER").rstrip("/")
    if not issuer:
        return []
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        message = f"CLUSTERWERK_OIDC_ISSUER is {issuer!r}; expected an address with https://."
        raise ImproperlyConfigured(message)
    return [
        {
            "provider_id": "sso",
            "name": text("CLUSTERWERK_OIDC_NAME", default=parts.hostname or issuer),
            "client_id": _needed("CLUSTERWERK_OIDC_CLIENT_ID", "CLUSTERWERK_OIDC_ISSUER"),
            "secret": _needed("CLUSTERWERK_OIDC_CLIENT_SECRET", "CLUSTERWERK_OIDC_ISSUER"),
            "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
        }
    ]


def _needed(name: str, because: str) -> str:
    value = text(name)
    if not value:
        message = f"{name} is missing; it is needed when {because} is set."
        raise ImproperlyConfigured(message)
    return value
