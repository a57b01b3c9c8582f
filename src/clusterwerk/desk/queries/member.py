"""The home of a member organisation: what it tells its clusters, and what they promise it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from clusterwerk.clusters.models import Seat
from clusterwerk.directory.models import Organisation
from clusterwerk.directory.queries import enterprise_numbers
from clusterwerk.members.models import SizeStatement
from clusterwerk.members.queries.offers import (
    OwnEntry,
    OwnProfile,
    own_entries,
    own_profiles,
)
from clusterwerk.members.queries.promises import (
    HeldMembership,
    clusters_ever,
    clusters_now,
    held_memberships,
)
from clusterwerk.platform.access.seats import SeatKind


@dataclass(frozen=True, slots=True)
class MemberDesk:
    """One organisation, as it may see itself; `clusters` are those of which it is a member now."""

    organisation: Organisation
    memberships: tuple[HeldMembership, ...]
    profiles: tuple[OwnProfile, ...]
    entries: tuple[OwnEntry, ...]
    sizes: tuple[SizeStatement, ...]
    clusters: dict[int, str]
    cluster_names: dict[int, str]
    people: tuple[Seat, ...]

    @property
    def numbers(self) -> list[str]:
        """Enterprise numbers as people write them."""
        return enterprise_numbers(self.organisation)

    @property
    def open_entries(self) -> list[OwnEntry]:
        return [entry for entry in self.entries if entry.is_open]

    @property
    def closed_entries(self) -> list[OwnEntry]:
        return [entry for entry in self.entries if not entry.is_open]

    @property
    def untold(self) -> list[str]:
        """Names of clusters that were told nothing of who it is."""
        return [each.name for each in self.profiles if each.profile is None]


def represented(organisations: Collection[int]) -> list[Organisation]:
    """Organisations that a person represents, to choose from, by name."""
    rows = Organisation.objects.filter(pk__in=organisations).select_related("place")
    return list(rows.prefetch_related("identifiers").order_by("name_sort", "pk"))


def member_desk(organisation: Organisation, today: date) -> MemberDesk:
    """Everything of one organisation."""
    held = held_memberships([organisation.pk], today)
    now, ever = clusters_now(held), clusters_ever(held)
    sizes = SizeStatement.objects.filter(organisation=organisation).order_by("-year", "id")
    seats = Seat.objects.held_on(today).filter(
        kind=SeatKind.ORGANISATION, organisation=organisation
    )
    return MemberDesk(
        organisation,
        tuple(held),
        tuple(own_profiles(organisation.pk, now, ever)),
        tuple(own_entries(organisation.pk, now, ever, today)),
        tuple(sizes),
        now,
        ever,
        tuple(seats.select_related("user").order_by("user__name", "pk")),
    )
