"""Doing it: in one transaction, under the reason of the move; rehearsed the same way and undone."""

from collections import Counter
from collections.abc import Callable
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwerk.members import access
from clusterwerk.members.models import Move, MoveRow, MoveState, RowState
from clusterwerk.members.moving_in.answers import answers_given
from clusterwerk.members.moving_in.comparing import compare
from clusterwerk.members.moving_in.context import Import, uncollected
from clusterwerk.members.moving_in.files import hold_open
from clusterwerk.members.moving_in.targets import target_of
from clusterwerk.platform.access import reading
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import because
from clusterwerk.platform.evidence import indicators

LOCK = 725_901  # of moves; the second key is the cluster
Tell = Callable[[str], None]


def _silent(_words: str) -> None:
    """Nobody watches."""


@transaction.atomic
def rehearse_move(*, seats: Seats, move: Move) -> dict[str, Any]:
    """What the import would do: it is done, under all checks of the database, and undone.

    Counts by kind of row, and the cluster's indicators before and after; kept with the move until
    something changes.
    """
    access.may_keep_members(seats, move.cluster_id).require()
    one_at_a_time(move.cluster_id)
    hold_open(move)
    with transaction.atomic():
        outcome = _write(seats, move, _silent)
        with reading.connection().cursor() as cursor:
            cursor.execute("set constraints all immediate")
        transaction.set_rollback(True)
    move.refresh_from_db()
    told = {**outcome, "answers": {}, "is_rehearsal": True}
    move.outcome = told
    move.save(update_fields=["outcome"])
    return told


@transaction.atomic
def import_move(*, seats: Seats, move: Move, tell: Tell = _silent) -> dict[str, Any]:
    """Write all rows that are new or change something; the doubtful and wrong ones stay out.

    Everything is compared again first, under a lock, so that what changed since the preview counts.
    """
    access.may_keep_members(seats, move.cluster_id).require()
    one_at_a_time(move.cluster_id)
    hold_open(move)
    outcome = _write(seats, move, tell)
    move.state, move.imported_at, move.outcome = MoveState.IMPORTED, timezone.now(), outcome
    move.save(update_fields=["state", "imported_at", "outcome"])
    return outcome


def one_at_a_time(cluster: int) -> None:
    """Until the transaction ends, no other move of the cluster is written or taken back.

    The second one compares when the first has committed, and so finds what that brought.
    """
    with reading.connection().cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [LOCK, cluster])


@uncollected()
def _write(seats: Seats, move: Move, tell: Tell) -> dict[str, Any]:
    before = counted_indicators(move.cluster_id)
    tell(_("Comparing"))
    context, compared = compare(seats, move)
    because(seats.actor, move.reason)
    importing = Import(context)
    states: Counter[str] = Counter()
    for file, drafts in compared:
        tell(str(file))
        context.file = file
        context.shelf.clear()
        target = target_of(file.kind)
        assert target is not None, "compared above"
        for part in target.parts:
            part.write(importing, drafts)
        states.update(draft.state.value for draft in drafts)
    after = counted_indicators(move.cluster_id)
    return {
        "rows": dict(states),
        "done": {key: number for key, number in importing.done.items() if number},
        "indicators": _told_indicators(before, after),
        "answers": answers_given(importing, chain(*(drafts for _file, drafts in compared))),
    }


def counted_indicators(cluster: int) -> dict[str, str]:
    """Every indicator of the cluster as it counts today; what cannot be counted is left out."""
    today = timezone.localdate()
    read: dict[Any, list[Any]] = {}  # several indicators count the same records
    found = {}
    for key, indicator in indicators().items():
        if indicator.counted:
            value = indicator.counted(cluster, today)
        else:
            if indicator.records not in read:
                read[indicator.records] = list(indicator.records(cluster, today))
            value = indicator.value(read[indicator.records])
        if value is not None:
            found[key] = str(value)
    return found


def _told_indicators(before: dict[str, str], after: dict[str, str]) -> list[dict[str, str]]:
    """Those that the move changed come first."""
    keys = list(dict.fromkeys([*after, *before]))
    told = [
        {"key": key, "before": before.get(key, ""), "after": after.get(key, "")} for key in keys
    ]
    return sorted(told, key=lambda each: each["before"] == each["after"])


def counts_of(move: Move) -> dict[str, int]:
    """Rows by state, of all files that were explained."""
    rows = MoveRow.objects.filter(cluster_id=move.cluster_id, move=move, file__is_confirmed=True)
    found = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    return {state.value: found.get(state.value, 0) for state in RowState}
