"""Tags and own fields as a person writes them, checked."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.members.actions import NewField, written_value
from clusterwerk.members.forms.parts import DayField
from clusterwerk.members.models import (
    CustomField,
    FieldKind,
    FieldSubject,
    TagKind,
)
from clusterwerk.members.queries.people import OwnValue
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.ui.editing import EditingForm


class TagForm(EditingForm):
    """Of a tag that is in use, `present` are its facts. Prospects are noted on their own page."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=TagKind.choices, initial=TagKind.FREE
    )

    def __init__(self, *args: Any, present: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, present=present, **kwargs)
        is_prospect = present.get("kind") == TagKind.PROSPECT
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [
            choice for choice in TagKind.choices if (choice[0] == TagKind.PROSPECT) == is_prospect
        ]


class FieldForm(EditingForm):
    """A field of the cluster's own; what it is about and its kind stay as they were made."""

    label = forms.CharField(label=gettext_lazy("Label"), max_length=60)
    subject = forms.ChoiceField(label=gettext_lazy("About"), choices=FieldSubject.choices)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=FieldKind.choices)
    choices = forms.CharField(
        label=gettext_lazy("Choices"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("For a choice: one on each line."),
    )
    is_active = forms.BooleanField(
        label=gettext_lazy("In use"),
        required=False,
        help_text=gettext_lazy("A field out of use keeps its values and is asked no more."),
    )

    def __init__(self, data: Any = None, *, kept: CustomField | None = None) -> None:  # noqa: ANN401 - as of any form
        present = (
            {"label": kept.label, "choices": "\n".join(kept.choices), "is_active": kept.is_active}
            if kept
            else {}
        )
        super().__init__(data, present=present)
        self.kept_kind = FieldKind(kept.kind) if kept else None
        for name in ("subject", "kind") if kept else ("is_active",):
            del self.fields[name]
        if kept and kept.kind != FieldKind.CHOICE:
            del self.fields["choices"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        kind = self.kept_kind or typed.get("kind")
        if kind == FieldKind.CHOICE and not self.chosen():
            self.add_error("choices", _("A choice has at least one thing to choose."))
        return typed

    def chosen(self) -> list[str]:
        lines = str(self.cleaned_data.get("choices", "")).splitlines()
        return list(dict.fromkeys(" ".join(line.split())[:60] for line in lines if line.strip()))

    def new(self) -> NewField:
        typed = self.cleaned_data
        return NewField(
            FieldSubject(typed["subject"]),
            typed["label"],
            FieldKind(typed["kind"]),
            tuple(self.chosen()),
        )

    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        facts = {"label": typed["label"], "is_active": typed["is_active"]}
        return {**facts, "choices": self.chosen()} if "choices" in typed else facts


class ValuesForm(EditingForm):
    """Every own field of an organisation or contact at once."""

    def __init__(self, data: Any = None, *, values: Iterable[OwnValue]) -> None:  # noqa: ANN401 - as of any form
        asked = [each for each in values if each.field.is_active]
        super().__init__(data, present={_name(each.field): each.value for each in asked})
        self.asked = asked
        self.fields.update({_name(each.field): _field(each.field) for each in asked})
        self.order_fields([*(_name(each.field) for each in asked), "seen"])

    def clean(self) -> dict[str, Any]:
        for each in self.asked:
            name = _name(each.field)
            try:
                value = written_value(each.field, _typed(self.cleaned_data.get(name)))
            except DomainError as error:
                self.add_error(name, str(error))
            else:
                self.cleaned_data[name] = value
        return super().clean()

    def typed(self) -> list[tuple[CustomField, str]]:
        return [(each.field, self.cleaned_data[_name(each.field)]) for each in self.asked]


def _name(field: CustomField) -> str:
    return f"field_{field.pk}"


def _typed(value: Any) -> str:  # noqa: ANN401 - what a field cleaned to
    return "" if value is None else str(value)


def _field(field: CustomField) -> forms.Field:
    facts: dict[str, Any] = {"label": field.label, "required": False}
    unknown = ("", _("unknown"))
    match FieldKind(field.kind):
        case FieldKind.NUMBER:
            return forms.CharField(
                max_length=40, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **facts
            )
        case FieldKind.DAY:
            return DayField(**facts)
        case FieldKind.CHOICE:
            choices = [unknown, *((choice, choice) for choice in field.choices)]
            return forms.ChoiceField(choices=choices, **facts)
        case FieldKind.YES_NO:
            return forms.ChoiceField(choices=[unknown, ("yes", _("yes")), ("no", _("no"))], **facts)
        case _:
            return forms.CharField(max_length=2000, **facts)
