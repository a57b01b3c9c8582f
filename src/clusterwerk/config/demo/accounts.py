"""Accounts and seats of the demo's people."""

from django.contrib.auth.hashers import make_password

from clusterwerk.clusters.actions import give_seat
from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.config.demo.people import DEMO_PASSWORD, DEMO_PEOPLE, DemoPerson, DemoSeat
from clusterwerk.config.demo.population import AGES_AS_OF
from clusterwerk.directory.models import Organisation
from clusterwerk.platform.access.seats import SeatKind, Seats
from clusterwerk.platform.accounts.actions import open_account
from clusterwerk.platform.models import User

WITHOUT_AGENCY = {SeatKind.STEWARD, SeatKind.ORGANISATION}


def open_accounts() -> int:
    """Accounts that were missing, each with a confirmed address; returns how many.

    The password is hashed once for all, because it is no secret and hashing takes its time. Who
    has an account keeps it as it is.
    """
    known = set(User.objects.filter(is_demo=True).values_list("email", flat=True))
    missing = [person for person in DEMO_PEOPLE if person.email not in known]
    if missing:
        password = make_password(DEMO_PASSWORD)
        for person in missing:
            _open(person, password)
    return len(missing)


def _open(person: DemoPerson, password: str) -> None:
    account = open_account(email=person.email, name=person.name, confirmed=True, is_demo=True)
    account.password = password
    account.save(update_fields=["password"])


def give_seats(
    *, seats: Seats, agency: Agency, clusters: dict[str, Cluster], organisation: Organisation
) -> int:
    """Seats that were missing; returns how many."""
    users = {user.email: user for user in User.objects.filter(is_demo=True)}
    given = [
        give_seat(
            seats=seats,
            user=users[person.email],
            kind=seat.kind,
            role=seat.role,
            since=AGES_AS_OF,
            cluster=clusters[seat.cluster] if seat.cluster else None,
            agency=None if seat.kind in WITHOUT_AGENCY else agency,
            organisation=organisation if seat.kind == SeatKind.ORGANISATION else None,
        )
        for person, seat in _wanted()
    ]
    return sum(is_new for _seat, is_new in given)


def _wanted() -> list[tuple[DemoPerson, DemoSeat]]:
    return [(person, seat) for person in DEMO_PEOPLE for seat in person.seats]
