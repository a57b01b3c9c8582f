"""Loading the enterprise register: a full edition beside the one in use, an update into it.

Reading comes first and changes nothing. A full edition is then copied into the free table, bucket
by bucket, each in a transaction of its own that notes how far it is; one last transaction makes it
the edition in use. An update is one transaction. So a kill leaves the edition before whole, and the
next attempt goes on where the last one stood.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Protocol

import polars as pl
from django.db import OperationalError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from clusterwerk.directory import access
from clusterwerk.directory.actions.register_news import correct_organisations
from clusterwerk.directory.models import (
    EditionKind,
    RegisterCode,
    RegisteredEnterprise,
    RegisterEdition,
    RegisterLoad,
)
from clusterwerk.directory.queries.register import TABLES
from clusterwerk.directory.register import pieces
from clusterwerk.directory.register.archive import Extract, read_extract
from clusterwerk.directory.register.assembling import SCHEMAS, assembled
from clusterwerk.directory.register.changing import applied, read_change
from clusterwerk.directory.register.copying import copy_statement, copy_text
from clusterwerk.directory.register.pieces import LISTED, BucketNote, Log, ahead
from clusterwerk.directory.sectors import load_sectors_from_codes
from clusterwerk.platform.access import reading
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import acting, because, unlocked
from clusterwerk.platform.errors import DomainError

DOORS = ("register", "directory")
WHOLE = 1000  # what progress counts to
READ, COPIED, INDEXED = 450, 850, 950
FILES = {part: f"{part}.csv" for part in SCHEMAS}


class NotYetError(DomainError):
    """The same file may well be loaded later."""


class Steps(Protocol):
    """Where a load takes its transactions from, and where it tells how far it is."""

    def step(self) -> AbstractContextManager[Seats]: ...

    def tell(self, done: int, note: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Loaded:
    """The edition that a file became, and whether it became it now."""

    edition: RegisterEdition
    is_new: bool


def load_register(*, steps: Steps, path: Path, file_name: str = "") -> Loaded:
    """Load a full extract or an update; the same file a second time changes nothing.

    Refused, with nothing changed: a file that is none, or an edition that does not follow on the
    one in use. Rows that are broken are left out, counted and listed with the edition.
    """
    extract = read_extract(path, file_name)
    with steps.step() as seats:
        access.may_load_register(seats).require()
        before = _in_use()
        if before and before.file_digest == extract.digest:
            return Loaded(before, is_new=False)
        _require_fitting(extract, before)
    edition = _load_update(steps, extract) if extract.is_update else _load_full(steps, extract)
    steps.tell(WHOLE, _("Loaded"))
    return Loaded(edition, is_new=True)


def _in_use() -> RegisterEdition | None:
    return RegisterEdition.objects.filter(is_in_use=True).first()


# --- Which edition follows on which ---------------------------------------------------------------


def _require_fitting(extract: Extract, before: RegisterEdition | None) -> None:
    if before is None:
        if extract.is_update:
            message = _(
                "%(file)s is an update, and there is no edition yet: load a full one first."
            )
            raise NotYetError(message % {"file": extract.file_name})
        return
    facts = {
        "file": extract.file_name,
        "number": extract.number,
        "used": before.number,
        "day": f"{before.snapshot_on:%d-%m-%Y}",
        "next": before.number + 1,
    }
    if extract.is_synthetic and not before.is_synthetic:
        message = _("%(file)s is invented, and the edition in use is real. Nothing was changed.")
        raise DomainError(message % facts)
    if extract.is_update and before.is_synthetic and not extract.is_synthetic:
        message = _("%(file)s is a real update, and the edition in use is invented.")
        raise DomainError(message % facts)
    is_step = extract.is_synthetic == before.is_synthetic
    if is_step and extract.number < before.number + extract.is_update:
        message = _(
            "%(file)s is edition %(number)s; edition %(used)s of %(day)s is in use and newer. "
            "Nothing was changed."
        )
        raise DomainError(message % facts)
    if extract.is_update and extract.number != before.number + 1:
        message = _(
            "%(file)s is update %(number)s; edition %(used)s is in use, so update %(next)s comes "
            "next. Load the updates in between first, or a full extract. Nothing was changed."
        )
        raise NotYetError(message % facts)


# --- A full edition -------------------------------------------------------------------------------


def _load_full(steps: Steps, extract: Extract) -> RegisterEdition:
    log = pieces.prepare(
        extract,
        lambda done, member: steps.tell(
            READ * done // max(extract.size, 1), _("Reading %(file)s") % {"file": member}
        ),
    )
    buckets = pieces.buckets(extract)
    load = _begin(steps, extract)
    count = _copy(steps, extract, buckets, load, log)
    steps.tell(COPIED, _("Building indexes"))
    if not load.is_indexed:
        _index(steps, load)
    steps.tell(INDEXED, _("Comparing the organisations that are in use"))
    edition = _switch(steps, extract, load, log, count)
    _free(steps, 3 - load.slot)
    pieces.forget(extract)
    return edition


def _begin(steps: Steps, extract: Extract) -> RegisterLoad:
    """Take up the load of this file, or begin one in the table that is free.

    Whoever begins last goes on: a load that a killed process left cannot be told from one that
    another still does, and that one stops at its next step.
    """
    with _writing(steps):
        before = _in_use()
        _require_fitting(extract, before)
        slot = 3 - before.slot if before else 1
        found = RegisterLoad.objects.filter(file_digest=extract.digest, slot=slot).first()
        if found is None:
            RegisterLoad.objects.all().delete()
            _call("register_empty", slot)
            found = RegisterLoad(file_digest=extract.digest, slot=slot)
        found.token, found.moved_at = secrets.token_hex(16), timezone.now()
        found.save()
        return found


@contextmanager
def _writing(steps: Steps) -> Iterator[Seats]:
    """A step in which the register may be written."""
    with steps.step() as seats:
        access.may_load_register(seats).require()
        with unlocked(seats, *DOORS):
            yield seats


@contextmanager
def _of_load(steps: Steps, load: RegisterLoad, **facts: object) -> Iterator[Seats]:
    """A step of this load that is noted with what it did; refused when another took the load up."""
    with _writing(steps) as seats:
        found = RegisterLoad.objects.select_for_update().filter(pk=load.pk, token=load.token)
        if not found.exists():
            message = _("Another process took this load over, or loaded another file meanwhile.")
            raise NotYetError(message)
        yield seats
        found.update(moved_at=timezone.now(), **facts)


def _copy(
    steps: Steps,
    extract: Extract,
    buckets: list[tuple[int, int]],
    load: RegisterLoad,
    log: Log,
) -> int:
    """Join and copy each range of numbers; how many enterprises there are."""
    count = 0
    for index, (note, text) in enumerate(ahead(_joined(extract, buckets, load.buckets))):
        if index >= load.buckets:
            with _of_load(steps, load, buckets=index + 1):
                _copy_text(load.slot, text)
        count += note.rows
        log.add(0, note.problem_count, note.problems)
        done = READ + (COPIED - READ) * (index + 1) // len(buckets)
        steps.tell(done, _("%(count)s enterprises") % {"count": count})
    return count


def _joined(
    extract: Extract, buckets: list[tuple[int, int]], copied: int
) -> Iterator[tuple[BucketNote, Sequence[bytes]]]:
    """Note and text of each range; of the first ones, which were `copied`, the note is enough."""
    for index, (first, end) in enumerate(buckets):
        note = pieces.note_of(extract, index) if index < copied else None
        if note:
            yield note, ()
        else:
            found = assembled(pieces.parts_between(extract, first, end), FILES)
            text = copy_text(found.rows) if index >= copied else ()
            yield pieces.write_note(extract, index, found), text


def _copy_text(slot: int, text: Iterable[bytes]) -> None:
    statement = copy_statement(TABLES[slot]._meta.db_table)
    with reading.connection().cursor() as cursor, cursor.copy(statement) as copy:
        for part in text:
            copy.write(part)


def _index(steps: Steps, load: RegisterLoad) -> None:
    """Two connections build one half each; inside a transaction of somebody else, this one both."""
    is_alone = reading.connection().in_atomic_block
    with ThreadPoolExecutor(1) as beside, _of_load(steps, load, is_indexed=True) as seats:
        if is_alone:
            _call("register_index", load.slot, "gathered")
        else:
            language = get_language() or "en"
            gathered = beside.submit(_gathered, seats, load.slot, language)
        _call("register_index", load.slot, "sorted")
        if not is_alone:
            gathered.result()
        _call("register_index", load.slot, "statistics")


def _gathered(seats: Seats, slot: int, language: str) -> None:
    """In a thread of its own, whose connection ends with it."""
    try:
        with override(language), acting(seats), unlocked(seats, *DOORS):
            _call("register_index", slot, "gathered")
    finally:
        reading.connection().close()


def _call(function: str, slot: int, *part: str) -> None:
    """A function that works as the owner; readers hold a table for a moment only."""
    values: list[int | str] = [slot, *part]
    try:
        with reading.connection().cursor() as cursor:
            cursor.execute("set local lock_timeout = '5s'")
            places = ", ".join(["%s"] * len(values))
            cursor.execute(f"select access.{function}({places})", values)
            cursor.execute("set local lock_timeout = 0")
    except OperationalError as error:
        message = _(
            "The table of the register is held by something that reads for long, such as a "
            "back-up. Try again when it has ended; nothing was changed."
        )
        raise NotYetError(message) from error


def _switch(
    steps: Steps, extract: Extract, load: RegisterLoad, log: Log, count: int
) -> RegisterEdition:
    """From the end of this transaction on the new edition is read."""
    if not count:
        message = _("%(file)s holds no enterprise that could be read. Nothing was changed.")
        raise DomainError(message % {"file": extract.file_name})
    with _of_load(steps, load) as seats:
        before = _in_use()
        _require_fitting(extract, before)
        edition = _edition(extract, load.slot, log, count)
        _write_codes(seats, pieces.codes(extract))
        gone = TABLES[before.slot] if before else None
        _correct(seats, edition, lambda numbers: _known(gone, numbers))
        RegisterLoad.objects.filter(pk=load.pk).delete()
    return edition


def _known(table: type[RegisteredEnterprise] | None, numbers: Sequence[str]) -> set[str]:
    """Which of the numbers the edition before knew."""
    if table is None:
        return set()
    found: QuerySet[RegisteredEnterprise] = QuerySet(table).filter(number__in=list(numbers))
    return set(found.values_list("number", flat=True))


def _edition(extract: Extract, slot: int, log: Log, count: int) -> RegisterEdition:
    RegisterEdition.objects.filter(is_in_use=True).update(is_in_use=False)
    return RegisterEdition.objects.create(
        number=extract.number,
        kind=EditionKind.UPDATE if extract.is_update else EditionKind.FULL,
        snapshot_on=extract.snapshot_on,
        file_name=extract.file_name,
        file_digest=extract.digest,
        is_synthetic=extract.is_synthetic,
        slot=slot,
        is_in_use=True,
        enterprise_count=count,
        row_count=log.rows,
        problem_count=log.problem_count,
        problems=[asdict(problem) for problem in log.problems[:LISTED]],
    )


def _write_codes(seats: Seats, codes: pl.DataFrame) -> None:
    """Activity codes that the shipped lists lack become sectors, with its short label."""
    RegisterCode.objects.all().delete()
    rows = [RegisterCode(**row) for row in codes.iter_rows(named=True)]
    RegisterCode.objects.bulk_create(rows, batch_size=5000)
    named = (
        {"Category": row.category, "Code": row.code, "Language": row.language.upper(),
         "Description": row.label}
        for row in rows
    )  # fmt: skip
    inside = replace(seats, unlocked=seats.unlocked | frozenset(DOORS))  # they stay open
    load_sectors_from_codes(named, seats=inside)


def _correct(
    seats: Seats,
    edition: RegisterEdition,
    known_before: Callable[[Sequence[str]], set[str]],
    numbers: Sequence[str] | None = None,
) -> None:
    because(seats.actor, f"register edition {edition.number}")
    edition.change_count = correct_organisations(edition, known_before, numbers)
    edition.save(update_fields=["change_count"])


def _free(steps: Steps, slot: int) -> None:
    """Give back the room of the edition before; the next load does it where that fails."""
    with suppress(DomainError), _writing(steps):
        _call("register_empty", slot)
        _call("register_index", slot)


# --- An update ------------------------------------------------------------------------------------


def _load_update(steps: Steps, extract: Extract) -> RegisterEdition:
    steps.tell(0, _("Reading %(file)s") % {"file": extract.file_name})
    change, log = read_change(extract)
    steps.tell(READ, _("Changing the edition in use"))
    with _writing(steps) as seats:
        before = RegisterEdition.objects.select_for_update().filter(is_in_use=True).first()
        _require_fitting(extract, before)
        assert before is not None, "an update follows on an edition"
        table: QuerySet[RegisteredEnterprise] = QuerySet(TABLES[before.slot])
        owners = table.filter(establishments__overlap=change.establishments_gone)
        numbers = sorted(change.numbers | set(owners.values_list("number", flat=True)))
        rows = list(table.filter(number__in=numbers))
        found = applied(change, rows)
        log.add(0, len(found.problems), list(found.problems))
        table.filter(number__in=numbers).delete()
        _copy_text(before.slot, copy_text(found.rows))
        count = before.enterprise_count - len(rows) + found.rows.height
        edition = _edition(extract, before.slot, log, count)
        _write_codes(seats, change.codes)
        held = {row.number for row in rows}
        _correct(seats, edition, held.intersection, numbers)
    return edition
