"""One transaction in `psql`, fed with statements and with the script of a dump.

psql and not a connection of our own, because a dump's script brings its rows in psql's form of
COPY. A statement that fails ends psql, and with it the transaction.
"""

import shutil
import subprocess
import tempfile
from types import TracebackType
from typing import IO, Self

from psycopg import sql

from clusterwerk.platform.backup import programs, tables
from clusterwerk.platform.backup.installation import Installation
from clusterwerk.platform.backup.manifest import Table

CHUNK = 1024 * 1024  # bytes
# Newer programs set it; a server before 17 does not know it.
UNKNOWN_SETTING = b"SET transaction_timeout = 0;\n"
END = "\x1fend"

# Everything of ours goes, and nothing of an extension or of the server.
CLEAR = """
do $clear$
declare one record;
begin
  for one in select nspname from pg_catalog.pg_namespace n
    where nspname not in ('public', 'information_schema') and nspname !~ '^pg_'
      and pg_catalog.pg_has_role(nspowner, 'usage')
      and not exists (select from pg_catalog.pg_depend d
                       where d.classid = 'pg_catalog.pg_namespace'::regclass
                         and d.objid = n.oid and d.deptype = 'e')
  loop execute pg_catalog.format('drop schema %I cascade', one.nspname); end loop;
  for one in select c.relname, case c.relkind when 'v' then 'view' when 'S' then 'sequence'
                  when 'm' then 'materialized view' else 'table' end as kind
    from pg_catalog.pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
      and not exists (select from pg_catalog.pg_depend d
                       where d.classid = 'pg_catalog.pg_class'::regclass
                         and d.objid = c.oid and d.deptype in ('e', 'i', 'a'))
  loop execute pg_catalog.format('drop %s if exists public.%I cascade', one.kind, one.relname);
  end loop;
  for one in select p.oid::regprocedure::text as signature
    from pg_catalog.pg_proc p
    where p.pronamespace = 'public'::regnamespace
      and not exists (select from pg_catalog.pg_depend d
                       where d.classid = 'pg_catalog.pg_proc'::regclass
                         and d.objid = p.oid and d.deptype = 'e')
  loop execute pg_catalog.format('drop routine if exists %s cascade', one.signature); end loop;
  for one in select t.typname
    from pg_catalog.pg_type t
    where t.typnamespace = 'public'::regnamespace and t.typtype in ('e', 'd')
      and not exists (select from pg_catalog.pg_depend d
                       where d.classid = 'pg_catalog.pg_type'::regclass
                         and d.objid = t.oid and d.deptype = 'e')
  loop execute pg_catalog.format('drop type if exists public.%I cascade', one.typname); end loop;
  -- What the database's comment says was prepared is not prepared any more.
  execute pg_catalog.format('comment on database %I is null', pg_catalog.current_database());
end
$clear$;
"""


class Script:
    """psql with an open transaction; leaving without `commit` takes everything back."""

    def __init__(self, installation: Installation, program: str) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the script
        command = [
            program,
            "--no-psqlrc",
            "--quiet",
            "--no-align",
            "--tuples-only",
            "--no-password",
        ]
        command += ["--field-separator=\t", "--set=ON_ERROR_STOP=1", "--file=-"]
        self._process = subprocess.Popen(  # noqa: S603 - PostgreSQL's own program and our words
            [*command, f"--dbname={installation.address('clusterwerk restore')}"],
            env=programs.environment(installation),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._process.kill()  # the server rolls back what was not committed
        self._process.communicate()
        self._said.close()

    def begin(self) -> None:
        """Open the transaction and remove the empty tables."""
        self._say("set client_min_messages = warning; set lock_timeout = '10s'; begin;\n" + CLEAR)
        self._answers()

    def feed(self, source: IO[bytes]) -> None:
        """Run a script of pg_restore, whose own answers nobody reads.

        Nothing may be asked before `fed`: a script that was cut off leaves psql in the middle of
        its rows, where a question would be taken for one more row.
        """
        self._say("\\o /dev/null\n")
        try:
            first = source.read(CHUNK)
            self._pipe.write(first.replace(UNKNOWN_SETTING, b"", 1))
            shutil.copyfileobj(source, self._pipe, CHUNK)
        except BrokenPipeError:
            self._raise()

    def fed(self) -> None:
        """The script was whole; wait until all of it has run."""
        self._say("\\o\n")
        self._answers()

    def contents(self) -> tuple[list[Table], dict[str, int]]:
        """What the transaction sees in every table and sequence."""
        self._say(tables.SETTINGS + tables.LIST + ";\n")
        pairs = [line.split("\t") for line in self._answers()]
        for schema, name in pairs:
            quoted = tables.quoted(schema, name)
            statement = tables.statement(quoted, sql.Identifier(schema, name))
            self._say(statement.as_string(None) + ";\n")
        rows = [line.split("\t") for line in self._answers()]
        self._say(tables.SEQUENCES + ";\n")
        sequences = dict(line.split("\t") for line in self._answers())
        found = [Table(name=name, rows=int(count), digest=digest) for name, count, digest in rows]
        return found, {name: int(last) for name, last in sequences.items()}

    def commit(self) -> None:
        self._say("commit;\n")
        self._answers()

    @property
    def _pipe(self) -> IO[bytes]:
        assert self._process.stdin is not None, "it was asked for"
        return self._process.stdin

    def _say(self, text: str) -> None:
        try:
            self._pipe.write(text.encode())
        except BrokenPipeError:
            self._raise()

    def _answers(self) -> list[str]:
        """Lines up to here; ServerError when a statement failed."""
        assert self._process.stdout is not None, "it was asked for"
        self._say(f"\\echo {END}\n")
        try:
            self._pipe.flush()
        except BrokenPipeError:
            self._raise()
        found: list[str] = []
        for raw in self._process.stdout:
            line = raw.decode("utf-8").rstrip("\n")
            if line == END:
                return found
            found.append(line)
        self._raise()
        return found

    def _raise(self) -> None:
        self._process.wait()
        programs.raise_failed("Loading", self._said)
