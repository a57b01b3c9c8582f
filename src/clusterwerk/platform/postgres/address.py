"""Where the database is and as whom the program connects, as Django's connection settings.

Without DATABASE_URL it is the embedded server. With it:

- DATABASE_OWNER_URL set as well: both name a role that exists, the application and the owner;
- alone and naming an administrator: the two roles that `remote.prepare` made, with the passwords
  that it kept in `var`;
- alone and naming the application role: enough to serve a database that was prepared elsewhere.
"""

import os
from pathlib import Path
from typing import Any, Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from clusterwerk.platform.postgres import kept
from clusterwerk.platform.postgres.errors import ServerError

Role = Literal["app", "owner"]

OWNER = "clusterwerk_owner"
APPLICATION = "clusterwerk_app"
DATABASE = "clusterwerk"


def socket_folder(var: Path) -> Path:
    """Folder of the embedded server's socket.

    A socket path has some hundred characters at most, so a deep folder gets a short stand-in
    (recorded by the server's adapter in `run.txt`).
    """
    recorded = var / "postgres" / "run.txt"
    return (
        Path(recorded.read_text("utf-8").strip()) if recorded.exists() else var / "postgres" / "run"
    )


def connection_settings(role: Role, var: Path) -> dict[str, Any]:
    """Settings for `role`: the server of DATABASE_URL when it is set, else the embedded one."""
    url = os.environ.get("DATABASE_URL", "").strip()
    return own_settings(role, var, url) if url else embedded_settings(role, var)


def embedded_settings(role: Role, var: Path) -> dict[str, Any]:
    """Settings for the embedded server below `var`, whatever the environment says."""
    user = OWNER if role == "owner" else APPLICATION
    return {**_shared(), "NAME": DATABASE, "USER": user, "HOST": str(socket_folder(var))}


def own_settings(role: Role, var: Path, url: str) -> dict[str, Any]:
    """Settings for the server of `url`, the value of DATABASE_URL."""
    owner_url = os.environ.get("DATABASE_OWNER_URL", "").strip()
    if owner_url:
        return {**_shared(), **from_url(owner_url if role == "owner" else url)}
    settings = {**_shared(), **from_url(url)}
    made = kept.read(var, server_name(settings))
    if made:
        name = OWNER if role == "owner" else APPLICATION
        settings |= {"USER": name, "PASSWORD": made.passwords[name]}
    return settings


def replica_settings(var: Path) -> dict[str, Any] | None:
    """Settings for the replica of CLUSTERWERK_REPLICA_URL; None without one.

    What the address leaves out (role, password, name of the database) is as on the primary. One
    that does not answer is given up soon, because the primary answers instead.
    """
    url = os.environ.get("CLUSTERWERK_REPLICA_URL", "").strip()
    if not url:
        return None
    found = from_url(url, variable="CLUSTERWERK_REPLICA_URL")
    left_out = {"NAME"} if not urlsplit(url).path.strip("/") else set()
    named = {key: value for key, value in found.items() if value and key not in left_out}
    settings = {**connection_settings("app", var), **named}
    settings["OPTIONS"] = {**settings["OPTIONS"], "connect_timeout": 2}
    return {**settings, "TEST": {"MIRROR": "default"}}


def application_role() -> str:
    """Name of the role that requests and jobs work as, for the grants.

    It is ours unless both roles are named by their addresses.
    """
    both_named = os.environ.get("DATABASE_OWNER_URL", "").strip()
    return from_url(os.environ["DATABASE_URL"])["USER"] if both_named else APPLICATION


def server_name(settings: dict[str, Any]) -> str:
    """Who connects where, without the password."""
    return "{USER}@{HOST}:{PORT}/{NAME}".format(**settings)


def from_url(url: str, *, variable: str = "DATABASE_URL") -> dict[str, Any]:
    """Django's connection settings out of `postgresql://user:password@host:port/name?options`."""
    parts, port = _parts(url, variable)
    if parts.scheme not in {"postgres", "postgresql"}:
        message = f"{variable} starts with {parts.scheme!r}; expected postgresql://"
        raise ServerError(message)
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", unquote(parts.hostname or ""))
    found = {
        "NAME": unquote(parts.path.lstrip("/")) or DATABASE,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
    }
    return {**found, "OPTIONS": {**_shared()["OPTIONS"], **query}} if query else found


def _parts(url: str, variable: str) -> tuple[SplitResult, str]:
    """The parts and the port; ServerError, without a word of the address, where it has none.

    A password with a sign of its own ends the address early, and the rest looks like a port.
    """
    try:
        parts = urlsplit(url)
        return parts, str(parts.port or "")
    except ValueError:
        message = (
            f"{variable} cannot be read; expected postgresql://user:password@host:port/name. Signs "
            "such as / # ? @ [ in a password are written as %2F %23 %3F %40 %5B."
        )
        raise ServerError(message) from None


def is_pooled() -> bool:
    """Whether a pooler in transaction mode stands between the application and its server.

    Each transaction may then meet another server connection: nothing may be kept on one between
    two transactions, and nobody can listen. ServerError for any other kind of pooler.
    """
    named = os.environ.get("CLUSTERWERK_POOLER", "").strip().lower()
    if named in {"", "none", "transaction"}:
        return named == "transaction"
    message = f"CLUSTERWERK_POOLER is {named!r}; expected transaction or none."
    raise ServerError(message)


# A server whose machine or network is gone is given up after some 30 seconds, not after two hours.
_LIVENESS = {
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}


def _shared() -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": is_pooled(),
        "OPTIONS": {"application_name": "clusterwerk", "connect_timeout": 5, **_LIVENESS},
    }
