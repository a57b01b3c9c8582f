"""Who signs in to look around; their addresses end in a domain that no mail can reach.

Django is not needed to read this list, so that a start script can print it.
"""

from dataclasses import dataclass

from clusterwerk.platform.access.seats import SeatKind, SeatRole

DEMO_PASSWORD = "polder-windmolen-demo"  # noqa: S105 - printed at every start of the demo
DOMAIN = "demo.clusterwerk.example"
AGENCY_KEY = "vlaio"
MANAGED = "air-cargo-belgium"
MANAGED_TOO = "euka"


@dataclass(frozen=True, slots=True)
class DemoSeat:
    """A seat by the key of its cluster; agency and organisation are the demo's only ones."""

    kind: SeatKind
    role: SeatRole
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One account; `role` is what the list of sign-ins calls it."""

    key: str
    role: str
    name: str
    seats: tuple[DemoSeat, ...]

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


DEMO_PEOPLE = (
    DemoPerson(
        "manager",
        "cluster manager",
        "Mira Voorbeeld",
        (
            DemoSeat(SeatKind.CLUSTER, SeatRole.MANAGER, MANAGED),
            DemoSeat(SeatKind.CLUSTER, SeatRole.MANAGER, MANAGED_TOO),
        ),
    ),
    DemoPerson(
        "staff",
        "cluster staff",
        "Stan Staalkaart",
        (DemoSeat(SeatKind.CLUSTER, SeatRole.STAFF, MANAGED),),
    ),
    DemoPerson(
        "programme",
        "agency programme manager",
        "Petra Proefdraai",
        (DemoSeat(SeatKind.AGENCY, SeatRole.PROGRAMME_MANAGER),),
    ),
    DemoPerson(
        "account",
        "agency account manager",
        "Arne Oefening",
        (DemoSeat(SeatKind.AGENCY, SeatRole.ACCOUNT_MANAGER),),
    ),
    DemoPerson(
        "member",
        "member",
        "Lotte Lidmaat",
        (DemoSeat(SeatKind.ORGANISATION, SeatRole.REPRESENTATIVE),),
    ),
    DemoPerson(
        "evaluator",
        "evaluator",
        "Eva Meetlat",
        (DemoSeat(SeatKind.EVALUATION, SeatRole.EVALUATOR),),
    ),
    DemoPerson(
        "steward",
        "steward",
        "Stijn Sleutelbos",
        (DemoSeat(SeatKind.STEWARD, SeatRole.STEWARD),),
    ),
)
