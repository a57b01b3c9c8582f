"""Who may do what with a programme's rules and agreements."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.decision import Decision, allow_if
from clusterwerk.platform.access.seats import SeatRole, Seats


def may_run_programme(seats: Seats, agency: int) -> Decision:
    return allow_if(
        seats.has_role(SeatRole.PROGRAMME_MANAGER, agency),
        _("Only a programme manager of the agency changes schemes, agreements and targets."),
    )
