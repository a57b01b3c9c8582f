"""Who may keep the list of members, and who may say how large an organisation is."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.decision import Decision, allow_if
from clusterwerk.platform.access.seats import SeatKind, SeatRole, Seats

_KEEPERS = frozenset({SeatRole.MANAGER, SeatRole.STAFF})
_MONEY_KEEPERS = _KEEPERS | {SeatRole.FINANCE}
WRITES_NOTES = _MONEY_KEEPERS


def may_keep_members(seats: Seats, cluster: int) -> Decision:
    """Add members and their categories."""
    return allow_if(
        _has_one_of(seats, _KEEPERS, cluster),
        _("Only the manager and the staff of the cluster change its list of members."),
    )


def may_promise_contributions(seats: Seats, cluster: int) -> Decision:
    return allow_if(
        _has_one_of(seats, _MONEY_KEEPERS, cluster),
        _("Only the cluster's own team writes down what members promised to pay."),
    )


def may_state_size(seats: Seats, cluster: int, organisation: int) -> Decision:
    """The cluster's team asks it; the organisation may say it itself."""
    return allow_if(
        _has_one_of(seats, _MONEY_KEEPERS, cluster) or organisation in seats.organisations,
        _("Only the cluster's team and the organisation itself say how large it is."),
    )


def may_see_members(seats: Seats, cluster: int) -> Decision:
    """The list with amounts; the agency sees memberships as evidence of its figures only."""
    return allow_if(
        cluster in seats.places(SeatKind.CLUSTER),
        _("The list of members is for the cluster's own team."),
    )


def may_keep_team(seats: Seats, cluster: int) -> Decision:
    return allow_if(
        seats.has_role(SeatRole.MANAGER, cluster),
        _("Only the manager of the cluster says who works for it."),
    )


def may_write_hours(seats: Seats, cluster: int) -> Decision:
    return allow_if(
        _has_one_of(seats, _MONEY_KEEPERS, cluster),
        _("Only the cluster's own team writes its hours down."),
    )


def _has_one_of(seats: Seats, roles: frozenset[SeatRole], cluster: int) -> bool:
    return any(seats.has_role(role, cluster) for role in roles)


def may_keep_people(seats: Seats, cluster: int) -> Decision:
    """Contacts, talks, expectations and tasks: everybody of the team who writes."""
    return allow_if(
        _has_one_of(seats, _MONEY_KEEPERS, cluster),
        _("Only the cluster's own team keeps its contacts and what was said with them."),
    )


def may_keep_own_words(seats: Seats, cluster: int) -> Decision:
    """Which tags and own fields there are; using them is for the whole team."""
    return allow_if(
        _has_one_of(seats, _KEEPERS, cluster),
        _("Only the manager and the staff choose the tags and fields of the cluster."),
    )


def may_change_interaction(seats: Seats, cluster: int, author: int | None) -> Decision:
    """Who wrote it, and the manager; what nobody of the team wrote may be mended by the team."""
    writes = may_keep_people(seats, cluster)
    is_own = author in (None, seats.actor) or seats.has_role(SeatRole.MANAGER, cluster)
    return allow_if(
        bool(writes) and is_own,
        _("Only who wrote this and the manager of the cluster change or delete it."),
    )


def may_speak_for(seats: Seats, organisation: int) -> Decision:
    """Say what a member is, needs and offers: its own representatives; the team reads it."""
    return allow_if(
        organisation in seats.places(SeatKind.ORGANISATION, writing=True),
        _("Only who represents this organisation says what it is, needs and offers."),
    )
