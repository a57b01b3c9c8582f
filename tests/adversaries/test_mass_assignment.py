"""Fields that no form shows are not taken from a request."""

from django.test import Client
from django.utils import timezone

from clusterwerk.clusters.models import HandOver, Seat
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.models import User
from factories.world import STEWARD, World, cluster_seats

MORE = {
    "id": 1,
    "pk": 1,
    "email": "taken@example.org",
    "is_active": "",
    "is_demo": "on",
    "is_staff": "on",
    "is_superuser": "on",
    "password": "changed",
    "role": "steward",
    "kind": "steward",
    "agency": 1,
    "actor": 1,
    "last_login": "2000-01-01",
    "created_at": "2000-01-01",
}


def test_a_profile_takes_name_and_language_alone(client: Client, world: World) -> None:
    person = world.people["member"]
    before = User.objects.filter(pk=person.pk).values().get()
    client.force_login(person)
    answer = client.post("/account/", {**MORE, "name": "New Name", "language": "en"})
    assert answer.status_code == 302
    enter(NOBODY)
    after = User.objects.filter(pk=person.pk).values().get()
    changed = {name for name, value in after.items() if (name, value) not in before.items()}
    assert changed - {"last_login"} == {"name", "language"}


def test_no_form_hands_out_a_seat(client: Client, world: World) -> None:
    enter(STEWARD)
    before = Seat.objects.count()
    client.force_login(world.people["manager"])
    for page in ("/account/", "/desk/record/", "/sharing/alpha/take-out/", "/preferences/theme/"):
        client.post(page, {**MORE, "user": world.people["stranger"].pk, "cluster": "alpha"})
    enter(STEWARD)
    assert Seat.objects.count() == before


def test_a_proposal_is_neither_accepted_nor_carried_out_by_its_own_form(
    client: Client, world: World
) -> None:
    client.force_login(world.people["manager"])
    facts = {
        "to_cluster": world.beta.pk,
        "keeps_team": "on",
        "day": timezone.localdate().isoformat(),
        "reason": "test",
        "accepted_at": "2020-01-01",
        "accepted_by": world.people["manager"].pk,
        "carried_out_at": "2020-01-01",
        "proposed_by": world.people["stranger"].pk,
        "cluster": world.beta.pk,
        "agency": world.foreign_agency.pk,
    }
    assert client.post("/sharing/alpha/hand-over/", facts).status_code == 302
    enter(cluster_seats(world.alpha))
    over = HandOver.objects.get()
    assert (over.accepted_at, over.accepted_by, over.carried_out_at) == (None, None, None)
    assert over.proposed_by_id == world.people["manager"].pk
    assert (over.cluster_id, over.agency_id) == (world.alpha.pk, world.agency.pk)
