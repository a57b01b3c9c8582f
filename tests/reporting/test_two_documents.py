"""A newer document beside an older one, and a corrected copy of the same one."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.session import enter
from clusterwerk.portal.queries.clusters import first_readings
from clusterwerk.portal.queries.programme import headlines
from clusterwerk.reporting.actions import import_figures
from clusterwerk.reporting.models import Document
from clusterwerk.reporting.queries.oversight import programme_totals
from clusterwerk.reporting.queries.readings import figures_of_clusters

SHIPPED = Path(__file__).resolve().parents[2] / "src/clusterwerk/reporting/data/flanders-2020"
Edit = Callable[[str, str, str], None]


@pytest.fixture
def folder(db: None, tmp_path: Path) -> Path:
    """A copy under another name, after the shipped report was imported."""
    copied = tmp_path / "corrected"
    shutil.copytree(SHIPPED, copied)
    enter(seats_of_command())
    import_figures(SHIPPED)
    return copied


@pytest.fixture
def edit(folder: Path) -> Edit:
    def replace(name: str, old: str, new: str) -> None:
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), "utf-8")

    return replace


def test_a_copy_in_another_folder_is_the_same_document(folder: Path) -> None:
    assert import_figures(folder).changed == {}
    assert Document.objects.count() == 1


def test_of_two_documents_the_newer_one_is_shown_everywhere(
    folder: Path, edit: Edit, client: Client
) -> None:
    edit("document.toml", 'key = "flanders-2020"', 'key = "flanders-2022"')
    edit("document.toml", "published_on = 2020-05-14", "published_on = 2022-05-14")
    edit("clusters.csv", ",140,reported,23,", ",999,reported,23,")
    edit("programme_kpis.csv", "unique_active_enterprises,1132,", "unique_active_enterprises,1999,")
    enter(seats_of_command())
    import_figures(folder)
    agency = Agency.objects.get()
    enter(seats_of_command(agency=agency.pk))
    cluster = Cluster.objects.get(key="air-cargo-belgium").pk
    members = (cluster, "members.paying")
    figure = figures_of_clusters([cluster])[cluster]["members.paying"]
    assert figure.published is not None
    assert figure.published.number == 999
    assert first_readings([cluster], ["members.paying"])[members].number == 999
    total = programme_totals([agency.pk])[0].reported
    assert total is not None
    assert total.number == headlines(agency.pk)[0].number == 1999
    assert total.document.published_on == date(2022, 5, 14)
    assert "999" in client.get("/clusters/air-cargo-belgium/").content.decode()
