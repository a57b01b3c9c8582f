"""How large an organisation is and who owns it, as typed in; what is left empty is unknown."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.directory.models import Organisation
from clusterwerk.members.actions import RelatedFacts, Size
from clusterwerk.members.forms.days import NumberField, money_field
from clusterwerk.members.models import HolderKind, RelatedEnterprise, SizeStatement, Stream
from clusterwerk.platform.ui.editing import EditingForm

FIRST_YEAR = 1990
FIGURES = ("headcount", "turnover", "balance_total")
ALONE = [
    ("", gettext_lazy("unknown")),
    ("yes", gettext_lazy("yes")),
    ("no", gettext_lazy("no, it has partner or linked enterprises")),
]


def year_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=gettext_lazy("Year of these figures"),
        min_value=FIRST_YEAR,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class SizeForm(forms.Form):
    """All of it may be left empty; the year and the source go with figures."""

    headcount = forms.IntegerField(
        label=gettext_lazy("Headcount"),
        help_text=gettext_lazy("Annual work units. Empty is unknown."),
        required=False,
        min_value=0,
        max_value=5_000_000,
    )
    turnover = money_field(gettext_lazy("Turnover in euro"), required=False, max_digits=16)
    balance_total = money_field(
        gettext_lazy("Balance total in euro"), required=False, max_digits=16
    )
    size_year = year_field()
    size_source = forms.CharField(label=gettext_lazy("Who said so"), required=False, max_length=200)
    is_autonomous = forms.ChoiceField(
        label=gettext_lazy("Does it stand alone?"),
        help_text=gettext_lazy(
            "Nobody holds 25 % or more of it, and it holds no such share of others."
        ),
        required=False,
        choices=ALONE,
    )

    def clean_size_year(self) -> int | None:
        year: int | None = self.cleaned_data["size_year"]
        if year is not None and year > timezone.localdate().year:
            raise forms.ValidationError(_("This year has not begun."))
        return year

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        if self.told(asked) and asked.get("size_year") is None and "size_year" not in self.errors:
            self.add_error("size_year", _("Of which year are these figures?"))
        return asked

    @staticmethod
    def told(asked: dict[str, Any]) -> bool:
        """Whether anything at all was said of the size."""
        return bool(asked.get("is_autonomous")) or any(
            asked.get(name) is not None for name in FIGURES
        )

    def size(self, organisation: Organisation) -> Size | None:
        """The statement, or none when nothing was said."""
        asked = self.cleaned_data
        if not self.told(asked):
            return None
        alone = asked["is_autonomous"]
        return Size(
            organisation=organisation,
            year=asked["size_year"],
            source=asked["size_source"] or _("asked from the member"),
            headcount=asked["headcount"],
            turnover=asked["turnover"],
            balance_total=asked["balance_total"],
            is_autonomous=None if alone == "" else alone == "yes",
        )


class StatementForm(EditingForm, SizeForm):
    """The size of one year as it stands; of two people who state it, the second chooses.

    A year that the page did not show counts as shown empty: what stands in it is not lost.
    """

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - as of any form
        *,
        year: int | None,
        statement: SizeStatement | None,
        **kwargs: Any,
    ) -> None:
        facts: dict[str, Any] = dict.fromkeys((*FIGURES, "size_source", "is_autonomous"))
        if statement:
            facts = {name: getattr(statement, name) for name in FIGURES}
            alone = {True: "yes", False: "no", None: ""}[statement.is_autonomous]
            facts |= {"size_source": statement.source, "is_autonomous": alone}
        super().__init__(data, present={**facts, "size_year": year}, **kwargs)

    def _seen(self) -> Mapping[str, str] | None:
        seen = super()._seen()
        year = str(self.cleaned_data.get("size_year") or "")
        if seen is None or seen.get("size_year") == year:
            return seen
        return dict.fromkeys(self.present, "")


RELATED = (
    "name", "number", "stream", "holder_kind", "share", "has_control", "year", "headcount",
    "turnover", "balance_total", "source",
)  # fmt: skip


class RelatedForm(forms.Form):
    """An enterprise with a share of the member, or the other way round."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    number = forms.CharField(label=gettext_lazy("Register number"), max_length=40, required=False)
    stream = forms.ChoiceField(label=gettext_lazy("Relation"), choices=Stream.choices)
    holder_kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=HolderKind.choices)
    share = NumberField(
        label=gettext_lazy("Share in percent"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )
    has_control = forms.BooleanField(
        label=gettext_lazy("One controls the other, whatever the share"), required=False
    )
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=FIRST_YEAR)
    headcount = NumberField(
        label=gettext_lazy("Headcount of its group"),
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=2,
    )
    turnover = money_field(gettext_lazy("Turnover of its group"), required=False, max_digits=16)
    balance_total = money_field(
        gettext_lazy("Balance total of its group"), required=False, max_digits=16
    )
    source = forms.CharField(label=gettext_lazy("Who said so"), required=False, max_length=200)

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if year > timezone.localdate().year:
            raise forms.ValidationError(_("This year has not begun."))
        return year

    def facts(self) -> RelatedFacts:
        asked = dict(self.cleaned_data)
        source = asked.pop("source") or _("asked from the member")
        return RelatedFacts(
            **{**asked, "stream": Stream(asked["stream"]), "source": source},
        )


class RelatedChangeForm(EditingForm, RelatedForm):
    """One that is written down; of two people who change it, the second chooses."""

    def __init__(self, data: Any, *, related: RelatedEnterprise, **kwargs: Any) -> None:  # noqa: ANN401 - as of any form
        facts = {name: getattr(related, name) for name in RELATED}
        super().__init__(data, present=facts, **kwargs)
