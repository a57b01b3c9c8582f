"""What becomes of contacts when another cluster takes their members in."""

from datetime import date

from django.utils import timezone

from clusterwerk.clusters.handover.models import HandOver
from clusterwerk.directory.models import Organisation
from clusterwerk.members.handover import copy_people, move_members
from clusterwerk.members.models import Consent, Contact, Interaction, Position
from clusterwerk.platform.access.seats import HeldSeat, SeatKind, SeatRole, Seats
from clusterwerk.platform.access.session import enter
from factories.world import World


def both(world: World) -> Seats:
    seats = Seats(
        held=tuple(
            HeldSeat(SeatKind.CLUSTER, SeatRole.MANAGER, cluster.pk, cluster.agency_id)
            for cluster in (world.alpha, world.beta)
        )
    )
    enter(seats)
    return seats


def go_over(world: World, seats: Seats) -> list[str]:
    over = HandOver(
        agency=world.agency, cluster=world.alpha, to_cluster=world.beta, day=timezone.localdate()
    )
    list(move_members(seats, over))
    return [done.told for done in copy_people(seats, over)]


def there(world: World) -> list[tuple[str, Organisation]]:
    rows = Position.objects.filter(cluster=world.beta, organisation=world.company)
    return [(row.contact.email, row.organisation) for row in rows]


def test_who_works_at_a_member_goes_over_with_it_and_what_was_said_stays(world: World) -> None:
    seats = both(world)
    assert go_over(world, seats) == ["contacts copied: 1"]
    assert there(world) == [("lena@alpha.example", world.company)]
    copy = Contact.objects.get(cluster=world.beta, email="lena@alpha.example")
    assert not Consent.objects.filter(contact=copy).exists()
    assert Interaction.objects.filter(cluster=world.beta).count() == 1
    assert Contact.objects.filter(cluster=world.alpha).count() == 1


def test_what_somebody_refused_is_refused_there_too(world: World) -> None:
    seats = both(world)
    Consent.objects.filter(cluster=world.alpha).update(state="withdrawn", said_on=date(2020, 1, 1))
    go_over(world, seats)
    copy = Contact.objects.get(cluster=world.beta, email="lena@alpha.example")
    assert Consent.objects.get(contact=copy).state == "withdrawn"


def test_who_is_known_there_by_address_is_not_copied(world: World) -> None:
    seats = both(world)
    Contact.objects.filter(cluster=world.beta).update(email="lena@alpha.example")
    assert go_over(world, seats) == ["contacts copied: 0"]
    assert there(world) == []
