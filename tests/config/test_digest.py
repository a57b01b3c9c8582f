"""Whatever decides about tables, triggers and policies is watched for changes."""

import inspect
from importlib.metadata import packages_distributions
from pathlib import Path

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from clusterwerk.config.supervisor import digest
from clusterwerk.platform.access import apply, foreign
from clusterwerk.platform.access.classes import TableAccess
from clusterwerk.platform.history import tracking

OURS = "clusterwerk."


def file_of(found: object) -> Path:
    return Path(inspect.getfile(found))  # type: ignore[arg-type] # a module or a class


def test_every_model_and_migration_of_ours_is_watched() -> None:
    models = {file_of(model) for model in apps.get_models() if model.__module__.startswith(OURS)}
    # Event models are made where history is declared, which is the file of the model they follow.
    models -= {path for path in models if not path.is_relative_to(digest.SOURCE)}
    loader = MigrationLoader(connection=None)
    assert loader.disk_migrations
    migrations = {
        file_of(inspect.getmodule(type(one)))
        for one in loader.disk_migrations.values()
        if type(one).__module__.startswith(OURS)
    }
    assert len(migrations) >= 12
    assert (models | migrations) - digest.watched() == set()


def test_whatever_writes_grants_policies_and_triggers_is_watched() -> None:
    writers = {file_of(one) for one in (apply, foreign, TableAccess, tracking)}
    writers |= set((digest.SOURCE / "platform" / "access").rglob("*.py"))
    writers |= set((digest.SOURCE / "platform" / "history").rglob("*.py"))
    assert writers - digest.watched() == set()


def test_every_library_that_brings_tables_counts_with_its_version() -> None:
    distributions = packages_distributions()
    libraries = {
        distributions[one.name.split(".")[0]][0].lower()
        for one in apps.get_app_configs()
        if not one.name.startswith(OURS) and (Path(one.path) / "migrations").exists()
    }
    assert {"django", "django-allauth", "procrastinate"} <= libraries
    assert libraries - set(digest.PACKAGES) == set()
