"""Every component with the template code that makes it, in both themes; shown on `/styleguide`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django import forms
from django.http import HttpRequest
from django.template import Context, Template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.ui.charts import curve_chart, trace_chart

HERE = Path(__file__).parent
FOLDER = HERE / "templates" / "ui" / "styleguide"
STYLE = HERE / "static" / "ui" / "clusterwerk.css"
MODES = ("light", "dark")


def tokens() -> dict[str, tuple[str, str]]:
    """Colour tokens of the style sheet with their light and dark values."""
    css = STYLE.read_text("utf-8")
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", css)
    return {name: (light, dark) for name, light, dark in found}


@dataclass(frozen=True, slots=True)
class Shown:
    mode: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class Sample:
    """One component: its name, its template code, and what that renders to in each theme."""

    key: str
    name: str | Promise
    code: str
    shown: tuple[Shown, ...]


NAMES = {
    "buttons": _("Buttons"),
    "badges": _("Badges, chips and sources"),
    "icons": _("Icons"),
    "figures": _("Figures and meters"),
    "cards": _("Cards"),
    "forms": _("Forms"),
    "picker": _("Choosing an organisation"),
    "callouts": _("Callouts, messages and empty places"),
    "tables": _("Tables"),
    "facets": _("Lists with facets and keys"),
    "lists": _("Lists, facts and timelines"),
    "navigation": _("Tabs, breadcrumbs and steps"),
    "charts": _("Charts"),
    "type": _("Type"),
}


def samples(request: HttpRequest) -> Iterator[Sample]:
    """All samples in their order, rendered in the language of the page."""
    for key, name in NAMES.items():
        code = (FOLDER / f"{key}.html").read_text("utf-8").strip()
        template = Template(code)
        shown = tuple(
            Shown(mode, template.render(Context(_example(request, mode)))) for mode in MODES
        )
        yield Sample(key, name, code, shown)


class SampleForm(forms.Form):
    """A form as it comes back with one mistake."""

    name = forms.CharField(label=_("Name"), help_text=_("As the register writes it."))
    number = forms.CharField(label=_("Enterprise number"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("enterprise"))], required=False)
    size = forms.ChoiceField(
        label=_("Headcount class"),
        choices=[("micro", _("micro")), ("small", _("small"))],
        widget=forms.RadioSelect,
        required=False,
    )
    note = forms.CharField(
        label=_("Note"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    pays = forms.BooleanField(label=_("Pays a contribution"), required=False)

    def clean_number(self) -> str:
        raise forms.ValidationError(_("The check digits do not fit: compare the last two digits."))


class SampleFilter(forms.Form):
    find = forms.CharField(label=_("Name or number"), required=False, widget=forms.SearchInput)


def _example(request: HttpRequest, mode: str) -> dict[str, object]:
    typed = {"name": "EUKA vzw", "number": "0403.019.262", "size": "small", "pays": "on"}
    counted = ((0, 0), (0.33, 64), (0.67, 140), (0.81, 146))
    ticks = ((0, _("start")), (0.5, "18"), (1, "36"))
    return {
        "request": request,
        "mode": mode,
        "icons": icon_names(),
        "form": SampleForm(typed, auto_id=f"{mode}-%s", use_required_attribute=False),
        "search": SampleFilter(auto_id=f"{mode}-%s"),
        "trace": trace_chart(counted, Decimal(150), ticks=[(at, str(word)) for at, word in ticks]),
        "curve": curve_chart([(0, 0), (0.11, 0.5), (0.4, 0.8), (1, 1)], mark=1),
    }


def icon_names() -> list[str]:
    """Names of the drawings in the icon set."""
    drawn = (HERE / "static" / "ui" / "icons.svg").read_text("utf-8")
    return [part.split('"', maxsplit=1)[0] for part in drawn.split('<symbol id="i-')[1:]]
