"""Every change to what a member tells its clusters of itself: its profile and its size."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy

from clusterwerk.directory.models import Organisation
from clusterwerk.members import access
from clusterwerk.members.actions.memberships import Size, state_size
from clusterwerk.members.actions.offers import require_members_of
from clusterwerk.members.models import MemberProfile
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.rows import changed, created

_PROFILES = {
    "profile_once": gettext_lazy("Somebody else told this cluster at the same moment; try again.")
}


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """As in `MemberProfile`."""

    summary: str
    description_nl: str = ""
    description_en: str = ""
    website: str = ""


@transaction.atomic
def tell_profile(
    *,
    seats: Seats,
    organisation: Organisation,
    facts: ProfileFacts,
    clusters: Collection[int],
    on: date,
) -> int:
    """These clusters read this from now on; what others were told stays.

    Returns how many of them read something new.
    """
    access.may_speak_for(seats, organisation.pk).require()
    require_members_of(organisation, clusters, on)
    rows = MemberProfile.objects.filter(organisation=organisation, cluster_id__in=clusters)
    kept = {row.cluster_id: row for row in rows.select_for_update(of=("self",))}
    done = [_told(organisation, cluster, facts, kept.get(cluster)) for cluster in sorted(clusters)]
    return sum(done)


def _told(
    organisation: Organisation, cluster: int, facts: ProfileFacts, kept: MemberProfile | None
) -> bool:
    if kept:
        return changed(kept, **asdict(facts))
    row = MemberProfile(
        cluster_id=cluster,
        organisation=organisation,
        is_demo=organisation.is_demo,
        **asdict(facts),
    )
    created(row, _PROFILES)
    return True


@transaction.atomic
def withdraw_profile(*, seats: Seats, organisation: Organisation, cluster: int) -> bool:
    """The cluster reads it no more, also a former one; a second click finds it gone."""
    access.may_speak_for(seats, organisation.pk).require()
    rows = MemberProfile.objects.filter(organisation=organisation, cluster_id=cluster)
    gone, _by_model = rows.delete()
    return bool(gone)


@transaction.atomic
def tell_size(*, seats: Seats, size: Size, clusters: Collection[int], on: date) -> int:
    """The size of one year, told to these clusters, or to none of them when one refuses.

    Returns for how many of them it is something new.
    """
    access.may_speak_for(seats, size.organisation.pk).require()
    require_members_of(size.organisation, clusters, on)
    done = [state_size(seats=seats, cluster_id=each, size=size) for each in sorted(clusters)]
    return sum(is_new for _row, is_new in done)
