"""Whom a cluster hopes to reach: noted out of the register, until they are members."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.actions import organisation_from_register
from clusterwerk.directory.models import Organisation
from clusterwerk.members import access
from clusterwerk.members.actions.changes import add_member
from clusterwerk.members.actions.memberships import NewMember
from clusterwerk.members.actions.traits import add_tag, tag_organisations, untag_organisations
from clusterwerk.members.models import Membership, MembershipCategory, Tag, TagKind
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError

NAME = "Prospect"  # the same in both languages; a cluster may name it otherwise
SOURCE = "target group"


@dataclass(frozen=True, slots=True)
class Joining:
    """With what several enterprises of the register become members at once."""

    category: MembershipCategory
    first_day: date
    is_paying: bool


@transaction.atomic
def note_prospects(*, seats: Seats, cluster: Cluster, numbers: Collection[str]) -> int:
    """Keep enterprises of the register as prospects; returns how many were none yet."""
    access.may_keep_members(seats, cluster.pk).require()
    _require_some(numbers)
    found = _organisations(seats, numbers)
    tag = Tag.objects.filter(cluster=cluster, kind=TagKind.PROSPECT).first()
    if tag is None:
        tag, _is_new = add_tag(seats=seats, cluster=cluster, name=NAME, kind=TagKind.PROSPECT)
    return tag_organisations(seats=seats, tag=tag, organisations=[each.pk for each in found])


@transaction.atomic
def drop_prospects(*, seats: Seats, cluster: Cluster, organisations: Collection[int]) -> int:
    """They are hoped for no more; returns how many were."""
    access.may_keep_members(seats, cluster.pk).require()
    tags = Tag.objects.filter(cluster=cluster, kind=TagKind.PROSPECT)
    return sum(
        untag_organisations(seats=seats, tag=tag, organisations=organisations) for tag in tags
    )


@transaction.atomic
def join_from_register(
    *, seats: Seats, cluster: Cluster, numbers: Collection[str], joining: Joining
) -> list[Membership]:
    """Enterprises of the register become members, all of them or none; no amount is promised."""
    access.may_keep_members(seats, cluster.pk).require()
    _require_some(numbers)
    found = _organisations(seats, numbers)
    made = [
        add_member(
            seats=seats,
            cluster=cluster,
            new=NewMember(
                organisation=each,
                category=joining.category,
                first_day=joining.first_day,
                is_paying=joining.is_paying,
                source=SOURCE,
            ),
        )
        for each in found
    ]
    drop_prospects(seats=seats, cluster=cluster, organisations=[each.pk for each in found])
    return made


def _organisations(seats: Seats, numbers: Collection[str]) -> Sequence[Organisation]:
    """In the order of the numbers, so that two who do the same wait for each other."""
    return [organisation_from_register(seats=seats, number=each) for each in sorted(set(numbers))]


def _require_some(numbers: Collection[str]) -> None:
    if not numbers:
        raise DomainError(_("Tick the enterprises that you mean first."))
