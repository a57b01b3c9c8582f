"""The past of accounts in words: for the person alone."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.decision import Decision, allow_if
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.history.records import Record, register_records
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
            },
            may_see=may_see_account,
        )
    )


def may_see_account(seats: Seats, account: int) -> Decision:
    """The wall of accounts stands open while somebody signs in, so the screen asks itself."""
    return allow_if(
        seats.actor == account or seats.is_steward,
        _("The history of an account is for the person and for stewards."),
    )
