"""Every change to talks, expectations and tasks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.members import access
from clusterwerk.members.models import (
    SETTLED,
    Contact,
    Expectation,
    ExpectationState,
    Interaction,
    InteractionKind,
    InteractionParty,
    Task,
)
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.models import User
from clusterwerk.platform.rows import changed, created, created_many

_INTERACTIONS = {
    "interaction_once_per_source": gettext_lazy("This is on the timeline already."),
    "interaction_says_something": gettext_lazy("Say in a few words what it was about."),
    "party_once_per_interaction": gettext_lazy("Name everybody once."),
}
_EXPECTATIONS = {
    "expectation_settled_with_an_answer": gettext_lazy(
        "Write the answer that the member got; then it can be met or declined."
    ),
}


@dataclass(frozen=True, slots=True)
class Party:
    """Whom something was with: an organisation, a contact, or a contact for an organisation."""

    organisation: Organisation | None = None
    contact: Contact | None = None


@dataclass(frozen=True, slots=True)
class NewInteraction:
    """A talk with its parties; `author` is who acts unless another is named.

    With an `external_id`, which begins with the name of its source, it comes in once.
    """

    kind: str
    parties: tuple[Party, ...]
    subject: str = ""
    body: str = ""
    happened_at: datetime = field(default_factory=timezone.now)
    author: int | None = None
    source: str = ""
    external_id: str = ""
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class NewTask:
    """Something to do, for somebody of the team."""

    title: str
    note: str = ""
    owner: User | None = None
    due_on: date | None = None
    remind_on: date | None = None
    organisation: Organisation | None = None
    contact: Contact | None = None
    expectation: Expectation | None = None
    is_demo: bool = False


def log_interaction(*, seats: Seats, cluster: Cluster, new: NewInteraction) -> Interaction:
    """What was said, with whom. Raises `DomainError` for a moment that is still to come."""
    access.may_keep_people(seats, cluster.pk).require()
    _require_happened(new)
    row = _interaction(cluster, new)
    row.author_id = new.author or seats.actor
    row = created(row, _INTERACTIONS)
    created_many(_parties(row, new.parties), _INTERACTIONS)
    return row


def log_interactions(
    *, seats: Seats, cluster: Cluster, new: Sequence[NewInteraction]
) -> list[Interaction]:
    """Many at once, all or none; what came in before by its external id is left out.

    Returns the new ones in the order given. Nobody is the author unless one is named.
    """
    access.may_keep_people(seats, cluster.pk).require()
    for each in new:
        _require_happened(each)
    fresh = _not_known(cluster, new)
    rows = created_many((_interaction(cluster, each) for each in fresh), _INTERACTIONS)
    parties = (
        party
        for row, each in zip(rows, fresh, strict=True)
        for party in _parties(row, each.parties)
    )
    created_many(parties, _INTERACTIONS)
    return rows


def change_interaction(
    *, seats: Seats, interaction: Interaction, parties: Iterable[Party] | None = None, **facts: Any
) -> bool:
    """Mend what was written, and with whom it was when `parties` are given."""
    _may_change(seats, interaction)
    moment = facts.get("happened_at", interaction.happened_at)
    _require_past(moment)
    is_changed = changed(interaction, _INTERACTIONS, **facts)
    return (parties is not None and _set_parties(interaction, parties)) or is_changed


def delete_interaction(*, seats: Seats, interaction: Interaction) -> None:
    """It leaves the timeline; history keeps it."""
    _may_change(seats, interaction)
    _parties_of(interaction).delete()
    interaction.delete()


def _may_change(seats: Seats, interaction: Interaction) -> None:
    access.may_change_interaction(seats, interaction.cluster_id, interaction.author_id).require()


def _require_happened(new: NewInteraction) -> None:
    _require_past(new.happened_at)
    if not new.parties:
        raise DomainError(_("Say with which member or contact it was."))


def _require_past(moment: datetime) -> None:
    """Later today is allowed: clocks differ, and a talk is often written down before it ends."""
    if timezone.localtime(moment).date() > timezone.localdate():
        raise DomainError(
            _("This moment is still to come. Write what happened, or make a task of it.")
        )


def _not_known(cluster: Cluster, new: Sequence[NewInteraction]) -> list[NewInteraction]:
    asked = [each.external_id for each in new if each.external_id]
    rows = Interaction.objects.filter(cluster=cluster, external_id__in=asked)
    known = set(rows.values_list("external_id", flat=True))
    return [each for each in new if not each.external_id or each.external_id not in known]


def _interaction(cluster: Cluster, new: NewInteraction) -> Interaction:
    return Interaction(
        cluster=cluster,
        kind=InteractionKind(new.kind),
        happened_at=new.happened_at,
        subject=new.subject.strip(),
        body=new.body.strip(),
        author_id=new.author,
        source=new.source,
        external_id=new.external_id,
        is_demo=new.is_demo,
    )


def _parties(row: Interaction, parties: Iterable[Party]) -> list[InteractionParty]:
    return [
        InteractionParty(
            cluster_id=row.cluster_id,
            interaction=row,
            organisation=party.organisation,
            contact=party.contact,
            is_demo=row.is_demo,
        )
        for party in dict.fromkeys(parties)
    ]


def _parties_of(row: Interaction) -> Any:  # noqa: ANN401 - a set of rows
    return InteractionParty.objects.filter(cluster_id=row.cluster_id, interaction=row)


def _set_parties(row: Interaction, parties: Iterable[Party]) -> bool:
    wanted = {_key(party): party for party in _parties(row, parties)}
    if not wanted:
        raise DomainError(_("Say with which member or contact it was."))
    held = {_key(party): party for party in _parties_of(row)}
    gone = [party.pk for key, party in held.items() if key not in wanted]
    _parties_of(row).filter(pk__in=gone).delete()
    fresh = [party for key, party in wanted.items() if key not in held]
    created_many(fresh, _INTERACTIONS)
    return bool(gone or fresh)


def _key(party: InteractionParty) -> tuple[int | None, int | None]:
    return party.organisation_id, party.contact_id


def voice_expectation(
    *,
    seats: Seats,
    cluster: Cluster,
    organisation: Organisation,
    text: str,
    said_on: date,
    contact: Contact | None = None,
) -> Expectation:
    """What a member said it hopes for; nobody expects something on a day that is to come."""
    access.may_keep_people(seats, cluster.pk).require()
    _require_said(said_on)
    return created(
        Expectation(
            cluster=cluster,
            organisation=organisation,
            contact=contact,
            said_on=said_on,
            text=text.strip(),
            is_demo=organisation.is_demo,
        ),
        _EXPECTATIONS,
    )


def change_expectation(*, seats: Seats, expectation: Expectation, **facts: Any) -> bool:
    """Mend what was written down of it."""
    access.may_keep_people(seats, expectation.cluster_id).require()
    _require_said(facts.get("said_on", expectation.said_on))
    return changed(expectation, _EXPECTATIONS, **facts)


def answer_expectation(
    *, seats: Seats, expectation: Expectation, state: str, answer: str, on: date
) -> bool:
    """Take it up, meet or decline it, or open it again.

    Met and declined need an answer; an answer to an open one stays as a note of how far it is.
    """
    access.may_keep_people(seats, expectation.cluster_id).require()
    state = ExpectationState(state)
    is_settled = state in SETTLED
    facts = {
        "state": state,
        "answer": answer.strip(),
        "answered_on": on if is_settled else None,
    }
    if is_settled and expectation.state == state:
        facts["answered_on"] = expectation.answered_on
    return changed(expectation, _EXPECTATIONS, **facts)


def _require_said(said_on: date) -> None:
    if said_on > timezone.localdate():
        raise DomainError(_("This day is still to come; take the day on which it was said."))


def add_task(*, seats: Seats, cluster: Cluster, new: NewTask) -> Task:
    access.may_keep_people(seats, cluster.pk).require()
    return created(_task(cluster, new))


def add_tasks(*, seats: Seats, cluster: Cluster, new: Sequence[NewTask]) -> list[Task]:
    """Many at once, in the order given; all of them or none."""
    access.may_keep_people(seats, cluster.pk).require()
    return created_many(_task(cluster, each) for each in new)


def change_task(*, seats: Seats, task: Task, **facts: Any) -> bool:
    """Mend a task; another day to be reminded, or another owner, reminds again."""
    access.may_keep_people(seats, task.cluster_id).require()
    if facts.get("remind_on", task.remind_on) != task.remind_on or (
        "owner" in facts and facts["owner"] != task.owner
    ):
        facts["reminded_at"] = None
    return changed(task, **facts)


def finish_task(*, seats: Seats, task: Task, at: datetime) -> bool:
    """Done; a second click changes nothing."""
    access.may_keep_people(seats, task.cluster_id).require()
    return task.done_at is None and changed(task, done_at=at)


def reopen_task(*, seats: Seats, task: Task) -> bool:
    access.may_keep_people(seats, task.cluster_id).require()
    return changed(task, done_at=None)


def delete_task(*, seats: Seats, task: Task) -> None:
    """It is no longer to be done; history keeps it."""
    access.may_keep_people(seats, task.cluster_id).require()
    task.delete()


def _task(cluster: Cluster, new: NewTask) -> Task:
    return Task(
        cluster=cluster,
        title=new.title.strip(),
        note=new.note.strip(),
        owner=new.owner,
        due_on=new.due_on,
        remind_on=new.remind_on,
        organisation=new.organisation,
        contact=new.contact,
        expectation=new.expectation,
        is_demo=new.is_demo,
    )
