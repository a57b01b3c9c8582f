"""The breach log: added to and never changed, for the steward alone."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.test import Client
from django.utils import timezone

from clusterwerk.clusters.models import Seat
from clusterwerk.platform.access.seats import NOBODY, HeldSeat, SeatKind, SeatRole, Seats
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.legal.actions import amend_breach, note_breach
from clusterwerk.platform.legal.forms import WRITTEN
from clusterwerk.platform.legal.models import Breach, BreachEntry
from clusterwerk.platform.legal.queries import breach_files
from factories.world import World, agency_seats, cluster_seats, organisation_seats

AWARE = datetime(2026, 3, 27, 15, tzinfo=UTC)


def facts(**changes: Any) -> dict[str, Any]:
    return {
        "discovered_at": AWARE,
        "what": "A list went to the wrong address.",
        "data_categories": "names",
        "subject_categories": "representatives",
        "consequences": "few",
        "measures": "asked to delete it",
        "reported": "waiting",
        "informed": "waiting",
        **changes,
    }


@pytest.fixture
def steward(world: World) -> Seats:
    held = (HeldSeat(SeatKind.STEWARD, SeatRole.STEWARD),)
    seats = Seats(actor=world.people["steward"].pk, held=held)
    enter(seats)
    return seats


def noted(steward: Seats) -> Breach:
    breach, is_new = note_breach(seats=steward, key=uuid4(), facts=facts())
    assert is_new
    return breach


def test_a_breach_is_noted_once_whatever_is_clicked(steward: Seats) -> None:
    key = uuid4()
    first = note_breach(seats=steward, key=key, facts=facts())
    second = note_breach(seats=steward, key=key, facts=facts(what="Another text"))
    assert (first[1], second[1]) == (True, False)
    assert first[0] == second[0]
    assert BreachEntry.objects.count() == 1


def test_a_correction_is_another_entry_and_the_first_stays(steward: Seats) -> None:
    breach = noted(steward)
    amend_breach(
        seats=steward,
        breach=breach,
        revision=1,
        reason="It was counted",
        facts=facts(subjects_number=12),
    )
    (file,) = breach_files()
    assert [(each.revision, each.subjects_number) for each in file.entries] == [(2, 12), (1, None)]
    assert file.now.noted_by_id == steward.actor


def test_an_entry_on_an_older_state_is_refused_and_nothing_is_added(steward: Seats) -> None:
    breach = noted(steward)
    again: dict[str, Any] = {"seats": steward, "breach": breach, "revision": 1, "facts": facts()}
    amend_breach(**again, reason="One")
    with pytest.raises(DomainError, match=r"meanwhile|ondertussen|intussen"):
        amend_breach(**again, reason="Two")
    assert BreachEntry.objects.count() == 2


def test_an_entry_needs_its_reason(steward: Seats) -> None:
    breach = noted(steward)
    with pytest.raises(DomainError):
        amend_breach(seats=steward, breach=breach, revision=1, reason="  ", facts=facts())
    assert BreachEntry.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"reported": "reported"},
        {"reported_at": AWARE},
        {"reported": "not_needed"},
        {"informed": "informed"},
        {"informed_at": AWARE},
        {"is_closed": True},
        {"began_at": AWARE, "ended_at": AWARE - timedelta(minutes=1)},
    ],
)
def test_an_entry_that_contradicts_itself_is_refused(
    steward: Seats, changes: dict[str, Any]
) -> None:
    with pytest.raises(DomainError):
        note_breach(seats=steward, key=uuid4(), facts=facts(**changes))
    assert Breach.objects.count() == 0


@pytest.mark.parametrize("model", [Breach, BreachEntry])
def test_not_even_the_steward_changes_or_takes_away(
    steward: Seats, model: type[Breach] | type[BreachEntry]
) -> None:
    noted(steward)
    now = timezone.now()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        model._default_manager.update(noted_at=now)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        model._default_manager.all()._raw_delete("default")


def test_nobody_else_sees_or_notes_a_breach(steward: Seats, world: World) -> None:
    noted(steward)
    others = [
        NOBODY,
        cluster_seats(world.alpha),
        agency_seats(world.agency),
        organisation_seats(world.company),
    ]
    for seats in others:
        enter(seats)
        assert Breach.objects.count() == BreachEntry.objects.count() == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Breach.objects.create(key=uuid4())
        with pytest.raises(PermissionDenied):
            note_breach(seats=seats, key=uuid4(), facts=facts())


def test_a_report_after_72_hours_is_known_as_late(steward: Seats) -> None:
    breach = noted(steward)
    amend_breach(
        seats=steward,
        breach=breach,
        revision=1,
        reason="Reported",
        facts=facts(reported="reported", reported_at=AWARE + timedelta(hours=72)),
    )
    assert not breach_files()[0].was_late
    amend_breach(
        seats=steward,
        breach=breach,
        revision=2,
        reason="It was a minute later",
        facts=facts(reported="reported", reported_at=AWARE + timedelta(hours=72, minutes=1)),
    )
    assert breach_files()[0].was_late


# --- Pages ---------------------------------------------------------------------------------------

ADDRESSES = (
    "/legal/",
    "/legal/nl/roles/",
    "/legal/en/roles.docx",
    "/legal/breaches/",
    "/legal/breaches.csv",
    "/legal/breaches/new/",
)


@pytest.fixture
def page(world: World) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(world.people["steward"])
    return client


def typed(**changes: Any) -> dict[str, Any]:
    """What a person types: hours of the clock on the wall."""
    moments = {
        name: timezone.localtime(value).strftime(WRITTEN)
        for name, value in facts(**changes).items()
        if isinstance(value, datetime)
    }
    return {**facts(**changes), **moments}


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_pack_and_the_log_open_for_the_steward_alone(
    page: Client, world: World, address: str
) -> None:
    assert page.get(address).status_code == 200
    for person in ("manager", "programme_manager", "member", "evaluator", "stranger"):
        other = Client()
        other.force_login(world.people[person])
        assert other.get(address).status_code == 403, person


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_steward_whose_seat_ended_is_refused(
    page: Client, world: World, steward: Seats, address: str
) -> None:
    Seat.objects.filter(user=world.people["steward"]).update(until=timezone.localdate())
    assert page.get(address).status_code == 403


def test_a_steward_notes_a_breach_and_reads_its_clock(page: Client, steward: Seats) -> None:
    now = timezone.now().replace(second=0, microsecond=0)
    key = str(uuid4())
    sent = {**typed(discovered_at=now - timedelta(hours=2)), "key": key}
    response = page.post("/legal/breaches/new/", sent, follow=True)
    assert "h" in response.content.decode()
    enter(steward)
    (file,) = breach_files()
    assert file.now.discovered_at == now - timedelta(hours=2)
    assert response.redirect_chain == [(f"/legal/breaches/{file.breach.pk}/", 302)]
    assert response.context["hours"] in {69, 70}
    again = page.post("/legal/breaches/new/", sent, follow=True)
    assert again.redirect_chain == response.redirect_chain
    enter(steward)
    assert Breach.objects.count() == 1


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(page: Client, steward: Seats) -> None:
    tomorrow = (timezone.localtime() + timedelta(days=1)).strftime(WRITTEN)
    sent = {**typed(), "discovered_at": tomorrow, "reported": "reported", "key": str(uuid4())}
    response = page.post("/legal/breaches/new/", sent)
    assert response.status_code == 422
    told = response.content.decode()
    assert "A list went to the wrong address." in told
    assert tomorrow in told
    enter(steward)
    assert Breach.objects.count() == 0


def test_the_form_of_an_entry_begins_with_what_holds_now(page: Client, steward: Seats) -> None:
    breach = noted(steward)
    address = f"/legal/breaches/{breach.pk}/amend/"
    assert "A list went to the wrong address." in page.get(address).content.decode()
    sent = {**typed(subjects_number=3), "revision": 1, "reason": "Counted"}
    assert page.post(address, sent).status_code == 302
    stale = page.post(address, sent)
    assert stale.status_code == 422
    enter(steward)
    assert BreachEntry.objects.count() == 2
    log = page.get("/legal/breaches.csv").content.decode("utf-8-sig")
    assert log.count("A list went to the wrong address.") == 2


@pytest.mark.parametrize(
    "address",
    ["/legal/fr/roles/", "/legal/nl/nothing/", "/legal/nl/roles.pdf", "/legal/breaches/9/"],
)
def test_what_does_not_exist_is_not_found(page: Client, address: str) -> None:
    assert page.get(address).status_code == 404


def test_answers_that_cannot_be_read_are_named_on_the_page(
    page: Client, settings: Any, tmp_path: Any
) -> None:
    settings.LEGAL_FILE = str(tmp_path / "legal.toml")
    (tmp_path / "legal.toml").write_text("[operator]\nname = 3\n", "utf-8")
    response = page.get("/legal/")
    assert response.status_code == 409
    assert "[operator] name is 3" in response.content.decode()
