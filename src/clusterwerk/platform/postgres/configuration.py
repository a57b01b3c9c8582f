"""The server's own files: settings, who may connect, and which system user is which role.

Written anew before each start, so that a new version of the program brings its settings along.
"""

import os
from pathlib import Path

from clusterwerk.platform.postgres import account as accounts
from clusterwerk.platform.postgres.address import APPLICATION, OWNER
from clusterwerk.platform.postgres.home import Home

SUPERUSER = "postgres"
OWN_FILE = "clusterwerk.conf"

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    # One file per weekday, overwritten a week later: the log cannot fill the disk.
    "logging_collector": "on",
    "log_filename": "postgres-%a.log",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
}
# Data of a test may be lost with the machine; in any other use these stay on.
TRIAL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "autovacuum": "off",
}


def write(home: Home, *, trial: bool) -> None:
    """Write all files; the server reads them at its next start or reload."""
    own = {**SETTINGS, **(TRIAL if trial else {})}
    own |= {"unix_socket_directories": str(home.run), "log_directory": str(home.log)}
    _put(home, OWN_FILE, "".join(f"{key} = {_quoted(value)}\n" for key, value in own.items()))
    _put(home, "pg_hba.conf", "local all all peer map=clusterwerk\n")
    _put(home, "pg_ident.conf", _identities(home))
    _include(home.data / "postgresql.conf")


def _identities(home: Home) -> str:
    """The server's account and whoever starts it may be each role; nobody else may be any."""
    users = dict.fromkeys([home.account.name, accounts.me().name])
    roles = (SUPERUSER, OWNER, APPLICATION)
    return "".join(f'clusterwerk "{user}" {role}\n' for user in users for role in roles)


def _include(main: Path) -> None:
    line = f"include = '{OWN_FILE}'"
    text = main.read_text("utf-8")
    if line not in text.splitlines():
        main.write_text(f"{text.rstrip()}\n{line}\n", "utf-8")


def _put(home: Home, name: str, text: str) -> None:
    """Replace in one step: the server may be reading while somebody else joins it."""
    new = home.data / f"{name}.new"
    new.write_text(text, "utf-8")
    new.chmod(0o600)
    if not home.account.is_me:
        os.chown(new, home.account.uid, home.account.gid)
    new.replace(home.data / name)


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
