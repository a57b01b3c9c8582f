"""Organisations that a cluster types in by hand: private to it until matched or published."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.directory import access, identifiers
from clusterwerk.directory.actions.organisations import (
    DOOR,
    NewOrganisation,
    checked_identifiers,
    new_row,
)
from clusterwerk.directory.models import (
    IdentifierScheme,
    Organisation,
    OrganisationIdentifier,
)
from clusterwerk.directory.queries.register import register_entry
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import unlocked
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created, refusing

_TAKEN = gettext_lazy("This number already belongs to an organisation; choose that one.")
_ONCE = {
    "organisation_identifier_once_per_cluster": gettext_lazy(
        "This number already belongs to an organisation of your cluster."
    ),
    "organisation_identifier_once": _TAKEN,
}


@transaction.atomic
def type_in_organisation(*, seats: Seats, cluster: int, new: NewOrganisation) -> Organisation:
    """An organisation that only this cluster sees.

    Refused when a number of it is known already, in the directory, to the cluster, or to the
    enterprise register: then that one is to be chosen.
    """
    access.may_type_in(seats, cluster).require()
    values = checked_identifiers(new)
    for scheme, value in values:
        _require_unknown(scheme, value, cluster)
    with unlocked(seats, DOOR):
        organisation = created(new_row(new, cluster_id=cluster))
        for scheme, value in values:
            created(
                OrganisationIdentifier(
                    organisation=organisation, cluster_id=cluster, scheme=scheme, value=value
                ),
                _ONCE,
            )
    return organisation


@transaction.atomic
def publish_organisation(*, seats: Seats, organisation: Organisation) -> bool:
    """Share it with everybody, for good; a second click changes nothing.

    Refused when it is in the directory or the register by one of its numbers: then the two are one
    organisation, and it is to be matched.
    """
    if not organisation.is_private:
        return False
    access.may_publish(seats, organisation.cluster_id).require()
    with unlocked(seats, DOOR):
        held = Organisation.objects.select_for_update().get(pk=organisation.pk)
        for identifier in held.identifiers.all():
            _require_unshared(IdentifierScheme(identifier.scheme), identifier.value)
        with refusing(_ONCE):
            is_changed = changed(held, cluster_id=None, agency_id=None)
    organisation.refresh_from_db()
    return is_changed


@transaction.atomic
def move_private(*, seats: Seats, cluster: int, to: int) -> int:
    """All private organisations of a cluster become those of another; returns how many.

    A number that the other cluster typed in too stays with its own; the two are left side by side,
    and the search for duplicates shows them. Both clusters have to be one's own.
    """
    for one in (cluster, to):
        access.may_publish(seats, one).require()
    with unlocked(seats, DOOR):
        theirs = OrganisationIdentifier.objects.filter(cluster_id=to)
        same = theirs.filter(scheme=OuterRef("scheme"), value=OuterRef("value"))
        OrganisationIdentifier.objects.filter(Exists(same), cluster_id=cluster).delete()
        return Organisation.objects.filter(cluster_id=cluster).update(cluster_id=to)


def _require_unknown(scheme: IdentifierScheme, value: str, cluster: int) -> None:
    _require_unshared(scheme, value)
    own = OrganisationIdentifier.objects.filter(cluster_id=cluster, scheme=scheme, value=value)
    _require_none(own.select_related("organisation").first(), scheme, value)


def _require_unshared(scheme: IdentifierScheme, value: str) -> None:
    shared = OrganisationIdentifier.objects.filter(cluster_id=None, scheme=scheme, value=value)
    _require_none(shared.select_related("organisation").first(), scheme, value)
    if scheme == IdentifierScheme.BE_ENTERPRISE:
        entry = register_entry(value)
        if entry:
            message = _("The enterprise register knows %(number)s as %(name)s; choose that one.")
            raise DomainError(message % {"number": entry.shown_number, "name": entry.name})


def _require_none(
    known: OrganisationIdentifier | None, scheme: IdentifierScheme, value: str
) -> None:
    if known:
        message = _("%(number)s already belongs to %(organisation)s; choose that one.")
        shown = identifiers.shown_as(scheme, value)
        raise DomainError(message % {"number": shown, "organisation": known.organisation.name})
