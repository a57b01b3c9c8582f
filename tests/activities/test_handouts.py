"""Documents of an activity: what is taken, who may fetch it, and who hears of it."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from activities.registered import HOUR, NOW, OPEN, comes, published, row, subjects
from clusterwerk.activities import actions
from clusterwerk.activities.actions import handouts
from clusterwerk.activities.handouts import LARGEST, open_handouts, type_of
from clusterwerk.activities.models import (
    Activity,
    ActivityKind,
    Handout,
    HandoutFile,
    HandoutMail,
    HandoutReach,
    PublishedActivity,
)
from clusterwerk.activities.queries.handouts import handouts_of
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.world import World, cluster_seats

BEA, NON = "bea@one.example", "non@two.example"
ENDED = datetime(2030, 5, 7, 1, tzinfo=UTC)  # as the opening of `registered`
PDF = b"%PDF-1.7\nslides"


@pytest.fixture
def opening(world: World) -> Activity:
    """Bea and Non have a place, and Bea was there; slides for who came, a map for everybody."""
    own = published(world, capacity=9)
    for email in (BEA, NON):
        comes(own, email)
    seats = cluster_seats(world.alpha)
    enter(seats)
    number = row(own, BEA).pk
    actions.note_arrival(seats=seats, activity=own, registration=number, guests=0, now=ENDED - HOUR)
    put(world, own, "Slides.pdf", HandoutReach.CAME)
    put(world, own, "Map.pdf", HandoutReach.EVERYBODY)
    enter(NOBODY)
    return own


def put(
    world: World,
    own: Activity,
    name: str,
    reach: HandoutReach = HandoutReach.CAME,
    content: bytes = PDF,
) -> Handout:
    seats = cluster_seats(world.alpha)
    enter(seats)
    return handouts.add_handout(
        seats=seats, activity=own, name=name, content=content, reach=reach, now=ENDED
    )


def numbers(world: World, own: Activity) -> dict[str, int]:
    enter(cluster_seats(world.alpha))
    found = {each.name: each.pk for each in handouts_of(own)}
    enter(NOBODY)
    return found


def fetched(world: World, own: Activity) -> dict[str, int]:
    enter(cluster_seats(world.alpha))
    return {each.name: each.file.fetched for each in handouts_of(own)}


def cancel(world: World, own: Activity) -> None:
    seats = cluster_seats(world.alpha)
    enter(seats)
    actions.cancel_activity(seats=seats, activity=own, because="Storm")
    enter(NOBODY)


def keeper(world: World, person: str = "manager") -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(world.people[person])
    return client


def office(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.pdf", b"", "empty"),
        ("big.pdf", b"%PDF-" + b" " * LARGEST, "at most 20 MB"),
        ("page.html", b"<html>", "no kind of file"),
        ("run.exe", b"MZ", "no kind of file"),
        ("noending", PDF, "no kind of file"),
        ("page.pdf", b"<html>", "not what its name says"),
        ("macro.docx", office("[Content_Types].xml", "word/vbaProject.bin"), "macros"),
        ("macro.odt", office("mimetype", "Basic/Standard/Module1.xml"), "macros"),
        ("plain.pptx", office("slides.txt"), "not what its name says"),
        ("broken.xlsx", b"PK\x03\x04", "not what its name says"),
        ("nul.txt", b"a\x00b", "not what its name says"),
        ("a/b.pdf", PDF, "cannot be the name"),
        ("a\nb.pdf", PDF, "cannot be the name"),
        ("x" * 200 + ".pdf", PDF, "cannot be the name"),
    ],
)
def test_what_is_not_taken(name: str, content: bytes, why: str) -> None:
    with pytest.raises(DomainError, match=why):
        type_of(name, content)


def test_what_is_taken() -> None:
    assert type_of("Slides.PDF", PDF) == "application/pdf"
    deck = office("[Content_Types].xml", "ppt/presentation.xml")
    assert type_of("deck.pptx", deck).endswith("presentationml.presentation")
    assert type_of("list.csv", "naam;plaats\nÖzge;Gent".encode()) == "text/csv"


def test_the_same_file_twice_is_one_and_another_of_its_name_is_refused(
    world: World, opening: Activity
) -> None:
    once = put(world, opening, "Slides.pdf")
    assert once.pk == numbers(world, opening)["Slides.pdf"]
    with pytest.raises(DomainError, match="already with other contents"):
        put(world, opening, "slides.PDF", content=PDF + b"2")
    assert len(numbers(world, opening)) == 2


def test_an_activity_has_so_many_documents_at_most(
    world: World, opening: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handouts, "MOST_HANDOUTS", 3)
    put(world, opening, "Third.pdf")
    with pytest.raises(DomainError, match="at most 3 documents"):
        put(world, opening, "Fourth.pdf")
    monkeypatch.setattr(handouts, "MOST_HANDOUTS", 9)
    monkeypatch.setattr(handouts, "MOST_TOGETHER", 4 * len(PDF) - 1)
    with pytest.raises(DomainError, match="together"):
        put(world, opening, "Fourth.pdf")


def test_name_reach_and_place_change_and_the_ending_stays(world: World, opening: Activity) -> None:
    pk = numbers(world, opening)["Map.pdf"]
    seats = cluster_seats(world.alpha)
    enter(seats)
    handouts.change_handout(
        seats=seats,
        activity=opening,
        handout=pk,
        name="Way there",
        reach=HandoutReach.CAME,
        position=1,
    )
    assert [each.name for each in handouts_of(opening)] == ["Way there.pdf", "Slides.pdf"]
    assert PublishedActivity.objects.get(pk=opening.pk).handouts == []
    with pytest.raises(DomainError, match="of this name"):
        handouts.change_handout(
            seats=seats,
            activity=opening,
            handout=pk,
            name="Slides.pdf",
            reach=HandoutReach.CAME,
            position=1,
        )


def test_everybody_fetches_what_is_for_everybody_and_nothing_else(
    world: World, opening: Activity
) -> None:
    held = numbers(world, opening)
    visitor = Client(HTTP_ACCEPT_LANGUAGE="en")
    page = visitor.get(reverse("agenda:agenda_detail", args=[opening.uid])).content.decode()
    assert "Map.pdf" in page
    assert "Slides.pdf" not in page
    answer = visitor.get(reverse("agenda:open_handout", args=[opening.uid, held["Map.pdf"]]))
    assert answer.content == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="Map.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    refused = visitor.get(reverse("agenda:open_handout", args=[opening.uid, held["Slides.pdf"]]))
    assert refused.status_code == 404
    assert fetched(world, opening) == {"Slides.pdf": 0, "Map.pdf": 1}


def test_who_came_fetches_all_by_the_link(world: World, opening: Activity) -> None:
    held, token = numbers(world, opening), row(opening, BEA).token
    visitor = Client(HTTP_ACCEPT_LANGUAGE="en")
    address = reverse("agenda:own_handouts", args=[token])
    link = visitor.get(reverse("agenda:registration_link", args=[token]))
    assert address in link.content.decode()
    page = visitor.get(address).content.decode()
    assert "Slides.pdf" in page
    assert "Map.pdf" in page
    answer = visitor.get(reverse("agenda:own_handout", args=[token, held["Slides.pdf"]]))
    assert answer.content == PDF
    assert fetched(world, opening) == {"Slides.pdf": 1, "Map.pdf": 0}


def test_who_did_not_come_is_told_so_kindly(world: World, opening: Activity) -> None:
    held, token = numbers(world, opening), row(opening, NON).token
    visitor = Client(HTTP_ACCEPT_LANGUAGE="en")
    page = visitor.get(reverse("agenda:own_handouts", args=[token])).content.decode()
    assert "Slides.pdf" not in page
    assert "You are not ticked as present" in page
    assert "Map.pdf" in page
    answer = visitor.get(reverse("agenda:own_handout", args=[token, held["Slides.pdf"]]))
    assert answer.status_code == 302
    assert fetched(world, opening)["Slides.pdf"] == 0


def test_a_link_of_nobody_and_of_another_activity_fetch_nothing(
    world: World, opening: Activity
) -> None:
    held = numbers(world, opening)
    other = published(world, name="Elsewhere")
    comes(other, BEA)
    visitor = Client(HTTP_ACCEPT_LANGUAGE="en")
    for token in ("nobody", row(other, BEA).token):
        answer = visitor.get(reverse("agenda:own_handout", args=[token, held["Slides.pdf"]]))
        assert answer.status_code == 404
    address = reverse("agenda:open_handout", args=[other.uid, held["Map.pdf"]])
    assert visitor.get(address).status_code == 404
    assert visitor.get(reverse("agenda:own_handouts", args=["nobody"])).status_code == 404


def test_of_what_is_cancelled_nothing_is_public_any_more(world: World, opening: Activity) -> None:
    held, token = numbers(world, opening), row(opening, BEA).token
    cancel(world, opening)
    visitor = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert (
        "Map.pdf"
        not in visitor.get(reverse("agenda:agenda_detail", args=[opening.uid])).content.decode()
    )
    assert (
        "Map.pdf" not in visitor.get(reverse("agenda:own_handouts", args=[token])).content.decode()
    )
    for address in (
        reverse("agenda:open_handout", args=[opening.uid, held["Map.pdf"]]),
        reverse("agenda:own_handout", args=[token, held["Slides.pdf"]]),
        reverse("agenda:own_handout", args=[token, held["Map.pdf"]]),
    ):
        assert visitor.get(address).status_code == 404
    with pytest.raises(DomainError, match="cancelled"):
        put(world, opening, "Late.pdf")


def test_documents_of_a_draft_are_nobodys_until_it_is_published(world: World) -> None:
    seats = cluster_seats(world.alpha)
    enter(seats)
    draft = actions.plan_activity(seats=seats, lead=world.alpha, plan=OPEN)
    pk = put(world, draft, "Map.pdf", HandoutReach.EVERYBODY).pk
    address = reverse("agenda:open_handout", args=[draft.uid, pk])
    assert Client().get(address).status_code == 404
    enter(seats)
    actions.publish_activity(seats=seats, activity=draft, now=NOW)
    shown = PublishedActivity.objects.get(pk=draft.pk)
    assert [each.name for each in open_handouts(shown.handouts)] == ["Map.pdf"]
    assert Client().get(address).status_code == 200
    enter(seats)
    other = actions.plan_activity(
        seats=seats, lead=world.alpha, plan=replaced(OPEN, name="Thrown away")
    )
    put(world, other, "Map.pdf")
    actions.drop_draft(seats=seats, activity=other)
    assert not Handout.objects.filter(activity=other.pk).exists()


def replaced(plan: actions.Plan, **facts: object) -> actions.Plan:
    return replace(plan, kind=ActivityKind.WORKSHOP, **facts)  # type: ignore[arg-type]


def test_other_clusters_and_observers_neither_read_nor_change(
    world: World, opening: Activity
) -> None:
    pk = numbers(world, opening)["Slides.pdf"]
    others = cluster_seats(world.beta)
    enter(others)
    assert not Handout.objects.filter(pk=pk).exists()
    assert not HandoutFile.objects.filter(pk=pk).exists()
    with pytest.raises(PermissionDenied):
        handouts.remove_handout(seats=others, activity=opening, handout=pk)
    stranger = keeper(world, "other_manager")
    for name in ("activities:handout_file", "activities:handout_change"):
        assert stranger.get(reverse(name, args=["alpha", opening.pk, pk])).status_code in {403, 404}
    assert pk in numbers(world, opening).values()


def test_who_came_hears_once_of_each_set(world: World, opening: Activity) -> None:
    seats = cluster_seats(world.alpha)
    enter(seats)
    handouts.require_something_to_tell(seats, opening)
    assert handouts.tell_some(seats=seats, activity=opening.pk, now=ENDED) == 1
    assert handouts.tell_some(seats=seats, activity=opening.pk, now=ENDED) == 0
    with pytest.raises(DomainError, match="already"):
        handouts.require_something_to_tell(seats, opening)
    put(world, opening, "More.pdf")
    assert handouts.tell_some(seats=seats, activity=opening.pk, now=ENDED) == 1
    assert HandoutMail.objects.filter(registration__activity=opening).count() == 2
    told = [subject for subject in subjects(BEA) if "Documents" in subject]
    assert told == ["Documents: Opening", "Documents: Opening"]
    assert not any("Documents" in subject for subject in subjects(NON))


def test_nobody_hears_of_what_is_cancelled_or_has_no_documents(
    world: World, opening: Activity
) -> None:
    seats = cluster_seats(world.alpha)
    other = published(world, name="Elsewhere")
    enter(seats)
    with pytest.raises(DomainError, match="no document"):
        handouts.require_something_to_tell(seats, other)
    cancel(world, opening)
    enter(seats)
    with pytest.raises(DomainError, match="cancelled"):
        handouts.require_something_to_tell(seats, opening)
    assert handouts.tell_some(seats=seats, activity=opening.pk, now=ENDED) == 0


def test_the_teams_page_takes_several_and_says_which_it_did_not(
    world: World, opening: Activity
) -> None:
    client = keeper(world)
    address = reverse("activities:handouts", args=["alpha", opening.pk])
    files = [
        SimpleUploadedFile("Good.pdf", PDF),
        SimpleUploadedFile("Bad.exe", b"MZ"),
        SimpleUploadedFile("Empty.pdf", b""),
    ]
    answer = client.post(address, {"uploaded": files, "reach": "came"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Bad.exe is no kind of file" in page
    assert "Empty.pdf is empty" in page
    assert "Good.pdf" in numbers(world, opening)
    answer = client.post(
        address, {"uploaded": SimpleUploadedFile("Two.pdf", PDF), "reach": "everybody"}
    )
    assert answer.status_code == 302
    assert client.post(address, {"reach": "came"}).status_code == 422
    pk = numbers(world, opening)["Two.pdf"]
    change = reverse("activities:handout_change", args=["alpha", opening.pk, pk])
    assert client.get(change).status_code == 200
    assert client.post(change, {"name": "", "reach": "came", "position": "1"}).status_code == 422
    sent = {"name": "First", "reach": "came", "position": "1"}
    assert client.post(change, sent).status_code == 302
    assert next(iter(numbers(world, opening))) == "First.pdf"
    file = reverse("activities:handout_file", args=["alpha", opening.pk, pk])
    assert client.get(file).content == PDF
    remove = reverse("activities:handout_remove", args=["alpha", opening.pk, pk])
    assert [client.post(remove).status_code for _ in range(2)] == [302, 302]
    assert "First.pdf" not in numbers(world, opening)
    assert client.get(file).status_code == 404


def test_the_button_asks_for_the_job(world: World, opening: Activity) -> None:
    client = keeper(world)
    page = client.get(reverse("activities:handouts", args=["alpha", opening.pk])).content.decode()
    assert "One person who came and registered" in page
    address = reverse("activities:handouts_mail", args=["alpha", opening.pk])
    first, second = client.post(address), client.post(address)
    assert first["Location"] == second["Location"]
    assert "/jobs/" in first["Location"]
