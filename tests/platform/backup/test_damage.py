"""Whatever is done to a back-up is said in a sentence, and nothing is restored from it."""

import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from clusterwerk.platform.backup import archive, programs
from clusterwerk.platform.backup.encryption import Key, Lock
from clusterwerk.platform.backup.errors import BackupError
from clusterwerk.platform.backup.installation import Installation
from clusterwerk.platform.backup.making import Made, make
from clusterwerk.platform.backup.manifest import Manifest, Part, SafePart
from clusterwerk.platform.backup.restoring import check, restore
from clusterwerk.platform.postgres.errors import ServerError
from factories.backups import Stand, digest, packed, unpacked

Empty = Callable[[], Stand]
IDENTITY = pyrage.x25519.Identity.generate()


@pytest.fixture
def made(source: Installation, tmp_path: Path) -> Made:
    return make(source, tmp_path / "clear.cwbackup")


@pytest.fixture
def locked(source: Installation, tmp_path: Path) -> Made:
    return make(
        source,
        tmp_path / "locked.cwbackup",
        lock=Lock(recipients=(str(IDENTITY.to_public()),)),
    )


@pytest.fixture
def key(tmp_path: Path) -> Key:
    file = tmp_path / "identity"
    file.write_text(f"{IDENTITY}\n", "ascii")
    return Key(identity=file)


def changed_at(file: Path, place: int) -> Path:
    """A copy with one bit of one byte turned."""
    text = bytearray(file.read_bytes())
    text[place] ^= 1
    copy = file.with_name("changed")
    copy.write_bytes(text)
    return copy


def of(file: Path, size: int) -> Path:
    """A copy of the first bytes."""
    copy = file.with_name("short")
    copy.write_bytes(file.read_bytes()[:size])
    return copy


def test_a_flipped_byte_anywhere_in_a_part_is_found(made: Made) -> None:
    dump_at = archive.BLOCK + len(made.manifest.model_dump_json()) + 2 * archive.BLOCK
    for place in (dump_at + 4000, made.size // 2, made.size - 3 * archive.BLOCK - 200):
        with pytest.raises(BackupError, match=r"The back-up is damaged: .* is not what it was"):
            check(changed_at(made.file, place), Key())


def test_a_flipped_byte_in_the_list_of_contents_or_a_header_is_found(made: Made) -> None:
    for place in (0, 100, archive.BLOCK + 4):
        with pytest.raises(BackupError):
            check(changed_at(made.file, place), Key())


def test_a_flipped_byte_in_an_encrypted_back_up_is_found(locked: Made, key: Key) -> None:
    for place in (60, 300, locked.size // 2, locked.size - 1):
        with pytest.raises(BackupError):
            check(changed_at(locked.file, place), key)
    with pytest.raises(BackupError, match="The back-up is damaged: it cannot be decrypted"):
        check(changed_at(locked.file, locked.size // 2), key)


def test_a_truncated_file_is_found_wherever_it_ends(made: Made, locked: Made, key: Key) -> None:
    for size in (0, 1, 511, 512, 5000, made.size // 2, made.size - 1024, made.size - 1):
        with pytest.raises(BackupError):
            check(of(made.file, size), Key())
    # 65,552 is a chunk of age: the file then ends between two of them.
    header = locked.size % 65_552
    for size in (30, 300, locked.size // 2, locked.size - 65_552, header, locked.size - 1):
        with pytest.raises(BackupError):
            check(of(locked.file, size), key)


def test_a_truncated_or_lengthened_back_up_behind_a_passphrase_is_found_before_it_is_asked(
    source: Installation, tmp_path: Path
) -> None:
    made = make(source, tmp_path / "one", lock=Lock(passphrase="a duck on a mill"))
    longer = tmp_path / "longer"
    longer.write_bytes(made.file.read_bytes() + b"x")

    def never() -> str:
        raise AssertionError

    for file in (of(made.file, made.size - 1), of(made.file, made.size // 2), longer):
        with pytest.raises(BackupError, match="not as long as it should be"):
            check(file, Key(passphrase=never))


def test_a_file_of_another_kind_is_called_that(tmp_path: Path) -> None:
    for text in (b"\x00" * 2000, b"hello" * 1000, b"PGDMP" + b"\x01" * 1000, b"PK\x03\x04" * 500):
        (tmp_path / "other").write_bytes(text)
        with pytest.raises(BackupError, match="no back-up"):
            check(tmp_path / "other", Key())
    (tmp_path / "text").write_bytes(b"-----BEGIN AGE ENCRYPTED FILE-----\n")
    with pytest.raises(BackupError, match="in the text form of age"):
        check(tmp_path / "text", Key())
    with pytest.raises(BackupError, match="cannot be read: No such file"):
        check(tmp_path / "absent", Key())


def test_a_stranger_behind_the_end_or_among_the_parts_is_found(made: Made, tmp_path: Path) -> None:
    longer = tmp_path / "longer"
    longer.write_bytes(made.file.read_bytes() + b"more")
    with pytest.raises(BackupError, match="Something stands behind the end"):
        check(longer, Key())
    manifest, parts = unpacked(made.file)
    more = packed(tmp_path / "more", manifest, {**parts, "files/stranger": b"hello"})
    with pytest.raises(BackupError, match="holds more than its list of contents says"):
        check(more, Key())


@pytest.mark.parametrize(
    "name", ["files/../../evil", "/etc/evil", "files", "files/a/../b", "files//b", "files/a\\b"]
)
def test_a_name_that_leads_elsewhere_is_refused(
    made: Made, tmp_path: Path, empty: Empty, name: str
) -> None:
    manifest, parts = unpacked(made.file)
    evil = SafePart.model_construct(name=name, size=5, sha256=digest(b"hello"))
    bent = manifest.model_copy(update={"files": [evil]})
    parts = {"database.dump": parts["database.dump"], name: b"hello"}
    target = empty()
    with pytest.raises(BackupError, match="leads out of its folder"):
        restore(target.point(), packed(tmp_path / "evil", bent, parts), Key(), known=set())
    assert target.is_empty()
    assert not (target.var / "files").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, b"x", b"L"])
def test_links_folders_and_extensions_of_tar_are_refused(
    made: Made, tmp_path: Path, kind: bytes
) -> None:
    text = made.file.read_bytes()
    member = tarfile.TarInfo("database.dump")
    member.type, member.linkname, member.size = kind, "/etc/passwd", 0
    after = archive.BLOCK + len(made.manifest.model_dump_json())
    after += -after % archive.BLOCK
    with (tmp_path / "linked").open("wb") as file:
        file.write(text[:after] + member.tobuf(tarfile.GNU_FORMAT) + text[after:])
    with pytest.raises(BackupError, match=r"'database\.dump', which is no plain file"):
        check(tmp_path / "linked", Key())


def test_absurd_sizes_are_refused_before_anything_is_read(
    made: Made, tmp_path: Path, empty: Empty
) -> None:
    list_of = tmp_path / "large"
    list_of.write_bytes(archive.header("manifest.json", 10**15, 0) + b"x" * 5000)
    with pytest.raises(BackupError, match="Its list of contents has 1000000000000000 bytes"):
        check(list_of, Key())
    manifest, _ = unpacked(made.file)
    huge = Part(name="database.dump", size=10**15, sha256=digest(b""))
    bent = packed(tmp_path / "huge", manifest.model_copy(update={"dump": huge}), {})
    target = empty()
    with pytest.raises(ServerError, match=r"1000000\d\d\d MB are needed in"):
        restore(target.point(), bent, Key(), known=set())
    assert target.is_empty()


def test_what_a_list_of_contents_may_not_say_is_named(made: Made, tmp_path: Path) -> None:
    manifest, parts = unpacked(made.file)
    dump = Part.model_construct(name="database.dump", size=1, sha256="abc")
    bent = manifest.model_copy(update={"dump": dump})
    with pytest.raises(BackupError, match=r"of contents cannot be read: dump\.sha256: String sh"):
        check(packed(tmp_path / "bent", bent, parts), Key())


def test_a_newer_format_or_release_says_which_release_reads_it(
    made: Made, tmp_path: Path, empty: Empty
) -> None:
    manifest, parts = unpacked(made.file)
    newer = manifest.model_copy(update={"format": 2, "release": "9.1.0"})
    with pytest.raises(BackupError, match=r"has format 2, made by release 9\.1\.0"):
        check(packed(tmp_path / "format", newer, parts), Key())
    target = empty()
    known = {"platform.0001_initial", "clusters.0001_initial"}
    ahead = manifest.model_copy(
        update={"release": "9.1.0", "migrations": [*manifest.migrations, "clusters.0099_later"]}
    )
    file = packed(tmp_path / "release", ahead, parts)
    with pytest.raises(BackupError, match=r"clusters\.0099_later. Install release 9\.1\.0"):
        restore(target.point(), file, Key(), known=known)
    assert target.is_empty()


def test_an_older_server_is_refused_and_missing_programs_are_named() -> None:
    with pytest.raises(BackupError, match="of PostgreSQL 18, this server is version 17"):
        programs.require_not_older(17, 18)
    programs.require_not_older(18, 15)
    with pytest.raises(ServerError, match="Install postgresql-client-99, or name"):
        programs.fitting(99)


def altered(manifest: Manifest, name: str, **news: object) -> Manifest:
    tables = [
        table.model_copy(update=news) if table.name == name else table for table in manifest.tables
    ]
    return manifest.model_copy(update={"tables": tables})


def test_a_table_that_is_not_what_it_was_is_named_and_nothing_is_kept(
    made: Made, tmp_path: Path, empty: Empty
) -> None:
    manifest, parts = unpacked(made.file)
    bent = altered(manifest, '"public"."note"', digest="1:1")
    bent = altered(bent, '"access"."event"', rows=7)
    bent = bent.model_copy(
        update={"tables": bent.tables[1:], "sequences": {"public.note_id_seq": 99}}
    )
    target = empty()
    with pytest.raises(BackupError) as refused:
        restore(target.point(), packed(tmp_path / "bent", bent, parts), Key(), known=set())
    said = str(refused.value)
    assert '"public"."note": rows with other contents' in said
    assert "public.note_id_seq: stands at 2, before the back-up's 99" in said
    assert f"{manifest.tables[0].name}: was not in the back-up" in said
    assert target.is_empty()
    assert not target.files.exists()


def test_a_dump_that_pg_restore_cannot_read_leaves_nothing(
    made: Made, tmp_path: Path, empty: Empty
) -> None:
    manifest, parts = unpacked(made.file)
    for dump, said in ((b"no dump", "pg_restore failed"), (parts["database.dump"][:-9000], ".")):
        part = Part(name="database.dump", size=len(dump), sha256=digest(dump))
        bent = packed(
            tmp_path / "bent",
            manifest.model_copy(update={"dump": part}),
            {**parts, "database.dump": dump},
        )
        target = empty()
        with pytest.raises(ServerError, match=said):
            restore(target.point(), bent, Key(), known=set())
        assert target.is_empty()


def test_reading_never_holds_more_than_a_chunk() -> None:
    """A part is handed on in pieces, so the size of a dump does not matter to memory."""
    size = 5 * archive.CHUNK + 7
    part = Part(name="database.dump", size=size, sha256=digest(b"x" * size))
    target = io.BytesIO()
    archive.add(target, part, io.BytesIO(b"x" * size), 0)
    target.seek(archive.BLOCK)
    pieces: list[int] = []
    archive._read_part(target, part, lambda chunk: pieces.append(len(chunk)))
    assert pieces == [archive.CHUNK] * 5 + [7]
