"""A bulk action over many rows, done in the background as the person who confirmed it.

The queue holds ids alone, so what was confirmed waits in a file of the asker: the rows, and the
form as it was sent.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.files import actions as files
from clusterwerk.platform.files.models import PreparedFile
from clusterwerk.platform.files.storage import path_of
from clusterwerk.platform.jobs import Progress, ask, job
from clusterwerk.platform.jobs.models import JobRun
from clusterwerk.platform.ui.lists.bulk import Bulk, bulk_actions

MANY = 1_000  # rows; more than these a page does not wait for
LONGEST_RESULT = 300  # letters of an address that a run keeps


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a person confirmed: the action of a list, and where its result is to be seen."""

    list_key: str
    action: str
    sent: str
    back: str


def do_later(bulk: Bulk, confirmed: Confirmed) -> JobRun:
    """Ask for the job in the open transaction; the same confirmed twice at once is one job."""
    assert bulk.seats.actor is not None, "somebody confirms"
    facts = {
        "list": confirmed.list_key,
        "action": confirmed.action,
        "sent": confirmed.sent,
        "back": confirmed.back,
        "cluster": bulk.cluster,
        "rows": list(bulk.rows),
    }
    written = json.dumps(facts).encode()
    with files.draft() as draft:
        draft.file.write(written)
        kept = files.keep(draft, bulk.seats.actor, "rows.json", "application/json")
    run = ask(
        do_many,
        actor=bulk.seats.actor,
        reason=confirmed.action,
        key=hashlib.sha256(written).hexdigest(),
        confirmed=kept.pk,
    )
    if run.arguments["confirmed"] != kept.pk:
        files.discard(kept)
    return run


@job(title=gettext_lazy("Many rows of a list"))
def do_many(progress: Progress, *, confirmed: int) -> str:
    """All rows in one step: a worker that is killed leaves nothing, and the next does it once."""
    with progress.step(total=1, note=_("Working on all rows")) as seats:
        facts = _read(confirmed)
        if progress.cursor is None:
            progress.cursor = _done(seats, facts)
    return _result(facts["back"])


def _result(back: str) -> str:
    """The list as it was narrowed down, or as it opens when that is too long to be kept."""
    return back if len(back) <= LONGEST_RESULT else back.partition("?")[0]


def _read(confirmed: int) -> dict[str, Any]:
    file = PreparedFile.objects.filter(pk=confirmed).first()
    if file is None:
        raise DomainError(_("What was chosen is no longer kept. Choose the rows again."))
    facts: dict[str, Any] = json.loads(path_of(file.stored_as).read_bytes())
    return facts


def _done(seats: Seats, facts: Mapping[str, Any]) -> str:
    """Do it with the seats of now; raises `DomainError` when they or the form no longer fit."""
    known = bulk_actions(facts["list"], seats, facts["cluster"])
    action = next((one for one in known if one.key == facts["action"]), None)
    if action is None:
        raise DomainError(_("This list offers no such action to you."))
    bulk = Bulk(seats, facts["cluster"], tuple(facts["rows"]))
    form = action.form(QueryDict(facts["sent"]), bulk) if action.form else None
    if form is None:
        return str(action.run(bulk))
    if not form.is_valid():
        told = "; ".join(str(error) for errors in form.errors.values() for error in errors)
        raise DomainError(_("The form does not fit any more: %(errors)s") % {"errors": told})
    return str(action.run(replace(bulk, facts=form.cleaned_data)))
