"""What a person says of the files of a move."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwerk.members.models import MoveFile, MoveRow
from clusterwerk.members.moving_in.parts.held import FIRST_YEAR, LAST_YEAR
from clusterwerk.members.moving_in.targets import Target, targets
from clusterwerk.platform.text import folded

EXAMPLES = 3
LOOKED_AT = 60
MOST_CATEGORIES = 20


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files of one field; Django itself takes one."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ANN401 - as Django's own
        single = super().clean
        given = data if isinstance(data, (list, tuple)) else [data]
        return [single(each, initial) for each in given]


class UploadForm(forms.Form):
    uploaded = ManyFilesField(
        label=_("Files"),
        allow_empty_file=True,
        widget=ManyFilesInput(
            attrs={
                "multiple": True,
                "class": "input",
                "accept": ".csv,.txt,.tsv,.xlsx,.xls,.ods,.zip",
            }
        ),
        error_messages={"required": _("Choose at least one file.")},
    )


class KindForm(forms.Form):
    """The kind of a file, and what holds for all its rows."""

    kind = forms.ChoiceField(label=_("Kind of file"))
    since = forms.DateField(
        label=_("First day of members without one"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Rows that do not say since when they are a member get this day."),
    )
    category = forms.CharField(
        label=_("Category of members without one"), required=False, max_length=100
    )
    size_year = forms.IntegerField(
        label=_("Year of the sizes"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=_("Of headcounts and turnovers without a year of their own; empty: this year."),
    )
    status = forms.ChoiceField(
        label=_("Everybody in this file"),
        required=False,
        choices=[
            ("", _("as the columns say")),
            ("subscribed", _("wants the newsletter")),
            ("unsubscribed", _("unsubscribed")),
            ("cleaned", _("has an address from which mail came back")),
        ],
    )

    def __init__(self, *args: Any, file: MoveFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [("", _("choose")), *((each.key, each.label) for each in targets())]
        for field in self.fields.values():
            is_choice = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "select" if is_choice else "input"
        self.file = file

    def narrow(self, target: Target | None) -> None:
        """Only what this kind of file can use."""
        keys = {field.key for field in target.fields} if target else set()
        needs = {"since": "since", "category": "category", "status": "mailing_status",
                 "size_year": "headcount"}  # fmt: skip
        for name, key in needs.items():
            if key not in keys:
                del self.fields[name]

    def options(self) -> dict[str, Any]:
        told = {key: value for key, value in self.cleaned_data.items() if key != "kind"}
        return {key: value.isoformat() if key == "since" and value else value or ""
                for key, value in told.items()}  # fmt: skip


def column_choices(target: Target | None) -> list[tuple[str, Any]]:
    fields = target.fields if target else ()
    return [("", _("left out")), *((field.key, field.label) for field in fields)]


def examples(file: MoveFile) -> list[list[str]]:
    """For each column some values of the first rows, each once."""
    rows = MoveRow.objects.filter(cluster_id=file.cluster_id, file=file).order_by("number")
    cells = list(rows.values_list("cells", flat=True)[:LOOKED_AT])
    found = []
    for at in range(len(file.columns)):
        values = dict.fromkeys(row[at] for row in cells if at < len(row) and row[at])
        found.append([value[:60] for value in list(values)[:EXAMPLES]])
    return found


def said_categories(file: MoveFile, columns: Sequence[dict[str, Any]]) -> list[str]:
    """The different words of the column of categories, when there is one."""
    at = next((at for at, column in enumerate(columns) if column["field"] == "category"), None)
    if at is None:
        return []
    rows = MoveRow.objects.filter(cluster_id=file.cluster_id, file=file)
    cells = [row[at].strip() for row in rows.values_list("cells", flat=True)]
    told = {folded(value): value for value in cells}
    return sorted(value for value in told.values() if value)[:MOST_CATEGORIES]
