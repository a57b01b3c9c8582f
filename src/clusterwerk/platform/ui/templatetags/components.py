"""Components with an inside: callouts, empty places, cards of figures, tables that scroll.

Whatever carries no rule (buttons, chips, lists, facts, timelines, tabs) is plain HTML with a class.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.ui.templatetags.ui import Number, count, icon, percent, with_query

register = template.Library()
Words = str | Promise

CALLOUT_ICONS = {"": "info", "note": "info", "ok": "check-circle"}
ORIGINS = {
    "published": (_("Published"), ""),
    "counted": (_("Counted"), "accent"),
    "computed": (_("Computed"), ""),
    "demo": (_("Demo data"), "outline"),
    "sample": (_("Sample"), "outline"),
}


@register.simple_tag
def badge(text: Words, kind: str = "", *, icon: str = "") -> SafeString:
    """A short state; `kind` is accent, ok, warn, danger, highlight or outline.

    Colour never speaks alone: the words, and an icon where it warns, say the same.
    """
    classes = f"badge is-{kind}" if kind else "badge"
    return format_html('<span class="{}">{}{}</span>', classes, _drawn(icon), text)


def _drawn(name: str) -> SafeString:
    return icon(name, small=True) if name else SafeString("")


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
    """Where figures come from; `origin` is published, counted, computed, demo or sample."""
    mark = badge(*ORIGINS[origin])
    return render_to_string("ui/components/source.html", {"content": content, "badge": mark})


@dataclass(frozen=True, slots=True)
class Kpi:
    """One figure against its target; `length` is what the whole bar stands for."""

    label: Words
    value: Number | None
    target: Number | None
    due: Number | None
    shown: str
    shown_target: str

    @property
    def length(self) -> Number:
        """A tenth more than the highest, so that the mark of the target is not at the edge."""
        highest = max(float(part or 0) for part in (self.value, self.target, self.due))
        return highest * 1.1 or 1

    @property
    def spoken(self) -> str:
        """The bar in words."""
        if self.value is None:
            return gettext("nothing known yet")
        parts = [gettext("%(value)s of %(target)s") % self._numbers()]
        if self.target:
            parts.append(gettext("%(share)s of the target") % self._numbers())
        if self.due is not None:
            parts.append(gettext("%(due)s expected by now") % self._numbers())
        return ", ".join(parts)

    def _numbers(self) -> dict[str, str]:
        share = float(self.value or 0) / float(self.target or 1)
        return {
            "value": self.shown,
            "target": self.shown_target,
            "share": percent(share),
            "due": count(self.due),
        }


@register.simple_block_tag
def kpi(
    content: str,
    label: Words,
    value: Number | None,
    *,
    target: Number | None = None,
    due: Number | None = None,
    shown: str = "",
    shown_target: str = "",
    badge: str = "",
    level: int = 3,
) -> str:
    """A card with one figure, its bar to the target and the mark of what is expected by now.

    Unknown values show a dash. `shown` and `shown_target` replace the plain number, for amounts;
    `badge` is the state beside the label; the inside is the note below.
    """
    figure = Kpi(label, value, target, due, shown or count(value), shown_target or count(target))
    return render_to_string(
        "ui/components/kpi.html",
        {"kpi": figure, "content": content, "badge": badge, "level": level},
    )


@register.simple_block_tag
def table_scroll(content: str, label: Words) -> str:
    """A wide table that scrolls by itself, with the keyboard too; `label` names it."""
    return render_to_string("ui/components/table_scroll.html", {"content": content, "label": label})


@register.simple_block_tag
def data_table(content: str, label: Words = "") -> str:
    """What a drawing shows, as a table behind a line to open."""
    return render_to_string(
        "ui/components/data_table.html",
        {"content": content, "label": label or gettext("The same in a table")},
    )


@register.simple_block_tag
def figure(content: str, caption: Words = "") -> str:
    """A drawing with the sentence below it."""
    return render_to_string("ui/components/figure.html", {"content": content, "caption": caption})


@register.inclusion_tag("ui/components/pager.html", takes_context=True)
def pager(
    context: Mapping[str, Any], following: str, *, shown: str = "", target: str = "", name: str = ""
) -> dict[str, Any]:
    """Pages by key: `following` is the key where the next begins, empty on the last.

    The query stays as it is. With `target`, the id of a part of the page, only that is replaced;
    `name` tells several on one page apart.
    """
    request = context["request"]
    return {
        "first": with_query(context, after="") if request.GET.get("after") else "",
        "next": with_query(context, after=following) if following else "",
        "shown": shown,
        "target": target,
        "name": name or gettext("Pages"),
    }


@dataclass(frozen=True, slots=True)
class Step:
    label: Words
    address: str


@register.inclusion_tag("ui/components/breadcrumb.html")
def breadcrumb(*parts: Words, name: Words = "") -> dict[str, Any]:
    """The way here: label and address in turns, the label of this page last."""
    labels, addresses = parts[0::2], parts[1::2]
    steps = [Step(label, str(address)) for label, address in zip(labels, addresses, strict=False)]
    return {"steps": steps, "here": labels[-1], "name": name or gettext("Where this is")}


@register.inclusion_tag("ui/components/search_field.html")
def search_field(name: str, label: Words, value: str = "", *, key: str = "") -> dict[str, Any]:
    """A field to search by words, in a toolbar; `key` is its id when the page has several."""
    return {"name": name, "label": label, "value": value, "key": key or f"search-{name}"}


@register.inclusion_tag("ui/components/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """What is wrong with a form as a whole, and links to the fields that need attention."""
    return {"form": form, "fields": [bound for bound in form if bound.errors]}


@dataclass(frozen=True, slots=True)
class ThermoPart:
    """One part of a sum, as a line of the legend and a layer of the bar."""

    label: Words
    value: Number
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    width: str
    kind: str


@register.inclusion_tag("ui/components/thermo.html")
def thermo(parts: Sequence[ThermoPart], target: Number, label: Words) -> dict[str, Any]:
    """Parts stacked towards an amount to reach, each with its amount in the legend.

    The kind of a part is empty (firm), `is-part` (on its way) or `is-rest` (promised).
    """
    total = sum(float(part.value) for part in parts)
    length = max(total, float(target)) * 1.1 or 1.0
    reached, layers = 0.0, []
    for part in parts:
        reached += float(part.value)
        layers.append(Layer(f"{reached / length * 100:.1f}%", part.kind))
    return {
        "parts": parts,
        "layers": layers[::-1],
        "mark": f"{float(target) / length * 100:.1f}%",
        "target": target,
        "label": label,
    }
