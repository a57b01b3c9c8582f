"""Numbers of rows that no form of ours writes: other scripts, powers, and thousands of digits."""

from django.test import Client

from clusterwerk.members.models import Move
from clusterwerk.platform.access.session import enter
from factories.world import World, cluster_seats

NUMBERS = ("²", "٣", "9" * 40, "9" * 5000, "-1", "1\0")


def _move(world: World) -> int:
    enter(cluster_seats(world.alpha))
    return Move.objects.get(cluster=world.alpha).pk


def test_a_number_in_an_address_that_names_no_row_is_answered(client: Client, world: World) -> None:
    rows = f"/members/alpha/moves/{_move(world)}"
    client.force_login(world.people["manager"])
    for number in NUMBERS:
        assert client.get(f"{rows}/rows/", {"after": number}).status_code == 200
        assert client.get(f"{rows}/figures/members.paying/", {"after": number}).status_code == 200
        assert client.get(f"{rows}/rows/", {"find": number}).status_code == 200
        assert client.get("/sharing/alpha/", {"member": number}).status_code in {200, 422}


def test_a_form_that_says_no_page_of_ours_leads_to_the_file(client: Client, world: World) -> None:
    client.force_login(world.people["manager"])
    for back in (*NUMBERS, "members", "//elsewhere.example", "javascript:alert(1)"):
        sent = {"organisation": world.company.pk, "name": "Recycling", "kind": "free", "back": back}
        answer = client.post("/members/alpha/tags/on/", sent)
        assert answer["Location"] == f"/members/alpha/{world.membership.pk}/"


def test_the_last_day_that_there_is_ends_no_list(client: Client, world: World) -> None:
    client.force_login(world.people["manager"])
    asked = {"day": "9999-12-31", "ending": "on", "since": "0001-01-01"}
    assert client.get("/members/alpha/", asked).status_code == 200
    asked = {"day": "0001-01-01", "since": "9999-12-31"}
    assert client.get("/members/alpha/", asked).status_code == 200


def test_a_number_in_a_form_that_names_no_row_changes_nothing(client: Client, world: World) -> None:
    rows = f"/members/alpha/moves/{_move(world)}/rows/"
    client.force_login(world.people["manager"])
    for number in NUMBERS:
        sent = {"organisation": ["0", number], "member": number, "row": number, "do": "leave"}
        assert client.post("/members/alpha/prospects/", sent).status_code == 302
        assert client.post(rows, sent).status_code in {400, 404, 422}
        assert client.post("/members/own/note/", sent).status_code in {200, 422}
