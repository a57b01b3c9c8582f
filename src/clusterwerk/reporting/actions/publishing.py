"""The import of a document's published figures into rows: all of it, or nothing.

Networks and spearhead clusters become clusters with hosts, agreements and targets; every printed
figure becomes a reading with its place. A second import of the same files changes nothing.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import models, transaction

from clusterwerk.clusters.actions import (
    add_host,
    describe_cluster,
    found_cluster,
    publish_profile,
    register_agency,
)
from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.clusters.queries import clusters_by_key
from clusterwerk.clusters.themes import theme_of
from clusterwerk.directory.actions import NewOrganisation, register_organisation
from clusterwerk.directory.models import IdentifierScheme, Organisation, OrganisationKind
from clusterwerk.directory.queries import organisation_known_as
from clusterwerk.measure.consistency import Fact
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.evidence import digest
from clusterwerk.platform.rows import changed
from clusterwerk.programme.actions import (
    adopt_scheme,
    announce_call,
    record_agreement,
    set_target,
)
from clusterwerk.programme.models import Call, Scheme
from clusterwerk.programme.schemes import scheme_rules
from clusterwerk.reporting import access
from clusterwerk.reporting.figures import Figures, facts, read_figures
from clusterwerk.reporting.figures.document import DocumentFacts, read_document
from clusterwerk.reporting.figures.rows import ClusterRow
from clusterwerk.reporting.models import (
    Document,
    ProjectKind,
    PublishedProject,
    PublishedProjectCluster,
    PublishedReading,
)

PLACE_OF_AGREEMENTS = "table 3"
TARGET = "target"
PROGRAMME_SCHEME = "IBN"


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import wrote, by kind of row; `changed` is empty when nothing differed."""

    document: str
    clusters: int
    readings: int
    changed: dict[str, int] = field(default_factory=dict)


@transaction.atomic
def import_figures(folder: Path) -> ImportOutcome:
    """Read a folder of figures and bring the rows to them.

    Raises `FigureErrors` with every mistake of every file before anything is written. Works with
    the seats of a command, inside a transaction of `acting()`.
    """
    figures, document = read_figures(folder), read_document(folder)
    steward = seats_of_command()
    enter(steward)
    agency, is_new = _agency(steward, document)
    seats = seats_of_command(agency=agency.pk)
    enter(seats, reason=f"import of {figures.document}")
    work = _Import(seats, agency, figures, document, Counter({"agencies": int(is_new)}))
    return work.run()


def _agency(seats: Seats, document: DocumentFacts) -> tuple[Agency, bool]:
    kept = Agency.objects.filter(key=document.agency.key).first()
    if kept:
        return kept, False
    said = document.agency
    return register_agency(seats=seats, key=said.key, name=said.name, country=said.country), True


@dataclass
class _Import:
    """One import in progress: who acts, what was read, and how many rows changed."""

    seats: Seats
    agency: Agency
    figures: Figures
    document: DocumentFacts
    written: Counter[str]

    def run(self) -> ImportOutcome:
        access.may_publish_figures(self.seats, self.agency.pk).require()
        schemes, calls = self._schemes_and_calls()
        clusters = self._clusters()
        for row in self.figures.clusters:
            self._agree(row, clusters[row.key], schemes[row.scheme], calls.get(row.call))
        self._programme_targets(schemes[PROGRAMME_SCHEME])
        record = self._document()
        readings = self._readings(record, clusters)
        self._projects(record, clusters)
        changed_rows = {kind: number for kind, number in self.written.items() if number}
        return ImportOutcome(self.figures.document, len(clusters), readings, changed_rows)

    def _schemes_and_calls(self) -> tuple[dict[str, Scheme], dict[str, Call]]:
        schemes = {}
        for name, said in self.document.schemes.items():
            schemes[name], is_new = adopt_scheme(
                seats=self.seats, agency=self.agency, key=said.key, version=said.version
            )
            self.written["schemes"] += is_new
        calls = {}
        for row in self.figures.clusters:
            if row.call and row.call not in calls:
                calls[row.call], is_new = announce_call(
                    seats=self.seats, scheme=schemes[row.scheme], number=int(row.call)
                )
                self.written["calls"] += is_new
        return schemes, calls

    def _clusters(self) -> dict[str, Cluster]:
        kept = clusters_by_key(self.agency.pk)
        return {row.key: self._cluster(row, kept.get(row.key)) for row in self.figures.clusters}

    def _cluster(self, row: ClusterRow, kept: Cluster | None) -> Cluster:
        said: dict[str, Any] = {
            "name": row.name,
            "aliases": row.aliases,
            "theme_keywords": row.theme_keywords,
            "embedding": row.embedding,
            "origin": row.origin,
        }
        cluster = kept or found_cluster(seats=self.seats, agency=self.agency, key=row.key, **said)
        differs = kept is None or describe_cluster(seats=self.seats, cluster=kept, **said)
        self.written["clusters"] += differs
        self._hosts(row, cluster)
        _profile, is_new = publish_profile(
            seats=self.seats,
            cluster=cluster,
            theme=theme_of(row.key),
            scheme=self.document.schemes[row.scheme].key,
            call_number=int(row.call) if row.call else None,
        )
        self.written["profiles"] += is_new
        return cluster

    def _hosts(self, row: ClusterRow, cluster: Cluster) -> None:
        for position, name in enumerate(row.executing_organisations, 1):
            _host, differs = add_host(
                seats=self.seats,
                cluster=cluster,
                organisation=self._organisation(name),
                position=position,
            )
            self.written["hosts"] += differs

    def _organisation(self, name: str) -> Organisation:
        """The organisation the document names so; the document gives no numbers of a register."""
        known = organisation_known_as(IdentifierScheme.SOURCE_NAME, name)
        if known:
            return known
        self.written["organisations"] += 1
        new = NewOrganisation(
            name=name,
            kind=OrganisationKind(self.document.kind_of(name)),
            source=self.document.title,
            identifiers={IdentifierScheme.SOURCE_NAME: name},
        )
        return register_organisation(seats=self.seats, new=new)

    def _agree(self, row: ClusterRow, cluster: Cluster, scheme: Scheme, call: Call | None) -> None:
        money = {given.cluster: given for given in self.figures.contributions}.get(row.key)
        _agreement, differs = record_agreement(
            seats=self.seats,
            cluster=cluster,
            scheme=scheme,
            call=call,
            starts_on=row.start_date,
            ends_on=self._last_day(row),
            period_basis=self._period_basis(row),
            subsidy=money.subsidy_eur if money else None,
            outlook=row.outlook,
            outlook_elsewhere=row.outlook_elsewhere,
        )
        self.written["agreements"] += differs
        for indicator, value, basis in (
            ("members.paying", row.members, row.members_basis),
            ("collaborations.started", row.collaborations, row.collaborations_basis),
        ):
            if basis == TARGET and value is not None:
                self._target(cluster, scheme, indicator, Decimal(value), "table 7")

    def _last_day(self, row: ClusterRow) -> date:
        """Table 3 lists the agreements; where table 7 differs, the checks show both."""
        found = row.end_date_table3 or row.end_date_table7
        if found is None:
            message = f"{row.key} has no end date in either table"
            raise ValueError(message)
        return found

    def _period_basis(self, row: ClusterRow) -> str:
        start = row.start_basis or "start not printed"
        return f"end: {PLACE_OF_AGREEMENTS}; start: {start}"

    def _programme_targets(self, scheme: Scheme) -> None:
        for fact in facts(self.figures):
            if fact.subject == "programme" and fact.basis == TARGET and not fact.dimension:
                self._target(None, scheme, fact.indicator, fact.number, fact.place)

    def _target(
        self, cluster: Cluster | None, scheme: Scheme, indicator: str, value: Decimal, place: str
    ) -> None:
        _kept, differs = set_target(
            seats=self.seats,
            agency=self.agency,
            cluster=cluster,
            scheme=scheme,
            indicator=indicator,
            value=value,
            due_after_months=scheme_rules()[scheme.key].duration.months,
            source=f"{self.document.title}, {place}",
        )
        self.written["targets"] += differs

    def _document(self) -> Document:
        said: dict[str, Any] = {
            "title": self.document.title,
            "publisher": self.document.publisher,
            "published_on": self.document.published_on,
            "digest": digest(repr(fact) for fact in facts(self.figures)),
        }
        record, is_new = Document.objects.get_or_create(
            agency=self.agency, key=self.figures.document, defaults=said
        )
        self.written["documents"] += is_new or changed(record, **said)
        return record

    def _readings(self, record: Document, clusters: dict[str, Cluster]) -> int:
        wanted = [
            _reading(fact, position, record, clusters)
            for position, fact in enumerate(facts(self.figures), 1)
        ]
        kept = {row.key: row for row in PublishedReading.objects.filter(document=record)}
        self.written["readings"] += _bring_to(PublishedReading, kept, wanted)
        return len(wanted)

    def _projects(self, record: Document, clusters: dict[str, Cluster]) -> None:
        kept = {
            (row.kind, row.title): row for row in PublishedProject.objects.filter(document=record)
        }
        for position, (project, parts) in enumerate(self._listed(record), 1):
            project.position = position
            known = kept.get((project.kind, project.title))
            self.written["projects"] += _save_if_different(known, project)
            self._parts(known or project, [clusters[key] for key in parts])

    def _listed(self, record: Document) -> Iterable[tuple[PublishedProject, tuple[str, ...]]]:
        common = {"agency": self.agency, "document": record}
        for row in self.figures.applications:
            yield (
                PublishedProject(
                    **common,
                    kind=ProjectKind.APPLICATION,
                    title=row.title,
                    title_basis=row.title_basis,
                    partners=list(row.other_participants),
                    approved=row.approved,
                    place="table 10",
                ),
                row.clusters,
            )
        for example in self.figures.collaborations:
            yield (
                PublishedProject(
                    **common,
                    kind=ProjectKind.COLLABORATION,
                    title=example.title,
                    instrument=example.instrument,
                    years=example.years,
                    partners=list(example.partners),
                    place="table 9",
                ),
                (example.cluster,),
            )

    def _parts(self, project: PublishedProject, clusters: list[Cluster]) -> None:
        kept = set(project.parts.values_list("cluster_id", flat=True))
        new = [
            PublishedProjectCluster(agency=self.agency, project=project, cluster=cluster)
            for cluster in clusters
            if cluster.pk not in kept
        ]
        PublishedProjectCluster.objects.bulk_create(new)
        self.written["project parts"] += len(new)


def _reading(
    fact: Fact, position: int, record: Document, clusters: dict[str, Cluster]
) -> PublishedReading:
    return PublishedReading(
        agency_id=record.agency_id,
        cluster=clusters.get(fact.subject),
        document=record,
        key=fact.key,
        subject=fact.subject,
        indicator=fact.indicator,
        number=fact.value if isinstance(fact.value, Decimal) else None,
        decimals=_decimals(fact.value),
        day=fact.value if isinstance(fact.value, date) else None,
        text=fact.value if isinstance(fact.value, str) else None,
        unit=fact.unit,
        qualifier=fact.qualifier,
        basis=fact.basis,
        as_of=fact.as_of,
        place=fact.place,
        dimension=fact.dimension,
        segment=fact.segment,
        attributes=dict(fact.attributes),
        position=position,
    )


def _decimals(value: object) -> int:
    if not isinstance(value, Decimal):
        return 0
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _facts_of(row: models.Model) -> dict[str, Any]:
    return {
        item.attname: getattr(row, item.attname)
        for item in row._meta.concrete_fields
        if not item.primary_key
    }


def _save_if_different(known: models.Model | None, wanted: models.Model) -> bool:
    if known is None:
        wanted.save(force_insert=True)
        return True
    return changed(known, **_facts_of(wanted))


def _bring_to(
    model: type[PublishedReading],
    kept: dict[str, PublishedReading],
    wanted: list[PublishedReading],
) -> int:
    """Insert what is new, change what differs, take away what the files no longer hold."""
    new = [row for row in wanted if row.key not in kept]
    model.objects.bulk_create(new)
    altered = sum(changed(kept[row.key], **_facts_of(row)) for row in wanted if row.key in kept)
    gone = set(kept) - {row.key for row in wanted}
    model.objects.filter(pk__in=[kept[key].pk for key in gone]).delete()
    return len(new) + altered + len(gone)
