"""The usual widgets of forms as HTML, written here: Django renders each by three templates, which
takes twenty times as long. Other widgets keep their templates.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape

Widget = Mapping[str, Any]
TEMPLATES = "django/forms/widgets/"


class Renderer(DjangoTemplates):
    """Django's own, but for inputs, areas of text and selects."""

    def render(
        self, template_name: str, context: Mapping[str, Any], request: HttpRequest | None = None
    ) -> str:
        written = WRITTEN.get(template_name)
        if written is None:
            return str(super().render(template_name, dict(context), request))
        return written(context["widget"])


def _input(widget: Widget) -> str:
    value = widget["value"]
    filled = "" if value is None else f' value="{conditional_escape(value)}"'
    kind, name = conditional_escape(widget["type"]), conditional_escape(widget["name"])
    return f'<input type="{kind}" name="{name}"{filled}{_attributes(widget)}>'


def _attributes(widget: Widget) -> str:
    """True stands alone and False not at all."""
    return "".join(
        f" {name}" if value is True else f' {name}="{conditional_escape(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _area(widget: Widget) -> str:
    name, text = conditional_escape(widget["name"]), conditional_escape(widget["value"] or "")
    return f'<textarea name="{name}"{_attributes(widget)}>\n{text}</textarea>'


def _select(widget: Widget) -> str:
    groups = "".join(_group(name, options) for name, options, _place in widget["optgroups"])
    name = conditional_escape(widget["name"])
    return f'<select name="{name}"{_attributes(widget)}>{groups}\n</select>'


def _group(name: str | None, options: list[Widget]) -> str:
    inside = "".join(f"\n  {_option(option)}" for option in options)
    if not name:
        return inside
    return f'\n  <optgroup label="{conditional_escape(name)}">{inside}\n  </optgroup>'


def _option(widget: Widget) -> str:
    value, label = conditional_escape(widget["value"]), conditional_escape(widget["label"])
    return f'<option value="{value}"{_attributes(widget)}>{label}</option>'


def _choice(widget: Widget) -> str:
    """A box or button of several, with its label around it where that is asked."""
    if not widget.get("wrap_label"):
        return _input(widget)
    key = widget["attrs"].get("id")
    tied = f' for="{conditional_escape(key)}"' if key else ""
    return f"<label{tied}>{_input(widget)} {conditional_escape(widget['label'])}</label>"


INPUTS = ("checkbox", "date", "datetime", "email", "hidden", "input", "number", "password",
          "search", "tel", "text", "time", "url", "color")  # fmt: skip
WRITTEN: dict[str, Callable[[Widget], str]] = {
    **{f"{TEMPLATES}{kind}.html": _input for kind in INPUTS},
    f"{TEMPLATES}checkbox_option.html": _choice,
    f"{TEMPLATES}radio_option.html": _choice,
    f"{TEMPLATES}textarea.html": _area,
    f"{TEMPLATES}select.html": _select,
}
