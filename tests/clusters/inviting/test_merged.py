"""What is asked and offered for an organisation, when it turns out to be the same as another."""

from django.utils import timezone

from clusterwerk.clusters.inviting.actions import Guest, invite
from clusterwerk.clusters.inviting.places import for_organisation
from clusterwerk.clusters.models import (
    Invitation,
    InvitationState,
    RequestState,
    SeatRequest,
)
from clusterwerk.directory.duplicates import merge, undo_merge
from clusterwerk.platform.access.seats import SeatRole
from factories.invited import NEWCOMER, acting_as
from factories.merges import made_organisation
from factories.world import World

SAME = {"email": NEWCOMER, "name": "Noor", "reason": "test"}


def test_requests_and_invitations_for_both_follow_a_merge_and_come_back(world: World) -> None:
    losing, keeping = world.company, made_organisation("Company again")
    acting_as(world.people["manager"])
    asked = {"cluster": world.alpha, "asked_by": world.people["manager"], **SAME}
    settled = {"state": RequestState.REFUSED, "settled_at": timezone.now()}
    for organisation in (losing, keeping):
        SeatRequest.objects.create(organisation=organisation, **asked, **settled)
        SeatRequest.objects.create(organisation=organisation, **asked)
    keeper = acting_as(world.people["steward"])
    for organisation in (losing, keeping):
        place = for_organisation(organisation, asked_by=world.alpha.pk)
        guest = Guest(NEWCOMER, "Noor", "en")
        invite(seats=keeper, place=place, role=SeatRole.REPRESENTATIVE, guest=guest)
    made = merge(seats=keeper, losing=losing, keeping=keeping)

    def standing() -> tuple[list[str], list[str]]:
        acting_as(world.people["manager"])
        requests = SeatRequest.objects.filter(organisation=keeping).order_by("state")
        invitations = Invitation.objects.filter(organisation=keeping).order_by("state")
        return (
            list(requests.values_list("state", flat=True)),
            list(invitations.values_list("state", flat=True)),
        )

    asked_, refused, taken_back = RequestState.ASKED, RequestState.REFUSED, RequestState.WITHDRAWN
    assert standing() == (
        [asked_, refused, refused, taken_back],
        [InvitationState.OPEN, InvitationState.WITHDRAWN],
    )
    undo_merge(seats=acting_as(world.people["steward"]), merge=made)
    assert standing() == ([asked_, refused], [InvitationState.OPEN])
    back = Invitation.objects.get(organisation=losing)
    assert (back.state, back.settled_at) == (InvitationState.OPEN, None)
