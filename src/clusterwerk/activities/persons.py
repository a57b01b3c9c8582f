"""What lists of who was there hold of a person: who was there is counted on, without the person.

A list that prints a name without an address is searched by that name: at an organisation of the
contact it is taken to be the contact; elsewhere, or where another contact is called the same, a
person decides.
"""

import re
import secrets
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from clusterwerk.activities.models import (
    LIVING,
    ActivityPlaces,
    Attendance,
    PublishedActivity,
    Registration,
    RegistrationState,
)
from clusterwerk.activities.notices import drop_waiting
from clusterwerk.members.models import Contact, Position
from clusterwerk.members.privacy.addresses import addresses_of, merged_into
from clusterwerk.members.privacy.naming import AboutText, Printed
from clusterwerk.members.privacy.retaining import RetentionKind
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.history.personal import Claim, PersonalData, Subject
from clusterwerk.platform.history.tracking import event_model
from clusterwerk.platform.rows import changed
from clusterwerk.platform.text import SortKey, folded


def claims_of_attendance(subject: Subject) -> Iterable[Claim]:
    """Where the contact was, by its row or by its address; and lists it was taken off."""
    if subject.model != Contact._meta.label:
        return
    contact = Contact.objects.filter(pk=subject.pk).first()
    if contact is None:
        return
    own = _by_row_or_address(contact)
    rows = Attendance.objects.filter(own, cluster_id=contact.cluster_id)
    ids = tuple(rows.values_list("pk", flat=True))
    events = event_model(Attendance)
    assert events is not None
    past = set(events._meta.base_manager.filter(own).values_list("pgh_obj_id", flat=True))
    yield Claim(Attendance, ids, _nobody, past=tuple(sorted(past - set(ids))))


def _by_row_or_address(contact: Contact) -> Q:
    """An address passes on, as that of an office does: who stands as another contact is another."""
    own = Q(contact_id=contact.pk)
    for address in addresses_of(contact):
        own |= Q(contact=None, email__iexact=address)
    return own


def _nobody(pk: int) -> dict[str, Any]:
    """The number keeps two erased persons at one activity apart."""
    return {"contact": None, "printed_name": f"— {pk}", "email": ""}


ACTIVITY_PERSONS = PersonalData("attendance", claims=claims_of_attendance)


def attendances_by_name(contact: Contact) -> Iterator[AboutText]:
    """Rows without the contact that print its name, as it is or was, in any order of the words."""
    named = {_words(*name) for name in _names_of(contact)} - {()}
    if not named:
        return
    like = _holding("name_key", named)
    rows = Attendance.objects.filter(cluster_id=contact.cluster_id, contact=None)
    rows = rows.exclude(_by_row_or_address(contact)).annotate(name_key=SortKey(F("printed_name")))
    own = {} if _has_namesake(contact, named) else _organisations_of(contact)
    for row in rows.filter(like).select_related("activity", "organisation"):
        if _words(row.printed_name) in named:
            where = row.organisation.name if row.organisation else row.printed_organisation
            told = (row.printed_name, where, row.activity.name, date_format(row.activity.day))
            text = ", ".join(part for part in told if part)
            is_own = (row.organisation_id in own) or folded(where) in own.values()
            yield AboutText(Attendance, row.pk, text, names=is_own and not row.email)


def _names_of(contact: Contact) -> set[tuple[str, str]]:
    """First and last name, now and before; half a name is everybody's."""
    past = event_model(Contact)
    assert past is not None
    before = past._meta.base_manager.filter(pgh_obj_id=contact.pk)
    told = {
        (contact.first_name, contact.last_name),
        *before.values_list("first_name", "last_name"),
    }
    return {(first, last) for first, last in told if first and last}


def _has_namesake(contact: Contact, named: Collection[tuple[str, ...]]) -> bool:
    """Whether another contact of the cluster is called the same."""
    others = Contact.objects.filter(cluster_id=contact.cluster_id)
    others = others.exclude(pk__in={contact.pk, *merged_into(contact)})
    names = others.filter(_holding("name_sort", named)).values_list("first_name", "last_name")
    return any(_words(*name) in named for name in names)


def _holding(key: str, named: Collection[tuple[str, ...]]) -> Q:
    """Rows whose sort key holds the longest word of a name; the database knows more accents."""
    found = Q(pk__in=[])
    for words in named:
        found |= Q(**{f"{key}__contains": SortKey(Value(max(words, key=len)))})
    return found


def _words(*names: str) -> tuple[str, ...]:
    return tuple(sorted(re.findall(r"[^\W_]+", folded(" ".join(names)))))


def _organisations_of(contact: Contact) -> dict[int, str]:
    """Where the contact is or was, with the name as it is compared."""
    rows = Position.objects.filter(cluster_id=contact.cluster_id, contact=contact)
    return {pk: folded(name) for pk, name in rows.values_list("organisation", "organisation__name")}


ATTENDANCE_NAMES = Printed(Attendance, attendances_by_name, _nobody)


def _old(cluster: int, before: date) -> QuerySet[Any]:
    """Those of activities before the day on which somebody is still named."""
    nobody = Q(contact=None, email="", printed_name__startswith="— ")
    rows = Attendance.objects.filter(cluster_id=cluster, activity__day__lt=before)
    return rows.exclude(nobody).annotate(held_on=F("activity__day"))


ATTENDANCE_KEPT = RetentionKind(
    "attendance",
    _("Names on lists of attendance"),
    _("of activities so long ago; how many were there stays, with their organisations"),
    _old,
    lambda ids: [Claim(Attendance, ids, _nobody)],
    ("held_on",),
)


def claims_of_registrations(subject: Subject) -> Iterable[Claim]:
    """Where the contact registered, by its row or by its address, now or before."""
    if subject.model != Contact._meta.label:
        return
    contact = Contact.objects.filter(pk=subject.pk).first()
    if contact is None:
        return
    own = _by_row_or_address(contact)
    ids = _registrations_of(contact)
    events = event_model(Registration)
    assert events is not None
    past = set(events._meta.base_manager.filter(own).values_list("pgh_obj_id", flat=True))
    yield Claim(Registration, ids, _nobody_registered, past=tuple(sorted(past - set(ids))))


def _registrations_of(contact: Contact) -> tuple[int, ...]:
    own = _by_row_or_address(contact)
    rows = Registration.objects.filter(own, cluster_id=contact.cluster_id)
    return tuple(rows.values_list("pk", flat=True))


def _nobody_registered(pk: int) -> dict[str, Any]:
    """How many come stays, with the organisation; the link in old mails leads nowhere."""
    gone = {
        "email": "",
        "telephone": "",
        "remark": "",
        "answers": [],
        "takes_along": "",
        "better": "",
        "token": secrets.token_urlsafe(24),
    }
    return {"contact": None, "name": f"— {pk}", **gone}


def give_places_up(subject: Subject, seats: Seats, on: date) -> None:  # noqa: ARG001
    """Whoever is no more does not come: nothing is mailed, and who waits gets the place.

    Mails that wait for the mail server go too.
    """
    if subject.model != Contact._meta.label:
        return
    contact = Contact.objects.filter(pk=subject.pk).first()
    if contact is None:
        return
    ids = _registrations_of(contact)
    coming = PublishedActivity.objects.filter(starts_at__gt=timezone.now())
    rows = Registration.objects.filter(
        pk__in=ids, activity_id__in=coming.values("pk"), state__in=LIVING
    )
    places = ActivityPlaces.objects.filter(pk__in=rows.values("activity_id")).order_by("pk")
    list(places.select_for_update(of=("self",)))  # first, as whoever registers does
    for own in rows.select_for_update(of=("self",)):
        changed(own, state=RegistrationState.CANCELLED)
    drop_waiting(ids)


REGISTRATION_PERSONS = PersonalData(
    "registration", claims=claims_of_registrations, before=give_places_up
)


def _old_registrations(cluster: int, before: date) -> QuerySet[Any]:
    rows = Registration.objects.filter(cluster_id=cluster, activity__day__lt=before)
    nobody = Q(contact=None, email="", name__startswith="— ")
    return rows.exclude(nobody).annotate(held_on=F("activity__day"))


REGISTRATIONS_KEPT = RetentionKind(
    "registration",
    _("Registrations"),
    _("for activities so long ago; how many registered stays, with their organisations"),
    _old_registrations,
    lambda ids: [Claim(Registration, ids, _nobody_registered)],
    ("held_on",),
)
