"""Connections without Django, for what happens before Django is loaded."""

from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psycopg

from clusterwerk.platform.postgres.address import Role, connection_settings

Connection = psycopg.Connection[tuple[Any, ...]]


def connect(role: Role, var: Path) -> Connection:
    """Connect as `role`, each statement on its own; psycopg.OperationalError when it is away."""
    return connect_with(connection_settings(role, var))


def connect_with(settings: dict[str, Any], *, database: str | None = None) -> Connection:
    """Connect with Django's settings, to `database` instead of theirs when it is named."""
    return psycopg.connect(
        host=settings["HOST"],
        port=settings.get("PORT") or None,
        user=settings["USER"] or None,
        password=settings.get("PASSWORD") or None,
        dbname=database or settings["NAME"],
        autocommit=True,
        prepare_threshold=None,  # behind a pooler the next transaction meets another server process
        **settings["OPTIONS"],
    )


def application_url(var: Path) -> str:
    """DATABASE_URL of the application role, for a child that must not learn of another."""
    settings = connection_settings("app", var)
    user = quote(settings["USER"], safe="")
    secret = quote(settings.get("PASSWORD", ""), safe="")
    options = {"host": settings["HOST"], **settings["OPTIONS"]}
    port = f":{settings['PORT']}" if settings.get("PORT") else ""
    name = quote(settings["NAME"], safe="")
    # The host as an option, because a socket folder cannot stand before the path.
    return f"postgresql://{user}:{secret}@{port}/{name}?{urlencode(options)}"
