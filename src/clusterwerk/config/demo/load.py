"""Brings the demo into the database through the rooms' own actions, row policies included.

Each step is one transaction with the seats of a command, so a demo that was interrupted is
completed by the next run, and a complete one is left alone.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.clusters.queries import clusters_by_key
from clusterwerk.config.demo import accounts
from clusterwerk.config.demo.activities import keep_demo_activities
from clusterwerk.config.demo.agenda import keep_demo_agenda
from clusterwerk.config.demo.categories import keep_demo_categories
from clusterwerk.config.demo.contacts import keep_demo_people
from clusterwerk.config.demo.groups import keep_demo_group
from clusterwerk.config.demo.mailings import keep_demo_mailings
from clusterwerk.config.demo.mails import keep_demo_mails
from clusterwerk.config.demo.matchmaking import keep_demo_matchmaking
from clusterwerk.config.demo.material import DemoTarget, demo_targets, material, networks
from clusterwerk.config.demo.members import SOURCE, DemoMembers
from clusterwerk.config.demo.offers import keep_demo_offers
from clusterwerk.config.demo.people import AGENCY_KEY, MANAGED, MANAGED_TOO
from clusterwerk.config.demo.population import (
    AGES_AS_OF,
    InventedNetwork,
    Population,
    make_population,
)
from clusterwerk.config.demo.team import keep_demo_team
from clusterwerk.config.demo.together import keep_demo_together
from clusterwerk.directory.actions import NewOrganisation, register_organisations
from clusterwerk.directory.identifiers import demo_number
from clusterwerk.directory.models import IdentifierScheme, Organisation, OrganisationKind
from clusterwerk.directory.places import load_places
from clusterwerk.directory.queries import organisations_known_as, places_by_nis_code
from clusterwerk.directory.sectors import load_sectors
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import acting
from clusterwerk.platform.errors import DomainError
from clusterwerk.programme.actions import set_target
from clusterwerk.programme.models import Target
from clusterwerk.programme.queries import latest_agreement, term_of_cluster
from clusterwerk.programme.schemes import scheme_rules
from clusterwerk.reporting.actions import record_counts

REASON = "demo"

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class DemoOutcome:
    """How many rows a run added, by kind; empty when the demo was complete."""

    organisations: int
    members: int
    added: dict[str, int] = field(default_factory=dict)


def load_demo(day: date, *, progress: Progress = lambda _step: None) -> DemoOutcome:
    """Complete the demo as it stands on a day, after the published figures were imported.

    Raises `DomainError` when the figures are missing, or the day lies before the one at which the
    demo's organisations have their ages.
    """
    if day < AGES_AS_OF:
        message = _("The demo begins on %(day)s; give that day or a later one.")
        raise DomainError(message % {"day": AGES_AS_OF.isoformat()})
    people = make_population(networks(), material(), together=(MANAGED, MANAGED_TOO))
    work = _Load(day, people, _agency(), progress, Counter())
    work.run()
    return DemoOutcome(
        len(people.organisations),
        sum(len(network.members) for network in people.networks),
        {kind: number for kind, number in work.added.items() if number},
    )


def _agency() -> Agency:
    with acting(seats_of_command()):
        agency = Agency.objects.filter(key=AGENCY_KEY).first()
    if agency is None:
        raise DomainError(_("Import the published figures first: clusterwerk figures import."))
    return agency


@dataclass
class _Load:
    """One run: the day, what is wanted, and how many rows were added."""

    day: date
    population: Population
    agency: Agency
    progress: Progress
    added: Counter[str]

    def run(self) -> None:
        seats = seats_of_command(agency=self.agency.pk)
        self.progress("places")
        with acting(seats, reason=REASON):
            self.added["places"] += load_places(seats=seats)
            self.added["sectors"] += load_sectors(seats=seats)
        self.progress("organisations")
        organisations = self._organisations()
        with acting(seats):
            clusters = clusters_by_key(self.agency.pk)
        self.progress("targets")
        self._targets(clusters)
        for network in self.population.networks:
            self.progress(network.key)
            self._network(network, clusters[network.key], organisations)
        self.progress("register")
        self._register(seats)
        self.progress("people")
        self._people(clusters, organisations[0])
        self._contacts(clusters[MANAGED], organisations[0])
        self._contacts(clusters[MANAGED_TOO])
        self._together(clusters[MANAGED], clusters[MANAGED_TOO])
        self.added["told by members"] += keep_demo_offers(
            organisation=organisations[0],
            clusters=(clusters[MANAGED], clusters[MANAGED_TOO]),
            day=self.day,
        )

    def _together(self, first: Cluster, second: Cluster) -> None:
        managed = frozenset({first.pk, second.pk})
        seats = seats_of_command(agency=self.agency.pk, clusters=managed)
        with acting(seats, reason=REASON):
            self.added["activities of several"] += keep_demo_together(
                seats=seats, agency=self.agency, first=first, second=second, day=self.day
            )

    def _register(self, seats: Seats) -> None:
        from clusterwerk.directory.actions.register_demo import (  # noqa: PLC0415 - a heavy library
            load_demo_register,
        )

        self.added["registered enterprises"] += load_demo_register(seats=seats)

    def _organisations(self) -> list[Organisation]:
        seats = seats_of_command(agency=self.agency.pk)
        wanted = self.population.organisations
        numbers = [demo_number(each.index) for each in wanted]
        with acting(seats, reason=REASON):
            places = places_by_nis_code()
            known = organisations_known_as(IdentifierScheme.BE_ENTERPRISE, numbers)
            missing = [
                NewOrganisation(
                    name=each.name,
                    kind=OrganisationKind.ENTERPRISE,
                    source=SOURCE,
                    place=places[each.nis_code],
                    started_on=each.started_on,
                    is_demo=True,
                    identifiers={IdentifierScheme.BE_ENTERPRISE: number},
                )
                for each, number in zip(wanted, numbers, strict=True)
                if number not in known
            ]
            made = register_organisations(seats=seats, new=missing)
        self.added["organisations"] += len(made)
        new = iter(made)
        return [known.get(number) or next(new) for number in numbers]

    def _targets(self, clusters: dict[str, Cluster]) -> None:
        seats = seats_of_command(agency=self.agency.pk)
        with acting(seats, reason=REASON):
            kept = set(Target.objects.values_list("cluster__key", "indicator"))
            for target in demo_targets():
                if (target.cluster, target.indicator) not in kept:
                    self._target(target, clusters[target.cluster])

    def _target(self, target: DemoTarget, cluster: Cluster) -> None:
        agreement = latest_agreement(cluster.pk)
        if agreement is None:
            return
        _row, is_new = set_target(
            seats=seats_of_command(agency=self.agency.pk),
            agency=self.agency,
            cluster=cluster,
            scheme=agreement.scheme,
            indicator=target.indicator,
            value=target.value,
            due_after_months=scheme_rules()[agreement.scheme.key].duration.months,
            source=SOURCE,
            is_demo=True,
        )
        self.added["targets"] += is_new

    def _network(
        self, network: InventedNetwork, cluster: Cluster, organisations: list[Organisation]
    ) -> None:
        """Members, promises and sizes of one cluster, and what its indicators count then."""
        seats = seats_of_command(agency=self.agency.pk, clusters=frozenset({cluster.pk}))
        with acting(seats, reason=REASON):
            work = DemoMembers(seats, self.day, network, cluster, self.population, organisations)
            self.added.update(work.complete())
            if network.key in {MANAGED, MANAGED_TOO}:
                team = keep_demo_team(seats=seats, cluster=cluster, day=self.day)
                self.added["posts and hours of teams"] += team
                rules = keep_demo_categories(seats=seats, cluster=cluster)
                self.added["rules and services"] += rules

    def _contacts(self, cluster: Cluster, at: Organisation | None = None) -> None:
        """People and work of a managed cluster; after the accounts, which write it.

        `at` is the organisation of the demo's member, which is the cluster's member too.
        """
        seats = seats_of_command(agency=self.agency.pk, clusters=frozenset({cluster.pk}))
        with acting(seats, reason=REASON):
            added = keep_demo_people(seats=seats, cluster=cluster, day=self.day, at=at)
            self.added["people and work"] += added
            mails = keep_demo_mails(seats=seats, cluster=cluster, day=self.day)
            self.added["mails"] += mails
            came = keep_demo_activities(seats=seats, cluster=cluster, day=self.day)
            self.added["activities and who was there"] += came
            coming = keep_demo_agenda(seats=seats, cluster=cluster, day=self.day)
            self.added["activities to come and who registered"] += coming
            met = keep_demo_group(seats=seats, cluster=cluster, day=self.day)
            self.added["groups and their meetings"] += met
            if came or met:
                self._count_participation(cluster, seats)
            matched = keep_demo_matchmaking(seats=seats, cluster=cluster, day=self.day)
            self.added["a matchmaking day"] += matched
            mailed = keep_demo_mailings(seats=seats, cluster=cluster, day=self.day)
            self.added["mailings and who got them"] += mailed

    def _count_participation(self, cluster: Cluster, seats: Seats) -> None:
        """The other figures stand since its members came."""
        term = term_of_cluster(cluster.pk)
        if term is not None:
            day = term.reference_day(self.day)
            counted = record_counts(seats=seats, cluster=cluster, day=day)
            self.added["counted readings"] += len(counted)

    def _people(self, clusters: dict[str, Cluster], organisation: Organisation) -> None:
        seats = seats_of_command(agency=self.agency.pk)
        with acting(seats, reason=REASON):
            self.added["accounts"] += accounts.open_accounts()
            self.added["seats"] += accounts.give_seats(
                seats=seats, agency=self.agency, clusters=clusters, organisation=organisation
            )
