"""The pages of duplicates: found, compared, merged, taken back, and told apart."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from clusterwerk.directory.duplicates.searching import (
    call_distinct,
    candidates,
    duplicates_among,
    keep_candidates,
)
from clusterwerk.directory.models import DistinctPair, DuplicateCandidate, Merge, Organisation
from clusterwerk.platform.access.session import enter
from factories.merges import MakesOrganisation, member, steward
from factories.world import World, cluster_seats


def found(world: World) -> list[tuple[int, int, list[str]]]:
    """What a search of Alpha finds and keeps, with the seats of its manager."""
    seats = cluster_seats(world.alpha)
    enter(seats)
    keep_candidates(seats=seats, cluster=world.alpha.pk, found=duplicates_among(world.alpha.pk))
    return [(row.low, row.high, row.reasons) for row in candidates(world.alpha.pk)]


def test_a_private_organisation_is_found_beside_the_shared_one(
    world: World, organisation: MakesOrganisation
) -> None:
    mine = organisation("Eclair Works BV", world.alpha)
    organisation("Éclair Works", world.beta)
    assert found(world) == [(world.company.pk, mine.pk, ["same_name"])]


def test_what_was_called_different_is_not_asked_again(
    world: World, organisation: MakesOrganisation
) -> None:
    mine = organisation("Eclair Works BV", world.alpha)
    assert len(found(world)) == 1
    seats = cluster_seats(world.alpha)
    said = {"seats": seats, "cluster": world.alpha.pk, "one": mine.pk, "other": world.company.pk}
    assert call_distinct(**said) is True  # type: ignore[arg-type]
    assert call_distinct(**said) is False  # type: ignore[arg-type]
    assert candidates(world.alpha.pk) == []
    assert found(world) == []


def test_shared_duplicates_are_the_stewards(world: World, organisation: MakesOrganisation) -> None:
    again = organisation("RIVAL WORKS nv")
    enter(steward())
    keep_candidates(seats=steward(), cluster=None, found=duplicates_among(None))
    assert [(row.low, row.high) for row in candidates(None)] == [(world.rival.pk, again.pk)]
    enter(cluster_seats(world.alpha))
    assert candidates(None) == []


@pytest.fixture
def manager(client: Client, world: World) -> Client:
    client.force_login(world.people["manager"])
    client.post(reverse("ui:language"), {"language": "en"})
    return client


def test_a_manager_merges_on_the_page_and_takes_it_back(
    manager: Client, world: World, organisation: MakesOrganisation
) -> None:
    mine = organisation("Eclair Works BV", world.alpha)
    enter(cluster_seats(world.alpha))
    member(world.alpha, mine, date(2010, 1, 1), date(2011, 1, 1))
    found(world)
    listed = manager.get(reverse("directory:duplicate_list")).content.decode()
    assert "Eclair Works BV" in listed
    assert "same name" in listed
    address = reverse("directory:duplicate_compare", args=[mine.pk, world.company.pk])
    shown = manager.get(address).content.decode()
    assert "Memberships: 1" in shown
    assert "Belgium" in shown
    assert ">BE<" not in shown
    response = manager.post(address, {"answer": "merge"}, follow=True)
    assert "Eclair Works BV is now part of Éclair Works" in response.content.decode()
    enter(cluster_seats(world.alpha))
    mine.refresh_from_db()
    assert mine.merged_into == world.company
    made = Merge.objects.get(losing=mine.pk)
    response = manager.post(reverse("directory:merge_undo", args=[made.pk]), follow=True)
    assert "everything stands as before" in response.content.decode()
    enter(cluster_seats(world.alpha))
    mine.refresh_from_db()
    assert mine.merged_into is None


def test_not_the_same_is_one_click(
    manager: Client, world: World, organisation: MakesOrganisation
) -> None:
    mine = organisation("Eclair Works BV", world.alpha)
    address = reverse("directory:duplicate_compare", args=[mine.pk, world.company.pk])
    manager.post(address, {"answer": "different"})
    enter(cluster_seats(world.alpha))
    pair = DistinctPair.objects.get(low=world.company.pk)
    assert (pair.high, pair.cluster_id) == (mine.pk, world.alpha.pk)


def test_a_refused_merge_says_why_and_changes_nothing(
    manager: Client, world: World, organisation: MakesOrganisation
) -> None:
    mine = organisation("Eclair Works BV", world.alpha, is_demo=True)
    address = reverse("directory:duplicate_compare", args=[mine.pk, world.company.pk])
    response = manager.post(address, {"answer": "merge"})
    assert response.status_code == 422
    assert "An invented organisation of the demo" in response.content.decode()
    enter(cluster_seats(world.alpha))
    mine.refresh_from_db()
    assert mine.merged_into is None


def test_a_steward_chooses_facts_of_shared_ones(
    client: Client, world: World, organisation: MakesOrganisation
) -> None:
    again = organisation("Rival Works", website="https://rival.example")
    client.force_login(world.people["steward"])
    address = reverse("directory:duplicate_compare", args=[again.pk, world.rival.pk])
    assert 'value="losing"' in client.get(address).content.decode()
    client.post(address, {"answer": "merge", "website": "losing", "name": "keeping"})
    enter(steward())
    world.rival.refresh_from_db()
    assert world.rival.website == "https://rival.example"


def test_looking_for_duplicates_is_a_job(manager: Client, world: World) -> None:
    response = manager.post(reverse("directory:duplicate_list"))
    assert response.status_code == 302
    assert "/jobs/" in response.headers["Location"]
    enter(cluster_seats(world.alpha))
    assert DuplicateCandidate.objects.filter(subject=Organisation._meta.label_lower).exists()
