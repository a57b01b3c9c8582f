"""Erasing destroys a person's values everywhere at once, and the seals still verify."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from clusterwerk.clusters.models import Seat
from clusterwerk.platform.access.seats import Seats, seats_for
from clusterwerk.platform.access.session import acting, enter, opened
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.files.models import PreparedFile
from clusterwerk.platform.history import personal
from clusterwerk.platform.history.erasing import Part, erase
from clusterwerk.platform.history.erasures import (
    erasures_file,
    note_missing_erasures,
    noted_erasures,
)
from clusterwerk.platform.history.personal import Claim, PersonalData, Subject
from clusterwerk.platform.history.reapplying import reapply_erasures
from clusterwerk.platform.history.verifying import verify
from clusterwerk.platform.history.verifying.faults import What
from clusterwerk.platform.jobs.models import JobRun
from clusterwerk.platform.models import Erasure, User
from factories.asked import asked_by
from factories.owner import as_owner
from factories.seals import rows, run, seal_and_cut
from factories.world import STEWARD, World, build_world, cluster_seats

TODAY = date(2026, 11, 22)
NAMES = "select distinct email, name from platform_userevent where pgh_obj_id = %s order by 1"
KEYS = (
    "select id from platform_historykey where event_table = 'platform_userevent' and object_id = %s"
)


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def staff(world: World) -> Subject:
    return Subject.of(world.people["staff"])


def erase_staff(world: World, seats: Seats = STEWARD) -> None:
    enter(seats)
    erase(seats=seats, subjects=[staff(world)], reason="asked for it", on=TODAY)


def test_nothing_of_the_person_is_left_in_rows_events_and_keys(sealed: World) -> None:
    person = sealed.people["staff"]
    EmailAddress.objects.create(user=person, email="staff@example.org", primary=True)
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    erase_staff(sealed)
    person.refresh_from_db()
    assert (person.email, person.name) == (f"erased-{person.pk}@erased.invalid", "—")
    assert (person.is_active, person.has_usable_password()) == (False, False)
    assert not EmailAddress.objects.filter(user=person).exists()
    assert not Authenticator.objects.filter(user=person).exists()
    assert rows(NAMES, person.pk) == [(person.email, person.name), (None, None)]
    assert rows(KEYS, person.pk) == []


def test_the_seals_still_verify_before_and_after_the_next_sealing(sealed: World) -> None:
    erase_staff(sealed)
    assert verify().named == []
    seal_and_cut()
    found = verify()
    assert (found.named, found.erasures, found.waiting) == ([], 1, 0)


def test_an_erasure_says_who_when_why_and_what(sealed: World) -> None:
    steward = sealed.people["steward"]
    enter(Seats(actor=steward.pk))
    seats = seats_for(steward.pk)
    (key,) = rows(KEYS, staff(sealed).pk)
    erase_staff(sealed, seats)
    erasure = Erasure.objects.get()
    assert (erasure.actor, erasure.reason) == (steward.pk, "asked for it")
    assert (erasure.subject_model, erasure.subject_id) == ("platform.User", staff(sealed).pk)
    assert erasure.taken == {
        "platform_userevent": {
            "events": 1,
            "fields": ["email", "name"],
            "keys": [key[0]],
            "objects": [staff(sealed).pk],
        }
    }
    (entry,) = rows("select event_id from platform_historyentry where kind = 'erasure'")
    assert entry == (erasure.pk,)


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("update platform_userevent set name = 'Again' where pgh_id = %s", What.WRITTEN_AFTER),
        ("update platform_userevent set is_active = false where pgh_id = %s", What.CHANGED),
        ("delete from platform_userevent where pgh_id = %s", What.REMOVED),
    ],
)
def test_a_change_of_an_erased_event_is_still_named(
    sealed: World, statement: str, what: What
) -> None:
    erase_staff(sealed)
    (event,) = rows(
        "select min(pgh_id) from platform_userevent where pgh_obj_id = %s", staff(sealed).pk
    )
    run(statement, event[0])
    first = verify().first
    assert first
    assert (first.what, first.event) == (what, event[0])


def test_a_key_put_back_from_a_back_up_is_named(sealed: World) -> None:
    (key,) = rows(
        "select id, encode(secret, 'hex') from platform_historykey"
        " where event_table = 'platform_userevent' and object_id = %s",
        staff(sealed).pk,
    )
    erase_staff(sealed)
    run(
        "insert into platform_historykey (id, event_table, object_id, secret)"
        " overriding system value values (%s, 'platform_userevent', %s, decode(%s, 'hex'))",
        key[0],
        staff(sealed).pk,
        key[1],
    )
    first = verify().first
    assert first
    assert first.what == What.KEY_BACK


def test_an_erasure_that_was_reworded_or_removed_is_named(sealed: World) -> None:
    erase_staff(sealed)
    run("update platform_erasure set reason = 'another'")
    assert verify().kinds == {"changed": 1}
    run("delete from platform_erasure")
    assert verify().kinds == {"removed": 1, "key_gone": 1}


def test_what_remains_cannot_be_matched_with_the_name(sealed: World) -> None:
    """With the key gone, nothing in the database turns the name into a digest that is kept."""
    person = sealed.people["staff"]
    email, name = person.email, person.name
    erase_staff(sealed)
    held = rows(
        "select to_jsonb(e)::text from platform_userevent e union all"
        " select to_jsonb(u)::text from platform_user u union all"
        " select to_jsonb(x)::text from platform_erasure x"
    )
    assert [text for (text,) in held if email in text or f'"{name}"' in text] == []
    (matched,) = rows(
        "select count(*) from platform_historyentry h, platform_userevent e"
        " where h.event_id = e.pgh_id and h.event_table = 'platform_userevent'"
        " and e.pgh_obj_id = %s and position(sha256(convert_to("
        " row('name', e.pgh_id, %s::text)::text, 'UTF8')) in h.personal) > 0",
        person.pk,
        name,
    )
    assert matched == (0,)


def test_a_rehearsal_says_the_same_and_changes_nothing(sealed: World) -> None:
    before = rows("select to_jsonb(u)::text from platform_user u order by id")
    told = erase(seats=STEWARD, subjects=[staff(sealed)], reason="asked", on=TODAY, rehearse=True)
    assert told[0].parts[-1] == Part("platform_user", 1, 1, is_deleted=False, name="accounts")
    assert rows("select to_jsonb(u)::text from platform_user u order by id") == before
    assert (Erasure.objects.count(), verify().broken) == (0, 0)
    assert Seat.objects.held_on(TODAY).filter(user=sealed.people["staff"]).count() == 1
    (done,) = erase(seats=STEWARD, subjects=[staff(sealed)], reason="asked", on=TODAY)
    assert done.parts == told[0].parts


def test_seats_end_that_day(sealed: World) -> None:
    erase_staff(sealed)
    assert list(Seat.objects.filter(user_id=staff(sealed).pk).values_list("until")) == [(TODAY,)]


def test_a_person_who_was_signed_in_is_so_no_longer(db: None, world: World, client: Client) -> None:
    person = world.people["staff"]
    client.force_login(person)
    assert client.get("/desk/").status_code == 200
    erase_staff(world)
    answer = client.get("/desk/")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")


def refused(world: World, subject: Subject, seats: Seats = STEWARD, reason: str = "asked") -> str:
    """What is said; and nothing has changed."""
    with pytest.raises((DomainError, PermissionDenied)) as error:
        erase(seats=seats, subjects=[staff(world), subject], reason=reason, on=TODAY)
    assert User.objects.get(pk=staff(world).pk).name == "staff"
    assert Erasure.objects.count() == 0
    return str(error.value)


def test_nobody_but_a_steward_erases(world: World) -> None:
    manager = cluster_seats(world.alpha)
    enter(manager)
    said = refused(world, staff(world), manager)
    assert said == "Only a steward of the installation erases."


def test_nobody_erases_themselves_nor_the_last_steward(world: World) -> None:
    steward = world.people["steward"]
    enter(Seats(actor=steward.pk))
    own = seats_for(steward.pk)
    enter(own)
    said = refused(world, Subject.of(steward), own)
    assert said == "You cannot erase yourself: ask another steward."
    enter(STEWARD)
    said = refused(world, Subject.of(steward))
    assert said == "This is the last steward: make somebody else a steward first."


def test_a_second_erasure_says_when_the_first_was(world: World) -> None:
    erase_staff(world)
    with pytest.raises(DomainError, match=r"Erased on \d{1,2} \w+ \d{4} already"):
        erase_staff(world)
    assert Erasure.objects.count() == 1


def test_a_reason_is_asked_for_and_bounded(world: World) -> None:
    enter(STEWARD)
    assert refused(world, staff(world), reason=" ").startswith("Say why, without naming")
    assert refused(world, staff(world), reason="x" * 501).endswith("at most 500 characters.")


def test_whoever_is_not_here_cannot_be_erased(world: World) -> None:
    enter(STEWARD)
    assert refused(world, Subject("platform.User", 987654)).startswith("There is nothing of")


def test_the_function_of_the_database_asks_for_its_door(world: World) -> None:
    enter(STEWARD)
    with pytest.raises(ProgrammingError, match="erasing needs its door"), transaction.atomic():
        run(
            "select access.erase_history(gen_random_uuid(), 'platform.User', %s, null, 'x',"
            " '{\"platform_userevent\": []}')",
            staff(world).pk,
        )


@pytest.mark.parametrize(
    "statement",
    [
        "update platform_historyentry set salt = gen_random_uuid()",
        "delete from platform_historyentry",
        "insert into platform_historykey (event_table, object_id, secret) values ('x', 1, 'x')",
        "delete from platform_historykey",
        "delete from platform_erasure",
        "update platform_historylayout set columns = '{}'",
        "select access.append_history('cut', 'x', 1, '')",
        "select access.forget_objects('platform_userevent', '{1}')",
        "select access.seal_events('platform_userevent', '{1}')",
    ],
)
def test_the_application_can_neither_write_nor_bend_a_seal(world: World, statement: str) -> None:
    enter(STEWARD)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        run(statement)


def test_the_application_seals_what_it_may_not_read(world: World) -> None:
    enter(cluster_seats(world.beta))
    with connection.cursor() as cursor:
        cursor.execute("select access.seal_history(1000)")
        assert cursor.fetchone()[0] > 30
    assert rows("select number from platform_historyentry") == []
    assert rows("select id from platform_historykey") == []
    (state,) = rows("select entries > 30, length(head), waiting from access.history_state()")
    assert state == (True, 64, 0)


# --- Rooms above join


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of the registry for one test."""
    monkeypatch.setattr(personal, "_rooms", dict(personal._rooms))


def test_a_room_joins_with_rows_that_are_deleted(sealed: World, register: None) -> None:
    """The account of a stranger stands in for a contact: another row of the same person."""
    other = sealed.people["stranger"]

    def claims(subject: Subject) -> Iterable[Claim]:
        return [Claim(User, (other.pk,))] if subject == staff(sealed) else []

    personal.register_personal(PersonalData("contacts", claims=claims))
    erase_staff(sealed)
    assert not User.objects.filter(pk=other.pk).exists()
    labels = rows(
        "select pgh_label, email, name from platform_userevent where pgh_obj_id = %s"
        " order by pgh_id",
        other.pk,
    )
    assert labels == [("insert", None, None), ("delete", None, None)]
    seal_and_cut()
    assert verify().named == []


def test_a_room_can_object(sealed: World, register: None) -> None:
    personal.register_personal(
        PersonalData("finance", objection=lambda _subject, _on: "An invoice is still open.")
    )
    assert refused(sealed, staff(sealed)) == "An invoice is still open."


# --- After a restore


def test_erasures_are_noted_outside_after_the_commit(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    enter(STEWARD)
    with django_capture_on_commit_callbacks(execute=True):
        erase_staff(world)
    erasure = Erasure.objects.get()
    (line,) = noted_erasures()
    assert (line.key, line.subject, line.erased_at) == (
        erasure.key,
        staff(world),
        erasure.erased_at,
    )
    assert erasures_file().stat().st_mode & 0o077 == 0
    assert "staff" not in erasures_file().read_text()


def test_a_line_that_a_crash_kept_out_is_added_once(world: World) -> None:
    erase_staff(world)
    erasures_file().parent.mkdir()
    erasures_file().write_text("2026-11-22T10:00:00+00:00 1234")
    assert note_missing_erasures() == 1
    assert note_missing_erasures() == 0
    assert [line.subject for line in noted_erasures()] == [staff(world)]


def noted(world: World, subject: Subject, ago: timedelta) -> None:
    key = "5f0c7f0e-3f49-4f0f-9d5e-0f4d2a8b7c11"
    erasures_file().parent.mkdir(exist_ok=True)
    moment = (timezone.now() - ago).isoformat()
    erasures_file().write_text(f"{moment} {key} {subject.model} {subject.pk} .\n")


def test_who_came_back_with_an_old_back_up_is_erased_again(sealed: World) -> None:
    noted(sealed, staff(sealed), timedelta(seconds=-1))
    done = reapply_erasures(seats=STEWARD, on=TODAY)
    assert [erased.subject for erased in done.erased] == [staff(sealed)]
    assert User.objects.get(pk=staff(sealed).pk).name == "—"
    assert "repeated after a back-up was restored" in Erasure.objects.get().reason
    again = reapply_erasures(seats=STEWARD, on=TODAY)
    assert (again.erased, again.absent) == ([], 0)
    assert verify().named == []


def test_a_number_given_out_again_is_another_person(sealed: World) -> None:
    noted(sealed, staff(sealed), timedelta(days=1))
    done = reapply_erasures(seats=STEWARD, on=TODAY)
    assert (done.erased, done.absent) == ([], 1)
    assert User.objects.get(pk=staff(sealed).pk).name == "staff"


def test_the_last_steward_is_erased_again_after_a_restore(sealed: World) -> None:
    """Otherwise an old back-up would bring back who was erased once there were others."""
    noted(sealed, Subject.of(sealed.people["steward"]), timedelta(seconds=-1))
    assert len(reapply_erasures(seats=STEWARD, on=TODAY).erased) == 1


@pytest.mark.slow
def test_the_application_erases_and_the_owner_verifies(transactional_db: None) -> None:
    """With real commits and both roles, as in production."""
    with transaction.atomic():
        world = build_world()
    with acting(STEWARD):
        run("select access.seal_history(1000)")
    with acting(STEWARD) as seats:
        erase(seats=seats, subjects=[staff(world)], reason="asked for it", on=TODAY)
    with acting(STEWARD):
        run("select access.seal_history(1000)")
    with as_owner():
        found = verify()
        assert (found.named, found.erasures) == ([], 1)


def test_jobs_forget_what_they_told_the_person_and_the_files_go(sealed: World) -> None:
    asked = asked_by(sealed.people["staff"], note="for Staff")
    erase_staff(sealed)
    with opened("jobs", "files"):
        run = JobRun.objects.get(pk=asked.run)
        assert (run.note, run.error, run.reference) == ("", "", "J-ABC234")
        assert not PreparedFile.objects.filter(pk=asked.file).exists()
