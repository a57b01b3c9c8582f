"""Words for seats, as screens show them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.seats import SeatRole

ROLE_NAMES: dict[SeatRole, Promise] = {
    SeatRole.MANAGER: _("manager"),
    SeatRole.STAFF: _("staff"),
    SeatRole.FINANCE: _("finance"),
    SeatRole.OBSERVER: _("observer"),
    SeatRole.PROGRAMME_MANAGER: _("programme manager"),
    SeatRole.ACCOUNT_MANAGER: _("account manager"),
    SeatRole.REPRESENTATIVE: _("representative"),
    SeatRole.EVALUATOR: _("evaluator"),
    SeatRole.STEWARD: _("steward"),
}


def role_name(role: str) -> str:
    return str(ROLE_NAMES[SeatRole(role)])
