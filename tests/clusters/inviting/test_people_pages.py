"""The pages of who has access, and the page behind a link, over HTTP."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from clusterwerk.clusters.inviting import queries
from clusterwerk.clusters.inviting.models import LIFETIME
from clusterwerk.clusters.models import Invitation, Seat, SeatRequest
from clusterwerk.members.models import Position
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.models import User
from factories.accounts import PASSWORD, open_an
from factories.invited import NEWCOMER, invited_to, link_in, waiting_mails
from factories.world import STEWARD, World, cluster_seats

INVITE = {"email": NEWCOMER, "name": "Noor", "language": "en", "role": "staff"}


def signed_in(world: World, name: str) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(world.people[name])
    return client


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("manager", "/people/cluster/alpha/"),
        ("observer", "/people/cluster/alpha/"),
        ("programme_manager", "/people/agency/agency/"),
        ("account_manager", "/people/agency/agency/"),
        ("member", "/people/organisation/"),
        ("steward", "/people/installation/"),
    ],
)
def test_the_menu_leads_to_the_own_place(world: World, name: str, place: str) -> None:
    client = signed_in(world, name)
    response = client.get("/people/")
    assert response["Location"].startswith(place)
    page = client.get(response["Location"])
    assert page.status_code == 200
    assert 'aria-current="page"' in page.content.decode()
    may_invite = name in {"manager", "programme_manager", "member", "steward"}
    assert ('name="email"' in page.content.decode()) == may_invite


def test_who_has_no_place_is_told_so(world: World) -> None:
    response = signed_in(world, "stranger").get("/people/")
    assert response.status_code == 403
    assert "You have no access to a cluster" in response.content.decode()


def test_an_invitation_is_sent_from_the_page_and_what_is_wrong_keeps_what_was_typed(
    world: World,
) -> None:
    client = signed_in(world, "manager")
    wrong = client.post("/people/cluster/alpha/", {**INVITE, "email": "nobody"})
    assert wrong.status_code == 422
    assert 'value="Noor"' in wrong.content.decode()
    taken = client.post("/people/cluster/alpha/", {**INVITE, "email": "staff@example.org"})
    assert "has access here already, as staff" in taken.content.decode()
    assert client.post("/people/cluster/alpha/", INVITE).status_code == 302
    page = client.get("/people/cluster/alpha/").content.decode()
    assert NEWCOMER in page
    assert "waits for an answer" in page


@pytest.mark.parametrize("name", ["staff", "observer", "member", "steward"])
def test_only_a_manager_invites_to_a_cluster(world: World, name: str) -> None:
    response = signed_in(world, name).post("/people/cluster/alpha/", INVITE)
    assert response.status_code in {403, 404}
    enter(STEWARD)
    assert Invitation.objects.count() == 0


def test_a_role_that_does_not_stand_in_the_form_is_refused(world: World) -> None:
    client = signed_in(world, "manager")
    for role in ("steward", "programme_manager", "representative"):
        response = client.post("/people/cluster/alpha/", {**INVITE, "role": role})
        assert response.status_code == 422
    enter(STEWARD)
    assert Invitation.objects.count() == 0


def test_a_steward_invites_the_first_manager_of_a_cluster(world: World) -> None:
    client = signed_in(world, "steward")
    facts = {**INVITE, "role": "manager", "place": f"cluster-{world.beta.pk}"}
    wrong = client.post("/people/installation/", {**facts, "role": "evaluator"})
    assert "This role does not belong there." in wrong.content.decode()
    assert client.post("/people/installation/", facts).status_code == 302
    link = link_in(waiting_mails()[-1])
    visitor = Client(headers={"Accept-Language": "en"})
    assert visitor.post(link, {"name": "Noor", "language": "en"}).status_code == 302
    enter(STEWARD)
    seat = Seat.objects.get(user__email=NEWCOMER)
    assert (seat.role, seat.cluster_id, seat.agency_id) == (
        "manager",
        world.beta.pk,
        world.agency.pk,
    )


def test_where_there_are_many_clusters_one_is_found_by_its_name(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST", 1)
    client = signed_in(world, "steward")
    offered = [f'value="cluster-{cluster.pk}"' for cluster in (world.alpha, world.beta)]

    def shown(query: str) -> list[bool]:
        page = client.get(f"/people/installation/?{query}").content.decode()
        assert 'name="cluster"' in page
        return [option in page for option in offered]

    assert shown("") == [True, False]
    assert shown("cluster=BETA") == [False, True]
    assert shown("cluster=nothing") == [False, False]
    assert shown(f"place=cluster-{world.beta.pk}") == [True, True]
    assert shown(f"place=cluster-{'9' * 40}") == [True, False]
    facts = {**INVITE, "role": "manager", "place": f"cluster-{world.beta.pk}"}
    assert client.post("/people/installation/", facts).status_code == 302


def test_a_cold_browser_accepts_and_comes_to_the_desk(world: World) -> None:
    invited_to(world.alpha, world.people["manager"])
    link = link_in(waiting_mails()[-1])
    visitor = Client(headers={"Accept-Language": "en"})
    for method in (visitor.get, visitor.head):
        assert method(link).status_code == 200
    nameless = visitor.post(link, {"name": "", "language": "en"})
    assert nameless.status_code == 422
    response = visitor.post(link, {"name": "Noor", "language": "en"})
    assert response["Location"] == "/desk/"
    desk = visitor.get("/desk/").content.decode()
    assert "Welcome to Alpha." in desk
    assert visitor.get(link)["Location"] == "/desk/"
    cold = Client(headers={"Accept-Language": "en"}).get(link)
    assert cold.status_code == 404
    assert "accepted already. Sign in to go on." in cold.content.decode()


def test_an_account_comes_back_to_the_invitation_after_signing_in(world: World) -> None:
    an = open_an()
    invited_to(world.alpha, world.people["manager"], email=an.email)
    link = link_in(waiting_mails()[-1])
    client = Client(headers={"Accept-Language": "en"})
    page = client.get(link).content.decode()
    found = re.search(r'href="(/accounts/login/\?next=[^"]+)"', page)
    assert found
    assert client.post(link).status_code == 302
    facts = {"login": an.email, "password": PASSWORD, "next": link}
    assert client.post("/accounts/login/", facts)["Location"] == link
    assert client.post(link)["Location"] == "/desk/"
    enter(STEWARD)
    assert Seat.objects.get(user=an).role == "staff"


def test_somebody_else_who_is_signed_in_is_told_whose_invitation_it_is(world: World) -> None:
    invited_to(world.alpha, world.people["manager"])
    link = link_in(waiting_mails()[-1])
    client = signed_in(world, "stranger")
    assert "You are signed in as stranger@example.org" in client.get(link).content.decode()
    facts = {"name": "Thief", "language": "en"}
    assert client.post(link, facts).status_code == 302
    enter(STEWARD)
    assert not User.objects.filter(email=NEWCOMER).exists()
    assert Seat.objects.filter(user=world.people["stranger"]).count() == 0


def test_a_link_of_yesterday_says_what_to_do(world: World) -> None:
    invited_to(world.alpha, world.people["manager"])
    link = link_in(waiting_mails()[-1])
    Invitation.objects.update(expires_at=timezone.now() - LIFETIME)
    response = Client(headers={"Accept-Language": "en"}).get(link)
    assert response.status_code == 404
    assert "Ask whoever invited you to send it again." in response.content.decode()


def test_a_manager_asks_for_a_contact_and_a_steward_gives_it(world: World) -> None:
    enter(cluster_seats(world.alpha))
    position = Position.objects.get().pk
    manager = signed_in(world, "manager")
    assert "lena@alpha.example" in manager.get("/people/cluster/alpha/?q=lena").content.decode()
    address = f"/people/cluster/alpha/ask/{position}/"
    assert "Memberships" in manager.get(address).content.decode()
    assert manager.post(address, {"reason": ""}).status_code == 422
    assert manager.post(address, {"reason": "Leads the research"}).status_code == 302
    enter(STEWARD)
    request = SeatRequest.objects.get()
    steward = signed_in(world, "steward")
    page = steward.get("/people/installation/").content.decode()
    assert "Leads the research" in page
    assert f"/people/request/{request.pk}/" in page
    assert steward.post(f"/people/request/{request.pk}/", {"do": "refuse"}).status_code == 422
    assert steward.post(f"/people/request/{request.pk}/", {"do": "give"}).status_code == 302
    assert "Éclair Works" in waiting_mails()[-1]
    again = steward.post(f"/people/request/{request.pk}/", {"do": "give"})
    assert "settled already" in again.content.decode()


@pytest.mark.parametrize("name", ["staff", "observer", "other_manager"])
def test_only_a_manager_of_the_cluster_asks(world: World, name: str) -> None:
    enter(cluster_seats(world.alpha))
    position = Position.objects.get().pk
    response = signed_in(world, name).post(
        f"/people/cluster/alpha/ask/{position}/", {"reason": "Why not"}
    )
    assert response.status_code in {403, 404}
    enter(STEWARD)
    assert SeatRequest.objects.count() == 0


def test_a_member_asks_for_a_colleague_on_its_own_page_and_on_no_other(world: World) -> None:
    client = signed_in(world, "member")
    facts = {"email": "c@example.org", "name": "C", "language": "nl", "reason": "Replaces me"}
    assert client.post(f"/people/organisation/{world.rival.pk}/", facts).status_code == 403
    assert client.post(f"/people/organisation/{world.company.pk}/", facts).status_code == 302
    page = client.get(f"/people/organisation/{world.company.pk}/").content.decode()
    assert "waits for a steward" in page
    enter(STEWARD)
    request = SeatRequest.objects.get()
    assert request.organisation == world.company
    address = f"/people/request/{request.pk}/"
    assert address in page
    assert client.get(address).status_code == 200
    enter(STEWARD)
    SeatRequest.objects.update(cluster=world.alpha)
    page = client.get(f"/people/organisation/{world.company.pk}/").content.decode()
    assert "asked by member" in page
    assert address not in page, "a cluster asked: the organisation reads it and a steward decides"
    assert client.get(address).status_code == 403


def test_what_the_button_does_not_say_is_not_done(world: World) -> None:
    invitation = invited_to(world.alpha, world.people["manager"])
    client = signed_in(world, "manager")
    client.post(f"/people/invitation/{invitation.pk}/", {"do": "accept"})
    enter(STEWARD)
    assert Invitation.objects.get().state == "open"
    client.post(f"/people/invitation/{invitation.pk}/", {"do": "withdraw"})
    enter(STEWARD)
    assert Invitation.objects.get().state == "withdrawn"


def test_a_steward_finds_and_withdraws_what_they_sent_to_a_cluster(world: World) -> None:
    enter(STEWARD)
    Seat.objects.filter(user=world.people["manager"]).update(until=timezone.localdate())
    steward = signed_in(world, "steward")
    facts = {**INVITE, "role": "manager", "place": f"cluster-{world.alpha.pk}"}
    assert steward.post("/people/installation/", facts).status_code == 302
    enter(STEWARD)
    sent = Invitation.objects.get()
    assert NEWCOMER in steward.get("/people/installation/").content.decode()
    assert steward.post(f"/people/invitation/{sent.pk}/", {"do": "withdraw"}).status_code == 302
    sent.refresh_from_db()
    assert sent.state == "withdrawn"
