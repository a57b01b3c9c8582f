"""The whole of it: the chain, what it seals, the present rows, and heads noted elsewhere."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils.translation import gettext as _

from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.heads import Head
from clusterwerk.platform.history.tracking import event_models
from clusterwerk.platform.history.verifying.entries import Walk
from clusterwerk.platform.history.verifying.faults import Fault, Verification, What
from clusterwerk.platform.history.verifying.layouts import altered, read_layouts
from clusterwerk.platform.history.verifying.rows import behind, unrecorded, waiting

STRETCH = 10_000  # entries in memory at once
# How values are printed must not depend on the session, or every digest would differ.
_PRINTED = (
    "set local timezone = 'UTC'; set local datestyle = 'ISO, YMD';"
    " set local intervalstyle = 'postgres'; set local extra_float_digits = 1;"
    " set local bytea_output = 'hex'"
)
# The walk takes rows by their keys; a plan that reads whole tables would do so for each stretch.
_BY_KEY = "set local enable_seqscan = off; set local jit = off"
_WHOLE = "set local enable_seqscan = on"
_OWNER = """
    select pg_has_role(relowner, 'usage') from pg_class
    where oid = 'public.platform_historyentry'::regclass
"""
_ERASED = """
    select key_::bigint from platform_erasure e, jsonb_each(e.taken) part,
      jsonb_array_elements_text(part.value -> 'keys') key_
    where exists (
      select from platform_historyentry h where h.kind = 'erasure' and h.event_id = e.id)
"""
_UNSEALED_ERASURES = """
    select e.id, e.erased_at from platform_erasure e
    where not exists (
      select from platform_historyentry h where h.kind = 'erasure' and h.event_id = e.id)
"""
_CUTS = """
    select distinct on (event_table) event_table, event_id, sealed_at
    from platform_historyentry where kind = 'cut' and number <= %s order by event_table, number desc
"""
Progress = Callable[[int, int], None]


@contextmanager
def snapshot() -> Iterator[None]:
    """One view of the whole database for as long as the verification takes; it writes nothing."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")
        yield


def verify(
    *,
    since: int = 0,
    head: str = "",
    noted: Iterable[Head] = (),
    progress: Progress = lambda _done, _total: None,
) -> Verification:
    """Walk the chain from behind entry `since`; each fault names its entry or row.

    `head` is a digest noted earlier, `noted` are heads that were kept outside. What comes before
    `since` is believed. Runs in the open transaction, see `snapshot`; raises `DomainError` when the
    role may not read everything.
    """
    _require_owner()
    with connection.cursor() as cursor:
        cursor.execute(_PRINTED)
    found = Verification(since=since)
    _read_newest(found)
    _walk(found, progress)
    found.add(_unsealed_erasures())
    found.add(_heads(found, head, noted))
    for event in event_models():
        found.add(behind(event))
        found.add(unrecorded(event))
        found.waiting += waiting(event)
        found.tables += 1
    return found


def _require_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_OWNER)
        (is_owner,) = cursor.fetchone()
    if not is_owner:
        raise DomainError(_("Verifying reads the history of everybody: it needs the owner's role."))


def _read_newest(found: Verification) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select number, encode(chain_digest, 'hex') from platform_historyentry"
            " order by number desc limit 1"
        )
        found.newest, found.head = cursor.fetchone() or (0, "")
        cursor.execute("select count(*) from platform_erasure")
        (found.erasures,) = cursor.fetchone()


def _walk(found: Verification, progress: Progress) -> None:
    walk = _start(found.since)
    found.add(altered(walk.layouts))
    _plan(_BY_KEY)
    while entries := walk.next(STRETCH):
        found.add(walk.faults(entries))
        found.entries += len(entries)
        progress(found.entries, found.newest - found.since)
    _plan(_WHOLE)


def _plan(setting: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(setting)


def _start(since: int) -> Walk:
    with connection.cursor() as cursor:
        cursor.execute(_ERASED)
        walk = Walk(read_layouts(), {key for (key,) in cursor.fetchall()})
        if since:
            cursor.execute(
                "select chain_digest from platform_historyentry where number = %s", [since]
            )
            row = cursor.fetchone()
            if row is None:
                raise DomainError(_("There is no entry %(number)d.") % {"number": since})
            walk.number, walk.chain = since, bytes(row[0])
            cursor.execute(_CUTS, [since])
            walk.cuts = {table: (event, at) for table, event, at in cursor.fetchall()}
    return walk


def _unsealed_erasures() -> Iterator[Fault]:
    """Erasures that no function wrote: they would excuse a key that somebody took away."""
    with connection.cursor() as cursor:
        cursor.execute(_UNSEALED_ERASURES)
        for number, at in cursor.fetchall():
            yield Fault(What.BEHIND, None, "platform_erasure", number, at)


def _heads(found: Verification, head: str, noted: Iterable[Head]) -> Iterator[Fault]:
    """Heads that are no part of the chain: it was made anew, or its end was cut off."""
    with connection.cursor() as cursor:
        if head:
            found.heads += 1
            cursor.execute(
                "select number from platform_historyentry where encode(chain_digest, 'hex') = %s",
                [head.strip().lower()],
            )
            if cursor.fetchone() is None:
                yield Fault(What.HEAD, detail=head)
        for kept in noted:
            found.heads += 1
            cursor.execute(
                "select encode(chain_digest, 'hex') from platform_historyentry where number = %s",
                [kept.number],
            )
            row = cursor.fetchone()
            if row is None or row[0] != kept.digest:
                yield Fault(What.HEAD, kept.number, at=kept.noted_at, detail=kept.digest)
