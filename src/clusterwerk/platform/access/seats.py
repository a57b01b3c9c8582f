"""Who a person is: the seats they hold, and the sets of owners that follow from them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class SeatKind(StrEnum):
    """Where a seat stands."""

    CLUSTER = "cluster"
    AGENCY = "agency"
    ORGANISATION = "organisation"
    EVALUATION = "evaluation"
    STEWARD = "steward"


class SeatRole(StrEnum):
    """What a seat is for; a role belongs to one kind of seat."""

    MANAGER = "manager"
    STAFF = "staff"
    FINANCE = "finance"
    OBSERVER = "observer"
    PROGRAMME_MANAGER = "programme_manager"
    ACCOUNT_MANAGER = "account_manager"
    REPRESENTATIVE = "representative"
    EVALUATOR = "evaluator"
    STEWARD = "steward"


ROLES_OF_KIND = {
    SeatKind.CLUSTER: (SeatRole.MANAGER, SeatRole.STAFF, SeatRole.FINANCE, SeatRole.OBSERVER),
    SeatKind.AGENCY: (SeatRole.PROGRAMME_MANAGER, SeatRole.ACCOUNT_MANAGER),
    SeatKind.ORGANISATION: (SeatRole.REPRESENTATIVE,),
    SeatKind.EVALUATION: (SeatRole.EVALUATOR,),
    SeatKind.STEWARD: (SeatRole.STEWARD,),
}
READING_ROLES = frozenset({SeatRole.OBSERVER, SeatRole.ACCOUNT_MANAGER, SeatRole.EVALUATOR})


@dataclass(frozen=True, slots=True)
class HeldSeat:
    """One seat; `place` is the cluster, agency or organisation it stands in.

    `programme` is the agency whose schemes and calls the seat may read.
    """

    kind: SeatKind
    role: SeatRole
    place: int | None = None
    programme: int | None = None

    @property
    def writes(self) -> bool:
        return self.role not in READING_ROLES


@dataclass(frozen=True)
class Seats:
    """All seats of one actor at one moment; without an actor and seats no row exists."""

    actor: int | None = None
    held: tuple[HeldSeat, ...] = ()
    unlocked: frozenset[str] = field(default_factory=frozenset)

    def places(self, kind: SeatKind, *, writing: bool = False) -> frozenset[int]:
        """Places where a seat of this kind is held, or only those where it may write."""
        return frozenset(
            seat.place
            for seat in self.held
            if seat.kind == kind and seat.place is not None and (seat.writes or not writing)
        )

    def has_role(self, role: SeatRole, place: int | None = None) -> bool:
        """Whether the role is held, in that place when one is given."""
        return any(seat.role == role and place in (None, seat.place) for seat in self.held)

    @cached_property
    def clusters(self) -> frozenset[int]:
        return self.places(SeatKind.CLUSTER)

    @cached_property
    def agencies(self) -> frozenset[int]:
        return self.places(SeatKind.AGENCY)

    @cached_property
    def organisations(self) -> frozenset[int]:
        return self.places(SeatKind.ORGANISATION)

    @cached_property
    def programmes(self) -> frozenset[int]:
        """Agencies whose schemes and calls may be read: one's own and those of one's clusters."""
        return frozenset(seat.programme for seat in self.held if seat.programme is not None)

    @cached_property
    def is_steward(self) -> bool:
        return self.has_role(SeatRole.STEWARD)

    @cached_property
    def managed_clusters(self) -> frozenset[int]:
        return frozenset(
            seat.place
            for seat in self.held
            if seat.role == SeatRole.MANAGER and seat.place is not None
        )


NOBODY = Seats()

SeatProvider = Callable[[int], Iterable[HeldSeat]]
_providers: list[SeatProvider] = []


def register_seats(provider: SeatProvider) -> None:
    """Let a room add the seats it knows of; called once from its `apps.py`."""
    if provider not in _providers:
        _providers.append(provider)


def seats_for(actor: int) -> Seats:
    """Seats of a person as they stand now, asked from every room that hands out seats.

    Runs inside the transaction that `session.enter` opened with this actor.
    """
    held = tuple(seat for provider in _providers for seat in provider(actor))
    return Seats(actor=actor, held=held)
