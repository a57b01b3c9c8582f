"""What mailings hold of a person: that a mail went out is counted on, without the person."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from clusterwerk.activities.models import MailingRecipient
from clusterwerk.members.models import Contact
from clusterwerk.members.privacy.addresses import addresses_of
from clusterwerk.members.privacy.retaining import RetentionKind
from clusterwerk.platform.history.personal import Claim, PersonalData, Subject
from clusterwerk.platform.history.tracking import event_model


def claims_of_recipients(subject: Subject) -> Iterable[Claim]:
    """Mails to the contact, by its row or by its address, now or before."""
    if subject.model != Contact._meta.label:
        return
    contact = Contact.objects.filter(pk=subject.pk).first()
    if contact is None:
        return
    own = _by_row_or_address(contact)
    rows = MailingRecipient.objects.filter(own, cluster_id=contact.cluster_id)
    ids = tuple(rows.values_list("pk", flat=True))
    events = event_model(MailingRecipient)
    assert events is not None
    past = set(events._meta.base_manager.filter(own).values_list("pgh_obj_id", flat=True))
    yield Claim(MailingRecipient, ids, _nobody, past=tuple(sorted(past - set(ids))))


def _by_row_or_address(contact: Contact) -> Q:
    """An address passes on: who stands as another contact is another."""
    own = Q(contact_id=contact.pk)
    for address in addresses_of(contact):
        own |= Q(contact=None, email__iexact=address)
    return own


def _nobody(pk: int) -> Mapping[str, Any]:
    """Without an address nothing is sent any more; the token goes, so that no link leads here."""
    gone = {"name": f"— {pk}", "first_name": "", "email": "", "token": f"erased-{pk}"}
    return {"contact": None, **gone}


MAILING_PERSONS = PersonalData("mailing", claims=claims_of_recipients)


def _old(cluster: int, before: date) -> QuerySet[Any]:
    rows = MailingRecipient.objects.filter(
        cluster_id=cluster, mailing__asked_at__date__lt=before
    ).exclude(name__startswith="— ", email="")
    return rows.annotate(held_on=TruncDate(F("mailing__asked_at")))


RECIPIENTS_KEPT = RetentionKind(
    "mailing",
    _("Recipients of mailings"),
    _("of mailings sent so long ago; how many got them stays"),
    _old,
    lambda ids: [Claim(MailingRecipient, ids, _nobody)],
    ("held_on",),
)
