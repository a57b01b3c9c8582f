"""A field of a form with its label, help and errors, tied together for a screen reader.

Written here, because a form has many and a template takes four times as long for each.
"""

from collections.abc import Iterable
from typing import Any

from django.forms import BoundField, ChoiceField, ModelChoiceField
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import pgettext

from clusterwerk.platform.ui.templatetags.ui import icon


def drawn_field(bound: BoundField) -> SafeString:
    """Where a form mixes the two, what may stay empty says so; what must be filled is the rule."""
    key, widget = escape(bound.id_for_label or bound.auto_id), bound.field.widget
    kind = getattr(widget, "input_type", "")
    is_group = widget.use_fieldset and bool(kind)
    notes = _notes(bound, key)
    _dress(bound, kind, "" if is_group else " ".join(notes))
    wrong = " has-error" if bound.errors else ""
    parts = "\n".join([_asked(bound, key, kind, is_group=is_group), *notes.values()])
    if is_group:
        described = f' aria-describedby="{" ".join(notes)}"' if notes else ""
        return SafeString(f'<fieldset class="field{wrong}"{described}>\n{parts}\n</fieldset>')
    return SafeString(f'<div class="field{wrong}">\n{parts}\n</div>')


def _notes(bound: BoundField, key: str) -> dict[str, str]:
    """Help and errors as they stand under the field, by their ids."""
    found = {}
    if bound.help_text:
        told = conditional_escape(bound.help_text)
        found[f"{key}-help"] = f'<small id="{key}-help">{told}</small>'
    if bound.errors:
        text = " ".join(conditional_escape(str(error)) for error in bound.errors)
        sign = icon("warning", small=True)
        found[f"{key}-error"] = (
            f'<small class="error" id="{key}-error">{sign}<span>{text}</span></small>'
        )
    return found


def _dress(bound: BoundField, kind: str, described: str) -> None:
    widget = bound.field.widget
    widget.attrs.setdefault("class", _class(kind))
    if isinstance(bound.field, ChoiceField) and not isinstance(bound.field, ModelChoiceField):
        widget.choices = _begun_with_capitals(widget.choices)
    if described:
        widget.attrs["aria-describedby"] = described
    if bound.errors:
        widget.attrs["aria-invalid"] = "true"


def _class(kind: str) -> str:
    return {"select": "select", "checkbox": "tick", "radio": "tick"}.get(kind, "input")


def _begun_with_capitals(choices: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Words of a model stand small in running text; in a list to choose from each begins a line."""
    return [
        (value, _begun_with_capitals(label) if isinstance(label, list | tuple) else capfirst(label))
        for value, label in choices
    ]


def _asked(bound: BoundField, key: str, kind: str, *, is_group: bool) -> str:
    """The label with the widget: inside it, before it, or above all choices of a group."""
    label = conditional_escape(bound.label)
    if is_group:
        choices = "".join(
            f'<label class="check" for="{escape(choice.id_for_label)}">{choice.tag()}'
            f" {conditional_escape(choice.choice_label)}</label>"
            for choice in bound
        )
        return f"<legend>{label}{_optional(bound)}</legend>{choices}"
    if kind == "checkbox":
        return f'<label class="check" for="{key}">{bound} {label}</label>'
    return f'<label for="{key}">{label}{_optional(bound)}</label>{bound}'


def _optional(bound: BoundField) -> str:
    if bound.field.required or not any(one.required for one in bound.form.fields.values()):
        return ""
    word = conditional_escape(pgettext("form field", "optional"))
    return f' <span class="optional">{word}</span>'
