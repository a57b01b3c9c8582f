"""Every change to agencies, clusters, their public profiles and the seats of people."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.clusters import access, queries
from clusterwerk.clusters.models import Agency, Cluster, ClusterHost, PublicProfile, Seat
from clusterwerk.clusters.search import search_text
from clusterwerk.directory.models import Organisation
from clusterwerk.platform.access.seats import SeatKind, SeatRole, Seats
from clusterwerk.platform.access.session import because, opened
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.models import User
from clusterwerk.platform.rows import changed, created
from clusterwerk.platform.ui.templatetags.ui import day_long

_ONCE = {
    "agency_key_once": gettext_lazy("An agency with this key exists already."),
    "cluster_key_once_per_agency": gettext_lazy("This agency has a cluster with this key already."),
    "public_profile_slug_once": gettext_lazy(
        "Another cluster has the address of this public page already."
    ),
}


def register_agency(*, seats: Seats, key: str, name: str, country: str = "BE") -> Agency:
    """An agency that runs a programme in this installation; only a steward adds one."""
    access.may_register_agency(seats).require()
    agency = Agency(key=key, name=name, country=country)
    return created(agency, _ONCE)


def found_cluster(
    *,
    seats: Seats,
    agency: Agency,
    key: str,
    name: str,
    aliases: Iterable[str] = (),
    theme_keywords: Iterable[str] = (),
    embedding: str = "",
    origin: str = "",
) -> Cluster:
    """A cluster of the agency's programme; nobody outside sees it before its profile is out."""
    access.may_found_cluster(seats, agency.pk).require()
    cluster = Cluster(
        agency=agency,
        key=key,
        name=name,
        aliases=list(aliases),
        theme_keywords=list(theme_keywords),
        embedding=embedding,
        origin=origin,
    )
    return created(cluster, _ONCE)


def describe_cluster(
    *,
    seats: Seats,
    cluster: Cluster,
    name: str,
    aliases: Iterable[str] = (),
    theme_keywords: Iterable[str] = (),
    embedding: str = "",
    origin: str = "",
) -> bool:
    """Change what is known of a cluster; says whether anything changed.

    The public page keeps its text until `publish_profile`.
    """
    access.may_describe_cluster(seats, cluster).require()
    return changed(
        cluster,
        name=name,
        aliases=list(aliases),
        theme_keywords=list(theme_keywords),
        embedding=embedding,
        origin=origin,
    )


def add_host(
    *, seats: Seats, cluster: Cluster, organisation: Organisation, position: int
) -> tuple[ClusterHost, bool]:
    """An organisation carries out the cluster's work; also moves it to another position.

    Returns the row and whether anything changed.
    """
    access.may_describe_cluster(seats, cluster).require()
    host = ClusterHost.objects.filter(cluster=cluster, organisation=organisation).first()
    if host:
        return host, changed(host, position=position)
    host = ClusterHost(
        agency_id=cluster.agency_id, cluster=cluster, organisation=organisation, position=position
    )
    return created(host), True


def publish_profile(
    *, seats: Seats, cluster: Cluster, theme: str, scheme: str, call_number: int | None = None
) -> tuple[PublicProfile, bool]:
    """Put the present facts of a cluster on its public page and into the portal's search.

    `theme` is a key of the theme groups, `scheme` and `call_number` come from the agreement.
    Returns the profile and whether anything changed.
    """
    access.may_describe_cluster(seats, cluster).require()
    if not queries.theme_names(theme):
        raise DomainError(_("There is no theme group %(key)s.") % {"key": theme})
    fresh = _profile(cluster, theme=theme, scheme=scheme, call_number=call_number)
    kept = PublicProfile.objects.filter(cluster=cluster).first()
    if kept is None:
        return created(fresh, _ONCE), True
    names = [field.name for field in fresh._meta.concrete_fields if not field.generated]
    return kept, changed(kept, **{name: getattr(fresh, name) for name in names})


def _profile(cluster: Cluster, **agreed: Any) -> PublicProfile:
    profile = PublicProfile(
        cluster=cluster,
        agency=cluster.agency,
        slug=cluster.key,
        name=cluster.name,
        aliases=cluster.aliases,
        theme_keywords=cluster.theme_keywords,
        embedding=cluster.embedding,
        origin=cluster.origin,
        **agreed,
    )
    profile.search_text = search_text(queries.published_texts([profile])[cluster.pk])
    return profile


def give_seat(
    *,
    seats: Seats,
    user: User,
    kind: SeatKind,
    role: SeatRole,
    since: date,
    until: date | None = None,
    cluster: Cluster | None = None,
    agency: Agency | None = None,
    organisation: Organisation | None = None,
) -> tuple[Seat, bool]:
    """Let a person act in a cluster, an agency, a member organisation, or as steward.

    A cluster's seat carries the agency of the cluster. Who holds this very seat already keeps it;
    returns the seat and whether it is new.
    """
    agency = agency or (cluster.agency if cluster else None)
    access.may_give_seat(
        seats,
        kind,
        cluster=cluster.pk if cluster else None,
        agency=agency.pk if agency else None,
    ).require()
    place = {"cluster": cluster, "agency": agency, "organisation": organisation}
    held = Seat.objects.filter(user=user, kind=kind, role=role, until=until, **place).first()
    if held:
        return held, False
    seat = Seat(user=user, kind=kind, role=role, since=since, until=until, **place)
    return created(seat), True


def end_seat(
    *, seats: Seats, seat: Seat, until: date, reason: str = "", place_goes: bool = False
) -> Seat:
    """Take a seat away from this day on; the row stays, so that the past can be read.

    A day of today closes it at once, also for who is at work in it: seats are read at the start of
    each request. Raises `DomainError` when nobody would be left who answers for the place, unless
    the place itself goes over into another.
    """
    access.may_end_seat(seats, seat).require()
    with transaction.atomic():
        if not place_goes:
            _require_another(seats, seat, until)
        if seat.until is not None and seat.until <= until:
            message = _("This seat ended on %(day)s already.")
            raise DomainError(message % {"day": day_long(seat.until)})
        if reason:
            because(seats.actor, reason)
        with opened("seats"):
            changed(seat, until=until)
    return seat


ANSWERABLE = {SeatRole.MANAGER, SeatRole.PROGRAMME_MANAGER, SeatRole.STEWARD}


def _require_another(seats: Seats, seat: Seat, until: date) -> None:
    """Somebody answers for each cluster, agency and installation; two who end each other wait.

    A steward can empty a cluster or an agency, and can fill it again.
    """
    if seat.role not in ANSWERABLE or (seats.is_steward and seat.role != SeatRole.STEWARD):
        return
    place = {"cluster": seat.cluster_id, "agency": seat.agency_id, "role": seat.role}
    rows = Seat.objects.filter(**place, user__is_active=True).held_on(until)
    locked = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if all(other.pk == seat.pk for other in locked):
        raise DomainError(_("Nobody would be left with this role. Give it to somebody else first."))
    seat.refresh_from_db()


def change_seat(
    *, seats: Seats, seat: Seat, role: SeatRole, until: date | None, reason: str = ""
) -> Seat:
    """Another role, from today on, or another last day; returns the seat that stands now."""
    access.may_give_seat(
        seats, SeatKind(seat.kind), cluster=seat.cluster_id, agency=seat.agency_id
    ).require()
    today = timezone.localdate()
    if until is not None and until <= today:
        raise DomainError(_("Choose a last day from today on."))
    if seat.until is not None and seat.until <= today:
        raise DomainError(_("This seat has ended. Invite the person again."))
    if reason:
        because(seats.actor, reason)
    if role == seat.role:
        if until is not None:
            _require_another(seats, seat, until)
        changed(seat, until=until)
        return seat
    with transaction.atomic():
        end_seat(seats=seats, seat=seat, until=today, reason=reason)
        return _instead_of(seat, role, since=today, until=until)


def _instead_of(seat: Seat, role: SeatRole, *, since: date, until: date | None) -> Seat:
    """In the same place, by its numbers: a steward does not read the cluster itself."""
    names = ("user_id", "kind", "cluster_id", "agency_id", "organisation_id")
    place = {name: getattr(seat, name) for name in names}
    held = Seat.objects.filter(**place, role=role, until=until).first()
    return held or created(Seat(**place, role=role, since=since, until=until))
