"""Requests that are too large, of the wrong kind, or have too many parts."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from factories.world import World


def test_a_form_that_is_too_large_is_refused_with_a_page(client: Client, world: World) -> None:
    client.force_login(world.people["manager"])
    client.raise_request_exception = False
    big = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    answer = client.post("/account/", {"name": big, "language": "nl"})
    assert answer.status_code in {400, 413}
    assert "<h1" in answer.text


def test_a_form_with_too_many_fields_is_refused(client: Client, world: World) -> None:
    client.force_login(world.people["manager"])
    client.raise_request_exception = False
    fields = {f"field{n}": "1" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    assert client.post("/account/", fields).status_code in {400, 413}


def test_a_file_in_a_form_that_asks_for_none_is_ignored(client: Client, world: World) -> None:
    client.force_login(world.people["manager"])
    upload = SimpleUploadedFile("virus.exe", b"MZ" * 1000, content_type="text/html")
    answer = client.post("/account/", {"name": "Still me", "language": "nl", "name2": upload})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"name": "x"'),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("multipart/form-data", b""),
        ("application/x-www-form-urlencoded; charset=utf-99", b"name=x"),
        ("text/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
        ("application/x-www-form-urlencoded", b"name=%ff%fe%00&language=nl"),
    ],
)
def test_a_body_of_the_wrong_kind_gets_an_answer(
    client: Client, world: World, content_type: str, body: bytes
) -> None:
    client.force_login(world.people["manager"])
    client.raise_request_exception = False
    answer = client.generic("POST", "/account/", body, content_type)
    assert answer.status_code < 500
    assert "root:" not in answer.text
    assert client.get("/account/").status_code == 200


def test_a_name_longer_than_its_column_is_refused_where_it_was_typed(
    client: Client, world: World
) -> None:
    client.force_login(world.people["manager"])
    answer = client.post("/account/", {"name": "x" * 5000, "language": "nl"})
    assert answer.status_code == 422
