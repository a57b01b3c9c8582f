"""Tags and filters of every template: icons, meters, sorting, and numbers as read here."""

import functools
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.http import HttpRequest, QueryDict
from django.templatetags.static import static
from django.utils import formats
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from clusterwerk.platform.addresses import shown_telephone

register = template.Library()
Number = Decimal | Fraction | int | float
# Drawings and days are written many times on a page, and again on the next: both are kept.
KEPT = 4096
ISO_DAY = re.compile(r"(?<![\w.-])\d{4}-\d\d-\d\d(?![\w-]|\.\w)", re.ASCII)


def _rounded(value: Number, decimals: int) -> Decimal:
    """Half away from zero, as printed tables do; Django's own formatting cuts off instead."""
    return _exact(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _exact(value: Number) -> Decimal:
    """An exact share to the digits of a decimal, a float to those it is printed with."""
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(str(value))


@register.simple_tag
def icon(name: str, *, small: bool = False, label: str = "") -> SafeString:
    """A drawing from the icon set; with a label it speaks, without one it is silent."""
    return _drawing(name, small, str(label))


@functools.lru_cache(KEPT)
def _drawing(name: str, small: bool, label: str) -> SafeString:  # noqa: FBT001 - called once
    size = " is-s" if small else ""
    speech = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="icon{}" {}><use href="{}#i-{}"/></svg>',
        size,
        SafeString(speech),
        static("ui/icons.svg"),
        name,
    )


@register.filter
def count(value: Number | None) -> str:
    """A whole number with the reader's thousands sign; nothing for what is unknown."""
    return (
        "" if value is None else formats.number_format(_rounded(value, 0), 0, force_grouping=True)
    )


@register.filter
def plain(value: Number | None) -> str:
    """A number with the decimals it has."""
    return "" if value is None else formats.number_format(_exact(value), force_grouping=True)


@register.filter
def typed(value: Number | None) -> str:
    """A number of which nobody knows whether it is a year: without a thousands sign."""
    return "" if value is None else formats.number_format(_exact(value), force_grouping=False)


@register.filter
def euro(value: Number | None) -> str:
    """An amount in euro, with cents only where there are any: € 1.250 or €1,250."""
    if value is None:
        return ""
    decimals = 0 if value == int(value) else 2
    amount = formats.number_format(_rounded(value, decimals), decimals, force_grouping=True)
    space = "\N{NARROW NO-BREAK SPACE}" if (get_language() or "nl").startswith("nl") else ""
    return f"€{space}{amount}"


@register.filter
def percent(value: Number | None, decimals: int = 0) -> str:
    """A share between 0 and 1 as a percentage."""
    if value is None:
        return ""
    amount = formats.number_format(_rounded(_exact(value) * 100, decimals), decimals)
    return f"{amount}\N{NARROW NO-BREAK SPACE}%"


@register.filter
def small_percent(value: Number | None, decimals: int = 1) -> str:
    """A share as a percentage, and one that would be rounded to 0 as less than the smallest."""
    least = Decimal(1).scaleb(-decimals)
    if value and 0 < _exact(value) * 100 < least / 2:
        told = percent(least / 100, decimals)
        return gettext("less than %(share)s") % {"share": told}
    return percent(value, decimals)


@register.filter
def less(value: Number, taken: Number) -> Decimal:
    """What is left of two numbers as `count` writes them, so that the three agree in print."""
    return _rounded(value, 0) - _rounded(taken, 0)


def _in_running_text(written: str) -> str:
    """Dutch writes months small; Django's abbreviations are capitals in every language."""
    return written.lower() if (get_language() or "nl").startswith("nl") else written


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """A day in short: 31 jan. 2020."""
    return "" if value is None else _day(value.year, value.month, value.day, get_language())


@functools.lru_cache(KEPT)
def _day(year: int, month: int, day: int, _language: str | None) -> str:
    return _in_running_text(formats.date_format(date(year, month, day), "j M Y"))


@register.filter
def month(value: date | None) -> str:
    """A month in short, where the day would take too much room: jan 2020."""
    return "" if value is None else _in_running_text(formats.date_format(value, "M Y"))


@register.filter(expects_localtime=True)
def moment(value: datetime | None) -> str:
    """Day and time in full: 31 januari 2020, 14.30."""
    if value is None:
        return ""
    time = formats.time_format(value, "TIME_FORMAT")
    return f"{_in_running_text(formats.date_format(value, 'j F Y'))}, {time}"


@register.filter
def telephone(number: str, country: str = "BE") -> str:
    """A number kept in E.164 as people of the country write it."""
    return shown_telephone(number, country) if number else ""


@register.filter(expects_localtime=True)
def day_long(value: date | None) -> str:
    """A day in full: 31 januari 2020."""
    return "" if value is None else _in_running_text(formats.date_format(value, "j F Y"))


@register.filter
def written_days(text: str) -> str:
    """Running text, such as a file and its day, with days of the kind 2020-01-31 in words."""
    return ISO_DAY.sub(_written_day, text)


def _written_day(found: re.Match[str]) -> str:
    try:
        return day_long(date.fromisoformat(found.group()))
    except ValueError:  # no day, such as the 31st of February
        return found.group()


@register.simple_tag
def meter(
    value: Number | None,
    whole: Number | None,
    label: str,
    *,
    target: Number | None = None,
    due: Number | None = None,
    kind: str = "",
    slim: bool = False,
    inline: bool = False,
) -> SafeString:
    """Value on a bar as long as `whole`; marks stand at the target and at what is due by now.

    `kind` is a class of the fill, such as `is-danger`.
    """
    length = _exact(whole or 1)

    def share(part: Number) -> str:
        return f"{min(max(_exact(part) / length * 100, Decimal(0)), Decimal(100)):.1f}%"

    filled = "0%" if value is None else share(value)
    marks = (("due", due, 20), ("mark", target, 30))
    lines = "".join(_line(name, share(at), out) for name, at, out in marks if at is not None)
    shape = f"meter{' is-slim' if slim else ''}{' is-inline' if inline else ''}"
    return SafeString(
        f'<svg class="{shape}" role="img" aria-label="{conditional_escape(label)}">'
        f'<rect class="meter-track" width="100%" height="100%" rx="3"/>'
        f'<rect class="meter-fill {conditional_escape(kind)}" width="{filled}" height="100%"'
        f' rx="3"/>{lines}</svg>'
    )


def _line(name: str, place: str, out: int) -> str:
    """A mark across a meter that stands out of it by so many percent on both sides."""
    return f'<line class="meter-{name}" x1="{place}" x2="{place}" y1="-{out}%" y2="{100 + out}%"/>'


@register.inclusion_tag("ui/components/sort_header.html", takes_context=True)
def sort_header(
    context: Mapping[str, Any], key: str, label: str, *, number: bool = False, hint: str = ""
) -> dict[str, Any]:
    """A column head that sorts by `key`, from the first page; the rest of the query stays."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    query.pop("after", None)
    current, descending = query.get("order", "name"), query.get("down") == "1"
    turned = not descending if current == key else number
    query["order"] = key
    query["down"] = "1" if turned else "0"
    state = ("descending" if descending else "ascending") if current == key else ""
    return {
        "key": key,
        "address": _address(query),
        "label": label,
        "state": state,
        "number": number,
        "hint": hint,
    }


def _address(query: QueryDict) -> str:
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        kept.setlist(name, [value for value in values if value])
    return "?" + kept.urlencode()


@register.simple_tag(takes_context=True)
def with_query(context: Mapping[str, Any], **changes: object) -> str:
    """The address of this page with some of its query changed; an empty value drops a part."""
    query = context["request"].GET.copy()
    query.pop("after", None)
    for name, value in changes.items():
        query[name] = "" if value is None else str(value)
    return _address(query)


@register.simple_tag
def demo_mark() -> SafeString:
    """The mark that stands wherever invented data shows."""
    return format_html(
        '<span class="badge is-outline" title="{}">{}</span>',
        gettext("Invented for the demo; not a real company or amount"),
        gettext("Demo data"),
    )


@register.filter
def get(values: Mapping[Any, Any], key: object) -> Any:  # noqa: ANN401 - whatever the mapping holds
    """A value of a mapping by a key held in a variable."""
    return values.get(key)
