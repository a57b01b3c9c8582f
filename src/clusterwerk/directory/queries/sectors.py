"""What organisations do, and which codes lie under which."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Left
from django.utils import translation

from clusterwerk.directory.models import Nomenclature, OrganisationSector, Sector


@dataclass(frozen=True, slots=True)
class SectorName:
    """A code with its label in the reader's language, else in the other; empty when unknown."""

    nomenclature: str
    code: str
    label: str

    @property
    def shown_code(self) -> str:
        """With a dot behind the second digit, as the lists print it."""
        return f"{self.code[:2]}.{self.code[2:]}" if len(self.code) > 2 else self.code  # noqa: PLR2004 - digits of a division

    @property
    def nomenclature_name(self) -> str:
        return str(Nomenclature(self.nomenclature).label)


@dataclass(frozen=True, slots=True)
class Activity:
    """What an organisation does, whether mainly, and who says so."""

    name: SectorName
    is_main: bool
    source: str


def sectors_of(organisation: int) -> list[Activity]:
    """Activities of an organisation, main ones first and the newest nomenclature first."""
    rows = list(OrganisationSector.objects.filter(organisation=organisation))
    names = sector_names((row.nomenclature, row.code) for row in rows)
    return [Activity(names[row.nomenclature, row.code], row.is_main, row.source) for row in rows]


def sector_names(codes: Iterable[tuple[str, str]]) -> dict[tuple[str, str], SectorName]:
    """Every code asked for; one query."""
    wanted = set(codes)
    condition = Q(pk__lt=0)
    for nomenclature in {nomenclature for nomenclature, _ in wanted}:
        condition |= Q(
            nomenclature=nomenclature,
            code__in=[code for other, code in wanted if other == nomenclature],
        )
    labels = {
        (row.nomenclature, row.code): label_of(row) for row in Sector.objects.filter(condition)
    }
    return {key: SectorName(*key, labels.get(key, "")) for key in wanted}


def label_of(sector: Sector) -> str:
    """In the reader's language, else in the other."""
    dutch = (translation.get_language() or "").startswith("nl")
    both = (sector.label_nl, sector.label_en) if dutch else (sector.label_en, sector.label_nl)
    return both[0] or both[1]


def codes_under(nomenclature: str, *codes: str) -> list[str]:
    """Codes below some, and themselves; a section holds its divisions and all below them.

    At most two queries, however many are asked for.
    """
    rows = Sector.objects.filter(nomenclature=nomenclature)
    tops = {code for code in codes if not code.isalpha()}
    if sections := [code for code in codes if code.isalpha()]:
        tops |= set(rows.filter(parent__code__in=sections).values_list("code", flat=True))
    condition = Q(code__in=codes)
    for digits in {len(top) for top in tops}:
        rows = rows.alias(**{f"first_{digits}": Left("code", digits)})
        condition |= Q(**{f"first_{digits}__in": [top for top in tops if len(top) == digits]})
    return list(rows.filter(condition).order_by("code").values_list("code", flat=True))
