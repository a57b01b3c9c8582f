"""The filters of the programme pages; an empty field leaves everything in."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Embedding
from clusterwerk.reporting.queries.findings import Choice
from clusterwerk.reporting.queries.oversight import Selection
from clusterwerk.reporting.queries.search import Question

Choices = Iterable[tuple[str, Any]]
LONGEST = 200


class Pick(forms.CharField):
    """A choice out of values that the rows give; any other value simply finds nothing."""

    def __init__(self, label: Any, empty_label: Any) -> None:  # noqa: ANN401 - lazy words
        self.widget: forms.Select
        widget = forms.Select(attrs={"class": "select"})
        super().__init__(label=label, required=False, max_length=LONGEST, widget=widget)
        self.empty_label = empty_label


class Words(forms.CharField):
    def __init__(self, label: Any) -> None:  # noqa: ANN401 - lazy words
        super().__init__(label=label, required=False, max_length=LONGEST, widget=forms.SearchInput)


class Filter(forms.Form):
    """Fields of a query; what does not fit is said beside its field and filters nothing."""

    def choose(self, name: str, choices: Choices) -> None:
        """Offer these values; the first entry leaves everything in."""
        field = self.fields[name]
        assert isinstance(field, Pick)
        field.widget.choices = [("", field.empty_label), *choices]

    def asked(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name, "") or "")

    def said(self) -> str:
        """The filter in words: "Type: Network; Call: Call 1"."""
        parts = [
            f"{bound.label}: {_shown(bound)}"
            for bound in self.visible_fields()
            if self.asked(bound.name)
        ]
        return "; ".join(parts) or gettext("none")


def _shown(bound: forms.BoundField) -> str:
    value = str(bound.data)
    if isinstance(bound.field, Pick):
        return str(dict(bound.field.widget.choices).get(value, value))
    return gettext("yes") if isinstance(bound.field, forms.BooleanField) else value


class OversightFilter(Filter):
    find = Words(_("Cluster or organisation"))
    scheme = Pick(_("Type"), _("All types"))
    call = Pick(_("Call"), _("All calls"))
    embedding = Pick(_("Embedding"), _("All embeddings"))
    warning = forms.BooleanField(
        label=_("With a warning"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "tick", "value": "1"}),
    )
    order = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    down = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)

    def offer(self, schemes: Choices, calls: Iterable[int]) -> None:
        self.choose("scheme", schemes)
        self.choose(
            "call", [(str(call), _("Call %(number)s") % {"number": call}) for call in calls]
        )
        self.choose("embedding", Embedding.choices)

    def selection(self) -> Selection:
        return Selection(
            words=self.asked("find"),
            scheme=self.asked("scheme"),
            call=self.asked("call"),
            embedding=self.asked("embedding"),
            only_warnings=self.asked("warning") == "True",
            order=self.asked("order") or "name",
            descending=self.asked("down") == "1",
        )


class FindingFilter(Filter):
    verdict = Pick(_("Class"), _("All classes"))
    subject = Pick(_("About"), _("All subjects"))
    indicator = Pick(_("Figure"), _("All figures"))

    def choice(self) -> Choice:
        return Choice(self.asked("verdict"), self.asked("subject"), self.asked("indicator"))


class ReadingFilter(Filter):
    find = Words(_("Words of the figure"))
    indicator = Pick(_("Figure"), _("All figures"))
    subject = Pick(_("About"), _("All subjects"))
    place = Pick(_("Place"), _("All places"))
    after = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def question(self) -> Question:
        return Question(
            words=self.asked("find"),
            indicator=self.asked("indicator"),
            subject=self.asked("subject"),
            place=self.asked("place"),
            after=self.asked("after"),
        )
