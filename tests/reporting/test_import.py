"""The import of the shipped figures: real rows, the same after a second run, all or nothing."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from clusterwerk.clusters.models import Agency, Cluster, ClusterHost, PublicProfile
from clusterwerk.directory.models import Organisation
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.session import enter
from clusterwerk.programme.models import Agreement, Call, Scheme, Target
from clusterwerk.reporting.actions import ImportOutcome, import_figures
from clusterwerk.reporting.figures import FigureErrors
from clusterwerk.reporting.models import (
    Document,
    ProjectKind,
    PublishedProject,
    PublishedReading,
)

SHIPPED = Path(__file__).resolve().parents[2] / "src/clusterwerk/reporting/data/flanders-2020"


@pytest.fixture
def outcome(db: None) -> ImportOutcome:
    enter(seats_of_command())
    made = import_figures(SHIPPED)
    enter(seats_of_command(agency=Agency.objects.get().pk))
    return made


def reading(subject: str, indicator: str, **facts: str) -> PublishedReading:
    return PublishedReading.objects.get(subject=subject, indicator=indicator, **facts)


def test_twenty_networks_and_six_spearhead_clusters_become_rows(outcome: ImportOutcome) -> None:
    assert outcome.clusters == Cluster.objects.count() == PublicProfile.objects.count() == 26
    schemes = PublicProfile.objects.values_list("scheme", flat=True)
    assert sorted(schemes).count("flanders-ibn") == 20
    assert sorted(schemes).count("flanders-spc") == 6


def test_a_network_has_its_aliases_hosts_scheme_call_and_agreement(
    outcome: ImportOutcome,
) -> None:
    cluster = Cluster.objects.get(key="offshore-energy")
    assert cluster.aliases == ["Offshore Energie"]
    hosts = ClusterHost.objects.filter(cluster=cluster).values_list("organisation__name", flat=True)
    assert list(hosts) == ["Sirris", "UGent"]
    agreement = Agreement.objects.select_related("call", "scheme").get(cluster=cluster)
    assert agreement.call is not None
    assert (agreement.scheme.key, agreement.call.number) == ("flanders-ibn", 1)
    assert agreement.subsidy == Decimal(299063)
    assert (agreement.starts_on, agreement.ends_on) == (None, date(2020, 2, 20))


def test_an_organisation_that_hosts_several_networks_stands_once(outcome: ImportOutcome) -> None:
    assert Organisation.objects.filter(name="Sirris").count() == 1
    assert ClusterHost.objects.filter(organisation__name="Sirris").count() == 3


def test_a_reading_keeps_document_place_qualifier_and_printed_decimals(
    outcome: ImportOutcome,
) -> None:
    again = reading("programme", "members.paying", qualifier="almost")
    assert (again.number, again.place) == (Decimal(1200), "section 4 (2.1)")
    mean = reading("programme", "survey.benefits.mean", segment="medium_large")
    assert str(mean.value) == "3.00"
    assert mean.document.title.startswith("Een onderzoek naar clusterondersteuning")


def test_both_printed_end_dates_are_kept(outcome: ImportOutcome) -> None:
    dates = PublishedReading.objects.filter(subject="flanders-health", unit="date")
    assert set(dates.values_list("day", "place")) == {
        (date(2021, 8, 31), "table 3"),
        (date(2021, 11, 30), "table 7"),
    }


def test_targets_are_the_programmes_and_those_of_networks_without_a_report(
    outcome: ImportOutcome,
) -> None:
    programme = Target.objects.filter(cluster=None).values_list("indicator", "value")
    assert dict(programme) == {
        "members.paying": Decimal(1337),
        "members.new": Decimal(690),
        "collaborations.started": Decimal(246),
    }
    own = Target.objects.exclude(cluster=None).values_list("cluster__key", flat=True)
    assert set(own) == {"the-beacon", "smart-buildings-in-use", "flanders-health"}


def test_applications_and_examples_are_listed_with_their_clusters(outcome: ImportOutcome) -> None:
    assert PublishedProject.objects.filter(kind=ProjectKind.APPLICATION).count() == 15
    assert PublishedProject.objects.filter(kind=ProjectKind.COLLABORATION).count() == 5
    shared = PublishedProject.objects.get(title__startswith="Drones als hulpmiddel: nieuwe")
    assert set(shared.parts.values_list("cluster__key", flat=True)) == {
        "euka",
        "bouwindustrialisatie",
        "bim",
    }


def test_importing_twice_changes_nothing(outcome: ImportOutcome) -> None:
    assert outcome.changed["readings"] == outcome.readings
    assert import_figures(SHIPPED).changed == {}


def test_a_corrected_figure_changes_only_its_reading(
    outcome: ImportOutcome, tmp_path: Path
) -> None:
    folder = tmp_path / "flanders-2020"
    shutil.copytree(SHIPPED, folder)
    table = folder / "contributions.csv"
    table.write_text(table.read_text("utf-8").replace("b-hive,450000,", "b-hive,440000,"), "utf-8")
    assert import_figures(folder).changed == {"agreements": 1, "documents": 1, "readings": 1}
    assert reading("b-hive", "agreement.subsidy").number == 440000


def test_a_mistake_imports_nothing_and_names_its_place(db: None, tmp_path: Path) -> None:
    folder = tmp_path / "flanders-2020"
    shutil.copytree(SHIPPED, folder)
    table = folder / "contributions.csv"
    text = table.read_text("utf-8")
    table.write_text(
        text.replace("b-hive,450000,", "b-hive,much,").replace("bim,450000", "bym,450000"), "utf-8"
    )
    enter(seats_of_command())
    with pytest.raises(FigureErrors) as caught:
        import_figures(folder)
    places = [(error.file, error.line, error.column) for error in caught.value.errors]
    assert places == [("contributions.csv", 4, "subsidy_eur"), ("contributions.csv", 5, "cluster")]
    assert "much" in str(caught.value)
    assert Agency.objects.count() == Document.objects.count() == 0


def test_only_a_programme_manager_of_the_agency_may_import(outcome: ImportOutcome) -> None:
    """The rows are the agency's own: a steward alone sees and writes none of them."""
    enter(seats_of_command())
    assert (Scheme.objects.count(), Call.objects.count(), Agreement.objects.count()) == (0, 0, 0)
