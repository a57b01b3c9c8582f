"""Every change to the shared directory; its tables open for these functions only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.directory import access, identifiers, queries
from clusterwerk.directory.models import (
    IdentifierScheme,
    Organisation,
    OrganisationIdentifier,
    OrganisationKind,
    Place,
)
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import unlocked
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import created, created_many

DOOR = "directory"
FACTS = ("kind", "country", "place", "started_on", "ceased_on", "as_of")
TEXTS = ("name", "legal_form", "street", "postcode", "municipality", "website")
_ONCE = {
    "organisation_identifier_once": gettext_lazy("This number already belongs to an organisation.")
}


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """What is known of an organisation when it enters the directory."""

    name: str
    kind: OrganisationKind
    source: str
    country: str = "BE"
    legal_form: str = ""
    street: str = ""
    postcode: str = ""
    municipality: str = ""
    place: Place | None = None
    website: str = ""
    started_on: date | None = None
    ceased_on: date | None = None
    as_of: date | None = None
    is_demo: bool = False
    identifiers: Mapping[IdentifierScheme, str] = field(default_factory=dict)


@transaction.atomic
def register_organisation(*, seats: Seats, new: NewOrganisation) -> Organisation:
    """An organisation that the directory did not hold, with its identifiers.

    Refused when one of its identifiers is wrong or belongs to another organisation.
    """
    access.may_register(seats).require()
    values = checked_identifiers(new)
    _require_unknown(values)
    with unlocked(seats, DOOR):
        organisation = created(new_row(new))
        for scheme, value in values:
            identifier = OrganisationIdentifier(
                organisation=organisation, scheme=scheme, value=value
            )
            created(identifier, _ONCE)
    return organisation


@transaction.atomic
def register_organisations(*, seats: Seats, new: Sequence[NewOrganisation]) -> list[Organisation]:
    """Many organisations at once, under the same rules, in the order given; all of them or none."""
    access.may_register(seats).require()
    values = [checked_identifiers(each) for each in new]
    _require_unknown([pair for each in values for pair in each])
    with unlocked(seats, DOOR):
        made = created_many(new_row(each) for each in new)
        identifiers_made = (
            OrganisationIdentifier(organisation=organisation, scheme=scheme, value=value)
            for organisation, pairs in zip(made, values, strict=True)
            for scheme, value in pairs
        )
        created_many(identifiers_made, _ONCE)
    return made


@transaction.atomic
def organisation_of_source(
    *, seats: Seats, name: str, source: str, kind: OrganisationKind | None = None
) -> tuple[Organisation, bool]:
    """The organisation that a document names so, registered when nobody knows the name yet.

    Without a kind it is the one of the list `data/source_names.csv`, else an association, which
    most cluster organisations are. Returns it and whether it is new.
    """
    access.may_register(seats).require()
    value = identifiers.checked(IdentifierScheme.SOURCE_NAME, name, is_demo=False)
    known = queries.shared_known_as(IdentifierScheme.SOURCE_NAME, [value]).get(value)
    if known:
        return known, False
    new = NewOrganisation(
        name=value,
        kind=kind or identifiers.kind_of_source_name(value) or OrganisationKind.ASSOCIATION,
        source=source,
        identifiers={IdentifierScheme.SOURCE_NAME: value},
    )
    return register_organisation(seats=seats, new=new), True


@transaction.atomic
def add_identifier(
    *, seats: Seats, organisation: Organisation, scheme: IdentifierScheme, value: str
) -> tuple[OrganisationIdentifier, bool]:
    """Another number or name of an organisation; returns it and whether it is new."""
    access.may_register(seats).require()
    value = identifiers.checked(scheme, value, is_demo=organisation.is_demo)
    kept = OrganisationIdentifier.objects.filter(
        organisation=organisation, scheme=scheme, value=value
    ).first()
    if kept:
        return kept, False
    if organisation.is_private:
        access.may_type_in(seats, organisation.cluster_id).require()
    else:
        _require_unknown([(scheme, value)])
    identifier = OrganisationIdentifier(organisation=organisation, scheme=scheme, value=value)
    with unlocked(seats, DOOR):
        return created(identifier, _ONCE), True


def checked_identifiers(new: NewOrganisation) -> list[tuple[IdentifierScheme, str]]:
    return [
        (scheme, identifiers.checked(scheme, value, is_demo=new.is_demo))
        for scheme, value in new.identifiers.items()
    ]


def _require_unknown(values: Sequence[tuple[IdentifierScheme, str]]) -> None:
    """Private organisations do not count: what is shared is known by its own numbers."""
    for scheme in {scheme for scheme, _value in values}:
        wanted = [value for its_scheme, value in values if its_scheme == scheme]
        for value, owner in queries.shared_known_as(scheme, wanted).items():
            message = _("%(value)s already belongs to %(organisation)s.")
            raise DomainError(message % {"value": value, "organisation": owner.name})


def new_row(new: NewOrganisation, **owner: Any) -> Organisation:
    """The row as it will be written; refused without a name and with days to come."""
    if not new.name.strip():
        raise DomainError(_("An organisation needs a name."))
    require_past(new.started_on, new.ceased_on)
    plain = {name: getattr(new, name) for name in FACTS}
    texts = {name: " ".join(str(getattr(new, name)).split()) for name in TEXTS}
    return Organisation(**plain, **texts, source=new.source, is_demo=new.is_demo, **owner)


def require_past(*days: date | None) -> None:
    if any(day and day > timezone.localdate() for day in days):
        raise DomainError(_("An organisation starts and stops in the past, not in the future."))
