"""What a test starts from: an empty database, or one that was filled once for many tests.

A test says which by the fixtures it asks for. What it writes is rolled back, so the next finds the
same; one that commits starts from the empty database, which is emptied after it.
"""

import pickle
from dataclasses import dataclass, field

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from clusterwerk.config.demo.load import load_demo
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.session import acting
from clusterwerk.reporting.actions import import_figures
from factories.databases import Databases
from factories.world import World, build_world
from published import FOLDER

EMPTY, WORLD, FIGURES, DEMO = "empty", "world", "figures", "demo"
COMMITS = {"transactional_db", "live_server"}
# Filled by fixtures of a module, in a transaction around its tests.
OF_A_MODULE = {"_programme_of_module", "loaded"}


@dataclass
class Grounds:
    """The databases of this process, and the small world as it stands in one of them."""

    databases: Databases
    blocker: DjangoDbBlocker
    _world: bytes = field(default=b"")

    def enter(self, wanted: str) -> None:
        """Go to what the test wants; within the transaction of a module there is no leaving."""
        if connection.in_atomic_block:
            return
        if wanted == WORLD and WORLD not in self.databases.made:
            self._make_world()
        self.databases.use(wanted if wanted in self.databases.made else EMPTY)

    def world(self) -> World:
        """The one that is committed here, as objects of one's own; built when there is none."""
        if not self.databases.is_used(WORLD):
            return build_world()
        found: World = pickle.loads(self._world)
        return found

    def make_figures(self) -> None:
        """Copy the published figures and go there."""
        if FIGURES not in self.databases.made:
            self.databases.make(FIGURES, self.databases.template_of(FIGURES, publish))
        self.databases.use(FIGURES)

    def make_demo(self) -> None:
        """Copy the demo of today and go there."""
        today = timezone.localdate()

        def fill() -> None:
            publish()
            load_demo(today)

        name = f"{DEMO}_{today:%Y%m%d}"
        self.databases.make(DEMO, self.databases.template_of(name, fill))
        self.databases.use(DEMO)

    def drop_demo(self) -> None:
        self.databases.use(EMPTY)
        self.databases.drop(DEMO)

    def _make_world(self) -> None:
        self.databases.make(WORLD)
        self.databases.use(WORLD)
        with self.blocker.unblock(), transaction.atomic():
            self._world = pickle.dumps(build_world())


def wanted_by(item: pytest.Item) -> str:
    names = set(getattr(item, "fixturenames", ()))
    if "demo_site" in names:
        return DEMO
    if "imported" in names:
        return FIGURES
    marker = item.get_closest_marker("django_db")
    commits = names & COMMITS or (marker and marker.kwargs.get("transaction"))
    return WORLD if "world" in names and not commits and not names & OF_A_MODULE else EMPTY


def publish() -> None:
    with acting(seats_of_command()):
        import_figures(FOLDER)
