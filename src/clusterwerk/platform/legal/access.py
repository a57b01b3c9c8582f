"""The legal pack and the breach log are for the steward."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.decision import Decision, allow_if
from clusterwerk.platform.access.seats import Seats


def may_keep_legal(seats: Seats) -> Decision:
    return allow_if(seats.is_steward, _("The legal pack and the breach log are for the steward."))
