"""What an edition of the register corrects of the organisations that are in use, and tells."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils.translation import override

from clusterwerk.directory.models import (
    IdentifierScheme,
    Organisation,
    OrganisationIdentifier,
    Place,
    Postcode,
    RegisterChange,
    RegisterChangeKind,
    RegisterEdition,
)
from clusterwerk.directory.queries.register import RegisterEntry, register_entries
from clusterwerk.directory.register.words import search_name
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed

TOGETHER = 1000
LANGUAGE = "nl"  # of labels that are kept with an organisation
Facts = dict[str, Any]


def correct_organisations(
    edition: RegisterEdition,
    known_before: Callable[[Sequence[str]], set[str]],
    numbers: Sequence[str] | None = None,
) -> int:
    """Bring organisations to what the register says; returns how many were corrected.

    `numbers` narrows it to those that an update speaks of. An organisation stopped when the
    edition before knew its number and this one does not. The doors are open already.
    """
    count = 0
    with override(LANGUAGE):
        places = _places()
        for known in _batches(numbers):
            entries = register_entries(known)
            before = known_before(list(known.keys() - entries.keys()))
            for number, organisation in known.items():
                entry = entries.get(number)
                if entry is not None:
                    count += _correct(edition, organisation, entry, places)
                elif number in before and organisation.ceased_on is None:
                    count += _stop(edition, organisation)
            _tell_day(edition, [known[number].pk for number in entries])
    return count


def _tell_day(edition: RegisterEdition, told: Sequence[int]) -> None:
    """What the register keeps, and this edition spoke of, holds as of its day."""
    day = edition.snapshot_on
    rows = Organisation.objects.filter(pk__in=told, is_kept_by_register=True)
    rows.exclude(as_of__gte=day).update(as_of=day)


def _batches(numbers: Sequence[str] | None) -> Iterator[dict[str, Organisation]]:
    """Organisations by enterprise number; private ones are their cluster's own business."""
    rows = OrganisationIdentifier.objects.filter(
        scheme=IdentifierScheme.BE_ENTERPRISE, organisation__cluster_id__isnull=True
    ).select_related("organisation__place")
    last = 0
    while True:
        found = rows.filter(pk__gt=last).order_by("pk")
        if numbers is not None:
            found = found.filter(value__in=numbers)
        batch = list(found[:TOGETHER])
        if not batch:
            return
        last = batch[-1].pk
        yield {row.value: row.organisation for row in batch}


def _correct(
    edition: RegisterEdition,
    organisation: Organisation,
    entry: RegisterEntry,
    places: dict[str, Place],
) -> bool:
    facts = _facts(organisation, entry, places)
    told = list(_told(organisation, facts))
    try:
        is_changed = changed(organisation, **facts)
    except DomainError:  # the register says what cannot be, such as an end before the beginning
        return False
    RegisterChange.objects.bulk_create(
        RegisterChange(
            organisation=organisation, edition=edition, kind=kind, before=before, after=after
        )
        for kind, before, after in told
    )
    return is_changed


def _facts(organisation: Organisation, entry: RegisterEntry, places: dict[str, Place]) -> Facts:
    """What the register knows; a name that differs in case and legal form alone stays."""
    facts: Facts = {"ceased_on": None}
    if entry.name and search_name(entry.name) != search_name(organisation.name):
        facts["name"] = entry.name[:200]
    if entry.legal_form_label:
        facts["legal_form"] = entry.legal_form_label[:100]
    if entry.started_on:
        facts["started_on"] = entry.started_on
    if entry.postcode:
        facts["postcode"] = entry.postcode[:20]
        facts["street"] = (entry.address or entry.street_fr)[:200]
        place = places.get(entry.postcode)
        if place:
            facts["place"] = place
    return facts


def _told(
    organisation: Organisation, facts: Facts
) -> Iterator[tuple[RegisterChangeKind, str, str]]:
    """What is worth telling; facts that were empty before are filled in without a word."""
    if "name" in facts:
        yield RegisterChangeKind.RENAMED, organisation.name, facts["name"]
    before = _seat(organisation.street, organisation.postcode)
    after = _seat(facts.get("street", ""), facts.get("postcode", ""))
    if organisation.postcode and "postcode" in facts and before != after:
        yield RegisterChangeKind.MOVED, before, after
    form = facts.get("legal_form", "")
    if organisation.legal_form and form and form != organisation.legal_form:
        yield RegisterChangeKind.LEGAL_FORM, organisation.legal_form, form
    if organisation.ceased_on:
        yield RegisterChangeKind.RESUMED, f"{organisation.ceased_on:%d-%m-%Y}", ""


def _seat(street: str, postcode: str) -> str:
    return ", ".join(part for part in (street, postcode) if part)


def _stop(edition: RegisterEdition, organisation: Organisation) -> bool:
    """The register does not say when: at the latest on the day of the edition."""
    day = max(edition.snapshot_on, organisation.started_on or edition.snapshot_on)
    is_changed = changed(organisation, ceased_on=day)
    RegisterChange.objects.create(
        organisation=organisation,
        edition=edition,
        kind=RegisterChangeKind.STOPPED,
        after=f"{day:%d-%m-%Y}",
    )
    return is_changed


def _places() -> dict[str, Place]:
    """The municipality of each postcode that lies in one alone."""
    found: dict[str, list[Place]] = {}
    for row in Postcode.objects.select_related("place"):
        found.setdefault(row.code, []).append(row.place)
    return {code: places[0] for code, places in found.items() if len(places) == 1}
