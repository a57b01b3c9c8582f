"""A target group over the register: who is in it, how many are members, who is not reached."""

import csv
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from clusterwerk.directory.models import RegisteredEnterprise1
from clusterwerk.measure.penetration import Penetration
from clusterwerk.members import jobs
from clusterwerk.members.actions.target_groups import (
    TargetGroupFacts,
    change_target_group,
    count_target_group,
    remove_target_group,
)
from clusterwerk.members.forms.target_groups import TargetGroupForm
from clusterwerk.members.models import TargetGroup, TargetGroupCount
from clusterwerk.members.queries.target_groups import (
    codes_of,
    counted,
    figures_of,
    matched_name,
    matching,
    not_reached,
    own_members,
)
from clusterwerk.platform.access.seats import SeatRole, Seats
from clusterwerk.platform.access.session import enter, unlocked
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.jobs import ask
from clusterwerk.platform.jobs.models import JobRun
from clusterwerk.platform.jobs.running import run_job
from clusterwerk.platform.jobs.states import JobState
from factories.world import World, cluster_seats
from members.registered import DAY, group_of, register

__all__ = ["register"]


def names(world: World, group: TargetGroup) -> list[str]:
    found = matching(group, own_members(world.alpha.pk, DAY))
    return sorted(found.values_list("search_name", flat=True))


def test_a_sector_holds_who_carries_its_codes_in_either_list(register: World) -> None:
    assert names(register, group_of(register, sectors=("2025:62",))) == [
        "alpha soft", "eclair works",
    ]  # fmt: skip
    older = group_of(register, name="Older", sectors=("2008:6311",))
    assert names(register, older) == ["beta portal", "gamma hosting"]


def test_who_is_in_by_a_class_that_holds_more_is_counted_as_unsure(register: World) -> None:
    group = group_of(register, sectors=("2008:6311",))
    [codes] = codes_of(group.sectors)
    assert "63100" in codes.unsure
    assert counted(group, DAY).whole == Penetration(2, 0, unsure=1, size_unknown=2)


def test_places_words_and_natural_persons_narrow_and_widen(register: World) -> None:
    by_place = group_of(register, name="Gent", municipalities=("44021",))
    assert names(register, by_place) == ["alpha soft", "delta bakery", "eclair works"]
    by_province = group_of(register, name="Coast", provinces=("West-Vlaanderen",))
    assert names(register, by_province) == ["offshore wind consult"]
    by_word = group_of(register, name="Wind", keywords=("wind offsh", "bakery"))
    assert names(register, by_word) == ["delta bakery", "offshore wind consult"]
    with_people = group_of(register, name="All", sectors=("2025:62",), natural_persons=True)
    assert "someone alone" in names(register, with_people)


def test_a_member_of_another_size_is_left_out_and_the_unknown_stay(register: World) -> None:
    large = group_of(register, sectors=("2025:62",), sizes=("large",))
    assert names(register, large) == ["alpha soft"]
    small = group_of(register, name="Small", sectors=("2025:62",), sizes=("small",))
    assert counted(small, DAY).whole == Penetration(2, 1, size_unknown=1)


def test_penetration_is_counted_by_sector_and_province_and_kept(register: World) -> None:
    group = group_of(register, municipalities=("44021", "11002"))
    seats = cluster_seats(register.alpha)
    kept = count_target_group(seats=seats, group=group, day=DAY)
    shown = figures_of(kept)
    assert (shown.whole.enterprises, shown.whole.members) == (4, 1)
    provinces = {cell.name: cell.figures for cell in shown.provinces}
    assert provinces == {"Oost-Vlaanderen": Penetration(3, 1), "Antwerpen": Penetration(1, 0)}
    assert shown.sectors[0].name.startswith("62 Computer programming")
    again = count_target_group(seats=seats, group=group, day=DAY)
    assert (again.pk, TargetGroupCount.objects.filter(target_group=group).count()) == (kept.pk, 1)


def test_who_is_not_reached_is_listed_by_name_without_the_members(register: World) -> None:
    group = group_of(register, municipalities=("44021",))
    page = not_reached(group, DAY)
    assert [row.search_name for row in page.rows] == ["alpha soft", "delta bakery"]
    assert page.next is None
    after = not_reached(group, DAY, after=("alpha soft", "0400000185"))
    assert [row.search_name for row in after.rows] == ["delta bakery"]
    assert [row.search_name for row in not_reached(group, DAY, find="bak").rows] == ["delta bakery"]


def test_a_group_that_leaves_everybody_in_is_refused(register: World) -> None:
    with pytest.raises(DomainError, match="not the whole register"):
        group_of(register)
    assert not TargetGroup.objects.filter(name="Group").exists()


def test_without_a_register_nothing_is_counted(world: World) -> None:
    enter(cluster_seats(world.alpha))
    group = group_of(world, provinces=("Limburg",))
    with pytest.raises(DomainError, match="No enterprise register"):
        count_target_group(seats=cluster_seats(world.alpha), group=group, day=DAY)
    assert not TargetGroupCount.objects.filter(target_group=group).exists()


def test_an_observer_and_another_cluster_change_nothing(register: World) -> None:
    group = group_of(register, provinces=("Limburg",))
    for seats in (
        cluster_seats(register.alpha, SeatRole.OBSERVER),
        cluster_seats(register.beta),
    ):
        for act in (
            lambda: change_target_group(seats=seats, group=group, facts=TargetGroupFacts("x")),  # noqa: B023 - called at once
            lambda: remove_target_group(seats=seats, group=group),  # noqa: B023 - called at once
            lambda: count_target_group(seats=seats, group=group, day=DAY),  # noqa: B023 - called at once
        ):
            with pytest.raises(PermissionDenied):
                act()
    enter(cluster_seats(register.beta))
    assert not TargetGroup.objects.filter(pk=group.pk).exists()
    enter(cluster_seats(register.alpha))
    assert TargetGroup.objects.get(pk=group.pk).name == "Group"


def test_the_pages_lead_from_a_description_to_who_is_missing(register: World) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(register.people["manager"])
    wrong = client.post("/members/alpha/target-groups/add/", {
        "name": "Software", "sectors": "62.10, 99.12", "municipalities": "9999",
    })  # fmt: skip
    assert wrong.status_code == 422
    told = wrong.content.decode()
    assert "These codes are not in the list: 99.12." in told
    assert "No municipality has the postcode 9999." in told
    assert "62.10, 99.12" in told
    made = client.post("/members/alpha/target-groups/add/", {
        "name": "Software", "sectors": "62.10", "municipalities": "9000, Antwerpen",
    })  # fmt: skip
    enter(cluster_seats(register.alpha))
    group = TargetGroup.objects.get(name="Software")
    run = JobRun.objects.filter(asker=register.people["manager"])
    enter(Seats(actor=register.people["manager"].pk))
    assert (made.status_code, run.get().arguments["target_group"]) == (302, group.pk)
    enter(cluster_seats(register.alpha))
    count_target_group(seats=cluster_seats(register.alpha), group=group, day=timezone.localdate())
    address = f"/members/alpha/target-groups/{group.pk}/"
    counts = client.get(address).content.decode()
    assert "1 of 2 enterprises are members" in counts
    assert counts.count('<table class="table is-stacked">') == 3
    assert '<td class="num" data-label="Penetration">50.0\u202f%</td>' in counts
    missing = client.get(f"{address}missing/")
    assert "Alpha Soft" in missing.content.decode()
    assert "/members/alpha/add/?chosen_find=0400000185" in missing.content.decode()
    file = client.get(f"{address}missing/", {"file": "csv"})
    assert b"Alpha Soft" in b"".join(file)
    assert b"Eclair" not in b"".join(client.get(f"{address}missing/", {"file": "csv"}))


def test_another_clusters_group_is_not_found(register: World) -> None:
    group = group_of(register, provinces=("Limburg",))
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(register.people["other_manager"])
    assert client.get(f"/members/beta/target-groups/{group.pk}/").status_code == 404
    assert client.get(f"/members/alpha/target-groups/{group.pk}/").status_code in (403, 404)


def test_the_job_counts_and_leads_back_to_the_group(register: World) -> None:
    group = group_of(register, provinces=("Antwerpen",))
    manager = register.people["manager"].pk
    enter(Seats(actor=manager))
    run = ask(
        jobs.count_target_group,
        actor=manager,
        reason="test",
        cluster=register.alpha.pk,
        target_group=group.pk,
    )
    run_job(jobs.count_target_group, None, run.pk)
    enter(Seats(actor=manager))
    run.refresh_from_db()
    assert (run.state, run.result) == (
        JobState.SUCCEEDED,
        f"/members/alpha/target-groups/{group.pk}/",
    )
    enter(cluster_seats(register.alpha))
    assert TargetGroupCount.objects.get(target_group=group).enterprises == 1


@pytest.mark.parametrize(
    ("keywords", "find", "told"),
    [
        (["alpha"], "", ""),
        (["windw"], "", "Windwerken Noord"),
        (["noord windw"], "", "Windwerken Noord"),
        (["wind noord", "zonne"], "", "Zonnedak"),
        ([], "zonned", "Zonnedak"),
        (["alpha"], "zonned", "Zonnedak"),
        ([], "", ""),
    ],
)
def test_another_name_that_the_words_found_is_told(
    keywords: list[str], find: str, told: str
) -> None:
    names = [["nl", "001", "Alpha Soft NV"], ["nl", "003", "Windwerken Noord"],
             ["nl", "003", "Zonnedak"]]  # fmt: skip
    row = RegisteredEnterprise1(name="Alpha Soft NV", names=names)
    assert matched_name(row, TargetGroup(keywords=keywords), find) == told


def test_the_list_of_who_is_missing_shows_the_name_that_was_found(register: World) -> None:
    with unlocked(cluster_seats(register.alpha), "register"):
        RegisteredEnterprise1.objects.filter(number="0400000185").update(
            names=[["nl", "003", "Windwerken"]], search_words="'alpha' 'soft' 'windwerken'"
        )
    group = group_of(register, keywords=("windw",))
    client = Client(headers={"accept-language": "en"})
    client.force_login(register.people["manager"])
    page = client.get(f"/members/alpha/target-groups/{group.pk}/missing/").content.decode()
    assert "<small>also called Windwerken</small>" in page
    file = client.get(f"/members/alpha/target-groups/{group.pk}/missing/", {"file": "csv"})
    lines = list(csv.DictReader(io.StringIO(b"".join(file).decode("utf-8-sig"))))
    assert [line["Matched name"] for line in lines] == ["Windwerken"]
    assert '<option value="">With and without prospects</option>' in page


def test_ecosystems_are_named_in_the_language_of_the_reader(register: World) -> None:
    enter(cluster_seats(register.alpha))
    with override("nl"):
        assert "Gezondheid" in str(TargetGroupForm()["ecosystems"])
    assert "Health" in str(TargetGroupForm()["ecosystems"])
