"""What organisations do, written down as a register or a person says it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from clusterwerk.directory import access
from clusterwerk.directory.models import Nomenclature, Organisation, OrganisationSector
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import unlocked
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import created_many

DOOR = "directory"


@dataclass(frozen=True, slots=True)
class NewActivity:
    """A code of a nomenclature, with or without dots."""

    nomenclature: Nomenclature
    code: str
    is_main: bool = False


@transaction.atomic
def keep_activities(
    *, seats: Seats, organisation: Organisation, source: str, activities: Iterable[NewActivity]
) -> bool:
    """Write down what one source says an organisation does, in place of what it said before.

    What another source said stays; a code that two sources give is kept as the first gave it.
    Returns whether anything changed. What a private organisation does is private with it.
    """
    access.may_correct(seats, organisation.cluster_id).require()
    with unlocked(seats, DOOR):
        if not Organisation.objects.select_for_update().filter(pk=organisation.pk).exists():
            raise DomainError(_("This organisation is not there any more."))
        kept = OrganisationSector.objects.filter(organisation=organisation)
        others = set(kept.exclude(source=source).values_list("nomenclature", "code"))
        said = {
            (each.nomenclature.value, each.code.replace(".", "")): each.is_main
            for each in activities
        }
        own = {(row.nomenclature, row.code): row for row in kept.filter(source=source)}
        wanted = {key: is_main for key, is_main in said.items() if key not in others}
        stale = [row.pk for key, row in own.items() if wanted.get(key) is not row.is_main]
        kept.filter(pk__in=stale).delete()
        new = [key for key in wanted if key not in own or own[key].pk in stale]
        created_many(
            OrganisationSector(
                organisation=organisation,
                nomenclature=nomenclature,
                code=code,
                is_main=wanted[nomenclature, code],
                source=source,
            )
            for nomenclature, code in new
        )
    return bool(stale or new)
