"""Choosing an organisation in a form: one search over own, shared and registered ones.

The results are radio buttons, so that arrow keys, screen readers and a browser without script know
them by themselves: without script the form comes back with what was found.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.directory import identifiers
from clusterwerk.directory.queries import Found, find_organisations, found_of
from clusterwerk.directory.queries.finding import DIRECTORY, found_in_register
from clusterwerk.directory.queries.register import register_entry

CHOICE = re.compile(r"[or][0-9]{1,18}", re.ASCII)
NAME = re.compile(r"[a-z][a-z0-9_-]{0,60}", re.ASCII)
MOST = 10


class Picked(NamedTuple):
    """What came in: the value of the chosen result, and what was typed to search."""

    chosen: str = ""
    typed: str = ""


def typed_name(name: str) -> str:
    """Name of the search box of a field."""
    return f"{name}_find"


class OrganisationPicker(forms.Widget):
    """A search box and the results below it; `cluster` whose own organisations come first."""

    template_name = "directory/_picker.html"
    cluster: int | None = None
    with_register = True

    def use_required_attribute(self, _initial: object) -> bool:
        """What was chosen fills the field, not what stands in the search box."""
        return False

    def _render(self, template_name: str, context: dict[str, Any], _renderer: object = None) -> str:
        """By the templates of the pages, whose tags it uses."""
        return render_to_string(template_name, context)

    def value_from_datadict(self, data: Mapping[str, Any], _files: object, name: str) -> Picked:
        return Picked(str(data.get(name) or ""), str(data.get(typed_name(name)) or ""))

    def value_omitted_from_data(self, data: Mapping[str, Any], _files: object, name: str) -> bool:
        return name not in data and typed_name(name) not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:  # noqa: ANN401 - as Django declares it
        context: dict[str, Any] = super().get_context(name, None, attrs)
        picked = value if isinstance(value, Picked) else Picked(str(value or ""))
        results = self.results(picked)
        return {
            **context,
            "name": name,
            "typed_name": typed_name(name),
            "typed": picked.typed,
            "chosen": picked.chosen,
            "found": results,
            # The error of a sent field tells already why nothing was found.
            "is_asked": bool(picked.typed or picked.chosen) and "aria-invalid" not in (attrs or {}),
            "wrong": ""
            if results
            else identifiers.why_no_number(picked.typed, is_being_typed=True),
            "cluster": self.cluster or "",
            "register": "" if self.with_register else "0",
        }

    def results(self, picked: Picked) -> list[Found]:
        """The chosen one, else what the typed words find."""
        if CHOICE.fullmatch(picked.chosen):
            return chosen_result(picked.chosen)
        return self.find(picked.typed)

    def find(self, typed: str) -> list[Found]:
        return find_organisations(
            typed, limit=MOST, cluster=self.cluster, with_register=self.with_register
        )


def chosen_result(chosen: str) -> list[Found]:
    """The one result that a choice stands for; none when it is not there any more."""
    source, number = chosen[0], chosen[1:]
    if source == DIRECTORY:
        return found_of([int(number)])
    entry = register_entry(number)
    return [found_in_register(entry)] if entry else []


class OrganisationField(forms.Field):
    """Cleans to the value that `directory.actions.organisation_chosen` takes; empty for none.

    What was typed counts as a choice when it finds exactly one organisation.
    """

    widget = OrganisationPicker
    default_error_messages = {"required": gettext_lazy("Search an organisation and choose it.")}

    def of_cluster(self, cluster: int) -> None:
        """Search what this cluster typed in too, and say what each is to it."""
        self._picker.cluster = cluster

    @property
    def _picker(self) -> OrganisationPicker:
        assert isinstance(self.widget, OrganisationPicker)
        return self.widget

    def clean(self, value: Picked | str | None) -> str:
        picked = value if isinstance(value, Picked) else Picked(value or "")
        if CHOICE.fullmatch(picked.chosen):
            return picked.chosen
        if not picked.typed.strip():
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return ""
        return self._only_one(picked.typed)

    def _only_one(self, typed: str) -> str:
        found = self._picker.find(typed)
        if len(found) == 1:
            return found[0].value
        if found:
            raise forms.ValidationError(_("Choose one of the organisations that were found."))
        if wrong := identifiers.why_no_number(typed[:60]):
            raise forms.ValidationError(wrong)
        message = _("Nothing was found for “%(typed)s”. Check the spelling, or type it in by hand.")
        raise forms.ValidationError(message % {"typed": typed.strip()[:60]})
