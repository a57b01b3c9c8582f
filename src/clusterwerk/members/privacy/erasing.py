"""Erasing a contact: what a cluster knows of a person goes, what it did stays without the person.

`docs/guide/privacy.md` tells it to people, and decision 0023 why the cluster's manager does it.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote_plus

from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Agency, Cluster, Invitation, SeatRequest
from clusterwerk.clusters.saved_views.models import SavedView
from clusterwerk.members.models import (
    Consent,
    Contact,
    CustomValue,
    Expectation,
    IncomingMail,
    InteractionParty,
    KnownAddress,
    MoveRow,
    Position,
    SuppressionCause,
    Task,
)
from clusterwerk.members.privacy.addresses import addresses_of, merged_into, reach_of
from clusterwerk.members.privacy.naming import (
    GONE,
    AboutText,
    claims_on,
    claims_on_mails,
    known_of,
    texts_about,
)
from clusterwerk.members.privacy.suppressing import refused_purposes, suppress
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.decision import Decision, allow_if
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import acting_instead
from clusterwerk.platform.history.erasing import Erased, erase
from clusterwerk.platform.history.personal import Claim, Held, Subject
from clusterwerk.platform.history.tracking import event_model

NO_ADDRESS = "erased@erased.invalid"


def may_erase_people(seats: Seats, cluster: int) -> Decision:
    return allow_if(
        cluster in seats.managed_clusters,
        _("Only the manager of the cluster erases a person, or takes out all that is known."),
    )


def erase_contact(
    *,
    seats: Seats,
    contact: Contact,
    reason: str,
    on: date,
    emptied: Collection[str],
    rehearse: bool = False,
) -> Erased:
    """Erase a contact, and empty the texts about it whose keys are named.

    Raises `DomainError` when the contact may not go, `PermissionDenied` for who is not the
    cluster's manager.
    """
    may_erase_people(seats, contact.cluster_id).require()
    chosen = [text for text in texts_about(contact) if text.key in emptied or not text.stands]
    (erased,) = erase(
        seats=seats,
        subjects=[Subject.of(contact)],
        reason=reason,
        on=on,
        rehearse=rehearse,
        more=claims_on(chosen),
    )
    return erased


def contact_of(subject: Subject) -> Contact | None:
    """The contact that a subject stands for, as far as the acting seats see it."""
    if subject.model != Contact._meta.label:
        return None
    return Contact.objects.filter(pk=subject.pk).first()


def answers_for(seats: Seats, subject: Subject) -> bool:
    contact = contact_of(subject)
    return contact is not None and contact.cluster_id in seats.managed_clusters


def reaching(own: Seats, subject: Subject) -> Seats | None:
    """Managers of the agency's clusters among which the contact stands; for a restore."""
    if subject.model != Contact._meta.label:
        return None
    for agency in Agency.objects.order_by("pk").values_list("pk", flat=True):
        with acting_instead(own, seats_of_command(agency=agency)):
            clusters = Cluster.objects.filter(agency_id=agency).values_list("pk", flat=True)
            seats = seats_of_command(agency=agency, clusters=frozenset(clusters))
        with acting_instead(own, seats):
            if contact_of(subject):
                return seats
    return None


def let_go(subject: Subject, seats: Seats, on: date) -> None:  # noqa: ARG001 - as all rooms do
    """Note the addresses as ones not to bring back, and take the person out of what stays."""
    contact = contact_of(subject)
    if contact is None:
        return
    purposes = refused_purposes(contact)
    for address in sorted(addresses_of(contact)):
        suppress(contact.cluster_id, address, SuppressionCause.ERASED, on, purposes)
    views_naming(contact).delete()
    own = {"cluster_id": contact.cluster_id, "contact_id": contact.pk}
    for model in (Expectation, Task):
        model._meta.base_manager.filter(**own).update(contact=None)
    for party in InteractionParty.objects.filter(**own):
        _leave(party)


def _leave(party: InteractionParty) -> None:
    """The organisation stays a party; the interaction stays, with nobody, where there is none."""
    same = InteractionParty.objects.filter(
        cluster_id=party.cluster_id,
        interaction_id=party.interaction_id,
        organisation=party.organisation,
        contact=None,
    )
    if party.organisation_id is None or same.exists():
        party.delete()
    else:
        party.contact = None
        party.save(update_fields=["contact"])


def claims_of_contact(subject: Subject) -> Iterable[Claim]:
    contact = contact_of(subject)
    if contact is None:
        return
    others = merged_into(contact)
    for model in (Consent, CustomValue, KnownAddress, Position):
        yield _gone(model, contact, {contact.pk, *others})
    yield from _by_address(contact)
    yield Claim(MoveRow, _ids(imported_rows(contact)), _empty_row)
    standing = _ids(Contact.objects.filter(pk__in=others))
    yield Claim(
        Contact, (contact.pk, *standing), _neutral, past=tuple(sorted(others - {*standing}))
    )


def texts_naming(subject: Subject) -> Iterable[Claim]:
    """Repeated after a restore, an erasure empties every text that names the person."""
    contact = contact_of(subject)
    if contact is None:
        return []
    return claims_on(text for text in texts_about(contact) if text.names)


def _neutral(_pk: int) -> Mapping[str, Any]:
    nothing = dict.fromkeys(("first_name", "email", "phone", "mobile", "language", "note"), "")
    return {
        **nothing,
        "last_name": GONE,
        "source": GONE,
        "bounced_on": None,
        "archived_on": timezone.localdate(),
    }


def views_naming(contact: Contact) -> "QuerySet[SavedView]":
    """Saved views that search for the person, or carry the name; a colleague's own stay unseen."""
    whole = f"{contact.first_name} {contact.last_name}".strip()
    told = {contact.email, whole} - {""}
    asked = Q(pk__in=[])
    for words in told:
        asked |= Q(name__icontains=words) | Q(query__icontains=quote_plus(words))
        asked |= Q(query__icontains=words)
    return SavedView.objects.filter(asked, cluster_id=contact.cluster_id)


def _gone(model: type[Model], contact: Contact, numbers: Collection[int]) -> Claim:
    """Rows of the contact, deleted, and the past of those that were deleted before."""
    own = Q(contact_id__in=numbers)
    if model is KnownAddress and contact.email:
        own |= Q(email=contact.email)
    rows = model._meta.base_manager.filter(own, cluster_id=contact.cluster_id)
    ids = tuple(rows.values_list("pk", flat=True))
    past = event_model(model)
    events = past._meta.base_manager.filter(own).values_list("pgh_obj_id", flat=True)  # type: ignore[union-attr] # each is tracked
    return Claim(model, ids, past=tuple(sorted(set(events) - set(ids))))


def _by_address(contact: Contact) -> Iterable[Claim]:
    """What knows the person by an address alone."""
    reach = reach_of(contact)
    yield from claims_on_mails(reach.sent)
    unnamed = {"recipients": GONE, "brought_by_address": ""}
    yield Claim(IncomingMail, _ids(reach.received), lambda _pk: unnamed)
    for model in (SeatRequest, Invitation):
        asked = Q(email__in=reach.own) | Q(email__in=reach.passed_on) & reach.named_in("name")
        rows = model._meta.base_manager.filter(asked, cluster_id=contact.cluster_id)
        yield Claim(model, _ids(rows), lambda pk: {"name": GONE, "email": f"{pk}-{NO_ADDRESS}"})


def _empty_row(_pk: int) -> Mapping[str, Any]:
    return {"cells": [], "edited": [], "plan": {}, "title": GONE, "choice": ""}


def imported_rows(contact: Contact) -> Any:  # noqa: ANN401 - a query set with an annotation
    """Rows of files moved in, in which an address or both names of the person stand.

    Beside an address that passed on, one of the names must stand.
    """
    rows = MoveRow.objects.filter(cluster_id=contact.cluster_id)
    reach = reach_of(contact)
    asked = Q(pk__in=[])
    for address in reach.own:
        asked |= Q(written__icontains=address)
    for address in reach.passed_on:
        asked |= Q(written__icontains=address) & reach.named_in("written")
    if contact.first_name and contact.last_name:
        asked |= Q(written__icontains=contact.first_name) & Q(written__icontains=contact.last_name)
    parts = [Cast(field, TextField()) for field in ("cells", "edited", "plan")]
    return rows.annotate(written=Concat(*parts, "title", output_field=TextField())).filter(asked)


def _ids(rows: Any) -> tuple[int, ...]:  # noqa: ANN401 - of any model
    return tuple(rows.values_list("pk", flat=True))


def held_of_contact(subject: Subject) -> Iterable[Held]:
    """What tells of the contact beside the claims: talks, hopes and tasks, whole."""
    contact = contact_of(subject)
    if contact is None:
        return
    texts: list[AboutText] = known_of(texts_about(contact))
    for model in {text.model: None for text in texts}:
        yield Held(model, tuple(text.pk for text in texts if text.model is model))
    own = {"cluster_id": contact.cluster_id, "contact_id": contact.pk}
    yield Held(InteractionParty, _ids(InteractionParty.objects.filter(**own)))
