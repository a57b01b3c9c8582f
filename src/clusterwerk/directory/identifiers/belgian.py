"""Numbers of the Belgian register of enterprises.

Enterprises: ten digits, the first 0 or 1; establishment units: ten digits, the first 2 to 8. The
last two are 97 minus the remainder of the first eight divided by 97. Numbers from 1990.000.000 up
are kept for demo organisations [unconfirmed: they are not handed out today, the register is far
below them]. A real organisation never gets a number of that range and a demo one never another,
so that the two cannot be mixed.
"""

import re

from django.utils.translation import gettext as _
from stdnum import exceptions
from stdnum.be import vat

from clusterwerk.platform.errors import DomainError

DEMO_FIRST = 19_900_000  # first eight digits
DEMO_LAST = 19_999_999
STORED = re.compile(r"[01][0-9]{9}")
UNIT = re.compile(r"[2-8][0-9]{9}")
BETWEEN = re.compile(r"[\s.\-/]")


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


def shown_unit(number: str) -> str:
    """An establishment unit number as people write it: 2.123.456.789."""
    return f"{number[0]}.{number[1:4]}.{number[4:7]}.{number[7:]}"


def is_enterprise_number(number: str) -> bool:
    """Whether it is one in its stored form, told quickly for lists of thousands."""
    return bool(STORED.fullmatch(number)) and int(number) > 0 and vat.checksum(number) == 0


def enterprise_number(value: str) -> str:
    if is_enterprise_number(value):
        return value
    try:
        return str(vat.validate(value))
    except exceptions.InvalidChecksum as error:
        message = _(
            "%(number)s is no enterprise number: its check digits do not fit. Look at the number "
            "again, above all at the last two digits."
        )
        raise DomainError(message % {"number": value.strip()}) from error
    except exceptions.ValidationError as error:
        message = _(
            "%(number)s is no Belgian enterprise number: ten digits that begin with 0 or 1."
        )
        raise DomainError(message % {"number": value.strip()}) from error


def unit_number(value: str) -> str:
    number = BETWEEN.sub("", value)
    if not UNIT.fullmatch(number):
        message = _(
            "%(number)s is no Belgian establishment unit: ten digits that begin with 2 to 8."
        )
        raise DomainError(message % {"number": value.strip()})
    if 97 - int(number[:8]) % 97 != int(number[8:]):
        message = _("%(number)s is no establishment unit: its check digits do not fit.")
        raise DomainError(message % {"number": value.strip()})
    return number


def require_range(number: str, *, is_demo: bool) -> None:
    """An invented organisation has a number of the demo, and a real one has not."""
    if is_demo == is_reserved_for_demo(number):
        return
    message = (
        _("%(number)s could belong to a real organisation; demo numbers begin with 199.")
        if is_demo
        else _("%(number)s is kept for demo organisations; a real one has another number.")
    )
    raise DomainError(message % {"number": shown(number)})
