"""Loading a full edition: what becomes of rows, and what a broken file changes: nothing."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction

from clusterwerk.directory.actions.register import load_register
from clusterwerk.directory.models import EnterpriseKind, RegisterEdition, RegisterLoad, Sector
from clusterwerk.directory.queries.register import (
    RegisterName,
    edition_in_use,
    enterprises,
    register_entry,
)
from clusterwerk.directory.register import archive, frames, pieces
from clusterwerk.directory.sectors import load_sectors
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.register_extracts import (
    CommandSteps,
    Rows,
    activity,
    dotted,
    enterprise,
    establishment,
    exact,
    full,
    name,
    plain,
    seat,
)
from factories.world import STEWARD, World, cluster_seats


def load(path: Path) -> RegisterEdition:
    return load_register(steps=CommandSteps(), path=path).edition


def test_one_row_holds_what_the_parts_say(db: None, tmp_path: Path) -> None:
    rows: Rows = {
        "enterprise": [enterprise(1), enterprise(2, "")],
        "establishment": [
            (establishment(5), "01-01-2010", dotted(1)),
            (establishment(6), "01-01-2011", dotted(1)),
        ],
        "denomination": [
            name(1, "Boulangerie d'Été SRL", "1"),
            name(1, 'Zomerbakkerij "Noord" BV'),
            name(1, "ZBN", "2", "002"),
            name(2, "Peeters, Ann"),
        ],
        "address": [seat(1)],
        "contact": [
            (dotted(1), "ENT", "WEB", "www.example.com"),
            (dotted(2), "ENT", "EMAIL", "ann@example.com"),
            (dotted(2), "ENT", "TEL", "091234567"),
        ],
        "activity": [
            activity(1, "10712"),
            activity(1, "10712"),
            activity(1, "47241"),
            activity(1, "10711", "2008"),
            activity(1, "56101", rank="SECO"),
        ],
    }
    edition = load(exact(tmp_path / "full.zip", rows))
    assert (edition.problem_count, edition.enterprise_count) == (0, 2)
    entry = register_entry(plain(1))
    assert entry is not None
    assert entry.name == 'Zomerbakkerij "Noord" BV'
    assert entry.names == (
        RegisterName("nl", "001", 'Zomerbakkerij "Noord" BV'),
        RegisterName("fr", "001", "Boulangerie d'Été SRL"),
        RegisterName("nl", "002", "ZBN"),
    )
    assert (entry.legal_form, entry.legal_form_label) == ("610", "Besloten vennootschap")
    assert (entry.kind, entry.started_on) == (EnterpriseKind.LEGAL, date(2003, 2, 1))
    assert (entry.address, entry.postcode, entry.municipality) == (
        "Kerkstraat 7 bus 2",
        "9000",
        "Gent",
    )
    assert (entry.nace_2025, entry.nace_2008) == (("10712", "47241"), ("10711",))
    assert (entry.establishments, entry.website) == (2, "www.example.com")
    person = register_entry(plain(2))
    assert person is not None
    assert (person.kind, person.website, person.postcode) == (EnterpriseKind.NATURAL, "", "")
    with connection.cursor() as cursor:
        cursor.execute("select t::text from directory_registeredenterprise1 t")
        everything = " ".join(text for (text,) in cursor.fetchall())
    assert "ann@" not in everything
    assert "091234567" not in everything


def test_rows_out_of_order_give_the_same_register(db: None, tmp_path: Path) -> None:
    load(full(tmp_path / "sorted.zip", 300))
    ordered = list(enterprises().order_by("number").values())
    load(full(tmp_path / "shuffled.zip", 300, number=11, shuffled=True))
    assert edition_in_use() == RegisterEdition.objects.get(number=11)
    assert list(enterprises().order_by("number").values()) == ordered
    assert len(ordered) == 300


def quoted(line: bytes) -> bytes:
    return b'"' + line.replace(b",", b'","') + b'"'


def ended_otherwise(line: bytes) -> bytes:
    return line + b"\r"


@pytest.mark.parametrize("written", [quoted, ended_otherwise])
def test_activities_are_the_same_however_their_cells_are_written(
    db: None, tmp_path: Path, written: Callable[[bytes], bytes]
) -> None:
    load(full(tmp_path / "plain.zip", 100))
    plain_rows = list(enterprises().order_by("number").values())
    path = full(tmp_path / "other.zip", 100, number=11)

    def otherwise(member: str, data: bytes) -> tuple[str, bytes]:
        heading, *lines = data.splitlines()
        is_other = member == "activity.csv"
        rows = [written(line) if is_other else line for line in lines]
        return member, b"\n".join([heading, *rows, b""])

    rewritten(path, otherwise)
    edition = load(path)
    assert (edition.problem_count, edition.enterprise_count) == (0, 100)
    assert list(enterprises().order_by("number").values()) == plain_rows
    assert any(row["nace_2025"] for row in plain_rows)


def test_names_with_signs_that_mean_something_to_copy_stay_as_they_are(
    db: None, tmp_path: Path
) -> None:
    names = ["Zon \\ Maan", "Zon\tMaan", "\\N", "\\.", 'De "Zon", Gent', "Zon\\tMaan"]
    rows: Rows = {
        "enterprise": [enterprise(index) for index in range(len(names))],
        "denomination": [name(index, text) for index, text in enumerate(names)],
    }
    assert load(exact(tmp_path / "full.zip", rows)).problem_count == 0
    for index, text in enumerate(names):
        entry = register_entry(plain(index))
        assert entry is not None
        assert (entry.name, entry.names) == (text, (RegisterName("nl", "001", text),))


SHORT = "another number of cells than columns"
BROKEN: list[tuple[str, str | bytes, str]] = [
    (
        "enterprise.csv",
        "0403.019.262,AC,000,2,610,,01-01-2000",
        "EnterpriseNumber has wrong check digits",
    ),
    ("enterprise.csv", "0403.019.261,AC,000,2,610,,31-02-2000", "StartDate is no day"),
    ("enterprise.csv", "0403.019.261,AC,000", SHORT),
    ("denomination.csv", "0403.019.261,2,001,Nobody", "the enterprise is unknown"),
    ("denomination.csv", b"0403.019.261,2,001,Caf\xe9", "not UTF-8"),
    ("denomination.csv", '0403.019.261,2,001,"Open', "quotes that do not close"),
    ("denomination.csv", "0403.019.261,7,001,Nobody", "Language is unknown"),
    (
        "denomination.csv",
        "0403.019.261,2,001,a\x00b",
        "a zero byte, which the database does not keep",
    ),
    ("address.csv", "0403.019.261,REGO,,,9000,Gent,Gand,Kerkstraat,,7,", SHORT),
    (
        "address.csv",
        "0403.019.261,HOME,,,9000,Gent,Gand,Kerkstraat,,7,,,",
        "TypeOfAddress is unknown",
    ),
    ("activity.csv", "0403.019.261,001,2025,abc,MAIN", "NaceCode has another form"),
    ("activity.csv", "0403.019.261,001,2025", SHORT),
    (
        "establishment.csv",
        "1.000.000.001,01-01-2000,0403.019.261",
        "EstablishmentNumber has another form",
    ),
]


def test_broken_rows_are_told_with_file_and_line_and_stop_nothing(db: None, tmp_path: Path) -> None:
    lines: dict[str, list[str | bytes]] = {}
    for file, line, _reason in BROKEN:
        lines.setdefault(file, []).append(line)
    path = full(tmp_path / "full.zip", 50, broken=lines)
    edition = load(path)
    with zipfile.ZipFile(path) as opened:
        first = {file: opened.read(file).count(b"\n") - len(lines[file]) + 1 for file in lines}
    wanted = []
    for file, held in lines.items():
        reasons = [reason for its_file, _line, reason in BROKEN if its_file == file]
        wanted += [
            {"file": file, "line": first[file] + at, "reason": reason}
            for at, reason in zip(range(len(held)), reasons, strict=True)
        ]
    assert sorted(edition.problems, key=repr) == sorted(wanted, key=repr)
    assert (edition.problem_count, edition.enterprise_count) == (len(BROKEN), 50)


def test_many_broken_rows_are_counted_and_the_first_are_listed(db: None, tmp_path: Path) -> None:
    lines = {"enterprise.csv": ["broken"] * 250}
    edition = load(full(tmp_path / "full.zip", 20, broken=lines))
    assert (edition.problem_count, len(edition.problems)) == (250, 200)


def test_the_same_file_again_changes_nothing(db: None, tmp_path: Path) -> None:
    path = full(tmp_path / "full.zip", 20)
    edition = load(path)
    again = load_register(steps=CommandSteps(), path=path)
    assert (again.edition, again.is_new) == (edition, False)
    assert RegisterEdition.objects.count() == 1


def test_an_older_edition_is_refused(db: None, tmp_path: Path) -> None:
    load(full(tmp_path / "new.zip", 20, number=12))
    with pytest.raises(
        DomainError, match="edition 11; edition 12 of 01-11-2026 is in use and newer"
    ):
        load(full(tmp_path / "old.zip", 30, number=11))
    assert enterprises().count() == 20


def test_only_a_steward_loads(world: World, tmp_path: Path) -> None:
    steps = CommandSteps(cluster_seats(world.alpha))
    with pytest.raises(PermissionDenied, match="steward"):
        load_register(steps=steps, path=full(tmp_path / "full.zip", 20))
    assert edition_in_use() is None


def test_nobody_writes_the_register_but_its_loader(db: None, tmp_path: Path) -> None:
    load(full(tmp_path / "full.zip", 20))
    enter(STEWARD)
    for statement in (
        "update directory_registeredenterprise1 set name = 'bent'",
        "delete from directory_registeredenterprise1",
        "select access.register_empty(2)",
        "truncate directory_registeredenterprise1",
    ):
        refused = pytest.raises(ProgrammingError, match=r"loader only|permission denied")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert enterprises().filter(name="bent").count() == 0


# --- Broken files --------------------------------------------------------------------------------


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-400])


def no_zip(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7 not a register")


def rewritten(path: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> None:
    with zipfile.ZipFile(path) as held:
        members = [(info.filename, held.read(info)) for info in held.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive_:
        for member, data in members:
            kept = change(member, data)
            if kept:
                archive_.writestr(*kept)


def without_addresses(path: Path) -> None:
    rewritten(path, lambda member, data: None if member == "address.csv" else (member, data))


def with_another_column(path: Path) -> None:
    rewritten(path, lambda member, data: (member, data.replace(b"NaceCode", b"Code", 1)))


def without_meta(path: Path) -> None:
    rewritten(path, lambda member, data: None if member == "meta.csv" else (member, data))


def of_another_kind(path: Path) -> None:
    rewritten(
        path, lambda member, data: (member, data.replace(b"ExtractType,full", b"ExtractType,half"))
    )


def bent(path: Path) -> None:
    """One byte of the packed activities is another, so that their sum is wrong."""
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as held:
        info = held.getinfo("activity.csv")
    data[info.header_offset + len("activity.csv") + 30 + info.compress_size // 2] ^= 0xFF
    path.write_bytes(bytes(data))


def bomb(path: Path) -> None:
    rewritten(path, lambda member, data: (member, data))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive_:
        archive_.writestr("more.csv", b"0" * 90_000_000)


def empty(path: Path) -> None:
    def heading(member: str, data: bytes) -> tuple[str, bytes]:
        kept = data if member in {"meta.csv", "code.csv"} else data[: data.index(b"\n") + 1]
        return member, kept

    rewritten(path, heading)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (cut, "is no ZIP file, or only a part of one"),
        (no_zip, "is no ZIP file"),
        (without_addresses, "lacks address.csv"),
        (with_another_column, "activity.csv has the columns .* and must have"),
        (without_meta, "is no extract of the enterprise register"),
        (of_another_kind, "its kind is “half”"),
        (bent, "is damaged: activity.csv cannot be read to its end"),
        (bomb, "would grow to"),
        (empty, "holds no enterprise that could be read"),
    ],
)
def test_a_broken_file_changes_nothing_and_says_what_is_wrong(
    db: None, tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    load(full(tmp_path / "good.zip", 20))
    before = list(enterprises().order_by("number").values())
    path = full(tmp_path / "spoilt.zip", 3000, number=11)
    spoil(path)
    with pytest.raises(DomainError, match=said):
        load(path)
    assert list(enterprises().order_by("number").values()) == before
    assert RegisterEdition.objects.count() == 1


def test_a_file_that_is_not_there_is_said(db: None, tmp_path: Path) -> None:
    with pytest.raises(DomainError, match=r"absent\.zip is not there"):
        load(tmp_path / "absent.zip")


# --- Going on after a kill -----------------------------------------------------------------------


def test_a_load_goes_on_where_it_stood(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "BUCKET", 50)
    monkeypatch.setattr(archive, "BLOCK", 4096)
    path = full(tmp_path / "full.zip", 200)
    with pytest.raises(KeyboardInterrupt):
        load_register(steps=CommandSteps(stop_at=200), path=path)
    read: list[str] = []
    whole = frames.checked

    def noted(block: archive.Block, member: str) -> frames.Checked:
        read.append(f"{member} {block.index}")
        return whole(block, member)

    monkeypatch.setattr(pieces, "checked", noted)
    with pytest.raises(KeyboardInterrupt):
        load_register(steps=CommandSteps(stop_at=700), path=path)
    first_round = list(read)
    assert "enterprise.csv 0" not in first_round
    assert first_round
    assert edition_in_use() is None
    assert 0 < RegisterLoad.objects.get().buckets < 5
    edition = load(path)
    assert read == first_round
    assert (edition.enterprise_count, enterprises().count()) == (200, 200)
    assert RegisterLoad.objects.count() == 0


def test_activity_codes_that_the_shipped_lists_lack_come_with_the_register(
    db: None, tmp_path: Path
) -> None:
    enter(STEWARD)
    load_sectors(seats=STEWARD)
    kept = Sector.objects.get(nomenclature="2025", code="62100").label_nl
    rows: Rows = {
        "enterprise": [enterprise(1)],
        "code": [
            ("Nace2025", "62100", "NL", "Computerprogr."),
            ("Nace2025", "62109", "NL", "Iets nieuws"),
            ("Nace2003", "01110", "NL", "Teelt van granen"),
        ],
    }
    load(exact(tmp_path / "full.zip", rows))
    enter(STEWARD)
    found = Sector.objects.filter(source="enterprise register")
    assert set(found.values_list("nomenclature", "code", "label_nl")) == {
        ("2025", "62109", "Iets nieuws"), ("2003", "01110", "Teelt van granen"),
    }  # fmt: skip
    assert Sector.objects.get(nomenclature="2025", code="62100").label_nl == kept
