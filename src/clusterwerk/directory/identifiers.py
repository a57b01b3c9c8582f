"""Numbers and names by which an organisation is known, checked and brought to one form.

Belgian enterprise numbers: ten digits, the first 0 or 1, the last two 97 minus the remainder of
the first eight divided by 97. Numbers from 1990.000.000 up are kept for demo organisations
[unconfirmed: they are not handed out today, the register is far below them]. A real organisation
never gets a number of that range and a demo one never another, so that the two cannot be mixed.
"""

import csv
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from stdnum import exceptions
from stdnum.be import vat

from clusterwerk.directory.models import IdentifierScheme, OrganisationKind
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.text import folded

SOURCE_NAMES = Path(__file__).parent / "data" / "source_names.csv"

DEMO_FIRST = 19_900_000  # first eight digits
DEMO_LAST = 19_999_999


def checked(scheme: IdentifierScheme, value: str, *, is_demo: bool) -> str:
    """The value in the form in which it is stored; raises `DomainError` when it cannot be right."""
    if scheme == IdentifierScheme.SOURCE_NAME:
        return _printed_name(value)
    number = _enterprise_number(value)
    if is_demo != is_reserved_for_demo(number):
        raise DomainError(_demo_mixed(number, is_demo=is_demo))
    return number


def is_reserved_for_demo(number: str) -> bool:
    """Whether a checked enterprise number belongs to the range of invented organisations."""
    return DEMO_FIRST <= int(number[:8]) <= DEMO_LAST


def demo_number(index: int) -> str:
    """Enterprise number of the demo organisation with this index, counted from 0."""
    first = DEMO_FIRST + index
    if not DEMO_FIRST <= first <= DEMO_LAST:
        message = f"There are {DEMO_LAST - DEMO_FIRST + 1} demo numbers; {index} is not one of them"
        raise ValueError(message)
    return f"{first}{97 - first % 97:02d}"


def shown(number: str) -> str:
    """An enterprise number as people write it: 0123.456.789."""
    return f"{number[:4]}.{number[4:7]}.{number[7:]}"


def kind_of_source_name(name: str) -> OrganisationKind | None:
    """Kind of an organisation that documents only name, when `data/source_names.csv` lists it."""
    return _listed_kinds().get(folded(name))


@cache
def _listed_kinds() -> dict[str, OrganisationKind]:
    with SOURCE_NAMES.open(encoding="utf-8", newline="") as file:
        return {folded(row["name"]): OrganisationKind(row["kind"]) for row in csv.DictReader(file)}


def _printed_name(value: str) -> str:
    name = " ".join(value.split())
    if not name:
        raise DomainError(_("The name in the source is empty."))
    return name


def _enterprise_number(value: str) -> str:
    try:
        return str(vat.validate(value))
    except exceptions.InvalidChecksum as error:
        message = _("%(number)s is no enterprise number: its check digits do not fit.")
        raise DomainError(message % {"number": value.strip()}) from error
    except exceptions.ValidationError as error:
        message = _(
            "%(number)s is no Belgian enterprise number: ten digits that begin with 0 or 1."
        )
        raise DomainError(message % {"number": value.strip()}) from error


def _demo_mixed(number: str, *, is_demo: bool) -> str:
    message = (
        _("%(number)s could belong to a real organisation; demo numbers begin with 199.")
        if is_demo
        else _("%(number)s is kept for demo organisations; a real one has another number.")
    )
    return message % {"number": shown(number)}
