"""What a back-up is made of and restored to."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg.conninfo import make_conninfo

from clusterwerk.platform.postgres.address import connection_settings
from clusterwerk.platform.postgres.client import Connection, connect

KEYS = ("secret_key",)
"""Files in `var` without which restored data are not fully of use: sessions and links are signed
with the secret key. Passwords of database roles stay out: they belong to one server."""


@dataclass(frozen=True, slots=True)
class Installation:
    """Folder of data, folder of the file store, and the release of the program."""

    var: Path
    files: Path
    release: str

    def connect(self) -> Connection:
        """As the owner of the tables, who sees every row."""
        return connect("owner", self.var)

    @property
    def owner(self) -> str:
        return str(self._settings["USER"])

    @property
    def application(self) -> str:
        return str(connection_settings("app", self.var)["USER"])

    def address(self, name: str) -> str:
        """Where PostgreSQL's own programs connect as the owner; without the password.

        name: what the server calls the connection, so that it is not taken for a web server's.
        """
        found = self._settings
        options = {name: value for name, value in found["OPTIONS"].items() if name != "password"}
        return make_conninfo(
            host=found["HOST"] or None,
            port=found.get("PORT") or None,
            user=found["USER"] or None,
            dbname=found["NAME"],
            **{**options, "application_name": name},
        )

    def password(self) -> dict[str, str]:
        """For the environment of these programs, because a command line can be read by others.

        An address may carry it among its options, too.
        """
        found = self._settings
        secret = found["OPTIONS"].get("password") or found.get("PASSWORD")
        return {"PGPASSWORD": str(secret)} if secret else {}

    @property
    def _settings(self) -> dict[str, Any]:
        return connection_settings("owner", self.var)
