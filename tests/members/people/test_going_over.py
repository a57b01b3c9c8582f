"""What becomes of contacts when another cluster takes their members in."""

from datetime import date

from django.db import connection
from django.utils import timezone

from clusterwerk.clusters.handover.models import HandOver
from clusterwerk.directory.models import Organisation
from clusterwerk.members.handover import copy_people, move_members
from clusterwerk.members.models import (
    Consent,
    Contact,
    IncomingMail,
    Interaction,
    InteractionParty,
    MailAddress,
    MailAttachment,
    Position,
    Task,
)
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


def test_who_works_at_a_member_goes_over_with_it(world: World) -> None:
    seats = both(world)
    assert go_over(world, seats)[0] == "contacts copied: 1"
    assert there(world) == [("lena@alpha.example", world.company)]
    copy = Contact.objects.get(cluster=world.beta, email="lena@alpha.example")
    assert not Consent.objects.filter(contact=copy).exists()
    assert Contact.objects.filter(cluster=world.alpha).count() == 1


def test_what_was_said_mailed_and_promised_goes_along_and_stays_there_too(world: World) -> None:
    seats = both(world)
    MailAttachment.objects.filter(cluster=world.alpha).update(content=b"%PDF-1")
    IncomingMail.objects.filter(cluster=world.alpha).update(message_id="ours@there.example")
    assert go_over(world, seats) == [
        "contacts copied: 1",
        "meetings, calls, mails and notes copied: 1",
        "mails copied: 1",
        "expectations copied: 1",
        "open tasks copied: 1",
        "addresses for mail that end: 1",
    ]
    party = InteractionParty.objects.get(cluster=world.beta, organisation=world.company)
    assert (party.interaction.subject, str(party.contact)) == ("First talk", "Lena Écluse")
    assert party.interaction.cluster == world.beta
    assert Interaction.objects.filter(cluster=world.alpha).count() == 1
    mail = IncomingMail.objects.filter(cluster=world.beta).latest("pk")
    assert (mail.state, mail.text) == ("waiting", "Who are you?")
    assert bytes(mail.attachments.get().content or b"") == b"%PDF-1"
    task = Task.objects.get(cluster=world.beta, organisation=world.company)
    assert (task.title, task.contact) == ("Call back", None)
    assert MailAddress.objects.get(cluster=world.alpha).ended_at is not None
    assert MailAddress.objects.get(cluster=world.beta).ended_at is None
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")


def test_a_mail_and_a_talk_that_both_have_are_there_once(world: World) -> None:
    seats = both(world)
    mails = IncomingMail.objects.filter(cluster=world.alpha)
    mails.update(message_id="same@there.example")
    IncomingMail.objects.filter(cluster=world.beta).update(message_id="same@there.example")
    Interaction.objects.filter(cluster__in=[world.alpha, world.beta]).update(external_id="crm-1")
    told = go_over(world, seats)
    assert told[1:3] == ["meetings, calls, mails and notes copied: 0", "mails copied: 0"]


def test_what_somebody_refused_is_refused_there_too(world: World) -> None:
    seats = both(world)
    Consent.objects.filter(cluster=world.alpha).update(state="withdrawn", said_on=date(2020, 1, 1))
    go_over(world, seats)
    copy = Contact.objects.get(cluster=world.beta, email="lena@alpha.example")
    assert Consent.objects.get(contact=copy).state == "withdrawn"


def test_who_is_known_there_by_address_is_not_copied(world: World) -> None:
    seats = both(world)
    Contact.objects.filter(cluster=world.beta).update(email="lena@alpha.example")
    assert go_over(world, seats)[0] == "contacts copied: 0"
    assert there(world) == []
    party = InteractionParty.objects.get(cluster=world.beta, organisation=world.company)
    known = Contact.objects.get(cluster=world.beta, email="lena@alpha.example")
    assert party.contact == known
