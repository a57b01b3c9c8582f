"""Texts of people that would become a header, a formula, markup or a pattern somewhere."""

import csv
import io

import pytest
from django.core import mail
from django.test import Client
from openpyxl import load_workbook

from clusterwerk.directory.models import Organisation
from clusterwerk.platform.access.session import enter, unlocked
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.files import actions as files
from factories.world import STEWARD, World

FORMULAS = ["=1+1", "+SUM(A1)", "-2+3", "@cmd", "\t=1", '=HYPERLINK("https://evil.example")']
HEADERS = ["name\r\nBcc: evil@example.org", "name\nX-Evil: 1", "name\rX: 1", "name\x00"]


def renamed(world: World, name: str) -> None:
    enter(STEWARD)
    with unlocked(STEWARD, "directory"):
        Organisation.objects.filter(pk=world.company.pk).update(name=name)


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_name_becomes_no_formula_in_a_download(
    client: Client, world: World, formula: str
) -> None:
    renamed(world, formula)
    client.force_login(world.people["manager"])
    text = client.get("/members/alpha/?file=csv").content.decode("utf-8-sig")
    delimiter = ";" if ";" in text.splitlines()[0] else ","
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=delimiter) for cell in row]
    assert f"'{formula}" in cells
    assert formula not in cells
    book = load_workbook(io.BytesIO(client.get("/members/alpha/?file=xlsx").content))
    found = [
        cell for row in book.worksheets[0] for cell in row if formula.strip() in str(cell.value)
    ]
    assert found
    assert {cell.data_type for cell in found} == {"s"}


@pytest.mark.parametrize("text", HEADERS)
def test_a_name_becomes_no_header_of_a_mail(client: Client, world: World, text: str) -> None:
    person = world.people["member"]
    client.force_login(person)
    client.post("/account/", {"name": text, "language": "nl"})
    client.logout()
    client.post("/accounts/login/code/", {"email": person.email})
    assert mail.outbox
    for sent in mail.outbox:
        message = sent.message()
        assert "Bcc" not in message
        assert not [name for name in message if name.startswith("X-Evil")]
        assert sent.recipients() == [person.email]


@pytest.mark.parametrize("name", [*HEADERS, "../../etc/passwd", "a/b", "a\\b", "..", ""])
def test_a_file_name_becomes_no_header_and_no_path(world: World, name: str) -> None:
    with files.draft() as draft:
        draft.file.write(b"x")
        with pytest.raises(DomainError):
            files.keep(draft, world.people["manager"].pk, name, "text/plain")


def test_what_people_type_is_shown_and_never_run(client: Client, world: World) -> None:
    markup = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    renamed(world, markup)
    client.force_login(world.people["manager"])
    for page in (
        "/members/alpha/",
        f"/members/alpha/{world.membership.pk}/",
        f"/history/members/membership/{world.membership.pk}/",
        f"/members/alpha/?find={markup}",
        f"/?q={markup}",
        f"/programme/figures/?find={markup}",
        f"/nowhere/{markup}",
    ):
        text = client.get(page).text
        assert "<script>alert" not in text, page
        assert "<img src=x" not in text, page


@pytest.mark.parametrize("words", ["%", "_", "%%%%", "\\", "' or 1=1 --", "a'b\"c", "(((((", "[a-"])
def test_signs_with_a_meaning_to_the_database_are_searched_as_they_are(
    client: Client, world: World, words: str
) -> None:
    client.force_login(world.people["manager"])
    answer = client.get("/members/alpha/", {"find": words})
    assert answer.status_code == 200
    assert "Éclair Works" not in answer.text
    assert client.get("/", {"q": words}).status_code == 200
