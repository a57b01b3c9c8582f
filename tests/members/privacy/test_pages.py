"""Pages of privacy: a rehearsal, a decision on texts, all data on a person, periods of keeping."""

import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from clusterwerk.activities.models import Activity, Attendance
from clusterwerk.members.models import (
    Contact,
    Interaction,
    InteractionParty,
    Position,
    RetentionRule,
    RetentionRun,
    Task,
)
from clusterwerk.members.privacy import retaining
from clusterwerk.members.privacy.collecting import write_person
from clusterwerk.members.privacy.periodic import keep_cluster
from clusterwerk.members.privacy.retaining import KINDS, cut_of, proposals
from clusterwerk.platform.access.session import enter, opened
from clusterwerk.platform.mail.models import OutgoingMail
from factories.world import World, cluster_seats

TODAY = date(2026, 11, 22)


@pytest.fixture
def lena(world: World) -> Contact:
    enter(cluster_seats(world.alpha))
    return Contact.objects.get(cluster=world.alpha)


def address(lena: Contact, name: str = "contact_erase") -> str:
    return reverse(f"members:{name}", args=["alpha", lena.pk])


def test_opening_the_page_shows_what_would_go_and_changes_nothing(
    client: Client, world: World, lena: Contact
) -> None:
    client.force_login(world.people["manager"])
    page = client.get(address(lena)).content.decode()
    assert "Positions of contacts" in page
    assert "Meeting, call, mail or note" in page
    assert "First talk" in page
    enter(cluster_seats(world.alpha))
    lena.refresh_from_db()
    assert lena.email == "lena@alpha.example"


def test_the_button_erases_once_it_is_sure_and_has_a_reason(
    client: Client, world: World, lena: Contact
) -> None:
    client.force_login(world.people["manager"])
    refused = client.post(address(lena), {"reason": "asked"})
    assert refused.status_code == 422
    done = client.post(address(lena), {"reason": "asked", "is_sure": "on"})
    assert done.status_code == 302
    enter(cluster_seats(world.alpha))
    lena.refresh_from_db()
    assert (str(lena), lena.email) == ("—", "")
    again = client.get(address(lena)).content.decode()
    assert "is_sure" not in again


@pytest.mark.parametrize("person", ["staff", "observer"])
def test_who_is_no_manager_sees_no_button_and_is_refused(
    client: Client, world: World, lena: Contact, person: str
) -> None:
    client.force_login(world.people[person])
    shown = client.get(address(lena, "contact_detail")).content.decode()
    assert address(lena) not in shown
    assert client.get(address(lena)).status_code == 403
    assert client.post(address(lena, "contact_data")).status_code == 403


def test_all_data_on_a_person_holds_every_table_and_the_past(world: World, lena: Contact) -> None:
    lena.note = "=danger"
    lena.save()
    file = io.BytesIO()
    assert write_person(file, contact=lena, cluster="Alpha", day=TODAY) == 5
    with ZipFile(file) as archive:
        data = json.loads(archive.read("data.json"))
        assert set(data["tables"]) == {
            "members_consent",
            "members_contact",
            "members_interaction",
            "members_interactionparty",
            "members_position",
        }
        (row,) = data["tables"]["members_contact"]["rows"]
        assert row["E-mail address"] == "lena@alpha.example"
        assert len(data["tables"]["members_contact"]["past"]) == 2
        assert b"'=danger" in archive.read("tables/members_contact.csv")
        page = archive.read("read-me-first.html").decode()
    assert "Écluse" in page
    assert f"<dd>{world.company.name}</dd>" in page, "names instead of keys"
    assert not re.search(r"<dd>(\d+|\[\]|True|False|)</dd>", page)


def test_every_kind_of_rows_has_a_proposal() -> None:
    assert set(proposals()) == set(KINDS)


def test_months_before_a_day_keep_to_the_end_of_a_shorter_month() -> None:
    assert cut_of(1, date(2024, 3, 31)) == date(2024, 2, 29)
    assert cut_of(24, TODAY) == date(2024, 11, 22)


def test_a_rule_in_force_takes_what_is_older_and_writes_it_down(world: World) -> None:
    enter(cluster_seats(world.alpha))
    old = Task.objects.create(
        cluster=world.alpha, title="Old", done_at=datetime(2020, 1, 1, tzinfo=UTC)
    )
    talk = Interaction.objects.create(
        cluster=world.alpha,
        kind="call",
        subject="Long ago",
        happened_at=datetime(2010, 1, 1, tzinfo=UTC),
    )
    InteractionParty.objects.create(
        cluster=world.alpha, interaction=talk, organisation=world.company
    )
    RetentionRule.objects.filter(kind="tasks").update(is_on=True)
    RetentionRule.objects.create(cluster=world.alpha, kind="interactions", months=84, is_on=True)
    assert keep_cluster(world.agency.pk, world.alpha.pk) == 2
    enter(cluster_seats(world.alpha))
    assert not Task.objects.filter(pk=old.pk).exists()
    assert not Interaction.objects.filter(pk=talk.pk).exists()
    assert Interaction.objects.filter(subject="First talk").exists()
    runs = RetentionRun.objects.filter(taken=1)
    assert {(run.kind, run.asked_by_id) for run in runs} == {
        ("tasks", None),
        ("interactions", None),
    }
    past = Task.past.rel.related_model  # type: ignore[attr-defined] # made by `tracked`
    assert set(past.objects.filter(pgh_obj_id=old.pk).values_list("title", flat=True)) == {None}


def old_tasks(world: World, number: int) -> None:
    enter(cluster_seats(world.alpha))
    done = datetime(2020, 1, 1, tzinfo=UTC)
    Task.objects.bulk_create(
        Task(cluster=world.alpha, title=f"Old {n}", done_at=done) for n in range(number)
    )


def test_a_night_goes_on_batch_by_batch_and_tells_the_managers_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retaining, "AT_ONCE", 2)
    old_tasks(world, 5)
    RetentionRule.objects.filter(kind="tasks").update(is_on=True)
    assert keep_cluster(world.agency.pk, world.alpha.pk) == 5
    enter(cluster_seats(world.alpha))
    assert RetentionRun.objects.get(kind="tasks", taken=5).asked_by_id is None
    with opened("mail"):
        (mail,) = OutgoingMail.objects.all()
    assert mail.content["to"] == ["manager@example.org"]
    assert "- Tasks: 5 rows older than" in mail.content["body"]
    assert "/members/alpha/privacy/" in mail.content["body"]
    assert "Old 1" not in mail.content["body"]


def test_a_night_that_is_over_leaves_the_rest_to_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retaining, "AT_ONCE", 2)
    old_tasks(world, 5)
    RetentionRule.objects.filter(kind="tasks").update(is_on=True)
    taken = [keep_cluster(world.agency.pk, world.alpha.pk, seconds=0) for _night in range(4)]
    assert taken == [2, 2, 1, 0]


def test_who_may_not_go_yet_keeps_no_other_waiting(
    world: World, lena: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retaining, "AT_ONCE", 1)
    enter(cluster_seats(world.alpha))
    monkeypatch.setattr(
        retaining, "objection_to", lambda _seats, subject, _on: "no" * (subject.pk == lena.pk)
    )
    other = Contact.objects.create(cluster=world.alpha, last_name="Oud", source="test")
    both = KINDS["contacts"]
    everybody = replace(both, rows=lambda cluster, _day: Contact.objects.filter(cluster=cluster))
    monkeypatch.setitem(KINDS, "contacts", everybody)
    RetentionRule.objects.create(cluster=world.alpha, kind="contacts", months=36, is_on=True)
    assert keep_cluster(world.agency.pk, world.alpha.pk) == 1
    enter(cluster_seats(world.alpha))
    other.refresh_from_db()
    lena.refresh_from_db()
    assert (str(other), lena.email) == ("—", "lena@alpha.example")


def test_the_button_says_when_more_is_left(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retaining, "AT_ONCE", 2)
    old_tasks(world, 3)
    client.force_login(world.people["manager"])
    page = reverse("members:privacy", args=["alpha"])
    assert "3 rows are older today." in client.get(page).content.decode()
    asked = {"kind": "tasks", "months": "24"}
    answer = client.post(page, {**asked, "now": "yes"}, follow=True).content.decode()
    assert "2 rows went." in answer
    assert "There is more." in answer
    answer = client.post(page, {**asked, "is_on": "on"}, follow=True).content.decode()
    assert "1 row is older and goes tonight." in answer


def test_names_on_old_lists_of_attendance_go_and_the_count_stays(
    world: World, lena: Contact
) -> None:
    lists = Attendance.objects.filter(cluster=world.alpha)
    lists.update(contact=lena, printed_name="Lena", email="lena@alpha.example")
    Activity.objects.filter(cluster=world.alpha).update(day=date(2010, 1, 1))
    before = lists.count()
    kind = KINDS["attendance"]
    assert kind.day_of(kind.rows(world.alpha.pk, TODAY)[0]) == date(2010, 1, 1)
    RetentionRule.objects.create(cluster=world.alpha, kind="attendance", months=84, is_on=True)
    assert keep_cluster(world.agency.pk, world.alpha.pk) == before
    assert keep_cluster(world.agency.pk, world.alpha.pk) == 0
    enter(cluster_seats(world.alpha))
    assert lists.count() == before
    assert {(row.contact, row.email) for row in lists} == {(None, "")}
    past = Attendance.past.rel.related_model  # type: ignore[attr-defined] # made by `tracked`
    assert not past.objects.filter(cluster=world.alpha, email="lena@alpha.example").exists()


def test_a_contact_without_work_and_talks_is_old_only_when_nobody_touched_it(
    world: World, lena: Contact
) -> None:
    future = date(2036, 1, 1)
    assert not KINDS["contacts"].rows(world.alpha.pk, future).exists()
    Position.objects.all().delete()
    assert list(KINDS["contacts"].rows(world.alpha.pk, future)) == [lena]
    assert not KINDS["contacts"].rows(world.alpha.pk, date(2020, 1, 1)).exists()


def test_rules_are_off_until_the_manager_puts_them_in_force(client: Client, world: World) -> None:
    client.force_login(world.people["manager"])
    page = reverse("members:privacy", args=["alpha"])
    assert "in force" not in client.get(page).content.decode().replace("put them in force", "")
    preview = client.get(page, {"kind": "interactions", "months": "1"})
    assert "Nothing is that old." in preview.content.decode()
    client.post(page, {"kind": "contacts", "months": "48", "is_on": "on"})
    enter(cluster_seats(world.alpha))
    rule = RetentionRule.objects.get(kind="contacts")
    assert (rule.months, rule.is_on) == (48, True)
    assert client.post(page, {"kind": "contacts", "months": "0"}).status_code == 422


def test_looking_at_what_would_go_puts_no_secret_of_the_form_into_the_address(
    client: Client, world: World
) -> None:
    client.force_login(world.people["manager"])
    page = client.get(reverse("members:privacy", args=["alpha"])).content.decode()
    [form, *_] = re.findall(r'<form class="toolbar".*?</form>', page, re.DOTALL)
    assert 'method="get"' in form.split(">")[0]
    [save, show] = re.findall(r"<button[^>]*>", form)
    assert 'formmethod="post" name="csrfmiddlewaretoken"' in save
    assert form.replace(save, "").count("csrfmiddlewaretoken") == 0
    assert "formmethod" not in show
