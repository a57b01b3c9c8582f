"""Agreeing on a hand-over, rehearsing it, and carrying it out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.clusters import access
from clusterwerk.clusters.handover.models import HandOver
from clusterwerk.clusters.handover.steps import Done, steps
from clusterwerk.clusters.models import Cluster, PublicProfile, Seat
from clusterwerk.directory.models import Organisation
from clusterwerk.platform.access.seats import HeldSeat, SeatKind, SeatRole, Seats
from clusterwerk.platform.access.session import because, enter
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.models import User
from clusterwerk.platform.rows import changed, created
from clusterwerk.platform.ui.templatetags.ui import day_long

_ONE_OPEN = {"one_open_hand_over": gettext_lazy("Another hand-over of this cluster is still open.")}


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where the cluster goes: to another host, or into the cluster of a public profile."""

    day: date
    reason: str
    to_profile: PublicProfile | None = None
    to_host: Organisation | None = None
    new_manager: User | None = None
    keeps_team: bool = True


def propose(*, seats: Seats, cluster: Cluster, proposal: Proposal) -> HandOver:
    """Write down what is meant; nothing else changes yet. One open hand-over for each cluster."""
    access.may_propose_hand_over(seats, cluster.pk, cluster.agency_id).require()
    to = proposal.to_profile
    if to is not None and to.agency_id != cluster.agency_id:
        raise DomainError(_("A cluster goes into another cluster of the same agency only."))
    _require_apart_from_agency(cluster.agency_id, proposal.new_manager)
    if not proposal.keeps_team and proposal.new_manager is None and to is None:
        raise DomainError(_("Name who leads the cluster when its team does not go along."))
    is_own = cluster.pk in seats.managed_clusters
    over = HandOver(
        agency_id=cluster.agency_id,
        cluster=cluster,
        to_cluster_id=to.cluster_id if to else None,
        to_host=proposal.to_host,
        new_manager=proposal.new_manager,
        keeps_team=proposal.keeps_team,
        day=proposal.day,
        reason=proposal.reason,
        proposed_by_id=seats.actor,
        agreed_at=timezone.now() if is_own else None,
        agreed_by_id=seats.actor if is_own else None,
    )
    return created(over, _ONE_OPEN)


def _require_apart_from_agency(agency: int, person: User | None) -> None:
    """Who leads a cluster reads what its members pay, and people of the agency must not."""
    if person is None:
        return
    kinds = [SeatKind.AGENCY, SeatKind.EVALUATION]
    held = Seat.objects.filter(user=person, agency_id=agency, kind__in=kinds)
    if held.standing(timezone.localdate()).exists():
        raise DomainError(_("Nobody who works for the agency, or evaluates it, leads a cluster."))


def agree(*, seats: Seats, over: HandOver) -> bool:
    """The cluster that goes agrees to what its agency proposed; a second click changes nothing."""
    access.may_agree_to_hand_over(seats, over).require()
    with _held(over):
        _require_open(over)
        if not over.needs_agreement:
            return False
        return changed(over, agreed_at=timezone.now(), agreed_by_id=seats.actor)


def accept(*, seats: Seats, over: HandOver) -> bool:
    """The cluster that takes it in agrees; a second click changes nothing."""
    access.may_accept_hand_over(seats, over).require()
    with _held(over):
        _require_open(over)
        if not over.needs_acceptance:
            return False
        return changed(over, accepted_at=timezone.now(), accepted_by_id=seats.actor)


def withdraw(*, seats: Seats, over: HandOver) -> bool:
    access.may_withdraw_hand_over(seats, over).require()
    with _held(over):
        if over.withdrawn_at is not None:
            return False
        _require_open(over)
        return changed(over, withdrawn_at=timezone.now(), withdrawn_by_id=seats.actor)


@contextmanager
def _held(over: HandOver) -> Iterator[None]:
    """The row as it stands now, and still stands when it is written: two may decide at once."""
    with transaction.atomic():
        over.refresh_from_db(from_queryset=HandOver.objects.select_for_update())
        yield


def _require_open(over: HandOver) -> None:
    if not over.is_open:
        raise DomainError(_("This hand-over has ended already."))


def rehearse(*, seats: Seats, over: HandOver) -> list[Done]:
    """What would be done today: it is done, under all checks of the database, and undone."""
    access.may_rehearse_hand_over(seats, over).require()
    _require_open(over)
    with transaction.atomic():
        done = _take_steps(seats, over)
        transaction.set_rollback(True)  # the seats entered for it go with it
    return done


def carry_out(*, seats: Seats, over: HandOver) -> list[Done]:
    """Do it, once: on or after its day, with the agreement of everybody concerned."""
    access.may_carry_out_hand_over(seats, over).require()
    with transaction.atomic():
        held = HandOver.objects.select_for_update().get(pk=over.pk)
        _require_open(held)
        if held.needs_acceptance:
            raise DomainError(_("The cluster that takes it in has not accepted yet."))
        _require_agreed(held)
        if held.day > timezone.localdate():
            message = _("It can be carried out from %(day)s on.")
            raise DomainError(message % {"day": day_long(held.day)})
        done = _take_steps(seats, held)
        enter(seats, reason=f"hand-over {held.pk}")
        changed(
            held,
            carried_out_at=timezone.now(),
            carried_out_by_id=seats.actor,
            outcome=_kept(done),
        )
        over.refresh_from_db()
    return done


def _require_agreed(over: HandOver) -> None:
    """Its agency alone can hand over a cluster in which nobody is left to agree."""
    managers = Seat.objects.filter(cluster=over.cluster_id, role=SeatRole.MANAGER)
    if over.needs_agreement and managers.standing(timezone.localdate()).exists():
        raise DomainError(_("The manager of the cluster that goes has not agreed yet."))
    _require_apart_from_agency(over.agency_id, over.new_manager)


def _kept(done: list[Done]) -> list[dict[str, str | int]]:
    """In the language of the msgids, so that each reader reads it in their own."""
    with translation.override("en"):
        return [{"words": str(each.words), "number": each.number} for each in done]


def _take_steps(seats: Seats, over: HandOver) -> list[Done]:
    """With the seats of everybody who agreed, in the name of the person who does it."""
    everybody = _seats_of_all(seats, over)
    enter(everybody)
    because(seats.actor, f"hand-over {over.pk}: {over.reason}")
    over = HandOver.objects.select_related("cluster", "to_cluster", "to_host", "new_manager").get(
        pk=over.pk
    )
    try:
        done = [each for step in steps() for each in step.take(everybody, over)]
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
    except IntegrityError as error:
        message = _("The rows of the two clusters do not fit together; nothing was changed.")
        raise DomainError(message) from error
    return done


def _seats_of_all(seats: Seats, over: HandOver) -> Seats:
    agency = over.agency_id
    managers = tuple(
        HeldSeat(SeatKind.CLUSTER, SeatRole.MANAGER, cluster, agency)
        for cluster in (over.cluster_id, over.to_cluster_id)
        if cluster is not None
    )
    programme = HeldSeat(SeatKind.AGENCY, SeatRole.PROGRAMME_MANAGER, agency, agency)
    return Seats(actor=seats.actor, held=(programme, *managers))
