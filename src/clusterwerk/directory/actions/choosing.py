"""From what somebody chose in a search, or a file named, to an organisation of the directory."""

from collections.abc import Callable, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from clusterwerk.directory import access, identifiers, queries
from clusterwerk.directory.actions.organisations import DOOR, NewOrganisation, new_row
from clusterwerk.directory.actions.sectors import NewActivity, keep_activities, write_activities
from clusterwerk.directory.models import (
    IdentifierScheme,
    Nomenclature,
    Organisation,
    OrganisationIdentifier,
    OrganisationKind,
    Place,
)
from clusterwerk.directory.queries import PlaceBook, place_of
from clusterwerk.directory.queries.finding import DIRECTORY, REGISTER
from clusterwerk.directory.queries.register import RegisterEntry, edition_in_use, register_entry
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import unlocked
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import created, created_many, refusing

LANGUAGE = "nl"  # of labels that are kept with an organisation
NUMBER = IdentifierScheme.BE_ENTERPRISE
# Codes of legal forms: associations and foundations; government is 300 to 499 [unconfirmed].
ASSOCIATIONS = {"017", "018", "020", "026", "029", "125", "155", "325"}
GOVERNMENT = range(300, 500)
_ONCE = {"organisation_identifier_once": "known meanwhile"}


@transaction.atomic
def organisation_chosen(*, seats: Seats, chosen: str) -> Organisation:
    """What a choice of the picker stands for (`Found.value`); from the register when it is new."""
    source, number = chosen[:1], chosen[1:]
    if source == REGISTER:
        return organisation_from_register(seats=seats, number=number)
    if source != DIRECTORY or not number.isascii() or not number.isdigit():
        raise DomainError(_("Choose an organisation of the list."))
    found = Organisation.objects.filter(pk=int(number[:18])).first()
    if found is None:
        raise DomainError(_("This organisation is not there any more; search it again."))
    return found


@transaction.atomic
def organisation_from_register(*, seats: Seats, number: str) -> Organisation:
    """The shared organisation with this enterprise number, out of the register when it is new.

    Two people who take the same one in the same moment get the same row.
    """
    access.may_register(seats).require()
    value = identifiers.checked_number(number)
    known = queries.shared_known_as(NUMBER, [value]).get(value)
    if known:
        return known
    with override(LANGUAGE):
        entry = register_entry(value)
    if entry is None:
        message = _("The enterprise register does not know %(number)s.")
        raise DomainError(message % {"number": identifiers.shown(value)})
    with unlocked(seats, DOOR):
        organisation = _taken_over(entry)
    keep_activities(
        seats=seats,
        organisation=organisation,
        source=organisation.source,
        activities=_activities(entry),
    )
    return organisation


@transaction.atomic
def organisations_from_register(
    *, seats: Seats, entries: Sequence[RegisterEntry], places: PlaceBook
) -> list[Organisation]:
    """Shared organisations for enterprises that the directory does not hold yet, in that order.

    The number of statements does not grow with them. An enterprise that somebody else took in the
    same moment is refused, and with it all of them.
    """
    access.may_register(seats).require()
    as_of = _as_of()
    with unlocked(seats, DOOR):
        made = created_many(_row(entry, as_of, places.of) for entry in entries)
        created_many(
            (
                OrganisationIdentifier(organisation=row, scheme=NUMBER, value=entry.number)
                for entry, row in zip(entries, made, strict=True)
            ),
            _ONCE,
        )
        write_activities(
            (row, row.source, each)
            for entry, row in zip(entries, made, strict=True)
            for each in _activities(entry)
        )
    return made


def _taken_over(entry: RegisterEntry) -> Organisation:
    try:
        with refusing(_ONCE):
            organisation = created(_row(entry, _as_of(), place_of))
            created(
                OrganisationIdentifier(
                    organisation=organisation, scheme=NUMBER, value=entry.number
                ),
                _ONCE,
            )
    except DomainError:
        known = queries.shared_known_as(NUMBER, [entry.number]).get(entry.number)
        if known is None:
            raise
        return known
    return organisation


def _activities(entry: RegisterEntry) -> list[NewActivity]:
    """The register names main activities alone, by the newest list and the one before it."""
    held = ((Nomenclature.NACE_2025, entry.nace_2025), (Nomenclature.NACE_2008, entry.nace_2008))
    return [
        NewActivity(nomenclature, code, is_main=True)
        for nomenclature, codes in held
        for code in codes
    ]


def _as_of() -> date | None:
    edition = edition_in_use()
    return edition.snapshot_on if edition else None


def _row(
    entry: RegisterEntry, as_of: date | None, place_of: Callable[[str, str], Place | None]
) -> Organisation:
    """A name longer than ours may be is cut; the register still holds the whole."""
    municipality = entry.municipality or entry.municipality_fr
    new = NewOrganisation(
        name=_shortened(entry.name or entry.shown_number, 200),
        kind=_kind(entry),
        source=str(_("enterprise register")),
        legal_form=_shortened(entry.legal_form_label, 100),
        street=_shortened(entry.address or entry.street_fr, 200),
        postcode=entry.postcode[:20],
        municipality=_shortened(municipality, 100),
        place=None if entry.country else place_of(entry.postcode, municipality),
        started_on=entry.started_on,
        ceased_on=entry.struck_off_on,
        as_of=as_of,
        is_demo=identifiers.is_reserved_for_demo(entry.number),
    )
    row = new_row(new)
    row.is_kept_by_register = True
    return row


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _kind(entry: RegisterEntry) -> OrganisationKind:
    if entry.legal_form in ASSOCIATIONS:
        return OrganisationKind.ASSOCIATION
    if entry.legal_form.isdigit() and int(entry.legal_form) in GOVERNMENT:
        return OrganisationKind.PUBLIC_BODY
    return OrganisationKind.ENTERPRISE
