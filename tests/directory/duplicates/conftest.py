"""Organisations of the small world, and what is private to a cluster."""

import pytest

from factories.english import english
from factories.merges import MakesOrganisation, made_organisation

__all__ = ["english"]


@pytest.fixture
def organisation(db: None) -> MakesOrganisation:
    """Makes a shared organisation, or one private to a cluster; leaves the seats it needed."""
    return made_organisation
