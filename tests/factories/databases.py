"""The databases of a run: copies of one that is migrated once, whatever the number of runs.

Migrating takes many seconds, copying a fraction of one. A template stays in the trial server under
a name that says from which sources it was made; who uses it holds a lock, and templates that
nobody holds go when a new one is made. Each process works on copies of its own.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test.utils import setup_databases

from clusterwerk.platform.access.apply import apply_access
from clusterwerk.platform.postgres import home
from clusterwerk.platform.postgres.address import APPLICATION, OWNER
from clusterwerk.platform.postgres.configuration import SUPERUSER
from clusterwerk.platform.postgres.locks import Lock, alone
from factories.owner import as_owner

ROOT = Path(__file__).resolve().parents[2]
# A database depends on all sources but these: who changes a page keeps the template.
PAGES = {"views", "forms", "templates", "static", "locale", "__pycache__"}
TEMPLATE = "trial_template_"
OWN = "test_clusterwerk_"
UNREADY = "unready_"
WRITTEN_BY_MIGRATING = ("django_migrations", "django_content_type", "auth_permission")
NAMES = """
select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables
 where schemaname not in ('pg_catalog', 'information_schema') and tablename <> all(%s)
"""
MAY_PASS_TRIGGERS = "select has_parameter_privilege('session_replication_role', 'set')"
PATIENCE = 300.0  # seconds for another process to make the same template


class Databases:
    """The copies of this process, and which of them Django works on."""

    def __init__(self, template: str) -> None:
        self.template = template
        self.held = ExitStack()
        self.made: dict[str, str] = {}

    def make(self, name: str, template: str = "") -> None:
        """A copy of the template, that of the migrated database when none is named."""
        self.made[name] = f"{OWN}{os.getpid()}_{name}"
        statement(f"create database {self.made[name]} template {template or self.template}")

    def is_used(self, name: str) -> bool:
        return bool(self.made.get(name) == connections["default"].settings_dict["NAME"])

    def use(self, name: str) -> None:
        """Work on this copy from now on, in every thread that connects anew."""
        work_on(self.made[name])

    def template_of(self, name: str, fill: Callable[[], None]) -> str:
        """A template on top of the migrated one, filled as the application; shared likewise."""
        return self.held.enter_context(template(f"{self.template}_{name}", self._filled(fill)))

    def _filled(self, fill: Callable[[], None]) -> Callable[[str], None]:
        def make(name: str) -> None:
            before = str(connections["default"].settings_dict["NAME"])
            statement(f"create database {name} template {self.template}")
            work_on(name)
            try:
                fill()
            finally:
                work_on(before)

        return make

    def drop(self, name: str) -> None:
        connection.close()
        drop(self.made.pop(name))


@contextmanager
def databases() -> Iterator[Databases]:
    """The copies of this process; they go at the end, the templates stay for the next run."""
    with template(f"{TEMPLATE}{digest()}", migrate) as name:
        made = Databases(name)
        try:
            with made.held:
                yield made
        finally:
            for one in list(made.made):
                made.drop(one)


def work_on(name: str) -> None:
    found = connections["default"].settings_dict
    if found["NAME"] != name:
        connection.close()
        found["NAME"] = name


@contextmanager
def template(name: str, make: Callable[[str], None]) -> Iterator[str]:
    """Make the database unless it is there; it is not dropped while somebody is in here."""
    locks = settings.VAR / "templates"
    with alone(locks / "making.lock", wait=PATIENCE):
        use = Lock(locks / name)
        assert use.shared(), "only who holds the lock of making holds this one alone"
        if name not in existing():
            drop_unused(locks)
            unready = f"{name}_{UNREADY}{os.getpid()}"
            make(unready)
            connection.close()
            statement(f"alter database {unready} rename to {name}")
    try:
        yield name
    finally:
        use.drop()


def migrate(name: str) -> None:
    """Make the database as the owner, with the rules of access; Django then works on it."""
    connections["default"].settings_dict["TEST"]["NAME"] = name
    with as_owner():
        setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
        apply_access(APPLICATION)


def digest() -> str:
    """Of all that migrations, rules of access, published figures and the demo are made from."""
    found = hashlib.sha256()
    for path in sorted([*(ROOT / "src").rglob("*"), *(ROOT / "requirements").glob("*.txt")]):
        if path.is_file() and not PAGES & set(path.parts):
            found.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return found.hexdigest()[:12]


def drop_unused(locks: Path) -> None:
    """Templates that nobody holds, those that were never finished, and copies of dead processes."""
    for name in existing():
        if name.startswith(TEMPLATE) and (UNREADY in name or is_unused(locks / name)):
            drop(name)
            (locks / name).unlink(missing_ok=True)
        elif name.startswith(OWN) and not is_alive(name.removeprefix(OWN).partition("_")[0]):
            drop(name)


def is_unused(path: Path) -> bool:
    lock = Lock(path)
    try:
        return lock.alone()
    finally:
        lock.drop()


def is_alive(process: str) -> bool:
    return Path(f"/proc/{process}").exists()


def empty() -> None:
    """Leave only what migrating writes. Faster than truncating, which makes each table anew."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(MAY_PASS_TRIGGERS)
        if cursor.fetchone() == (False,):  # another server than ours
            call_command("flush", verbosity=0, interactive=False)
            return
        cursor.execute(NAMES, [list(WRITTEN_BY_MIGRATING)])
        names = [name for (name,) in cursor.fetchall()]
        asked = (f"select '{name}' where exists (select from {name})" for name in names)
        cursor.execute(" union all ".join(asked))
        filled = [name for (name,) in cursor.fetchall()]
        with transaction.atomic():
            cursor.execute("set local session_replication_role = replica")
            for name in filled:
                cursor.execute(f"delete from {name}")


def let_owner_empty_and_drop() -> None:
    """Pass triggers by, and end what still works on a database; only an administrator allows it.

    On another server than ours tests do without, more slowly.
    """
    place = home.recorded(settings.VAR)
    assert place, "the server was started"
    with psycopg.connect(host=str(place.run), user=SUPERUSER, dbname="postgres") as administrator:
        administrator.execute(f"grant set on parameter session_replication_role to {OWNER}")
        administrator.execute(f"grant pg_signal_backend to {OWNER}")


def drop(name: str) -> None:
    statement(f"drop database if exists {name} with (force)")


def existing() -> set[str]:
    with as_owner(), connections["default"]._nodb_cursor() as cursor:
        cursor.execute("select datname from pg_database")
        return {name for (name,) in cursor.fetchall()}


def statement(text: str) -> None:
    """Outside any database, as the owner."""
    with as_owner(), connections["default"]._nodb_cursor() as cursor:
        cursor.execute(text)
