"""What an installation answers: read, checked, and every mistake named at once."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from clusterwerk.platform.legal.answers import Answers, LegalFileError, questions, read_answers


@pytest.fixture
def file(settings: Settings, tmp_path: Path) -> Path:
    settings.LEGAL_FILE, settings.VAR = "", tmp_path
    return tmp_path / "legal.toml"


def test_without_a_file_nothing_is_answered(file: Path) -> None:
    assert read_answers() == Answers()


def test_answers_are_read_with_a_text_for_each_language(file: Path) -> None:
    file.write_text(
        '[operator]\nname = " Netwerkhuis vzw "\n'
        '[hosting]\nservice = {nl = "virtuele server", en = "virtual server"}\n'
        "[transfers]\noutside_eea = false\n[retention]\nbackups_days = 35\n"
        '[[sub_processor]]\nname = "Telefonie nv"\ncountry = "België"\n',
        "utf-8",
    )
    found = read_answers()
    assert found.by_key == {
        "operator.name": {"nl": "Netwerkhuis vzw", "en": "Netwerkhuis vzw"},
        "hosting.service": {"nl": "virtuele server", "en": "virtual server"},
        "transfers.outside_eea": False,
        "retention.backups_days": 35,
    }
    assert [row["name"]["nl"] for row in found.others] == ["Telefonie nv"]


def test_an_empty_text_counts_as_not_answered(file: Path) -> None:
    file.write_text('[operator]\nname = "  "\n', "utf-8")
    assert read_answers() == Answers()


def test_every_mistake_is_named_at_once(file: Path) -> None:
    file.write_text(
        'loose = 1\n[operator]\nadress = "Kaai 1"\nname = 3\n'
        '[retention]\nbackups_days = "many"\nlogs_days = -1\n'
        '[transfers]\noutside_eea = "no"\n[mail]\nname = {nl = "x"}\n'
        '[[sub_processor]]\nname = "X"\nphone = "1"\n',
        "utf-8",
    )
    with pytest.raises(LegalFileError) as refused:
        read_answers()
    said = str(refused.value)
    assert str(file) in said
    assert "loose stands outside a section." in said
    assert "[operator] adress is no question. Is [operator] address meant?" in said
    assert "[operator] name is 3; expected a text" in said
    assert "[retention] backups_days is 'many'; expected a whole number, 0 or more." in said
    assert "[retention] logs_days is -1" in said
    assert "[transfers] outside_eea is 'no'; expected true or false." in said
    assert "[mail] name is {'nl': 'x'}" in said
    assert "[[sub_processor]] number 1: phone is no key" in said
    assert len(refused.value.mistakes) == 8


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[operator\n", "no valid TOML"),
        (b"\xff\xfe", "cannot be read"),
        (b"sub_processor = 1\n", "begin each with"),
    ],
)
def test_a_broken_file_is_refused_with_its_name(file: Path, content: bytes, said: str) -> None:
    file.write_bytes(content)
    with pytest.raises(LegalFileError, match=said):
        read_answers()


def test_a_file_that_the_settings_name_must_exist(settings: Settings, tmp_path: Path) -> None:
    settings.LEGAL_FILE = str(tmp_path / "away.toml")
    with pytest.raises(LegalFileError, match="CLUSTERWERK_LEGAL"):
        read_answers()


def test_every_question_has_a_name_in_both_languages() -> None:
    assert [key for key, it in questions().items() if not all(it.name.values())] == []
    assert len(questions()) > 30
