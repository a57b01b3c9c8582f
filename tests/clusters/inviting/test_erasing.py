"""An erasure reaches the address under which somebody was invited or asked for."""

from datetime import date

from clusterwerk.clusters.inviting import mails
from clusterwerk.clusters.inviting.actions import offer
from clusterwerk.clusters.models import Invitation, SeatRequest
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.accounts.erasing import erase_account
from factories.invited import invited_to
from factories.world import STEWARD, World


def test_who_is_erased_stands_in_no_invitation_and_its_link_opens_nothing(world: World) -> None:
    invitation = invited_to(world.alpha, world.people["manager"], email="stranger@example.org")
    SeatRequest.objects.create(
        cluster=world.alpha,
        organisation=world.company,
        email="stranger@example.org",
        name="S",
        asked_by=world.people["manager"],
    )
    enter(STEWARD)
    erase_account(
        seats=STEWARD, email="stranger@example.org", reason="asked for", on=date(2026, 1, 1)
    )
    invitation = Invitation.objects.get(pk=invitation.pk)
    assert (invitation.name, invitation.email) == (
        "—",
        f"{invitation.pk}-erased@erased.invalid",
    )
    assert SeatRequest.objects.get().name == "—"
    assert "was withdrawn" in offer(mails.token_of(invitation)).ended
