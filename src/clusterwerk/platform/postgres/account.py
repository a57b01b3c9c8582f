"""The system account that the embedded server runs as.

PostgreSQL refuses root. When root starts it, the server runs as the account that already owns the
data; for new data as CLUSTERWERK_RUN_AS, else `postgres`, else `nobody`.
"""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clusterwerk.platform.postgres.errors import ServerError

USUAL = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """A system user."""

    name: str
    uid: int
    gid: int

    @property
    def is_me(self) -> bool:
        return self.uid == os.geteuid()

    def process_options(self) -> dict[str, Any]:
        """Keywords for `subprocess` that run a program as this user and nothing else."""
        environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        # A session of its own: Ctrl-C reaches the supervisor, which ends its programs in order.
        options: dict[str, Any] = {"start_new_session": True, "stdin": subprocess.DEVNULL}
        options |= {"cwd": "/", "env": environment}
        if not self.is_me:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return options

    def reaches(self, path: Path, right: str = "-x") -> bool:
        """Whether this user has `right` on `path`, asked of the system itself (as `test` does)."""
        if self.is_me and os.geteuid() == 0:
            return True
        command = ["test", right, str(path)]
        return subprocess.run(command, check=False, **self.process_options()).returncode == 0  # noqa: S603 - fixed words and our own path

    def own(self, path: Path) -> None:
        """Make `path` a folder of this user, closed to others; parent folders stay as they are."""
        path.mkdir(parents=True, exist_ok=True)
        if not self.is_me:
            os.chown(path, self.uid, self.gid)
        path.chmod(0o700)


def me() -> Account:
    return by_id(os.geteuid())


def by_id(uid: int) -> Account:
    try:
        found = pwd.getpwuid(uid)
    except KeyError:
        message = (
            f"The user with number {uid} has no name on this system. PostgreSQL needs one: add "
            "the user to /etc/passwd, or set DATABASE_URL to a server of your own."
        )
        raise ServerError(message) from None
    return Account(found.pw_name, found.pw_uid, found.pw_gid)


def for_data(data: Path) -> Account:
    """Who runs the server on `data`: me, unless I am root."""
    if os.geteuid() != 0:
        return _mine_or_refused(data)
    if data.exists() and data.stat().st_uid != 0:
        return by_id(data.stat().st_uid)
    return _for_new_data()


def _mine_or_refused(data: Path) -> Account:
    account = me()
    if data.exists() and data.stat().st_uid != account.uid:
        owner = by_id(data.stat().st_uid).name
        message = (
            f"The database in {data} belongs to the user {owner}, not to {account.name}. Start as "
            f"root or as {owner}, or choose another folder with CLUSTERWERK_VAR."
        )
        raise ServerError(message)
    return account


def _for_new_data() -> Account:
    named = os.environ.get("CLUSTERWERK_RUN_AS", "").strip()
    for name in (named,) if named else USUAL:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        if found.pw_uid != 0:
            return Account(found.pw_name, found.pw_uid, found.pw_gid)
    message = (
        f"PostgreSQL does not run as root, and there is no user {named or ' or '.join(USUAL)} to "
        "run it as. Name one in CLUSTERWERK_RUN_AS."
    )
    raise ServerError(message)
