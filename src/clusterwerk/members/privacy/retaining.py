"""Periods of keeping: what goes when a cluster's rule for a kind of rows is in force.

Each kind says which rows are older than a day and what goes with them; what goes is destroyed in
the past too. Proposals stand in `members/data/retention.toml`.
"""

import tomllib
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from importlib import resources
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.clusters.models import Cluster
from clusterwerk.members.models import (
    SETTLED,
    Contact,
    Expectation,
    IncomingMail,
    Interaction,
    InteractionParty,
    MailAttachment,
    NeedOrOffer,
    Position,
    RetentionRule,
    RetentionRun,
    Task,
)
from clusterwerk.members.privacy.erasing import may_erase_people
from clusterwerk.members.privacy.naming import claims_on, texts_about
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import because
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.erasing import erase, erase_rows, objection_to
from clusterwerk.platform.history.personal import Claim, Subject
from clusterwerk.platform.rows import changed, created

AT_ONCE = 500  # rows of one kind in one transaction


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _old_contacts(cluster: int, before: date) -> QuerySet[Any]:
    """No position open on or after the day, no talk since, and not told of since."""
    own = {"cluster_id": cluster, "contact_id": OuterRef("pk")}
    still = Q(period__upper_inf=True) | Q(period__endswith__gt=before)
    works = Position.objects.filter(still, **own)
    talked = InteractionParty.objects.filter(**own, interaction__happened_at__gte=_moment(before))
    past = Contact.past.rel.related_model  # type: ignore[attr-defined] # made by `tracked`
    touched = past.objects.filter(pgh_obj_id=OuterRef("pk"), pgh_created_at__gte=_moment(before))
    return (
        Contact.objects.filter(cluster_id=cluster)
        .exclude(last_name="—", email="", archived_on__isnull=False)
        .filter(~Exists(works), ~Exists(talked), ~Exists(touched))
    )


def _old_interactions(cluster: int, before: date) -> QuerySet[Any]:
    return Interaction.objects.filter(cluster_id=cluster, happened_at__lt=_moment(before))


def _old_mails(cluster: int, before: date) -> QuerySet[Any]:
    return IncomingMail.objects.filter(
        cluster_id=cluster, interaction=None, received_at__lt=_moment(before)
    )


def _old_expectations(cluster: int, before: date) -> QuerySet[Any]:
    """One with a task stays until the task went."""
    rows = Expectation.objects.filter(cluster_id=cluster, state__in=SETTLED, answered_on__lt=before)
    return rows.filter(tasks=None)


def _old_tasks(cluster: int, before: date) -> QuerySet[Any]:
    return Task.objects.filter(cluster_id=cluster, done_at__lt=_moment(before))


def _old_offers(cluster: int, before: date) -> QuerySet[Any]:
    """Closed before the day, or over without anybody closing it."""
    over = Q(closed_on=None, open_until__lt=before)
    return NeedOrOffer.objects.filter(Q(closed_on__lt=before) | over, cluster_id=cluster)


def _with_talks(ids: tuple[int, ...]) -> Iterable[Claim]:
    mails = IncomingMail.objects.filter(interaction_id__in=ids)
    yield from _with_mails(tuple(mails.values_list("pk", flat=True)))
    parties = InteractionParty.objects.filter(interaction_id__in=ids)
    yield Claim(InteractionParty, tuple(parties.values_list("pk", flat=True)))
    yield Claim(Interaction, ids)


def _with_mails(ids: tuple[int, ...]) -> Iterable[Claim]:
    files = MailAttachment.objects.filter(mail_id__in=ids)
    yield Claim(MailAttachment, tuple(files.values_list("pk", flat=True)))
    yield Claim(IncomingMail, ids)


@dataclass(frozen=True, slots=True)
class RetentionKind:
    """Rows that a rule is about; `going` claims them with their parts, None erases persons.

    `dated` names the fields by whose first value a row is old, for the preview.
    """

    key: str
    name: str | Promise
    told: str | Promise
    rows: Callable[[int, date], QuerySet[Any]]
    going: Callable[[tuple[int, ...]], Iterable[Claim]] | None = None
    dated: tuple[str, ...] = ()

    def day_of(self, row: Any) -> date | None:  # noqa: ANN401 - a row of the kind
        found = next((value for name in self.dated if (value := getattr(row, name))), None)
        return timezone.localdate(found) if isinstance(found, datetime) else found


KINDS = {
    kind.key: kind
    for kind in (
        RetentionKind(
            "contacts",
            gettext_lazy("Contacts"),
            gettext_lazy(
                "without a present position, without a talk and without a change for so long; "
                "they are erased"
            ),
            _old_contacts,
        ),
        RetentionKind(
            "interactions",
            gettext_lazy("Meetings, calls, mails and notes"),
            gettext_lazy("that happened so long ago"),
            _old_interactions,
            _with_talks,
            ("happened_at",),
        ),
        RetentionKind(
            "mails",
            gettext_lazy("Mails in the tray"),
            gettext_lazy("that nobody filed for so long"),
            _old_mails,
            _with_mails,
            ("received_at",),
        ),
        RetentionKind(
            "expectations",
            gettext_lazy("Expectations"),
            gettext_lazy("met or declined so long ago"),
            _old_expectations,
            lambda ids: [Claim(Expectation, ids)],
            ("answered_on",),
        ),
        RetentionKind(
            "tasks",
            gettext_lazy("Tasks"),
            gettext_lazy("done so long ago"),
            _old_tasks,
            lambda ids: [Claim(Task, ids)],
            ("done_at",),
        ),
        RetentionKind(
            "offers",
            gettext_lazy("Needs and offers"),
            gettext_lazy("closed or over so long ago"),
            _old_offers,
            lambda ids: [Claim(NeedOrOffer, ids)],
            ("closed_on", "open_until"),
        ),
    )
}


def register_retention(*kinds: RetentionKind) -> None:
    """Add kinds of an upper room; called once from its `apps.py`."""
    KINDS.update({kind.key: kind for kind in kinds})


@cache
def proposals() -> dict[str, int]:
    """Months proposed for each kind."""
    text = resources.files("clusterwerk.members").joinpath("data/retention.toml").read_text("utf-8")
    return {rule["kind"]: rule["months"] for rule in tomllib.loads(text)["rule"]}


def rules_of(cluster: int) -> list[RetentionRule]:
    """One for each kind; those that nobody set are proposals, without a row."""
    kept = {rule.kind: rule for rule in RetentionRule.objects.filter(cluster_id=cluster)}
    return [
        kept.get(key) or RetentionRule(cluster_id=cluster, kind=key, months=proposals()[key])
        for key in KINDS
    ]


def cut_of(months: int, today: date) -> date:
    """What is from before this day is older than so many months."""
    years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    last = monthrange(years, month + 1)[1]
    return date(years, month + 1, min(today.day, last))


def set_rule(
    *, seats: Seats, cluster: Cluster, kind: str, months: int, is_on: bool
) -> RetentionRule:
    may_erase_people(seats, cluster.pk).require()
    if kind not in KINDS:
        raise DomainError(_("There is no such kind of rows."))
    kept = RetentionRule.objects.filter(cluster=cluster, kind=kind).first()
    if kept is None:
        return created(RetentionRule(cluster=cluster, kind=kind, months=months, is_on=is_on))
    changed(kept, months=months, is_on=is_on)
    return kept


def number_of(rule: RetentionRule, today: date) -> int:
    """How many rows are older than the rule says, whether it is in force or not."""
    return KINDS[rule.kind].rows(rule.cluster_id, cut_of(rule.months, today)).count()


@dataclass(frozen=True, slots=True)
class Batch:
    """What one transaction took; `last` is the number of its last row, None when all were seen."""

    run: RetentionRun
    last: int | None


def carry_out(
    *,
    seats: Seats,
    cluster: int,
    kind: str,
    months: int,
    today: date,
    going_on: Batch | None = None,
) -> Batch:
    """Let go what is older, at most `AT_ONCE` rows, or those that follow on an earlier batch."""
    may_erase_people(seats, cluster).require()
    found, before = KINDS[kind], cut_of(months, today)
    because(seats.actor, f"period of keeping: {kind}")
    rows = found.rows(cluster, before).filter(pk__gt=(going_on and going_on.last) or 0)
    ids = tuple(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    facts = {"cluster_id": cluster, "kind": kind, "before": before, "asked_by_id": seats.actor}
    with transaction.atomic():
        run = going_on.run if going_on else created(RetentionRun(taken=0, **facts))
        run.taken += _let_go(seats, run, found, ids, today)
        run.save(update_fields=["taken"])
    return Batch(run, ids[-1] if len(ids) == AT_ONCE else None)


def _let_go(
    seats: Seats, run: RetentionRun, kind: RetentionKind, ids: tuple[int, ...], today: date
) -> int:
    reason = f"kept for its period: {kind.key}"
    if not ids:
        return 0
    if kind.going is not None:
        claims = list(kind.going(ids))
        erase_rows(seats=seats, subject=Subject.of(run), reason=reason, claims=claims)
        return len(ids)
    return sum(_erase_person(seats, pk, reason, today) for pk in ids)


def _erase_person(seats: Seats, pk: int, reason: str, today: date) -> int:
    """One who may not go now stays for the next time."""
    contact = Contact.objects.get(pk=pk)
    if objection_to(seats, Subject.of(contact), today):
        return 0
    more = claims_on(text for text in texts_about(contact) if text.names)
    subjects = [Subject.of(contact)]
    erase(seats=seats, subjects=subjects, reason=reason, on=today, more=more)
    return 1
