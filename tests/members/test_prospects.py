"""Prospects: noted from who is not reached, kept in lists, and made members."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from clusterwerk.members.actions.prospects import Joining, join_from_register, note_prospects
from clusterwerk.members.models import Membership, MembershipCategory, TagUse, TargetGroup
from clusterwerk.members.queries.prospects import prospects_of
from clusterwerk.members.queries.target_groups import OTHERS, PROSPECTS, counted, missing
from clusterwerk.platform.access.seats import SeatRole
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.world import World, cluster_seats
from members.registered import DAY, group_of, register

__all__ = ["register"]
SOFT, PORTAL, BAKERY = "0400000185", "0400000284", "0400000482"


@pytest.fixture
def group(register: World) -> TargetGroup:
    """Alpha Soft, Delta Bakery and the member Eclair Works, all in Gent."""
    return group_of(register, municipalities=("44021",))


@pytest.fixture
def manager(register: World) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(register.people["manager"])
    return client


def missed(group: TargetGroup, who: str = "") -> list[str]:
    return [row.name for row in missing(group, timezone.localdate(), who=who)]


def test_a_prospect_is_kept_once_and_stays_among_those_not_reached(
    register: World, group: TargetGroup
) -> None:
    seats, cluster = cluster_seats(register.alpha), register.alpha
    assert note_prospects(seats=seats, cluster=cluster, numbers=[SOFT, SOFT]) == 1
    assert note_prospects(seats=seats, cluster=cluster, numbers=[SOFT]) == 0
    assert [each.name for each in prospects_of(cluster.pk, DAY)] == ["Alpha Soft"]
    assert missed(group) == ["Alpha Soft", "Delta Bakery"]
    assert missed(group, PROSPECTS) == ["Alpha Soft"]
    assert missed(group, OTHERS) == ["Delta Bakery"]


def test_who_becomes_a_member_is_no_prospect_and_is_counted(
    register: World, group: TargetGroup
) -> None:
    seats, cluster = cluster_seats(register.alpha), register.alpha
    note_prospects(seats=seats, cluster=cluster, numbers=[SOFT])
    category = MembershipCategory.objects.get(cluster=cluster)
    before = counted(group, DAY).whole.members
    joining = Joining(category, DAY, is_paying=True)
    made = join_from_register(seats=seats, cluster=cluster, numbers=[BAKERY, SOFT], joining=joining)
    assert [each.organisation.name for each in made] == ["Alpha Soft", "Delta Bakery"]
    assert counted(group, DAY).whole.members == before + 2
    assert missed(group) == []
    assert not prospects_of(cluster.pk, DAY).exists()
    assert not TagUse.objects.filter(organisation=made[0].organisation).exists()


def test_when_one_cannot_join_none_does(register: World, group: TargetGroup) -> None:
    seats, cluster = cluster_seats(register.alpha), register.alpha
    joining = Joining(MembershipCategory.objects.get(cluster=cluster), DAY, is_paying=True)
    member = "0403019261"
    with pytest.raises(DomainError, match="already is a member of Alpha"):
        join_from_register(seats=seats, cluster=cluster, numbers=[SOFT, member], joining=joining)
    assert missed(group) == ["Alpha Soft", "Delta Bakery"]


def test_only_the_team_notes_and_another_cluster_sees_nothing(register: World) -> None:
    cluster = register.alpha
    seats = cluster_seats(cluster, SeatRole.OBSERVER)
    enter(seats)
    with pytest.raises(PermissionDenied):
        note_prospects(seats=seats, cluster=cluster, numbers=[SOFT])
    enter(cluster_seats(cluster))
    note_prospects(seats=cluster_seats(cluster), cluster=cluster, numbers=[SOFT])
    enter(cluster_seats(register.beta))
    assert not prospects_of(cluster.pk, DAY).exists()


def test_the_pages_note_mark_take_off_and_give_a_file(
    register: World, group: TargetGroup, manager: Client
) -> None:
    missing_page = f"/members/alpha/target-groups/{group.pk}/missing/"
    sent = {"number": [SOFT, BAKERY], "do": "prospect", "group": group.pk, "who": "others"}
    answer = manager.post("/members/alpha/prospects/note/", sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{missing_page}?who=others")
    page = manager.get(missing_page)
    assert "2 enterprises were noted as prospects." in page.content.decode()
    assert [bool(noted) for _row, _number, noted, _other in page.context["rows"]] == [True, True]
    assert manager.get(missing_page, {"who": "others"}).context["rows"] == []
    file = b"".join(manager.get(missing_page, {"file": "csv", "who": "prospects"}))
    assert file.count(b"Delta Bakery") == 1
    listed = manager.get("/members/alpha/prospects/").context["rows"]
    assert [(row.name, number) for row, number in listed] == [
        ("Alpha Soft", "0400.000.185"), ("Delta Bakery", "0400.000.482"),
    ]  # fmt: skip
    manager.post("/members/alpha/prospects/", {"organisation": listed[0][0].pk})
    left = manager.get("/members/alpha/prospects/").context["rows"]
    assert [row.name for row, _number in left] == ["Delta Bakery"]


def test_several_join_after_one_question(
    register: World, group: TargetGroup, manager: Client
) -> None:
    sent = {"number": [SOFT, BAKERY], "do": "join", "group": group.pk}
    asked = manager.post("/members/alpha/prospects/note/", sent)
    assert asked.context["rows"] == [(SOFT, "Alpha Soft"), (BAKERY, "Delta Bakery")]
    enter(cluster_seats(register.alpha))
    category = MembershipCategory.objects.get(cluster=register.alpha).pk
    wrong = {**sent, "category": category, "first_day": "soon"}
    refused = manager.post("/members/alpha/prospects/note/", wrong)
    assert refused.status_code == 422
    assert "Alpha Soft" in refused.content.decode()
    right = {**sent, "category": category, "first_day": "2020-01-01", "is_paying": "on"}
    assert manager.post("/members/alpha/prospects/note/", right).status_code == 302
    enter(cluster_seats(register.alpha))
    made = Membership.objects.filter(cluster=register.alpha, period__startswith=date(2020, 1, 1))
    assert sorted(made.values_list("organisation__name", "is_paying")) == [
        ("Alpha Soft", True), ("Delta Bakery", True),
    ]  # fmt: skip
    again = manager.post("/members/alpha/prospects/note/", right)
    assert again.status_code == 422
    assert "already is a member" in again.content.decode()


def test_nothing_ticked_is_said_in_words(
    register: World, group: TargetGroup, manager: Client
) -> None:
    for do in ("prospect", "join"):
        sent = {"do": do, "group": group.pk}
        page = manager.post("/members/alpha/prospects/note/", sent, follow=True)
        assert "Tick the enterprises that you mean first." in page.content.decode()
