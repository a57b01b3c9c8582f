"""Which release wrote the database last, as noted in the comment of the schema `access`.

The comment is part of every dump, so a restored database still tells. Releases before 0.2 left
none.
"""

import json
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

MARK = "clusterwerk "
UNKNOWN = ""

Ask = Callable[[str], Any]

READ = """
select obj_description(oid, 'pg_namespace') from pg_namespace where nspname = 'access'
"""


def program_version() -> str:
    """The release of the installed program; "0" where it runs without being installed."""
    try:
        return version("clusterwerk")
    except PackageNotFoundError:
        return "0"


def release_in(comment: str | None) -> str:
    """The release out of the comment; UNKNOWN when there is none or somebody else wrote it."""
    if not comment or not comment.startswith(MARK):
        return UNKNOWN
    try:
        return str(json.loads(comment.removeprefix(MARK)).get("release", UNKNOWN))
    except ValueError:
        return UNKNOWN


def statement(release: str) -> str:
    """SQL that notes the release; needs the owner of the schema."""
    text = MARK + json.dumps({"release": release}, sort_keys=True)
    return "comment on schema access is '{}'".format(text.replace("'", "''"))
