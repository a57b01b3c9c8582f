"""House rules that can be read from the files alone."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "clusterwerk"
TEXT_ENDINGS = {".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".yaml", ".yml", ".csv", ""}
# Our own pages carry no style or script of their own: the content security policy refuses it.
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle=|\son[a-z]+=", re.IGNORECASE)
INDEX = re.compile(r"--(extra-)?index-url|files\.pythonhosted|pypi\.org/simple|registry\.npm")
MACHINE = re.compile(r"(^|[^A-Za-z0-9_.])/(work|farm|home/[a-z]+)/")


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [ROOT / line for line in listed.stdout.splitlines()]
    return [path for path in paths if path.is_file() and path.suffix in TEXT_ENDINGS]


def matches(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_page_carries_inline_script_or_style() -> None:
    assert matches(INLINE, sorted(SOURCE.rglob("*.html"))) == []


def test_no_file_names_a_package_index_or_a_path_of_one_machine() -> None:
    others = [path for path in tracked() if path.name != "test_files.py"]
    assert matches(INDEX, others) == []
    assert matches(MACHINE, others) == []


def test_every_locked_package_has_a_hash() -> None:
    for name in ("run.txt", "test.txt"):
        text = (ROOT / "requirements" / name).read_text("utf-8")
        pins = re.findall(
            r"^[a-z0-9._-]+(?:\[[^\]]*\])?==[^\\]*\\?\n(\s+--hash=sha256:)?", text, re.MULTILINE
        )
        assert pins
        assert all(pins)


def test_migrations_never_import_models_of_a_room() -> None:
    migrations = [path for path in SOURCE.rglob("migrations/*.py") if path.stem != "__init__"]
    helpers = {"clusterwerk.clusters.models.today"}
    for path in migrations:
        imported = re.findall(r"clusterwerk\.[a-z]+\.models\.\w+", path.read_text("utf-8"))
        assert set(imported) <= helpers, path


def test_migrations_that_make_triggers_take_their_operations_at_once() -> None:
    """Each operation apart costs a rendering of all related models; `tools/at_once.py` joins."""
    apart = re.compile(r"^ {8}pgtrigger\.migrations\.AddTrigger\(")
    assert matches(apart, sorted(SOURCE.rglob("migrations/0*.py"))) == []


AGREED_NAMES = {
    "__init__", "access", "actions", "api", "apps", "entries", "exports", "forms", "indicators",
    "jobs", "kinds", "merging", "models", "past", "queries", "signals", "urls", "views", "wording",
}  # fmt: skip
# Nouns of one room, each a file or a folder of that name.
OWN_NOUNS = {
    "activities": {
        "calendars",
        "groups",
        "handouts",
        "keeping",
        "lists",
        "matchmaking",
        "mailings",
        "membership",
        "moving_in",
        "notices",
        "participation",
        "persons",
        "questions",
        "tickets",
    },
    "clusters": {
        "choosing",
        "erasing",
        "handover",
        "inviting",
        "naming",
        "saved_views",
        "search",
        "searching",
        "sharing",
        "terms",
        "themes",
    },
    "directory": {
        "countries",
        "duplicates",
        "identifiers",
        "maps",
        "places",
        "register",
        "relations",
        "sectors",
    },
    "members": {
        "bulk",
        "correspondence",
        "duplicates",
        "handover",
        "lists",
        "moving_in",
        "privacy",
        "reach",
        "reminders",
        "searching",
        "timeline",
    },
    "portal": {"kept", "selection", "weave"},
    "programme": {"schemes"},
    "reporting": {"figures", "moving_in"},
}
FOLDERS = {"data", "migrations", "static", "templates", "templatetags", "__pycache__"}


def test_rooms_hold_only_files_of_the_agreed_names() -> None:
    for room in (
        "directory",
        "clusters",
        "programme",
        "members",
        "activities",
        "reporting",
        "portal",
        "desk",
    ):
        held = {path.stem for path in (SOURCE / room).iterdir() if not path.name.startswith(".")}
        assert held - AGREED_NAMES - FOLDERS - OWN_NOUNS.get(room, set()) == set(), room


# What these modules do is an action, which is never asked of the replica.
WRITES_BY_STATEMENT = {"clusters/handover/actions.py"}


def test_rooms_ask_the_database_that_the_request_reads() -> None:
    """`reading.connection()`, for Django's own is the primary, outside of the replica's seats."""
    raw = re.compile(r"^\s*from django\.db import .*\bconnections?\b")
    rooms = [
        path
        for path in sorted(SOURCE.rglob("*.py"))
        if path.relative_to(SOURCE).parts[0] not in {"platform", "config"}
        and str(path.relative_to(SOURCE)) not in WRITES_BY_STATEMENT
    ]
    assert matches(raw, rooms) == []
