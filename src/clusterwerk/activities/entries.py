"""Lines of the menus."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.ui.navigation import Entry


def _in_a_team(seats: Seats) -> bool:
    return bool(seats.clusters)


ACTIVITY_ENTRIES = (
    Entry(
        "cluster",
        20,
        _("Activities"),
        "activities:own_activities",
        "calendar",
        shown=_in_a_team,
        leads_to=(
            "activities:activity_list",
            "activities:activity_add",
            "activities:activity_detail",
            "activities:activity_change",
            "activities:activity_cancel",
            "activities:registration_list",
            "activities:registration_add",
            "activities:registration_detail",
            "activities:website",
            "activities:door",
            "activities:door_add",
            "activities:door_paper",
            "activities:matchmaking",
            "activities:matchmaking_hours",
            "activities:matchmaking_paper",
            "activities:matchmaking_results",
        ),
    ),
    Entry(
        "cluster",
        21,
        _("Mailings"),
        "activities:own_mailings",
        "mail",
        shown=_in_a_team,
        leads_to=(
            "activities:mailing_list",
            "activities:mailing_add",
            "activities:mailing_detail",
            "activities:mailing_change",
            "activities:mailing_parts",
            "activities:mailing_audience",
            "activities:mailing_preview",
            "activities:mailing_send",
            "activities:recipient_list",
            "activities:recipient_detail",
        ),
    ),
    Entry(
        "figures",
        15,
        _("Participation"),
        "activities:own_participation",
        "chart",
        shown=_in_a_team,
        leads_to=(
            "activities:participation",
            "activities:participation_members",
            "activities:participation_evidence",
            "activities:competences",
        ),
    ),
    Entry("account", 15, _("My calendar"), "agenda:own_calendar", "calendar"),
    Entry(
        "site",
        20,
        _("Calendar"),
        "agenda:agenda",
        leads_to=("agenda:agenda_detail", "agenda:register"),
    ),
)
