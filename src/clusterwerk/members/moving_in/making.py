"""Making the organisations that rows refer to, all of a file at once.

Under the rules of the room `directory`: what the register knows is shared, what a file says is
private to the cluster until it is matched or published; numbers are checked by their own rule.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from clusterwerk.directory import access, identifiers
from clusterwerk.directory.actions import DOOR, organisations_from_register
from clusterwerk.directory.models import (
    IdentifierScheme,
    Organisation,
    OrganisationIdentifier,
    OrganisationKind,
)
from clusterwerk.directory.queries import PlaceBook, place_book
from clusterwerk.members.moving_in.claims import Firm
from clusterwerk.members.moving_in.context import Import
from clusterwerk.platform.access.session import unlocked
from clusterwerk.platform.rows import created_many, drawn_up

BATCH = 5_000


def make_organisations(context: Import, refs: Iterable[str], members: Collection[str] = ()) -> None:
    """Rows for these references; those that exist are read, the others made, each once.

    `members` become members in the same transaction: theirs are shown to the agency from the first
    moment, as the membership would do, instead of every row being written twice.
    """
    wanted = [ref for ref in dict.fromkeys(refs) if ref not in context.organisations]
    firms = [context.comparison.firms.by_ref[ref] for ref in wanted]
    _read(context, [firm for firm in firms if firm.pk is not None])
    fresh = [firm for firm in firms if firm.pk is None]
    if fresh:
        _make(context, fresh, members)


def _read(context: Import, firms: Sequence[Firm]) -> None:
    for start in range(0, len(firms), BATCH):
        found = Organisation.objects.in_bulk([firm.pk for firm in firms[start : start + BATCH]])
        for firm in firms[start : start + BATCH]:
            assert firm.pk is not None
            context.organisations[firm.ref] = found[firm.pk]


def _make(context: Import, firms: Sequence[Firm], members: Collection[str]) -> None:
    places = place_book()
    listed = [firm for firm in firms if firm.entry is not None]
    typed = [firm for firm in firms if firm.entry is None]
    taken = organisations_from_register(
        seats=context.seats,
        entries=[firm.entry for firm in listed if firm.entry is not None],
        places=places,
    )
    made = [*taken, *_type_in(context, typed, members, places)]
    for firm, row in zip([*listed, *typed], made, strict=True):
        firm.pk = row.pk
        context.organisations[firm.ref] = row
    context.done["organisations"] += len(made)


def _type_in(
    context: Import, firms: Sequence[Firm], members: Collection[str], places: PlaceBook
) -> list[Organisation]:
    access.may_register(context.seats).require()
    rows = drawn_up(Organisation, (_organisation(context, firm, places) for firm in firms))
    for firm, row in zip(firms, rows, strict=True):
        if firm.ref in members:
            row.agency_id = context.cluster.agency_id
    with unlocked(context.seats, DOOR):
        made = created_many(rows)
        numbered = (pair for pair in zip(firms, made, strict=True) if pair[0].number)
        created_many(drawn_up(OrganisationIdentifier, (_number(*pair) for pair in numbered)))
    return made


def _number(firm: Firm, row: Organisation) -> dict[str, Any]:
    scheme = _scheme(firm.number)
    value = identifiers.checked(scheme, firm.number, is_demo=row.is_demo)
    return {"organisation_id": row.pk, "scheme": scheme, "value": value}


def _organisation(context: Import, firm: Firm, places: PlaceBook) -> dict[str, Any]:
    claim = firm.claim
    assert claim is not None, "an organisation that is made was claimed by a row"
    is_demo = _is_demo(firm.number) if firm.number else context.comparison.is_demo
    place = places.of(claim.postcode, claim.municipality) if claim.country == "BE" else None
    return {
        "cluster_id": context.cluster.pk,
        "name": claim.name,
        "kind": OrganisationKind(claim.kind or OrganisationKind.ENTERPRISE),
        "country": claim.country,
        "street": claim.street[:200],
        "postcode": claim.postcode[:20],
        "municipality": "" if place else claim.municipality[:100],
        "place_id": place.pk if place else None,
        "website": claim.website,
        "source": context.source,
        "is_demo": is_demo,
    }


def _scheme(number: str) -> IdentifierScheme:
    return IdentifierScheme.BE_ENTERPRISE if number.isdigit() else IdentifierScheme.VAT


def _is_demo(number: str) -> bool:
    return number.isdigit() and identifiers.is_reserved_for_demo(number)
