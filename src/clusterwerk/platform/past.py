"""The past of accounts, for the person alone, and of the breach log in words."""

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.decision import Decision, allow_if
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.history.records import Record, Words, register_records
from clusterwerk.platform.legal.models import Breach, BreachEntry
from clusterwerk.platform.models import User


def register_past() -> None:
    register_records(
        Record(
            User,
            _("Account"),
            {
                "name": _("Name"),
                "email": _("E-mail address"),
                "language": _("Language"),
                "is_active": _("Active"),
                "calendar_number": _("Renewals of the address of the calendar"),
            },
            may_see=may_see_account,
        ),
        Record(
            Breach,
            _("Breach"),
            {"noted_at": _("Noted")},
            parts=lambda row: [(BreachEntry, {"breach_id": row.pgh_obj_id})],
            address=lambda row: reverse("legal:breach_detail", args=[row.pk]),
        ),
        Record(BreachEntry, _("Entry of the breach log"), _words_of(BreachEntry, WITHOUT_WORDS)),
    )


WITHOUT_WORDS = {"id", "breach", "noted_at", "noted_by"}


def _words_of(model: type[Model], without: set[str]) -> dict[str, Words]:
    """Each field with the words that its form shows."""
    fields = [field for field in model._meta.concrete_fields if field.name not in without]
    return {field.name: field.verbose_name for field in fields}


def may_see_account(seats: Seats, account: int) -> Decision:
    """The wall of accounts stands open while somebody signs in, so the screen asks itself."""
    return allow_if(
        seats.actor == account or seats.is_steward,
        _("The history of an account is for the person and for stewards."),
    )
