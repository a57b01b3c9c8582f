"""Letting the rows of clusters follow a merge in the shared directory, unseen by the steward.

Two reviewed functions of the database name the clusters; each is then entered by itself, as a
manager of that cluster alone, so that the row policies hold every statement to its rows. What goes
wrong inside is told without a word of what stands there.
"""

from collections.abc import Callable
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from clusterwerk.directory.actions.organisations import DOOR
from clusterwerk.platform.access import reading
from clusterwerk.platform.access.seats import HeldSeat, SeatKind, SeatRole, Seats
from clusterwerk.platform.access.session import acting_instead
from clusterwerk.platform.errors import DomainError

_KNOW = "select distinct number from access.clusters_that_know(%s) number order by number"
_OF_MERGE = "select number from access.clusters_of_merge(%s) number order by number"


def clusters_that_know(organisation: int) -> list[int]:
    """Clusters with a row that refers to it; asks for the steward and the open door."""
    return _numbers(_KNOW, organisation)


def clusters_of_merge(number: UUID) -> list[int]:
    """Clusters whose rows followed a merge; asks for the same."""
    return _numbers(_OF_MERGE, number)


def for_each(own: Seats, clusters: list[int], follow: Callable[[int], None]) -> None:
    """Let the rows of each cluster follow, with the seats of that cluster alone."""
    for cluster in clusters:
        manager = Seats(held=(HeldSeat(SeatKind.CLUSTER, SeatRole.MANAGER, cluster),))
        with acting_instead(own, manager, DOOR):
            _unseen(follow, cluster)


def _unseen(follow: Callable[[int], None], cluster: int) -> None:
    try:
        follow(cluster)
    except (DomainError, IntegrityError):
        # `from None`: what was refused names rows that only their cluster may see.
        message = _("Rows of a cluster cannot follow, so nothing was changed.")
        raise DomainError(message) from None


def _numbers(statement: str, told: int | UUID) -> list[int]:
    with reading.connection().cursor() as cursor:
        cursor.execute(statement, [told])
        return [number for (number,) in cursor.fetchall()]
