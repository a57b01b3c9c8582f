"""Activities that several clusters hold together: asked, answered, left, and who reads what."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from activities.registered import NOW, OPEN, comes, published
from clusterwerk.activities import actions
from clusterwerk.activities.actions.handouts import add_handout
from clusterwerk.activities.models import (
    Activity,
    ActivityPart,
    ActivityPlaces,
    Attendance,
    HandoutFile,
    HandoutReach,
    PublishedActivity,
    Registration,
)
from clusterwerk.activities.models.owners import Led
from clusterwerk.activities.queries.agenda import Asked, agenda_page
from clusterwerk.clusters.models import Cluster, PublicProfile
from clusterwerk.platform.access.seats import SeatRole
from clusterwerk.platform.access.session import enter, opened
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.mail.models import OutgoingMail
from factories.world import World, agency_seats, cluster_seats

LATER = NOW + timedelta(days=1)


def asked(world: World, own: Activity, whom: Cluster | None = None) -> ActivityPart:
    seats = cluster_seats(world.alpha)
    enter(seats)
    profile = PublicProfile.objects.get(pk=(whom or world.beta).pk)
    return actions.ask_cluster(
        seats=seats, activity=own, asked=profile, words="Come along?", now=NOW
    )


def accepted(world: World, own: Activity) -> ActivityPart:
    part = asked(world, own)
    enter(cluster_seats(world.beta))
    assert actions.accept_part(seats=cluster_seats(world.beta), part=part, themes="", now=NOW)
    return part


def mails() -> int:
    with opened("mail"):
        return OutgoingMail.objects.count()


def test_who_is_asked_reads_the_question_and_nothing_else(world: World) -> None:
    own = published(world)
    comes(own, "bea@example.org")
    part = asked(world, own)
    enter(cluster_seats(world.beta))
    read = ActivityPart.objects.get(pk=part.pk)
    assert (read.name, read.day, read.words) == (own.name, own.day, "Come along?")
    assert not Activity.objects.filter(pk=own.pk).exists()
    assert not Registration.objects.filter(activity_id=own.pk).exists()
    enter(cluster_seats(world.gamma))
    assert not ActivityPart.objects.filter(pk=part.pk).exists()


def test_who_accepts_reads_what_the_lead_reads_until_it_leaves(world: World) -> None:
    own = published(world)
    comes(own, "bea@example.org")
    part = accepted(world, own)
    comes(own, "late@example.org")
    enter(cluster_seats(world.beta))
    assert Registration.objects.filter(activity_id=own.pk).count() == 2
    assert {row.clusters[1].name for row in agenda_page(Asked(cluster=world.beta.pk), NOW)[0]
            if row.activity.pk == own.pk} == {"Beta"}  # fmt: skip
    assert Registration.objects.filter(activity_id=own.pk).update(name="Ours") == 0
    assert actions.leave_part(seats=cluster_seats(world.beta), part=part, now=LATER)
    assert not actions.leave_part(seats=cluster_seats(world.beta), part=part, now=LATER)
    for model in (Registration, Attendance):
        assert not model.objects.filter(activity_id=own.pk).exists()
    assert not Activity.objects.filter(pk=own.pk).exists()
    past = apps.get_model("activities", "RegistrationEvent")
    assert not past._base_manager.filter(activity_id=own.pk).exists()
    assert PublishedActivity.objects.get(pk=own.pk).shared_with == []
    assert ActivityPlaces.objects.get(pk=own.pk).shared_with == []


def test_the_same_answer_twice_is_one_and_a_mail_goes_out_once(world: World) -> None:
    own = published(world)
    seats = cluster_seats(world.beta)
    before = mails()
    part = asked(world, own)
    assert mails() == before + 1
    with pytest.raises(DomainError, match="asked already"):
        asked(world, own)
    enter(seats)
    assert actions.decline_part(seats=seats, part=part, now=NOW)
    assert not actions.decline_part(seats=seats, part=part, now=NOW)
    assert mails() == before + 2
    with pytest.raises(DomainError, match="not asked any more"):
        actions.accept_part(seats=seats, part=part, themes="", now=NOW)
    again = asked(world, own)
    assert again.pk == part.pk
    enter(seats)
    assert actions.accept_part(seats=seats, part=part, themes="Circular building", now=LATER)
    assert not actions.accept_part(seats=seats, part=part, themes="", now=LATER)
    assert ActivityPart.objects.get(pk=part.pk).themes == "Circular building"


def test_nobody_accepts_for_another_cluster(world: World) -> None:
    own = published(world)
    part = asked(world, own)
    with pytest.raises(PermissionDenied):
        actions.accept_part(seats=cluster_seats(world.alpha), part=part, themes="", now=NOW)
    watching = cluster_seats(world.beta, SeatRole.OBSERVER)
    with pytest.raises(PermissionDenied):
        actions.accept_part(seats=watching, part=part, themes="", now=NOW)
    with pytest.raises(IntegrityError, match="accepts for itself"), transaction.atomic():
        ActivityPart.objects.filter(pk=part.pk).update(state="accepted")
    other = published(world, name="Other")
    enter(cluster_seats(world.beta))
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        ActivityPart.objects.filter(pk=part.pk).update(activity=other.pk)


def test_the_lead_goes_on_alone_and_asks_only_its_own_agency(world: World) -> None:
    own = published(world)
    part = accepted(world, own)
    enter(cluster_seats(world.beta))
    with pytest.raises(PermissionDenied):
        actions.end_part(seats=cluster_seats(world.beta), activity=own, part=part, now=LATER)
    seats = cluster_seats(world.alpha)
    enter(seats)
    assert actions.end_part(seats=seats, activity=own, part=part, now=LATER)
    assert not actions.end_part(seats=seats, activity=own, part=part, now=LATER)
    assert Activity.objects.get(pk=own.pk).shared_with == []
    with pytest.raises(DomainError, match="same agency"):
        asked(world, own, world.gamma)


def test_cancelling_tells_who_holds_it_and_nothing_is_left_afterwards(world: World) -> None:
    own = published(world)
    part = accepted(world, own)
    seats = cluster_seats(world.alpha)
    enter(seats)
    before = mails()
    actions.cancel_activity(seats=seats, activity=own, because="Storm")
    assert mails() == before + 1
    enter(cluster_seats(world.beta))
    with pytest.raises(DomainError, match="over or cancelled"):
        actions.leave_part(seats=cluster_seats(world.beta), part=part, now=LATER)


def test_a_draft_that_is_thrown_away_takes_the_question_along(world: World) -> None:
    own = published(world)
    enter(cluster_seats(world.alpha))
    Activity.objects.filter(pk=own.pk).update(state="draft")
    PublishedActivity.objects.filter(pk=own.pk).delete()
    ActivityPlaces.objects.filter(pk=own.pk).delete()
    part = asked(world, own)
    actions.drop_draft(seats=cluster_seats(world.alpha), activity=own)
    enter(cluster_seats(world.beta))
    assert not ActivityPart.objects.filter(pk=part.pk).exists()


def test_an_agency_asks_its_clusters_and_reads_nothing_of_theirs(world: World) -> None:
    seats = agency_seats(world.agency)
    enter(seats)
    draft = actions.plan_activity(seats=seats, lead=world.agency, plan=OPEN)
    profile = PublicProfile.objects.get(pk=world.beta.pk)
    part = actions.ask_cluster(seats=seats, activity=draft, asked=profile, words="", now=NOW)
    enter(cluster_seats(world.beta))
    beta = cluster_seats(world.beta)
    assert actions.accept_part(seats=beta, part=part, themes="Water", now=NOW)
    assert Activity.objects.get(pk=draft.pk).shared_with == [world.beta.pk]
    enter(seats)
    assert ActivityPart.objects.get(pk=part.pk).themes == "Water"
    own = Activity.objects.exclude(pk=draft.pk)
    assert not own.exists()


def test_every_row_that_several_read_follows_its_activity(world: World) -> None:
    """A new table of an activity needs the trigger, or who accepts would not read it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgrelid::regclass::text from pg_trigger where tgname = 'follow_activity'"
        )
        followed = {name for (name,) in cursor.fetchall()}
    led = {
        model._meta.db_table
        for model in apps.get_app_config("activities").get_models()
        if issubclass(model, Led) and not hasattr(model, "pgh_obj_id")
    }
    assert led - followed == {"activities_activity"}


def test_a_manager_asks_and_another_accepts_on_the_pages(world: World) -> None:
    own = published(world)
    client, other = (Client(headers={"accept-language": "en"}) for _ in range(2))
    client.force_login(world.people["manager"])
    other.force_login(world.people["other_manager"])
    page = reverse("activities:parts", args=["alpha", own.pk])
    assert client.post(page, {"asked": "", "words": "Come"}).status_code == 422
    assert client.post(page, {"asked": world.beta.pk, "words": "Come"}).status_code == 302
    assert b"Invited" in client.get(page).content
    enter(cluster_seats(world.beta))
    part = ActivityPart.objects.get(asked=world.beta, activity_id=own.pk).pk
    detail = reverse("activities:activity_detail", args=["beta", own.pk])
    answer, leave, decline = (
        reverse(f"activities:part_{verb}", args=["beta", part])
        for verb in ("detail", "leave", "decline")
    )
    alien = reverse("activities:part_detail", args=["alpha", part])
    assert client.get(alien).status_code == 404
    assert other.get(detail).status_code == 404
    assert b"You are asked" in other.get(reverse("activities:activity_list", args=["beta"])).content
    assert b"Alpha asks your cluster" in other.get(answer).content
    assert other.post(answer, {"themes": "Circular building"}).status_code == 302
    assert other.post(answer, {"themes": ""}).status_code == 302
    assert b"Alpha leads it" in other.get(detail).content
    ends = reverse("activities:part_end", args=["beta", own.pk, part])
    assert other.post(ends).status_code == 403
    told = client.get(reverse("agenda:agenda_detail", args=[own.uid])).content
    assert b"Alpha" in told
    assert b"Beta" in told
    assert other.post(leave).status_code == 302
    assert other.get(detail).status_code == 404
    assert other.post(decline).status_code == 302


def test_who_holds_it_reads_the_documents_of_before_and_after(world: World) -> None:
    own = published(world)
    lead = cluster_seats(world.alpha)
    enter(lead)
    handouts = []
    for name in ("before.txt", "after.txt"):
        handouts.append(
            add_handout(
                seats=lead,
                activity=own,
                name=name,
                content=name.encode(),
                reach=HandoutReach.CAME,
                now=NOW,
            )
        )
        if name == "before.txt":
            accepted(world, own)
            enter(lead)
    enter(cluster_seats(world.beta))
    found = HandoutFile.objects.filter(handout__in=handouts).order_by("pk")
    assert [bytes(row.content) for row in found] == [b"before.txt", b"after.txt"]
    enter(cluster_seats(world.gamma))
    assert not HandoutFile.objects.filter(handout__in=handouts).exists()
