"""All data of a cluster in one archive: its own rows, all of them, and nobody else's."""

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from clusterwerk.clusters.models import HandOver, Seat
from clusterwerk.directory.actions import NewOrganisation, type_in_organisation
from clusterwerk.directory.models import OrganisationKind
from clusterwerk.members.models import Contribution, IncomingMail, MailAttachment, Membership
from clusterwerk.platform.access.session import enter, opened
from clusterwerk.platform.files import storage
from clusterwerk.platform.files.actions import keep
from clusterwerk.platform.history.tracking import event_model
from clusterwerk.platform.jobs.models import JobRun
from clusterwerk.platform.jobs.states import JobState
from clusterwerk.platform.kinds import kinds
from clusterwerk.platform.takeout import archive as archives
from clusterwerk.platform.takeout.archive import ExportedDocument, write_archive
from clusterwerk.platform.takeout.snapshot import snapshot
from clusterwerk.platform.takeout.tables import tables_of, written
from factories.world import STEWARD, World, build_world, cluster_seats

DAY = date(2026, 11, 22)


def taken(world: World) -> ZipFile:
    file = io.BytesIO()
    write_archive(file, cluster=world.alpha.pk, name="Alpha", day=DAY)
    return ZipFile(file)


def rows(archive: ZipFile, path: str) -> list[dict[str, str]]:
    text = archive.read(path).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_archive_holds_every_row_of_the_cluster_and_none_of_another(world: World) -> None:
    enter(cluster_seats(world.alpha))
    archive = taken(world)
    for kind in kinds():
        if event_model(kind.model) is None:
            continue
        found = rows(archive, f"tables/{kind.model._meta.db_table}.csv")
        own = kind.model._meta.base_manager.filter(kind.concerns(world.alpha.pk))
        assert sorted(found[n][kind.model._meta.pk.attname] for n in range(len(found))) == sorted(
            str(key) for key in set(own.values_list("pk", flat=True))
        )
        assert {row.get("cluster_id", str(world.alpha.pk)) for row in found} <= {
            str(world.alpha.pk),
            "",
        }
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Rival Works" not in everything
    assert "Éclair Works".encode() in everything


def test_amounts_periods_and_days_read_back_as_they_stand(world: World) -> None:
    enter(cluster_seats(world.alpha))
    archive = taken(world)
    (amount,) = rows(archive, "tables/members_contribution.csv")
    assert (amount["amount"], amount["working_year"]) == ("500.00", "1")
    (membership,) = rows(archive, "tables/members_membership.csv")
    assert (membership["period"], membership["is_paying"]) == ("2018-01-01/", "yes")
    (size,) = rows(archive, "tables/members_sizestatement.csv")
    assert (size["headcount"], size["turnover"]) == ("12", "")


def test_the_past_is_in_it_with_rows_that_were_taken_away(world: World) -> None:
    enter(cluster_seats(world.alpha))
    Contribution.objects.filter(cluster=world.alpha).update(amount=Decimal(650))
    Contribution.objects.filter(cluster=world.alpha).delete()
    past = rows(taken(world), "history/members_contribution.csv")
    assert [(row["pgh_label"], row["amount"]) for row in past] == [
        ("insert", "500.00"),
        ("update", "650.00"),
        ("delete", "650.00"),
    ]


def test_the_dictionary_explains_every_column_of_every_file(world: World) -> None:
    enter(cluster_seats(world.alpha))
    archive = taken(world)
    explained = {(row["file"], row["column"]): row for row in rows(archive, "dictionary.csv")}
    for path in archive.namelist():
        if path.startswith(("tables/", "history/")):
            head = archive.read(path).decode("utf-8-sig").split("\r\n")[0].split(",")
            assert [column for column in head if (path, column) not in explained] == []
    assert all(row["name"] for row in explained.values())
    amount = explained["tables/members_contribution.csv", "amount"]
    assert (amount["kind"], amount["unit"]) == ("number", "euro")
    owner = explained["tables/members_contribution.csv", "membership_id"]
    assert owner["refers to"] == "members_membership"


def test_no_password_or_secret_is_in_the_archive(world: World) -> None:
    enter(cluster_seats(world.alpha))
    held = {(table.path, column) for table in tables_of(world.alpha.pk) for column in table.columns}
    assert not [pair for pair in held if "password" in pair[1] or "last_login" in pair[1]]


def test_a_text_that_looks_like_a_formula_is_defused() -> None:
    assert written("=1+1") == "'=1+1"
    assert written(Decimal("-5.20")) == "-5.20"
    assert written(["=a", "b"]) == "'=a | b"


def test_documents_of_later_rooms_join_the_archive(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dummy room: two documents of one name, and one whose name leads elsewhere."""
    names = ["Minutes.pdf", "Minutes.pdf", "../../etc/passwd"]
    paths = [tmp_path / str(number) for number in range(3)]
    for path in paths:
        path.write_bytes(path.name.encode())
    pairs = [ExportedDocument(name, path) for name, path in zip(names, paths, strict=True)]
    monkeypatch.setattr(archives, "_documents", [lambda _cluster: pairs])
    enter(cluster_seats(world.alpha))
    archive = taken(world)
    inside = [name for name in archive.namelist() if name.startswith("documents/")]
    assert inside == [
        "documents/00001 Minutes.pdf",
        "documents/00002 Minutes.pdf",
        "documents/00003 _.._etc_passwd",
    ]
    assert archive.read(inside[2]) == b"2"


def test_files_of_mails_and_texts_in_the_tray_are_documents_with_a_list(world: World) -> None:
    enter(cluster_seats(world.alpha))
    file = MailAttachment.objects.get(cluster=world.alpha)
    MailAttachment.objects.filter(pk=file.pk).update(name="=plan.pdf", content=b"%PDF-1")
    mail = IncomingMail.objects.get(cluster=world.alpha)
    archive = taken(world)
    assert rows(archive, "documents.csv") == [
        {
            "file": "documents/00001 _plan.pdf",
            "name": "'=plan.pdf",
            "table": "tables/members_mailattachment.csv",
            "id": str(file.pk),
        },
        {
            "file": "documents/00002 A question.txt",
            "name": "A question.txt",
            "table": "tables/members_incomingmail.csv",
            "id": str(mail.pk),
        },
    ]
    assert archive.read("documents/00001 _plan.pdf") == b"%PDF-1"
    assert archive.read("documents/00002 A question.txt").endswith(b"\n\nWho are you?")


def test_organisations_typed_in_by_hand_are_in_it_with_their_numbers(world: World) -> None:
    own = {}
    for cluster in (world.alpha, world.beta):
        enter(seats := cluster_seats(cluster))
        new = NewOrganisation(f"Garage {cluster.key}", OrganisationKind.ENTERPRISE, "test")
        own[cluster.key] = type_in_organisation(seats=seats, cluster=cluster.pk, new=new)
    enter(cluster_seats(world.alpha))
    archive = taken(world)
    names = {row["name"] for row in rows(archive, "tables/directory_organisation.csv")}
    assert names >= {"Garage alpha"}
    assert "Garage beta" not in names
    past = rows(archive, "history/directory_organisation.csv")
    assert str(own["alpha"].pk) in {row["pgh_obj_id"] for row in past}


def test_all_tables_are_read_as_they_stood_at_one_moment(transactional_db: None) -> None:
    with transaction.atomic():
        build_world()
    with snapshot(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("show transaction_isolation")
        assert cursor.fetchone() == ("repeatable read",)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("show transaction_isolation")
        assert cursor.fetchone() == ("read committed",)


@pytest.mark.parametrize(
    ("person", "status"),
    [("manager", 200), ("staff", 403), ("observer", 403), ("other_manager", 404)],
)
def test_only_the_manager_takes_everything_along(
    world: World, client: Client, person: str, status: int
) -> None:
    client.force_login(world.people[person])
    assert client.get("/sharing/alpha/take-out/").status_code == status
    answer = client.post("/sharing/alpha/take-out/")
    assert answer.status_code == (302 if status == 200 else status)


def test_asking_twice_makes_one_job(world: World, client: Client) -> None:
    client.force_login(world.people["manager"])
    first, second = (client.post("/sharing/alpha/take-out/") for _ in range(2))
    assert first["Location"] == second["Location"]


def test_a_membership_stays_where_it_is(world: World) -> None:
    enter(cluster_seats(world.alpha))
    before = Membership.objects.count()
    taken(world)
    assert Membership.objects.count() == before


def test_whoever_lost_the_seat_fetches_the_archive_no_more(
    world: World, client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.FILES = tmp_path
    manager = world.people["manager"]
    client.force_login(manager)
    page = client.post("/sharing/alpha/take-out/")["Location"]
    run = int(page.strip("/").rpartition("/")[2])
    with storage.draft() as draft:
        file = keep(draft, manager.pk, "alpha.zip", "application/zip")
    with opened("jobs"):
        JobRun.objects.filter(pk=run).update(file=file, state=JobState.SUCCEEDED)
    answer = client.get(f"/files/{file.pk}/")
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"")  # type: ignore[attr-defined] # a file
    for close in answer._resource_closers:  # type: ignore[attr-defined] # of a file
        close()
    enter(STEWARD)
    Seat.objects.filter(user=manager).update(until=timezone.localdate())
    assert client.get(f"/files/{file.pk}/").status_code == 403


def test_a_hand_over_is_in_the_archive_of_both_clusters_with_its_past(world: World) -> None:
    enter(cluster_seats(world.alpha))
    HandOver.objects.create(
        agency=world.agency,
        cluster=world.alpha,
        to_cluster=world.beta,
        day=DAY,
        reason="One field",
    )
    for cluster in (world.alpha, world.beta):
        enter(cluster_seats(cluster))
        file = io.BytesIO()
        write_archive(file, cluster=cluster.pk, name=cluster.name, day=DAY)
        for folder in ("tables", "history"):
            (found,) = rows(ZipFile(file), f"{folder}/clusters_handover.csv")
            assert found["reason"] == "One field"
