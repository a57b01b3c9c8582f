"""Making one contact of two, and two again.

Rows move as `members/merging.py` and later rooms registered. Beside that: an address that is given
up still finds the contact, and nothing that somebody withdrew is given again.
"""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from clusterwerk.directory.duplicates import merge_rows, undo_merge
from clusterwerk.directory.models import Merge, MergeStep, MergeStepKind
from clusterwerk.members.models import Consent, ConsentState, Contact, KnownAddress
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.tracking import event_model
from clusterwerk.platform.rows import changed, created

FACTS = ("first_name", "last_name", "email", "phone", "mobile", "language", "note")
# What makes two contacts others than those that somebody compared.
COMPARED = (*FACTS, "archived_on")
LOSING, KEEPING, BOTH = "losing", "keeping", "both"


def required(losing: Contact, keeping: Contact) -> None:
    """Raise `DomainError` where the two cannot be merged this way, whoever asks."""
    if losing.pk == keeping.pk:
        raise DomainError(_("Choose two different contacts."))
    if losing.is_demo != keeping.is_demo:
        raise DomainError(_("An invented contact of the demo is not merged with a real one."))
    if keeping.archived_on and not losing.archived_on:
        message = _("%(name)s is no longer kept in lists; merge them the other way round.")
        raise DomainError(message % {"name": keeping})


@transaction.atomic
def merge_contacts(
    *,
    seats: Seats,
    losing: Contact,
    keeping: Contact,
    chosen: Mapping[str, str],
    seen: str = "",
) -> Merge:
    """One contact goes up in the other; `chosen` says by fact where it comes from the losing one.

    A note may come from `both`. A second click returns the merge that stands. For the manager of
    the cluster.
    """
    required(losing, keeping)
    before = {losing.email, keeping.email}
    values = {name: getattr(losing, name) for name in FACTS if chosen.get(name) == LOSING}
    if chosen.get("note") == BOTH:
        values["note"] = "\n\n".join(filter(None, (keeping.note, losing.note)))
    if "email" in values:
        values["bounced_on"] = losing.bounced_on
    made = merge_rows(
        seats=seats, losing=losing, keeping=keeping, values=values, seen=seen, names=COMPARED
    )
    kept = Contact.objects.get(pk=keeping.pk)
    for address in before - {kept.email, ""}:
        _remember(kept, address)
    _note_consents(made)
    return made


def _note_consents(made: Merge) -> None:
    """Which event of each consent the merge left, so that what is said later can be told."""
    rows = Consent.objects.filter(cluster_id=_owner(made), contact=made.keeping)
    newest = _newest_events(rows)
    MergeStep.objects.bulk_create(
        MergeStep(
            merge=made.number,
            cluster_id=made.cluster_id,
            model=Consent._meta.label_lower,
            row=key,
            kind=MergeStepKind.CHANGED,
            event_before=event,
            event_after=event,
        )
        for key, event in newest.items()
        if not _is_noted(made, key)
    )


def _owner(merge: Merge) -> int:
    """Contacts are of a cluster, and so is every merge of them."""
    assert merge.cluster_id is not None
    return merge.cluster_id


def _is_noted(made: Merge, key: int) -> bool:
    return MergeStep.objects.filter(_notes(made), row=key).exists()


def _notes(made: Merge) -> Q:
    """Steps that change nothing."""
    own = Q(merge=made.number, cluster_id=_owner(made), model=Consent._meta.label_lower)
    return own & Q(kind=MergeStepKind.CHANGED, fields=[])


def _newest_events(rows: "QuerySet[Consent]") -> dict[int, int]:
    events = event_model(Consent)
    assert events is not None
    told = events._meta.base_manager.filter(pgh_obj_id__in=rows.values("pk"))
    newest = told.values("pgh_obj_id").annotate(newest=Max("pgh_id")).order_by()
    return dict(newest.values_list("pgh_obj_id", "newest"))


def _remember(contact: Contact, address: str) -> None:
    """Mail from the address that was given up still finds the person."""
    own = {"cluster_id": contact.cluster_id, "email": address}
    if not KnownAddress.objects.filter(**own).exists():
        created(KnownAddress(**own, contact=contact, is_demo=contact.is_demo))


@transaction.atomic
def separate_contacts(*, seats: Seats, merge: Merge) -> list[MergeStep]:
    """Take the merge back; returns a step for each row that changed since and was left alone.

    Refused where the contact cannot stand again. What the person withdrew or refused since the
    merge, both withdrew.
    """
    said = _taken_back_since(merge)
    left = undo_merge(seats=seats, merge=merge)
    back = Contact.objects.filter(pk=merge.losing, cluster_id=_owner(merge)).first()
    if back is None:
        raise DomainError(
            _(
                "The contact cannot stand again: another contact has its address by now, or it"
                " was erased. Nothing was changed."
            )
        )
    KnownAddress.objects.filter(
        cluster_id=_owner(merge), contact=merge.keeping, email__in=_addresses(back, merge)
    ).delete()
    for consent in said:
        _withdraw_there(back, consent)
    return left


def _addresses(back: Contact, merge: Merge) -> list[str]:
    """Those that one of the two carries again."""
    kept = Contact.objects.filter(pk=merge.keeping).first()
    return [row.email for row in (back, kept) if row and row.email]


def _taken_back_since(merge: Merge) -> list[Consent]:
    """What the contact that stayed withdrew or refused after the merge."""
    rows = Consent.objects.filter(cluster_id=_owner(merge), contact=merge.keeping)
    against = rows.exclude(state=ConsentState.GIVEN)
    steps = MergeStep.objects.filter(_notes(merge))
    noted = dict(steps.values_list("row", "event_after"))
    newest = _newest_events(against)
    return [row for row in against if noted.get(row.pk) != newest.get(row.pk)]


def _withdraw_there(contact: Contact, said: Consent) -> None:
    kept = Consent.objects.filter(contact=contact, purpose=said.purpose).first()
    if kept is not None and kept.state == ConsentState.GIVEN:
        told = {name: getattr(said, name) for name in ("state", "said_on", "way", "source")}
        changed(kept, **told)


def survivor_of(cluster: int, contact: int) -> int | None:
    """Into whom a contact went up that is gone, through later merges too."""
    current = contact
    for _hop in range(20):
        rows = Merge.objects.filter(
            cluster_id=cluster,
            subject=Contact._meta.label_lower,
            losing=current,
            undone_at=None,
        )
        following = rows.values_list("keeping", flat=True).first()
        if following is None:
            break
        current = following
    return None if current == contact else current
