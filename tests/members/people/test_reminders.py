"""Owners are reminded once, on the day they asked for, by mail and on the desk."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from clusterwerk.members.models import Task
from clusterwerk.members.reminders import remind_cluster
from clusterwerk.platform.access.session import enter, opened
from clusterwerk.platform.mail.models import OutgoingMail
from factories.world import World, cluster_seats


@pytest.fixture
def task(world: World) -> Task:
    enter(cluster_seats(world.alpha))
    task = Task.objects.get()
    task.owner = world.people["staff"]
    task.remind_on = timezone.localdate()
    task.save()
    return task


def remind(world: World) -> int:
    return remind_cluster(world.agency.pk, world.alpha.pk, timezone.now())


def mails() -> list[OutgoingMail]:
    with opened("mail"):
        return list(OutgoingMail.objects.all())


def test_the_owner_gets_one_mail_however_often_the_clock_strikes(
    world: World, task: Task, settings: Settings
) -> None:
    settings.PUBLIC_ORIGIN = "https://clusters.example.org"
    assert (remind(world), remind(world)) == (1, 0)
    (mail,) = mails()
    assert mail.content["to"] == ["staff@example.org"]
    assert mail.content["subject"] == "Reminder: Call back"
    assert "Member: Éclair Works" in mail.content["body"]
    link = f"https://clusters.example.org/members/{world.alpha.key}/tasks/{task.pk}/"
    assert link in mail.content["body"].splitlines()
    enter(cluster_seats(world.alpha))
    task.refresh_from_db()
    assert task.reminded_at is not None


@pytest.mark.parametrize(
    "facts",
    [
        {"remind_on": timezone.localdate() + timedelta(days=1)},
        {"done_at": timezone.now()},
        {"owner": None},
    ],
)
def test_nobody_is_reminded_of_what_is_done_or_not_yet_due(
    world: World, task: Task, facts: dict[str, object]
) -> None:
    Task.objects.filter(pk=task.pk).update(**facts)
    assert remind(world) == 0
    assert mails() == []


def test_tasks_of_another_cluster_are_left_to_it(world: World, task: Task) -> None:
    assert remind_cluster(world.agency.pk, world.beta.pk, timezone.now()) == 0
    assert mails() == []


def test_the_desk_shows_what_the_person_is_reminded_of(world: World, task: Task) -> None:
    for name, is_shown in (("staff", True), ("manager", False)):
        client = Client(headers={"Accept-Language": "en"})
        client.force_login(world.people[name])
        page = client.get("/desk/", follow=True).content.decode()
        assert ("Call back" in page) is is_shown
