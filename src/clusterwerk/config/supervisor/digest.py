"""What a prepared database and the collected static files were made from.

Comparing a digest takes milliseconds; asking Django whether there is anything to migrate takes
more than a second. Whoever changes one of these files gets the full preparation at the next start.
"""

import hashlib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import clusterwerk
from clusterwerk.config.upgrading import written

SOURCE = Path(clusterwerk.__file__).parent
# Those that bring tables, triggers, or styles; a guard test compares them with the settings.
PACKAGES = (
    "django",
    "django-allauth",
    "django-pghistory",
    "django-pgtrigger",
    "procrastinate",
    "django-htmx",
    "whitenoise",
)
# Whatever writes tables, triggers, grants or policies; a guard test walks models and classes.
DATABASE_FILES = (
    "**/migrations/*.py",
    "**/models.py",
    "**/models/**/*.py",
    "**/*.sql",
    "*/access.py",
    "platform/access/**/*.py",
    "platform/history/**/*.py",
    "platform/management/commands/*.py",
    "config/settings.py",
    "config/supervisor/preparing.py",
)
STATIC_FILES = ("*/static/**/*", "platform/ui/**/static/**/*", "config/settings.py")


def of_database() -> str:
    """The release counts too, so that each notes itself as the last that wrote the database."""
    return _digest(_matching(DATABASE_FILES), written.program_version())


def watched() -> set[Path]:
    """Files whose change brings the full preparation of the database."""
    return set(_matching(DATABASE_FILES))


def of_static(var: Path) -> str:
    """The target folder counts too: collected files in another `var` are of no use here."""
    return _digest(_matching(STATIC_FILES), str(var))


def of_demo() -> str:
    """The published figures and the demo's own code, which the demo is made from."""
    return _digest(_matching(("config/demo/**/*.py", "*/data/**/*")))


def _matching(patterns: Iterable[str]) -> list[Path]:
    return sorted({path for pattern in patterns for path in SOURCE.glob(pattern) if path.is_file()})


def _digest(files: Iterable[Path], more: str = "") -> str:
    total = hashlib.sha256(f"{[_version(name) for name in PACKAGES]}{more}".encode())
    for file in files:
        total.update(f"{file.relative_to(SOURCE)}\0".encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"
