"""What groups hold of a person: that somebody sat there for an organisation stays, without who."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import DateField as Day
from django.db.models import F, Func, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from clusterwerk.activities.models import Mandate
from clusterwerk.members.models import Contact
from clusterwerk.members.privacy.retaining import RetentionKind
from clusterwerk.platform.history.personal import Claim, PersonalData, Subject
from clusterwerk.platform.history.tracking import event_model


def claims_of_mandates(subject: Subject) -> Iterable[Claim]:
    """Where the contact sits or sat. Minutes that name them are read through by hand."""
    if subject.model != Contact._meta.label:
        return
    contact = Contact.objects.filter(pk=subject.pk).first()
    if contact is None:
        return
    rows = Mandate.objects.filter(cluster_id=contact.cluster_id, contact=contact)
    ids = tuple(rows.values_list("pk", flat=True))
    events = event_model(Mandate)
    assert events is not None
    past = events._meta.base_manager.filter(contact_id=contact.pk)
    gone = set(past.values_list("pgh_obj_id", flat=True)) - set(ids)
    yield Claim(Mandate, ids, _nobody, past=tuple(sorted(gone)))


def _nobody(pk: int) -> dict[str, Any]:
    """The number keeps two erased persons of one group apart."""
    return {"contact": None, "name": f"— {pk}"}


MANDATE_PERSONS = PersonalData("mandate", claims=claims_of_mandates)


def _old(cluster: int, before: date) -> QuerySet[Any]:
    """Ended before the day, and still naming somebody."""
    ended = Mandate.objects.filter(cluster_id=cluster, period__endswith__lt=before)
    named = ended.filter(Q(contact__isnull=False) | ~Q(name="")).exclude(name__startswith="— ")
    return named.annotate(held_on=Func(F("period"), function="upper", output_field=Day()))


MANDATES_KEPT = RetentionKind(
    "mandate",
    _("Mandates in groups"),
    _("that ended so long ago; that somebody sat there for an organisation stays"),
    _old,
    lambda ids: [Claim(Mandate, ids, _nobody)],
    ("held_on",),
)
