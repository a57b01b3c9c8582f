"""What a request keeps of its person: nothing, in any cache."""

import pytest
from django.test import Client

from factories.world import World


@pytest.mark.parametrize("address", ["/desk/", "/", "/programme/findings/"])
def test_what_a_signed_in_person_sees_is_kept_by_no_cache(
    client: Client, world: World, address: str
) -> None:
    client.force_login(world.people["manager"])
    assert client.get(address).headers["Cache-Control"] == "private, no-store"


def test_a_public_page_may_be_kept(client: Client, world: World) -> None:
    assert "Cache-Control" not in client.get("/").headers
