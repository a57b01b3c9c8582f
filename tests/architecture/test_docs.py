"""What the documentation names exists: files, headings, commands, settings, words."""

import re
from collections.abc import Iterator
from enum import Enum
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from django.apps import apps
from django.db import models
from typer.core import TyperGroup
from typer.main import get_command

from clusterwerk.clusters.models import Embedding
from clusterwerk.config import cli
from clusterwerk.directory.models import IdentifierScheme, OrganisationKind
from clusterwerk.measure.consistency import Verdict
from clusterwerk.measure.headcount import HeadcountClass
from clusterwerk.measure.trajectory import Standing
from clusterwerk.platform.access import classes
from clusterwerk.platform.access.classes import TableAccess
from clusterwerk.platform.access.seats import SeatKind, SeatRole
from clusterwerk.platform.evidence import indicators
from clusterwerk.reporting.models import ProjectKind

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "clusterwerk"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *SOURCE.rglob("*.md")])

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
OWN_PATH = re.compile(r"^(src|tests|docs|requirements|tools|bench)/[\w./-]+$")
SETTING = re.compile(r"\b(CLUSTERWERK_[A-Z_]*[A-Z])\b")
COMMAND = re.compile(r"(?:^|[\s`(/])clusterwerk((?: [a-z][a-z-]*)+)", re.MULTILINE)
TARGET = re.compile(r"(?:^|[`;&] *)make +([a-z-]+)", re.MULTILINE)


def code_of(path: Path) -> list[str]:
    """Everything that stands in code blocks and code spans."""
    text = path.read_text("utf-8")
    return [*FENCE.findall(text), *CODE.findall(FENCE.sub("", text))]


def anchors(path: Path) -> set[str]:
    """The addresses of the headings, as the hosts of repositories make them."""
    text = FENCE.sub("", path.read_text("utf-8"))
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(text))
    return {heading.replace(" ", "-") for heading in plain}


def links() -> Iterator[tuple[Path, str]]:
    for document in DOCUMENTS:
        for link in LINK.findall(FENCE.sub("", document.read_text("utf-8"))):
            if not link.startswith(("http://", "https://", "mailto:")):
                yield document, link


def test_every_relative_link_leads_to_a_file_and_heading_that_exist() -> None:
    broken = []
    for document, link in links():
        name, _, anchor = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        inside = target.is_relative_to(ROOT)
        missing = not inside or not target.exists()
        if missing or (anchor and anchor not in anchors(target)):
            broken.append(f"{document.relative_to(ROOT)}: {link}")
    assert broken == []


def test_every_document_can_be_reached_from_the_readme() -> None:
    leads = {document: set[Path]() for document in DOCUMENTS}
    for document, link in links():
        leads[document].add((document.parent / link.partition("#")[0]).resolve())
    reached, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        document = waiting.pop()
        reached.add(document)
        waiting += [found for found in leads.get(document, ()) if found not in reached]
    ours = [path for path in DOCUMENTS if path.is_relative_to(ROOT / "docs")]
    assert [str(path.relative_to(ROOT)) for path in ours if path not in reached] == []


def test_every_file_of_ours_that_is_named_exists() -> None:
    missing = [
        f"{document.relative_to(ROOT)}: {name}"
        for document in DOCUMENTS
        for name in code_of(document)
        if OWN_PATH.match(name)
        if not (ROOT / name).exists()
        if document.name != "add-a-room.md"  # it names the files of a room that is to be made
    ]
    assert missing == []


def commands() -> TyperGroup:
    cli._register()
    group = get_command(cli.app)
    assert isinstance(group, TyperGroup)
    return group


def unknown_word(group: object, words: list[str]) -> str | None:
    """The first word that is no command of its group; None when all are, or arguments begin."""
    for word in words:
        if not isinstance(group, TyperGroup):
            return None
        if word not in group.commands:
            return word
        group = group.commands[word]
    return None


def test_every_command_that_is_named_exists() -> None:
    group = commands()
    named = [
        (document, found.split())
        for document in DOCUMENTS
        for code in code_of(document)
        for found in COMMAND.findall(code)
    ]
    assert ["serve"] in [words for _, words in named]
    unknown = [
        f"{document.relative_to(ROOT)}: clusterwerk {' '.join(words)}"
        for document, words in named
        if unknown_word(group, words)
    ]
    assert unknown == []


def test_every_target_of_make_that_is_named_exists() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", text, re.MULTILINE))
    named = {
        target
        for document in DOCUMENTS
        for code in code_of(document)
        for target in TARGET.findall(code)
    }
    assert {"run", "test"} <= named
    assert named - targets == set()


def test_every_setting_that_is_named_is_read_somewhere() -> None:
    programs = [*SOURCE.rglob("*.py"), *ROOT.glob("tests/*.py"), *ROOT.glob("tools/*.py")]
    read = {name for path in programs for name in SETTING.findall(path.read_text("utf-8"))}
    named = {name for path in DOCUMENTS for name in SETTING.findall(path.read_text("utf-8"))}
    assert "CLUSTERWERK_SECRET_KEY" in named
    assert named - read == set()


def table_rows(path: Path) -> list[list[str]]:
    """Cells of the rows of every table, without heads and rulers."""
    lines = path.read_text("utf-8").splitlines()
    rows = [
        line
        for line, next_line in pairwise([*lines, ""])
        if line.startswith("| ") and not line.startswith("| -") and not next_line.startswith("| -")
    ]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def test_the_table_of_access_classes_names_every_class_and_its_tables() -> None:
    declared = {name: it for name, it in vars(classes).items() if isinstance(it, TableAccess)}
    documented = {
        row[0].strip("`"): set(CODE.findall(row[-1]))
        for row in table_rows(ROOT / "docs" / "develop" / "access.md")
        if row[0].strip("`") in declared
    }
    tables: dict[str, set[str]] = {name: set() for name in declared}
    for model in our_models():
        access = vars(model)["access"]
        tables[next(name for name, it in declared.items() if it == access)].add(model.__name__)
    assert documented == tables


def our_models() -> list[type[models.Model]]:
    """Ours, without the events that history makes of them."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("clusterwerk") and not hasattr(model, "pgh_tracked_model")
    ]


# --- Decisions -----------------------------------------------------------------------------------

DECISIONS = sorted(ROOT.glob("docs/decisions/[0-9]*.md"))


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    assert [path.name[:4] for path in DECISIONS] == [
        f"{number:04}" for number in range(1, len(DECISIONS) + 1)
    ]
    listed = (ROOT / "docs" / "decisions" / "README.md").read_text("utf-8")
    assert [path.name for path in DECISIONS if f"({path.name})" not in listed] == []


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_its_number_date_and_parts_and_is_short(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith(f"# {path.name[:4]} ")
    assert re.search(r"^Date: \d{4}-\d{2}-\d{2}\.", text, re.MULTILINE)
    assert HEADING.findall(text)[1:] == ["Context", "Decision", "Consequence"]
    assert len(text.split()) <= 450


# --- Glossary ------------------------------------------------------------------------------------


class Word(NamedTuple):
    english: str
    dutch: str
    meaning: str
    code: str


def glossary() -> list[Word]:
    return [Word(*row) for row in table_rows(ROOT / "docs" / "develop" / "glossary.md")]


def named_in_code() -> set[str]:
    return {name for word in glossary() for name in CODE.findall(word.code)}


def test_the_glossary_holds_the_field() -> None:
    words = glossary()
    assert len(words) >= 70
    assert [word.english for word in words if not all(word)] == []
    english = [word.english for word in words]
    assert sorted({word for word in english if english.count(word) > 1}) == []


def test_every_model_is_a_word_of_the_glossary() -> None:
    assert {model.__name__ for model in our_models()} - named_in_code() == set()


CHOICES: list[type[Enum]] = [
    Embedding,
    HeadcountClass,
    IdentifierScheme,
    OrganisationKind,
    ProjectKind,
    SeatKind,
    SeatRole,
    Standing,
    Verdict,
]


def test_every_state_and_role_is_a_word_of_the_glossary() -> None:
    members = {f"{choices.__name__}.{member.name}" for choices in CHOICES for member in choices}
    assert members - named_in_code() == set()


def test_every_indicator_is_a_word_of_the_glossary() -> None:
    assert set(indicators()) - named_in_code() == set()


def test_a_word_in_use_stands_in_the_code_and_a_reserved_one_names_its_room() -> None:
    code = "\n".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))
    rooms = set(re.findall(r'^    "(.+)",$', _layers(), re.MULTILINE))
    rooms = {room.strip("() ") for line in rooms for room in line.split("|")}
    wrong = []
    for word in glossary():
        names = CODE.findall(word.code)
        if word.code.startswith("later: "):
            wrong += [word.english for name in names if name not in rooms]
        else:
            wrong += [f"{word.english}: {name}" for name in names if not _stands_in(code, name)]
        wrong += [] if names else [word.english]
    assert wrong == []


def _layers() -> str:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    return text[text.index("layers = [") : text.index("exhaustive")]


def _stands_in(code: str, name: str) -> bool:
    """The last part of a dotted name stands alone somewhere; keys stand whole, in quotes."""
    if name in indicators() or "-" in name:
        return f'"{name}"' in code or (SOURCE / "programme/data/schemes" / f"{name}.toml").exists()
    parts = name.split(".")
    return all(re.search(rf"\b{re.escape(part)}\b", code) for part in parts)
