"""The demo's members of one cluster: memberships, promises, sizes, and what they count to."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from clusterwerk.clusters.models import Cluster
from clusterwerk.config.demo.population import (
    InventedMember,
    InventedNetwork,
    InventedOrganisation,
    Population,
)
from clusterwerk.directory.models import Organisation
from clusterwerk.members.actions import (
    NewMember,
    Promise,
    Size,
    join_many,
    offer_category,
    promise_contributions,
    state_sizes,
)
from clusterwerk.members.models import Contribution, Membership, SizeStatement
from clusterwerk.platform.access.seats import Seats
from clusterwerk.programme.queries import Term, term_of_cluster
from clusterwerk.reporting.actions import record_counts
from clusterwerk.reporting.models import CountedReading

SOURCE = "demo"
CATEGORY = "Lid"
SIZE_YEAR = 2019
BEFORE_THE_TERM = timedelta(days=6 * 365)  # how far back the older memberships began


@dataclass
class DemoMembers:
    """Completes one cluster, inside a transaction in which these seats act."""

    seats: Seats
    day: date
    network: InventedNetwork
    cluster: Cluster
    population: Population
    organisations: list[Organisation]

    def complete(self) -> Counter[str]:
        """How many rows were added, by kind."""
        added = Counter(
            members=self._join(), contributions=self._promise(), sizes=self._state_sizes()
        )
        if added.total() or not self._is_counted():
            counted = record_counts(seats=self.seats, cluster=self.cluster, day=self._counted_on)
            added["counted readings"] = len(counted)
        return added

    def _join(self) -> int:
        known = self._memberships()
        missing = [each for each in self.network.members if self._pk(each) not in known]
        category, _is_new = offer_category(seats=self.seats, cluster=self.cluster, name=CATEGORY)
        new = [
            NewMember(
                organisation=self.organisations[each.organisation],
                category=category,
                first_day=self._first_day(each),
                is_paying=True,
                source=self._source,
            )
            for each in missing
        ]
        return len(join_many(seats=self.seats, cluster=self.cluster, new=new))

    def _promise(self) -> int:
        """One year's contributions: of the working year in which the day falls."""
        memberships = self._memberships()
        promised = set(
            Contribution.objects.filter(cluster=self.cluster).values_list(
                "organisation_id", flat=True
            )
        )
        promises = [
            Promise(
                memberships[self._pk(each)], self._term.working_year(self.day), each.contribution
            )
            for each in self.network.members
            if self._pk(each) not in promised
        ]
        return len(
            promise_contributions(seats=self.seats, cluster_id=self.cluster.pk, promises=promises)
        )

    def _state_sizes(self) -> int:
        stated = set(
            SizeStatement.objects.filter(cluster=self.cluster).values_list(
                "organisation_id", flat=True
            )
        )
        sizes = [
            Size(self.organisations[each.organisation], SIZE_YEAR, SOURCE, headcount=headcount)
            for each in self.network.members
            if (headcount := self._invented(each).headcount) and self._pk(each) not in stated
        ]
        return len(state_sizes(seats=self.seats, cluster_id=self.cluster.pk, sizes=sizes))

    def _is_counted(self) -> bool:
        return CountedReading.objects.filter(cluster=self.cluster).exists()

    def _memberships(self) -> dict[int, Membership]:
        rows = Membership.objects.filter(cluster=self.cluster)
        return {row.organisation_id: row for row in rows}

    def _first_day(self, member: InventedMember) -> date:
        """Never before the organisation exists, and never after the day."""
        term = self._term
        if member.is_new:
            passed = self._counted_on - term.first_day
            joined = term.first_day + member.moment * passed
        else:
            joined = term.first_day - member.moment * BEFORE_THE_TERM - timedelta(days=1)
        return min(max(joined, self._invented(member).started_on), self.day)

    @property
    def _counted_on(self) -> date:
        """The day the desk of this cluster speaks of."""
        return self._term.reference_day(self.day)

    @cached_property
    def _term(self) -> Term:
        term = term_of_cluster(self.cluster.pk)
        assert term is not None  # every network of table 8 has an agreement
        return term

    @property
    def _source(self) -> str:
        """Says where the demo could not follow the printed figures."""
        if not self.network.impossible:
            return SOURCE
        fewest = self.network.profile.contributors_to_half
        return f"{SOURCE}; {fewest} members bring half, because the printed number is not possible"

    def _invented(self, member: InventedMember) -> InventedOrganisation:
        return self.population.organisations[member.organisation]

    def _pk(self, member: InventedMember) -> int:
        return self.organisations[member.organisation].pk
