"""Bringing files into a move: kept, opened, recognised; and saying what their columns mean."""

import json
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path, PurePath
from typing import IO, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.members import access
from clusterwerk.members.models import KnownColumn, Move, MoveFile, MoveRow, MoveState
from clusterwerk.members.moving_in.guessing import guess_as, guess_sheet
from clusterwerk.members.moving_in.reading import Sheet, is_archive, opened_archive, read_file
from clusterwerk.members.moving_in.reading.archive import Archive, Packed
from clusterwerk.members.moving_in.reading.limits import MOST_BYTES, require_size, too_large
from clusterwerk.members.moving_in.targets import Target, target_of, targets
from clusterwerk.members.moving_in.words import plain
from clusterwerk.platform.access import reading
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.files import actions as store

MOST_FILES = 30  # sheets of one move
CHUNK = 1024 * 1024
MOST_TOLD = 10  # files of a ZIP that are named as left out
# Longer words first: one holds the other. Who never subscribed said nothing.
STATUSES = {"nonsubscribed": "", "notsubscribed": "", "unsubscribed": "unsubscribed",
            "cleaned": "cleaned", "subscribed": "subscribed"}  # fmt: skip


def begin_move(*, seats: Seats, cluster: Cluster) -> Move:
    """A new move, to which files are added."""
    access.may_keep_members(seats, cluster.pk).require()
    return Move.objects.create(cluster=cluster, begun_by_id=seats.actor)


@transaction.atomic
def add_file(*, seats: Seats, move: Move, name: str, content: IO[bytes]) -> list[MoveFile]:
    """Keep a file and take in its sheets, each with a guess; the file is the uploader's alone.

    Of a ZIP its tables are kept, each as a file of its own, and not the ZIP.
    Refused with a sentence when it cannot be read; then nothing is kept.
    """
    access.may_keep_members(seats, move.cluster_id).require()
    hold_open(move)
    assert seats.actor is not None, "somebody uploads"
    with store.draft() as draft:
        _copy(iter(partial(content.read, CHUNK), b""), draft.file, name)
        if is_archive(draft.path):
            made = _add_packed(seats.actor, move, draft.path, name)
        else:
            made = _add_one(seats.actor, move, draft, name)
    _touch(move)
    return made


def _add_packed(owner: int, move: Move, path: Path, name: str) -> list[MoveFile]:
    """Every table of a ZIP as a file of its own; what is not taken stands in the first one's notes.

    Mailing tools pack a table without rows too, which is no reason to refuse the others.
    """
    require_size(path.stat().st_size, name)
    made: list[MoveFile] = []
    with opened_archive(path, name) as archive:
        refused = [_("Left out, because it is no table: %(file)s.") % {"file": each}
                   for each in archive.others[:MOST_TOLD]]  # fmt: skip
        for table in archive.tables:
            try:
                with transaction.atomic():
                    made += _add_table(owner, move, archive, table)
            except DomainError as refusal:
                refused.append(str(refusal))
    if not made:
        raise DomainError(" ".join([_("%(file)s was not taken.") % {"file": name}, *refused]))
    for at, file in enumerate(made):
        came = [_("Out of %(file)s.") % {"file": name}]
        file.notes = [*came, *file.notes, *(refused if at == 0 else [])]
        file.save(update_fields=["notes"])
    return made


def _add_table(owner: int, move: Move, archive: Archive, table: Packed) -> list[MoveFile]:
    with store.draft() as draft:
        _copy(archive.chunks(table), draft.file, table.name)
        return _add_one(owner, move, draft, table.name)


def _add_one(owner: int, move: Move, draft: store.Draft, name: str) -> list[MoveFile]:
    sheets = read_file(draft.path, name)
    kept = store.keep(draft, owner, _safe(name), "application/octet-stream")
    if MoveFile.objects.filter(cluster_id=move.cluster_id, move=move, digest=kept.digest).exists():
        store.discard(kept)
        raise DomainError(_("%(file)s is in this move already.") % {"file": name})
    position = MoveFile.objects.filter(cluster_id=move.cluster_id, move=move).count()
    if position + len(sheets) > MOST_FILES:
        raise DomainError(_("A move takes at most %(most)s sheets.") % {"most": MOST_FILES})
    known = known_columns(move.cluster_id)
    made = []
    for at, sheet in enumerate(sheets, start=position):
        file = _take_in(move, name, sheet, known, at)
        file.stored_as, file.digest = kept.stored_as, kept.digest
        file.save()
        _add_rows(file, sheet)
        made.append(file)
    return made


def _copy(chunks: Iterable[bytes], target: IO[bytes], name: str) -> None:
    """Chunk by chunk, and no further than the limit."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > MOST_BYTES:
            raise DomainError(too_large(name, size))
        target.write(chunk)
    target.flush()


def _safe(name: str) -> str:
    safe = "".join(sign for sign in name if sign.isprintable() and sign not in "/\\").strip(" .")
    return safe[-150:] or "file"


def _take_in(
    move: Move, name: str, sheet: Sheet, known: dict[tuple[str, str], str], at: int
) -> MoveFile:
    guess = guess_sheet(sheet, name, targets(), known)
    columns = [
        {"header": each.header, "field": each.field, "confidence": each.confidence}
        for each in guess.columns
    ]
    return MoveFile(
        cluster_id=move.cluster_id,
        move=move,
        name=name[-200:],
        sheet=sheet.name[:200],
        kind=guess.target.key if guess.confidence else "",
        columns=columns,
        options=_first_options(name, sheet, guess.confidence),
        notes=sheet.notes,
        header_row=sheet.header_row,
        row_count=len(sheet.rows),
        position=at,
    )


def _first_options(name: str, sheet: Sheet, confidence: int) -> dict[str, Any]:
    """What names and titles tell of all rows: mailing tools write one file per status.

    `titles` are the name of the sheet, the rows above its heading and the name of the file.
    """
    status = _status_told(name, sheet.name)
    above = [next((cell for cell in row if cell), "") for row in sheet.above]
    titles = [text[:200] for text in (sheet.name, *above, PurePath(name).stem) if text]
    return {"confidence": confidence, "titles": titles} | ({"status": status} if status else {})


def _status_told(name: str, sheet: str) -> str:
    """What is nearest to the rows counts: the sheet, then the file, then the folder around it."""
    for part in (sheet, *reversed(PurePath(name).parts)):
        told = next((word for word in STATUSES if word in plain(part)), None)
        if told is not None:
            return STATUSES[told]
    return ""


def _add_rows(file: MoveFile, sheet: Sheet) -> None:
    """All rows in one statement; a list of thousands is stored in a part of a second."""
    rows = [{"number": number, "cells": cells} for number, cells in sheet.rows]
    with reading.connection().cursor() as cursor:
        cursor.execute(
            "insert into members_moverow"
            " (cluster_id, move_id, file_id, number, cells, edited, state, title, plan, choice)"
            " select %s, %s, %s, r.number, r.cells, '[]', 'new', '', '{}', ''"
            " from jsonb_to_recordset(%s::jsonb) as r(number int, cells jsonb) order by r.number",
            [file.cluster_id, file.move_id, file.pk, json.dumps(rows)],
        )


def known_columns(cluster: int) -> dict[tuple[str, str], str]:
    """What headers meant here before, by kind of file and header in plain form."""
    rows = KnownColumn.objects.filter(cluster_id=cluster)
    return {(row.kind, row.header): row.field for row in rows}


@transaction.atomic
def explain_file(
    *,
    seats: Seats,
    file: MoveFile,
    kind: str,
    fields: Sequence[str],
    days: Sequence[str] = (),
    options: dict[str, Any] | None = None,
) -> None:
    """Say what a file is and what its columns mean, in their order; remembered for the next one.

    `days` are for columns that are an event each. Refused when a field is told twice, or none that
    the kind needs.
    """
    access.may_keep_members(seats, file.cluster_id).require()
    hold_open(file.move)
    target = target_of(kind)
    if target is None:
        raise DomainError(_("Choose what kind of file this is."))
    _require_fields(target, fields)
    file.kind = kind
    file.columns = [
        {**column, "field": field, "confidence": 100, "day": days[at] if at < len(days) else ""}
        for at, (column, field) in enumerate(zip(file.columns, fields, strict=True))
    ]
    file.options = {**file.options, **(options or {})}
    file.is_confirmed = True
    file.save()
    _remember(file)
    _touch(file.move)


def _require_fields(target: Target, fields: Sequence[str]) -> None:
    known = {field.key: field for field in target.fields}
    chosen = [field for field in fields if field]
    if unknown := [field for field in chosen if field not in known]:
        raise DomainError(_("“%(field)s” is no field of this kind.") % {"field": unknown[0]})
    for key in {key for key in chosen if chosen.count(key) > 1 and not known[key].is_repeated}:
        message = _("“%(field)s” is chosen for two columns. Choose one of them.")
        raise DomainError(message % {"field": known[key].label})
    if not any(need in chosen for need in target.needs):
        labels = ", ".join(str(known[need].label) for need in target.needs)
        raise DomainError(_("Say which column is one of these: %(fields)s.") % {"fields": labels})


def _remember(file: MoveFile) -> None:
    rows = [
        KnownColumn(
            cluster_id=file.cluster_id,
            kind=file.kind,
            header=plain(column["header"])[:200],
            field=column["field"],
        )
        for column in file.columns
        if plain(column["header"])
    ]
    unique = {row.header: row for row in rows}
    KnownColumn.objects.bulk_create(
        unique.values(),
        update_conflicts=True,
        unique_fields=["cluster", "kind", "header"],
        update_fields=["field"],
    )


def guess_again(file: MoveFile, kind: str) -> list[dict[str, Any]]:
    """The columns as they would be guessed for another kind of file."""
    target = target_of(kind)
    if target is None:
        return list(file.columns)
    found = MoveRow.objects.filter(cluster_id=file.cluster_id, file=file).order_by("number")
    rows = [(row.number, row.cells) for row in found[:200]]
    headers = [column["header"] for column in file.columns]
    sheet = Sheet(file.sheet, headers, rows, file.header_row)
    guess = guess_as(sheet, file.name, target, known_columns(file.cluster_id))
    return [
        {"header": each.header, "field": each.field, "confidence": each.confidence}
        for each in guess.columns
    ]


@transaction.atomic
def remove_file(*, seats: Seats, file: MoveFile) -> None:
    access.may_keep_members(seats, file.cluster_id).require()
    hold_open(file.move)
    MoveRow.objects.filter(cluster_id=file.cluster_id, file=file).delete()
    file.delete()
    _touch(file.move)


@transaction.atomic
def drop_move(*, seats: Seats, move: Move) -> None:
    """Throw a move away that was not imported, with all its rows."""
    access.may_keep_members(seats, move.cluster_id).require()
    hold_open(move)
    MoveRow.objects.filter(cluster_id=move.cluster_id, move=move).delete()
    MoveFile.objects.filter(cluster_id=move.cluster_id, move=move).delete()
    move.state = MoveState.DROPPED
    move.save(update_fields=["state"])


def hold_open(move: Move) -> None:
    """Hold the move until the transaction ends; refused when it is no longer open.

    Somebody else may have imported it since it was read.
    """
    move.refresh_from_db(from_queryset=Move.objects.select_for_update())
    if not move.is_open:
        raise DomainError(_("This move was imported or thrown away already. Begin a new one."))


def _touch(move: Move) -> None:
    """Something changed, so what was compared before no longer holds."""
    move.state, move.touched_at = MoveState.DRAFT, timezone.now()
    move.save(update_fields=["state", "touched_at"])


def confirmed_files(move: Move) -> list[MoveFile]:
    """In the order in which they are compared and written: organisations before people."""
    files: Iterable[MoveFile] = MoveFile.objects.filter(
        cluster_id=move.cluster_id, move=move, is_confirmed=True
    )
    known = {target.key: target.order for target in targets()}
    return sorted(files, key=lambda file: (known.get(file.kind, 99), file.position))
