"""The many lines, bars and dots of the reach of a network as HTML, written here: a template takes
ten times as long for them.
"""

from collections.abc import Iterable
from decimal import Decimal
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from clusterwerk.directory.maps import PlaceMap
from clusterwerk.measure.reach import Flow
from clusterwerk.members.reach import GroupTable, Line
from clusterwerk.platform.ui.export import Format
from clusterwerk.platform.ui.lists.showing import written
from clusterwerk.platform.ui.templatetags.ui import day, percent

register = template.Library()


@register.simple_tag
def reach_lines(table: GroupTable, list_address: str = "") -> SafeString:
    """A row for each group; its number leads to the list of exactly these members, if there is
    an address of that list.
    """
    members = escape(gettext("members"))
    return SafeString("".join(_line(line, table, list_address, members) for line in table.lines))


def _line(line: Line, table: GroupTable, list_address: str, members: str) -> str:
    group, number = escape(str(line.group)), written(line.number, Format.COUNT)
    if list_address and line.query and line.number:
        address = escape(f"{list_address}&{line.query}")
        hidden = f'<span class="visually-hidden"> {members}, {group}</span>'
        number = f'<a href="{address}">{number}{hidden}</a>'
    share = percent(line.share) or "\N{EN DASH}"
    return (
        f'<tr><th scope="row">{group}</th><td class="num">{number}</td><td class="num">{share}</td>'
        f'<td class="bar">{_bar(line, table.longest, group)}</td></tr>'
    )


def _bar(line: Line, longest: int, group: str) -> str:
    """The bar that the tag `meter` draws."""
    length = Decimal(line.number) / Decimal(longest or 1) * 100
    kind = "is-unknown" if line.is_unknown else ""
    return (
        f'<svg class="meter is-slim" role="img" aria-label="{group}">'
        '<rect class="meter-track" width="100%" height="100%" rx="3"/>'
        f'<rect class="meter-fill {kind}" width="{length:.1f}%" height="100%" rx="3"/></svg>'
    )


@register.simple_tag
def map_shapes(drawn: PlaceMap) -> SafeString:
    """Provinces, and above them a dot for each municipality."""
    shapes = (
        f'<path class="province is-{shape.shade}" d="{shape.path}">'
        f"{_title(shape.name, shape.number)}</path>"
        for shape in drawn.shapes
    )
    dots = (
        f'<circle class="dot" cx="{dot.x}" cy="{dot.y}" r="{dot.radius}">'
        f"{_title(dot.name, dot.number)}</circle>"
        for dot in drawn.dots
    )
    return SafeString("".join((*shapes, *dots)))


def _title(name: str, number: int) -> str:
    return f"<title>{escape(name)} {written(number, Format.COUNT)}</title>"


@register.simple_tag
def flow_lines(flows: Iterable[Flow], list_address: str = "") -> SafeString:
    """Who came and left between two days, the newest first; each number leads to its list."""
    new, left = gettext("new"), gettext("left")
    return SafeString(
        "".join(
            f'<tr><th scope="row">{day(flow.first)} \N{EN DASH} {day(flow.last)}</th>'
            f'<td class="num">{_moved(flow, flow.joined, _JOINED, new, list_address)}</td>'
            f'<td class="num">{_moved(flow, flow.left, _LEFT, left, list_address)}</td></tr>'
            for flow in reversed(tuple(flows))
        )
    )


_JOINED = "moved=joined"
_LEFT = "moved=left&state=ended&state=earlier"


def _moved(flow: Flow, number: int, query: str, words: str, list_address: str) -> str:
    told = written(number, Format.COUNT)
    if not (list_address and number):
        return told
    asked = f"{list_address}?day={flow.last:%Y-%m-%d}&since={flow.first:%Y-%m-%d}&{query}"
    return (
        f'<a href="{escape(asked)}">{told}<span class="visually-hidden"> {escape(words)}</span></a>'
    )
