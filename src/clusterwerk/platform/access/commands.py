"""Seats of commands that work without a signed-in person: the import and the demo."""

from clusterwerk.platform.access.seats import HeldSeat, SeatKind, SeatRole, Seats


def seats_of_command(*, agency: int | None = None, clusters: frozenset[int] = frozenset()) -> Seats:
    """Steward of the installation; with an agency also its programme manager.

    The clusters named are managed too, so that a command passes the same row policies as a person
    with these seats. Whoever starts the command has the shell of the installation.
    """
    steward = HeldSeat(SeatKind.STEWARD, SeatRole.STEWARD)
    if agency is None:
        return Seats(held=(steward,))
    programme = HeldSeat(SeatKind.AGENCY, SeatRole.PROGRAMME_MANAGER, agency, agency)
    managed = tuple(
        HeldSeat(SeatKind.CLUSTER, SeatRole.MANAGER, cluster, agency)
        for cluster in sorted(clusters)
    )
    return Seats(held=(steward, programme, *managed))
