"""Whether a start may change the tables of a database that holds data.

On the embedded server it may, and keeps a back-up; on a server of your own it waits for
`clusterwerk upgrade`, because several machines may stand on that database.
"""

import os
from pathlib import Path
from typing import Literal

from django.core.exceptions import ImproperlyConfigured

from clusterwerk.config import environment
from clusterwerk.config.upgrading import copies

Way = Literal["automatic", "asked"]
NAME = "CLUSTERWERK_UPGRADE"


def way() -> Way:
    """The setting, or what fits the kind of database."""
    value = environment.text(NAME).lower()
    if value == "automatic":
        return "automatic"
    if value == "asked":
        return "asked"
    if value:
        message = f"{NAME} is {value!r}; expected automatic or asked."
        raise ImproperlyConfigured(message)
    return "asked" if os.environ.get("DATABASE_URL", "").strip() else "automatic"


def allowed(var: Path) -> tuple[str, ...]:
    """What a start may do by itself to tables that hold data, in the words of `preparing`."""
    return words(copies.target(var)) if way() == "automatic" else ()


def words(copy: Path | None) -> tuple[str, ...]:
    """Leave to change tables that hold data, after a back-up to `copy` when there is one."""
    return ("established", *([f"{copies.WORD}{copy}"] if copy else []))
