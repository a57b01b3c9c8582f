"""The shipped figures with people who look at them, and clients for each kind of person."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter
from factories.programme import ClientOf, Programme, build_programme


@pytest.fixture(scope="module")
def _programme_of_module(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Programme]:
    """Imported once for all tests of a module, in a transaction around theirs."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_programme()
        transaction.set_rollback(True)


@pytest.fixture
def programme(_programme_of_module: Programme, db: None) -> Programme:
    enter(NOBODY)
    return _programme_of_module


@pytest.fixture
def client_of(programme: Programme) -> ClientOf:
    """A client of a person by name; nobody is signed in for "anonymous"."""

    def make(name: str) -> Client:
        client = Client(headers={"Accept-Language": "en"})
        if name != "anonymous":
            client.force_login(programme.people[name])
        return client

    return make
