"""Components with an inside: callouts, empty places, sources, tables that scroll, pages.

Whatever carries no rule (buttons, badges, cards, lists, tabs) is plain HTML with a class.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.ui.fields import drawn_field
from clusterwerk.platform.ui.lists.drawing import (
    drawn_columns,
    drawn_orders,
    drawn_rows,
    drawn_values,
)
from clusterwerk.platform.ui.lists.showing import ShownFacet, ShownList, ShownValue
from clusterwerk.platform.ui.templatetags.ui import with_query

register = template.Library()
Words = str | Promise

CALLOUT_ICONS = {"": "info", "note": "info", "ok": "check-circle"}
ORIGINS = {"published": (_("Published"), ""), "counted": (_("Counted"), " is-accent")}


@register.simple_block_tag
def callout(
    content: str, kind: str = "", *, title: Words = "", icon: str = "", alert: bool = False
) -> str:
    """Something to know; `kind` is ok, warn, danger or note; an `alert` is read out at once."""
    drawing = icon or CALLOUT_ICONS.get(kind, "warning")
    return render_to_string(
        "ui/components/callout.html",
        {"content": content, "kind": kind, "title": title, "icon": drawing, "alert": alert},
    )


@register.simple_block_tag
def empty_state(content: str, title: Words, *, icon: str = "info", level: int = 3) -> str:
    """A place where nothing is yet: why, and the first thing to do. `level` is of its heading."""
    return render_to_string(
        "ui/components/empty_state.html",
        {"content": content, "title": title, "icon": icon, "level": level},
    )


@register.simple_block_tag
def source(content: str, origin: str) -> str:
    """Where figures come from; `origin` is published or counted."""
    name, kind = ORIGINS[origin]
    return render_to_string(
        "ui/components/source.html", {"content": content, "name": name, "kind": kind}
    )


@register.simple_block_tag
def table_scroll(content: str, label: Words = "", *, by: str = "") -> str:
    """A wide table that scrolls by itself, with the keyboard too.

    `label` names it, or `by`: the id of the heading that does.
    """
    return render_to_string(
        "ui/components/table_scroll.html", {"content": content, "label": label, "by": by}
    )


@register.simple_block_tag
def data_table(content: str, label: Words) -> str:
    """What a drawing shows, as a table behind a line to open."""
    return render_to_string("ui/components/data_table.html", {"content": content, "label": label})


@register.inclusion_tag("ui/components/pager.html", takes_context=True)
def pager(
    context: Mapping[str, Any],
    following: object,
    *,
    shown: str = "",
    download: str = "",
    name: str = "",
) -> dict[str, Any]:
    """Pages by key: `following` is the key where the next begins, empty on the last.

    The query stays as it is. `download` is where the whole is had as CSV, with the same query;
    `name` tells several pagers on one page apart.
    """
    request = context["request"]
    return {
        "first": with_query(context, after="") if request.GET.get("after") else "",
        "next": with_query(context, after=following) if following else "",
        "shown": shown,
        "download": download + with_query(context, after="") if download else "",
        "name": name or gettext("Pages"),
    }


@register.simple_tag
def drawn_once(name: str, kept: dict[tuple[str, str], SafeString], **shown: Any) -> SafeString:
    """A template that is drawn once in each language, for as long as `kept` lives.

    It shows what it is given and nothing of the request: others are shown the same drawing.
    """
    key = (name, get_language() or "")
    if key not in kept:
        kept[key] = render_to_string(name, shown)
    return kept[key]


@register.simple_tag
def list_rows(shown: ShownList) -> SafeString:
    """The rows of a list, as they stand in the body of its table."""
    return drawn_rows(shown)


@register.simple_tag
def list_columns(shown: ShownList) -> SafeString:
    """Every column of a list, to choose some."""
    return drawn_columns(shown)


@register.simple_tag
def list_orders(shown: ShownList) -> SafeString:
    """The columns by which a list can be sorted, to choose one."""
    return drawn_orders(shown)


@register.simple_tag
def facet_values(facet: ShownFacet, values: Iterable[ShownValue]) -> SafeString:
    """Values of a facet to tick; all of them, or a part."""
    return drawn_values(facet, values)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """A form field with its label, help and errors."""
    return drawn_field(bound)


@register.inclusion_tag("ui/components/search_field.html")
def search_field(field: BoundField) -> dict[str, Any]:
    """A field to search by words, in a toolbar."""
    dress: dict[str, str | bool] = {
        "class": "input",
        "placeholder": str(field.label),
        "autocomplete": "off",
    }
    return {"field": field, "input": field.as_widget(attrs=dress)}


@register.inclusion_tag("ui/components/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """What is wrong with a form as a whole, and links to the fields that need attention."""
    return {"form": form, "fields": [bound for bound in form if bound.errors]}
