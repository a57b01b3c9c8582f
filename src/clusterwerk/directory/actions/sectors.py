"""What organisations do, written down as a register or a person says it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

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
    Returns whether anything changed. Refused for an organisation that is private to a cluster,
    because activities are everybody's to read.
    """
    access.may_register(seats).require()
    if organisation.cluster_id is not None:
        raise DomainError(
            _("Activities are shared; this organisation is private until it is matched.")
        )
    with unlocked(seats, DOOR):
        Organisation.objects.select_for_update().get(pk=organisation.pk)
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
