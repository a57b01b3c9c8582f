"""A ZIP of tables, as mailing tools export an audience: each table becomes a file of the move."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from clusterwerk.members.models import Consent, ConsentState, Contact, Move, MoveFile
from clusterwerk.members.moving_in import files
from clusterwerk.members.moving_in.comparing import compare_move
from clusterwerk.members.moving_in.files import add_file, begin_move
from clusterwerk.members.moving_in.importing import import_move
from clusterwerk.members.moving_in.reading import archive
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from factories.moving import accept
from factories.world import World

HEADS = "Email Address,First Name,Last Name,MEMBER_RATING,LEID,EUID\n"


def table(*lines: str) -> bytes:
    return (HEADS + "".join(f"{line}\n" for line in lines)).encode()


ONE = table("an@vexo.example,An,Adams,2,1,a1")
AUDIENCE = {
    "subscribed_members_export_8f.csv": ONE,
    "unsubscribed_members_export_8f.csv": table("bo@vexo.example,Bo,Boon,2,2,b2"),
    "cleaned_members_export_8f.csv": table("cas@vexo.example,Cas,Claes,2,3,c3"),
    "nonsubscribed_members_export_8f.csv": table("dirk@vexo.example,Dirk,Daems,2,4,d4"),
}


def packed(**members: bytes) -> bytes:
    return packed_as(members)


def packed_as(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return target.getvalue()


def added(
    seats: Seats, world: World, data: bytes, name: str = "audience.zip"
) -> tuple[Move, list[MoveFile]]:
    move = begin_move(seats=seats, cluster=world.alpha)
    return move, add_file(seats=seats, move=move, name=name, content=io.BytesIO(data))


def refusal(seats: Seats, world: World, data: bytes) -> str:
    """The sentence, of a ZIP of which nothing may be kept."""
    move = begin_move(seats=seats, cluster=world.alpha)
    with pytest.raises(DomainError) as refused:
        add_file(seats=seats, move=move, name="audience.zip", content=io.BytesIO(data))
    assert not MoveFile.objects.filter(move=move).exists()
    return str(refused.value)


def test_each_table_of_an_audience_tells_its_status_by_its_name(world: World, seats: Seats) -> None:
    move, made = added(seats, world, packed_as(AUDIENCE))
    assert [(file.name, file.kind, file.options.get("status", "")) for file in made] == [
        ("subscribed_members_export_8f.csv", "mailing", "subscribed"),
        ("unsubscribed_members_export_8f.csv", "mailing", "unsubscribed"),
        ("cleaned_members_export_8f.csv", "mailing", "cleaned"),
        ("nonsubscribed_members_export_8f.csv", "mailing", ""),
    ]
    assert {file.notes[0] for file in made} == {"Out of audience.zip."}
    accept(seats, move)
    compare_move(seats=seats, move=move)
    import_move(seats=seats, move=move)
    said = Consent.objects.filter(contact__email__endswith="@vexo.example")
    assert dict(said.values_list("contact__first_name", "state")) == {
        "An": ConsentState.GIVEN,
        "Bo": ConsentState.WITHDRAWN,
    }
    assert Contact.objects.get(first_name="Cas").bounced_on is not None
    assert Contact.objects.get(first_name="Dirk").bounced_on is None


def test_the_name_nearest_to_the_rows_tells_the_status(world: World, seats: Seats) -> None:
    members = {"unsubscribed/lijst.csv": ONE, "unsubscribed/cleaned.csv": AUDIENCE[
        "cleaned_members_export_8f.csv"]}  # fmt: skip
    _move, made = added(seats, world, packed_as(members), "subscribed.zip")
    assert [file.options["status"] for file in made] == ["unsubscribed", "cleaned"]


def test_a_column_that_says_never_subscribed_is_no_consent(world: World, seats: Seats) -> None:
    text = b"E-mail;Voornaam;Naam;Status\na@x.example;A;Aa;Non-subscribed\nb@x.example;B;Bb;inactief\nc@x.example;C;Cc;subscribed\n"  # noqa: E501 - a file
    move, _made = added(seats, world, text, "nieuwsbrief.csv")
    accept(seats, move)
    compare_move(seats=seats, move=move)
    import_move(seats=seats, move=move)
    said = Consent.objects.filter(contact__email__endswith="@x.example")
    assert list(said.values_list("contact__first_name", "state")) == [("C", ConsentState.GIVEN)]


def test_what_is_no_table_and_tables_without_rows_are_told(world: World, seats: Seats) -> None:
    members = {
        "export/": b"",
        "__MACOSX/._leden.csv": b"\x00\x05",
        "export/.DS_Store": b"x",
        "export/lees mij.pdf": b"%PDF-1.7",
        "export/cleaned.csv": HEADS.encode(),
        "export/subscribed.csv": ONE,
    }
    _move, made = added(seats, world, packed_as(members))
    assert [(file.name, file.notes) for file in made] == [
        (
            "export/subscribed.csv",
            [
                "Out of audience.zip.",
                "Left out, because it is no table: export/lees mij.pdf.",
                "export/cleaned.csv has a heading and no rows below it.",
            ],
        )
    ]


def test_a_workbook_inside_is_a_table_and_a_workbook_alone_is_no_zip(
    world: World, seats: Seats
) -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("Leden")
        sheet.write_row(0, 0, ["Organisatie", "Lid sinds"])
        sheet.write_row(1, 0, ["Vexotron", "2020-01-02"])
    _move, made = added(seats, world, packed(**{"leden.xlsx": target.getvalue()}))
    assert [(file.name, file.sheet, file.row_count) for file in made] == [
        ("leden.xlsx", "Leden", 1)
    ]
    _move, made = added(seats, world, target.getvalue(), "leden.xlsx")
    assert [(file.name, file.notes) for file in made] == [("leden.xlsx", [])]


def test_names_that_lead_elsewhere_lead_nowhere(
    world: World, seats: Seats, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "FILES", tmp_path / "kept" / "here")
    members = {
        "../../weg.csv": ONE,
        "/etc/leden.csv": table("b@x.example,B,B,1,1,1"),
        "..\\..\\win\u202e\x07.csv": table("c@x.example,C,C,1,1,1"),
    }
    _move, made = added(seats, world, packed_as(members))
    assert [file.name for file in made] == ["weg.csv", "etc/leden.csv", "win.csv"]
    outside = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(outside) == 3
    assert all(path.is_relative_to(tmp_path / "kept" / "here") for path in outside)


def test_a_name_that_is_no_text_still_is_a_name(world: World, seats: Seats) -> None:
    data = packed(**{"subscribed_aa.csv": ONE}).replace(b"_aa", b"_\xff\xfe")
    _move, made = added(seats, world, data)
    assert made[0].options["status"] == "subscribed"


def test_a_zip_within_a_zip_is_named(world: World, seats: Seats) -> None:
    data = packed_as({"leden.csv": ONE, "ouder/2019.zip": packed(**{"leden.csv": ONE})})
    assert refusal(seats, world, data) == (
        "audience.zip holds another packed file, ouder/2019.zip. Unpack both, and upload the "
        "tables in them; you can choose several at once."
    )
    hidden = packed_as({"leden.csv": packed(**{"binnen.csv": ONE})})
    assert "leden.csv is a ZIP of several files." in refusal(seats, world, hidden)


def test_a_locked_zip_says_so(world: World, seats: Seats) -> None:
    data = bytearray(packed(**{"leden.csv": ONE}))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + at] |= 1
    assert "is locked with a password" in refusal(seats, world, bytes(data))


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({}, "audience.zip is an empty ZIP: there is no file in it."),
        ({"map/": b""}, "audience.zip is an empty ZIP: there is no file in it."),
        ({"lees.pdf": b"%PDF"}, "audience.zip holds no table, only lees.pdf."),
        ({"leeg.csv": b""}, "audience.zip was not taken. leeg.csv is empty."),
        ({"foto.csv": b"\x89PNG"}, "foto.csv is a picture and no table."),
    ],
)
def test_a_zip_without_a_table_says_what_it_holds(
    world: World, seats: Seats, members: dict[str, bytes], words: str
) -> None:
    assert words in refusal(seats, world, packed_as(members))


def test_the_same_name_twice_is_refused(world: World, seats: Seats) -> None:
    data = packed_as({"leden_a.csv": ONE, "leden_b.csv": ONE}).replace(b"leden_b", b"leden_a")
    assert "holds leden_a.csv more than once" in refusal(seats, world, data)


def test_a_zip_that_was_cut_off_or_bent_says_so(world: World, seats: Seats) -> None:
    whole = packed_as({"leden.csv": table(*(f"a{at}@x.example,A,B,1,1,1" for at in range(99)))})
    assert "is cut off or damaged" in refusal(seats, world, whole[:-30])
    bent = bytearray(whole)
    bent[80] ^= 0xFF
    words = refusal(seats, world, bytes(bent))
    assert "audience.zip: leden.csv is damaged, or only a part of a ZIP." in words


def test_what_would_grow_without_end_is_not_opened(
    world: World, seats: Seats, monkeypatch: pytest.MonkeyPatch
) -> None:
    grows = packed_as({f"{at}.csv": HEADS.encode() + b"\n" * 3_000_000 for at in range(3)})
    assert len(grows) < 100_000
    assert "would grow to 9 MB" in refusal(seats, world, grows)
    monkeypatch.setattr(archive, "MOST_UNPACKED", 100)
    assert "would grow to" in refusal(seats, world, packed_as(AUDIENCE))


def test_a_zip_that_lies_about_its_size_is_not_read_further(world: World, seats: Seats) -> None:
    data = bytearray(packed(**{"leden.csv": HEADS.encode() + b"x" * 1_000_000}))
    for sign, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.index(sign) + at
        data[start : start + 4] = struct.pack("<I", 50)
    assert "is damaged" in refusal(seats, world, bytes(data))


def test_a_table_beyond_the_size_of_one_file_is_named(
    world: World, seats: Seats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 50)
    assert "audience.zip: leden.csv has" in refusal(seats, world, packed(**{"leden.csv": ONE}))


def test_too_many_files_or_tables_are_counted(
    world: World, seats: Seats, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = {f"{at}.csv": ONE for at in range(31)}
    assert "holds 31 tables; a move takes at most 30." in refusal(seats, world, packed_as(tables))
    monkeypatch.setattr(archive, "MOST_MEMBERS", 3)
    assert "holds 4 files; at most 3" in refusal(seats, world, packed_as(AUDIENCE))


def test_tables_that_the_move_holds_already_are_told(world: World, seats: Seats) -> None:
    move, made = added(seats, world, packed_as({"leden.csv": ONE, "copy/leden.csv": ONE}))
    assert [file.name for file in made] == ["leden.csv"]
    assert made[0].notes[1] == "copy/leden.csv is in this move already."
    with pytest.raises(DomainError, match=r"leden\.csv is in this move already"):
        add_file(
            seats=seats, move=move, name="b.zip", content=io.BytesIO(packed(**{"leden.csv": ONE}))
        )
    assert MoveFile.objects.filter(move=move).count() == 1


def test_more_sheets_than_a_move_takes_stay_out_and_are_told(
    world: World, seats: Seats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_FILES", 3)
    _move, made = added(seats, world, packed_as(AUDIENCE))
    assert len(made) == 3
    assert made[0].notes[-1] == "A move takes at most 3 sheets."


def test_a_refused_zip_leaves_the_other_files_of_the_form(world: World, client: Client) -> None:
    client.force_login(world.people["manager"])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    broken = SimpleUploadedFile("leeg.zip", packed_as({}))
    good = SimpleUploadedFile("audience.zip", packed_as(AUDIENCE))
    answer = client.post(
        reverse("members:move_list", args=[world.alpha.key]),
        {"uploaded": [broken, good]},
        follow=True,
    )
    text = answer.content.decode()
    assert "leeg.zip is an empty ZIP" in text
    assert "cleaned_members_export_8f.csv" in text
