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

    @property
    def key(self) -> tuple[str, str]:
        """Nomenclature and code as they are kept."""
        return self.nomenclature.value, self.code.replace(".", "")


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
        wanted = {each.key: each for each in activities if each.key not in others}
        said = {key: each.is_main for key, each in wanted.items()}
        own = {(row.nomenclature, row.code): row for row in kept.filter(source=source)}
        stale = {key for key, row in own.items() if said.get(key) is not row.is_main}
        kept.filter(pk__in=[own[key].pk for key in stale]).delete()
        new = [each for key, each in wanted.items() if key not in own or key in stale]
        write_activities((organisation, source, each) for each in new)
    return bool(stale or new)


def write_activities(said: Iterable[tuple[Organisation, str, NewActivity]]) -> None:
    """Rows for activities of organisations, each with its source, that nobody wrote down yet.

    The caller holds the door of the directory. What one says twice is written once, as it was said
    last; the number of statements does not grow.
    """
    told = {
        (organisation.pk, *each.key): (organisation, source, each)
        for organisation, source, each in said
    }
    created_many(
        OrganisationSector(
            organisation=organisation,
            nomenclature=nomenclature,
            code=code,
            is_main=each.is_main,
            source=source,
        )
        for (_pk, nomenclature, code), (organisation, source, each) in told.items()
    )
