"""The shipped figures, published; everybody reads them with no seat at all."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter
from clusterwerk.reporting.actions import import_figures
from factories.english import english
from factories.grounds import Grounds
from published import FOLDER

__all__ = ["english"]
Import = Callable[..., None]


@pytest.fixture
def visitor() -> Client:
    """Somebody without an account who reads English."""
    return Client(HTTP_ACCEPT_LANGUAGE="en")


@pytest.fixture(scope="session")
def imported(grounds: Grounds) -> None:
    """The shipped figures, imported once; tests that ask for this start from them."""
    grounds.make_figures()


@pytest.fixture
def figures(imported: None, db: None) -> None:
    """The shipped figures; nobody's seats are entered."""
    enter(NOBODY)


@pytest.fixture
def import_with(figures: None, tmp_path: Path) -> Import:
    """Import the figures again with a text of one file replaced, as a person would."""

    def import_changed(file: str, old: str, new: str) -> None:
        folder = tmp_path / FOLDER.name
        shutil.copytree(FOLDER, folder)
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
        enter(seats_of_command())
        import_figures(folder)
        enter(NOBODY)

    return import_changed
