"""What an import would do, row by row; nothing is written but the plan itself."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models.fields.json import KT
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwerk.members import access
from clusterwerk.members.models import Membership, Move, MoveFile, MoveRow, MoveState
from clusterwerk.members.moving_in import values
from clusterwerk.members.moving_in.context import Comparison, uncollected
from clusterwerk.members.moving_in.drafts import ROW, Draft, choice_text, choices_of
from clusterwerk.members.moving_in.erased import leave_out_erased
from clusterwerk.members.moving_in.fields import Field
from clusterwerk.members.moving_in.files import confirmed_files, hold_open
from clusterwerk.members.moving_in.firms import Firms
from clusterwerk.members.moving_in.people import People
from clusterwerk.members.moving_in.targets import Target, target_of
from clusterwerk.members.moving_in.values import Kind
from clusterwerk.platform.access import reading
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError

# What does not fit is left out of these, and said; of the others it makes the row wrong.
LENIENT = {Kind.PHONE, Kind.URL, Kind.COUNTRY, Kind.LANGUAGE, Kind.POSTCODE, Kind.COUNT,
           Kind.ORGANISATION}  # fmt: skip
LONGEST_CELL = 2000  # signs of a text; a note may be longer


@uncollected()
@transaction.atomic
def compare_move(*, seats: Seats, move: Move) -> None:
    """Plan all rows of the files that were explained, and keep the plan for the preview."""
    access.may_keep_members(seats, move.cluster_id).require()
    hold_open(move)
    context, compared = compare(seats, move)
    for file, drafts in compared:
        _keep(drafts)
        _note_seen(file, context)
    move.state, move.touched_at, move.outcome = MoveState.COMPARED, timezone.now(), {}
    move.save(update_fields=["state", "touched_at", "outcome"])


def compare(seats: Seats, move: Move) -> tuple[Comparison, list[tuple[MoveFile, list[Draft]]]]:
    """The drafts of each file, in the order in which they would be written.

    Who looks like whom is asked once: when neither a row nor an organisation changed since the
    preview, what it found is taken over.
    """
    files = confirmed_files(move)
    if not files:
        raise DomainError(_("Say of at least one file what its columns mean."))
    context = _context(seats, move, files[0])
    compared = []
    for file in files:
        target = target_of(file.kind)
        if target is None:
            raise DomainError(_("Say again what kind of file %(file)s is.") % {"file": file})
        context.file = file
        drafts = _drafts(file, target)
        leave_out_erased(context, target, drafts)
        for part in target.parts:
            part.compare(context, drafts)
        compared.append((file, drafts))
    return context, compared


def _context(seats: Seats, move: Move, file: MoveFile) -> Comparison:
    cluster = move.cluster
    return Comparison(
        seats=seats,
        cluster=cluster,
        today=timezone.localdate(),
        firms=Firms(cluster),
        people=People(cluster),
        is_demo=Membership.objects.filter(cluster=cluster, is_demo=True).exists(),
        file=file,
        may_trust=move.state == MoveState.COMPARED,
    )


def _drafts(file: MoveFile, target: Target) -> list[Draft]:
    rows = MoveRow.objects.filter(cluster_id=file.cluster_id, file=file).order_by("number")
    told = rows.values_list("pk", "number", "cells", "choice", KT("plan__doubts"))
    meanings = _meanings(file, target)
    columns = {field.key: at for at, field in meanings}
    understood = sorted(columns.values())
    drafts = [
        Draft(
            pk,
            number,
            cells,
            choices_of(choice) if choice else {},
            columns,
            title=_title(cells, understood),
            seen=json.loads(doubts) if doubts else (),
        )
        for pk, number, cells, choice, doubts in told
    ]
    kept = [draft for draft in drafts if ROW not in draft.choices]
    for at, field in meanings:
        _read_column(kept, at, field)
    return drafts


def _title(cells: Sequence[str], understood: Iterable[int]) -> str:
    """The first cell that means something: a running number tells nobody whose row it is."""
    for at in understood:
        if at < len(cells) and cells[at]:
            return cells[at][:200]
    return next(filter(None, cells), "")[:200]


def _meanings(file: MoveFile, target: Target) -> list[tuple[int, Field]]:
    fields = {field.key: field for field in target.fields}
    return [
        (at, fields[column["field"]])
        for at, column in enumerate(file.columns)
        if column["field"] in fields and not fields[column["field"]].is_repeated
    ]


def _read_column(drafts: Sequence[Draft], at: int, field: Field) -> None:
    """Understand one column in all rows; which way its days are written follows from all."""
    texts = [draft.cells[at] if at < len(draft.cells) else "" for draft in drafts]
    is_day = field.kind in {Kind.DAY, Kind.MOMENT}
    month_first = is_day and values.is_month_first(texts)
    known = {text: _understood(field, text, month_first=month_first) for text in set(texts) - {""}}
    refused = {text: why for text, why in known.items() if isinstance(why, ValueError)}
    for draft, text in zip(drafts, texts, strict=True):
        if text in refused:
            _refuse(draft, field, refused[text])
        elif text:
            draft.values[field.key] = known[text]


def _understood(field: Field, text: str, *, month_first: bool) -> Any:  # noqa: ANN401 - the kind says which
    """The value, or the refusal as a `ValueError`."""
    try:
        value = values.understood(field.kind, text, month_first=month_first)
    except ValueError as refusal:
        return refusal
    if isinstance(value, str) and field.kind != Kind.LONG and len(value) > LONGEST_CELL:
        return ValueError(_("The text is longer than %(most)s signs.") % {"most": LONGEST_CELL})
    return value


def _refuse(draft: Draft, field: Field, refusal: ValueError) -> None:
    if field.kind in LENIENT:
        draft.remark(_("Left out: %(reason)s") % {"reason": refusal}, field.key)
    else:
        draft.wrong(str(refusal), field.key)


def _note_seen(file: MoveFile, context: Comparison) -> None:
    """Of whom the preview knew; empty where it learnt of others while it was being made."""
    digest = context.digests.get(file.pk, "") if context.firms.searched_in_vain else ""
    file.options = {**file.options, "seen": digest}
    file.save(update_fields=["options"])


def _keep(drafts: Sequence[Draft]) -> None:
    """The plans of all rows in one statement, with answers that were taken over from before."""
    told = [
        {
            "id": draft.row,
            "state": draft.state.value,
            "title": draft.title[:200],
            "plan": _plan(draft),
            "choice": choice_text(draft.choices),
        }
        for draft in drafts
    ]
    with reading.connection().cursor() as cursor:
        cursor.execute(
            "update members_moverow m set state = r.state, title = r.title, plan = r.plan,"
            " choice = r.choice"
            " from jsonb_to_recordset(%s::jsonb)"
            " as r(id bigint, state text, title text, plan jsonb, choice text) where m.id = r.id",
            [json.dumps(told, default=_json)],
        )


def _plan(draft: Draft) -> dict[str, Any]:
    """What the preview shows; empty parts are left out."""
    plan = {
        "makes": draft.makes,
        "told": draft.told,
        "changes": [[str(each.label), each.before, each.after] for each in draft.changes],
        "problems": [[each.column, each.words] for each in draft.problems],
        "remarks": [[each.column, each.words] for each in draft.remarks],
        "doubts": [asdict(doubt) for doubt in draft.doubts],
    }
    return {key: value for key, value in plan.items() if value}


def _json(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
