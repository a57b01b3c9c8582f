"""The lines of many memberships to renew as HTML, written here: a template takes ten times as long
for them.
"""

from collections.abc import Callable, Sequence
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from clusterwerk.members.forms.renewing import Line
from clusterwerk.platform.ui.lists.declaring import row_address
from clusterwerk.platform.ui.templatetags.ui import day

register = template.Library()
Cells = Callable[[Line, str], str]


@register.simple_tag
def renewal_lines(lines: Sequence[Line], cluster: str) -> SafeString:
    """A row for each membership that ends: its end, a new one and an amount to type over."""
    tick, ends, until = gettext("Renew %(name)s"), gettext("Ends on"), gettext("New end")
    asked = _field("until", until, gettext("New end of %(name)s"), 'class="input" type="date"')
    amount = _amount()

    def cells(line: Line, name: str) -> str:
        last = day(line.membership.period.upper)
        return (
            f'<td class="nowrap" data-label="{escape(ends)}">{last}</td>'
            f"{asked(line, name)}{amount(line, name)}"
        )

    return _drawn(lines, cluster, "ending", tick, cells)


@register.simple_tag
def promise_lines(lines: Sequence[Line], cluster: str) -> SafeString:
    """A row for each membership without an end: an amount for the next working year."""
    return _drawn(lines, cluster, "lasting", gettext("Promise for %(name)s"), _amount())


def _drawn(lines: Sequence[Line], cluster: str, kind: str, tick: str, cells: Cells) -> SafeString:
    address, why = row_address("members:membership_detail", cluster), escape(gettext("Why"))

    def row(line: Line) -> str:
        member = line.membership
        name, pk = escape(member.organisation.name), member.pk
        return (
            f'<tr><td><input type="hidden" name="{kind}" value="{pk}">{_seen(line, kind)}'
            f'<input type="checkbox" class="tick" name="renew" value="{pk}"'
            f'{" checked" if line.is_ticked else ""} aria-label="{_of(tick, name)}"></td>'
            f'<th scope="row"><a href="{address(pk)}" lang="nl">{name}</a>'
            f"<small>{escape(member.category.name)}</small></th>{cells(line, name)}"
            f'<td class="is-wide" data-label="{why}">{escape(line.proposal.proposed.why)}</td></tr>'
        )

    return SafeString("".join(map(row, lines)))


def _of(words: str, name: str) -> str:
    """Words about an organisation, whose name is escaped already."""
    return escape(words) % {"name": name}


def _seen(line: Line, kind: str) -> str:
    """The end that the person sees, to notice what changed meanwhile."""
    if kind != "ending":
        return ""
    name, end = line.name("seen_end"), escape(line.text("seen_end"))
    return f'<input type="hidden" name="{name}" value="{end}" id="id_{name}">'


def _amount() -> Cells:
    heading, words = gettext("Promised contribution"), gettext("Promised contribution of %(name)s")
    return _field("amount", heading, words, 'class="input num"', ' inputmode="decimal"')


def _field(part: str, heading: str, words: str, kind: str, more: str = "") -> Cells:
    """How a field of each line is drawn: with what stands in it, and below it what is wrong."""

    def drawn(line: Line, name: str) -> str:
        field, wrong = line.name(part), escape(line.error(part))
        told = f' aria-invalid="true" aria-describedby="id_{field}-wrong"' if wrong else ""
        below = f'<p class="error" id="id_{field}-wrong">{wrong}</p>' if wrong else ""
        return (
            f'<td data-label="{escape(heading)}"><input {kind} id="id_{field}" name="{field}"{more}'
            f' value="{escape(line.text(part))}" aria-label="{_of(words, name)}"{told}>{below}</td>'
        )

    return drawn
