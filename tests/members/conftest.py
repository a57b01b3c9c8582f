import pytest
from django.test import Client

from factories.english import english

__all__ = ["english"]


@pytest.fixture
def client() -> Client:
    """Asks for pages in English, whatever catalogues are complete."""
    return Client(headers={"Accept-Language": "en"})
