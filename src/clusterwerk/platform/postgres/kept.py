"""Passwords that the program made for its two roles on a server of your own."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class KeptRoles:
    """server: the DATABASE_URL they belong to, without its password."""

    server: str
    passwords: dict[str, str]


def file(var: Path) -> Path:
    return var / "postgres" / "roles.json"


def read(var: Path, server: str) -> KeptRoles | None:
    """The roles made on `server`; None when none were made, or on another server."""
    try:
        found = KeptRoles(**json.loads(file(var).read_text("utf-8")))
    except FileNotFoundError:
        return None
    return found if found.server == server else None


def write(var: Path, server: str, names: tuple[str, ...]) -> KeptRoles:
    """Make a password for each name and keep them in a file that only its owner can read."""
    made = KeptRoles(server, {name: secrets.token_urlsafe(32) for name in names})
    file(var).parent.mkdir(parents=True, exist_ok=True)
    new = file(var).with_suffix(".new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(asdict(made), out)
    new.replace(file(var))
    return made
