"""Lines of the menus."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.seats import SeatKind, Seats
from clusterwerk.platform.ui.navigation import Entry


def _in_a_team(seats: Seats) -> bool:
    return bool(seats.clusters)


def _in_an_agency(seats: Seats) -> bool:
    return not seats.clusters and bool(seats.places(SeatKind.AGENCY))


OF_ACTIVITIES = (
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
    "activities:parts",
    "activities:part_detail",
)

ACTIVITY_ENTRIES = (
    Entry(
        "programme",
        60,
        _("Activities"),
        "activities:own_activities",
        "calendar",
        shown=_in_an_agency,
        leads_to=OF_ACTIVITIES,
    ),
    Entry(
        "cluster",
        20,
        _("Activities"),
        "activities:own_activities",
        "calendar",
        shown=_in_a_team,
        leads_to=OF_ACTIVITIES,
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
        "cluster",
        22,
        _("Groups"),
        "activities:own_groups",
        "members",
        shown=_in_a_team,
        leads_to=(
            "activities:group_list",
            "activities:group_add",
            "activities:group_detail",
            "activities:group_change",
            "activities:group_meet",
            "activities:mandate_add",
            "activities:mandate_change",
            "activities:group_meeting",
            "activities:group_minutes",
            "activities:point_add",
            "activities:point_change",
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
