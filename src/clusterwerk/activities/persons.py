"""What lists of who was there hold of a person: who was there is counted on, without the person."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from clusterwerk.activities.models import Attendance
from clusterwerk.members.models import Contact
from clusterwerk.members.privacy.retaining import RetentionKind
from clusterwerk.platform.history.personal import Claim, PersonalData, Subject
from clusterwerk.platform.history.tracking import event_model


def claims_of_attendance(subject: Subject) -> Iterable[Claim]:
    """Where the contact was, by its row or by its address; and lists it was taken off."""
    if subject.model != Contact._meta.label:
        return
    contact = Contact.objects.filter(pk=subject.pk).first()
    if contact is None:
        return
    own = Q(contact_id=contact.pk)
    if contact.email:
        own |= Q(email__iexact=contact.email)
    rows = Attendance.objects.filter(own, cluster_id=contact.cluster_id)
    ids = tuple(rows.values_list("pk", flat=True))
    events = event_model(Attendance)
    assert events is not None
    past = set(events._meta.base_manager.filter(own).values_list("pgh_obj_id", flat=True))
    yield Claim(Attendance, ids, _nobody, past=tuple(sorted(past - set(ids))))


def _nobody(pk: int) -> dict[str, Any]:
    """The number keeps two erased persons at one activity apart."""
    return {"contact": None, "printed_name": f"— {pk}", "email": ""}


ACTIVITY_PERSONS = PersonalData("attendance", claims=claims_of_attendance)


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
