"""A target group as a person describes it, checked against the lists of sectors and places."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.directory.models import Ecosystem, Nomenclature, Place, Sector
from clusterwerk.directory.queries import place_book
from clusterwerk.measure.headcount import HeadcountClass
from clusterwerk.members.actions.target_groups import TargetGroupFacts
from clusterwerk.members.models import TargetGroup
from clusterwerk.members.wording import SIZE_NAMES

YEARS = (Nomenclature.NACE_2008, Nomenclature.NACE_2025)
BETWEEN = re.compile(r"[,;\n]+")
FORM_CODE = re.compile(r"\d{3}")


def _lines(label: Any, help_text: Any = "") -> forms.CharField:  # noqa: ANN401 - lazy words
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, help_text=help_text, required=False, widget=widget, max_length=4000
    )


def _boxes(label: Any) -> forms.MultipleChoiceField:  # noqa: ANN401 - lazy words
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple
    )


class TargetGroupForm(forms.Form):
    """Lists are separated by commas or lines."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    description = forms.CharField(
        label=gettext_lazy("Description"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    sectors = _lines(
        gettext_lazy("Activity codes"),
        gettext_lazy(
            "NACE of 2025, such as 62.10 or K; write 2008:62.01 for one of the former list."
        ),
    )
    ecosystems = _boxes(gettext_lazy("Or the codes of a European ecosystem (unconfirmed)"))
    regions = _boxes(gettext_lazy("Regions"))
    provinces = _boxes(gettext_lazy("Provinces"))
    municipalities = _lines(gettext_lazy("Municipalities"), gettext_lazy("Names or postcodes."))
    keywords = _lines(
        gettext_lazy("Words in the name"),
        gettext_lazy("One of them is enough; offshore, wind farm."),
    )
    legal_forms = _lines(
        gettext_lazy("Legal forms"), gettext_lazy("Codes of the register, such as 014 or 610.")
    )
    sizes = _boxes(gettext_lazy("Headcount classes, where known"))
    natural_persons = forms.BooleanField(label=gettext_lazy("Natural persons too"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Place.objects.order_by()
        provinces = places.exclude(province="").values_list("province", flat=True).distinct()
        regions = places.values_list("region", flat=True).distinct()
        self._choices("provinces", [(name, name) for name in sorted(provinces)])
        self._choices("regions", [(name, name) for name in sorted(regions)])
        self._choices("ecosystems", [(row.key, row.label) for row in Ecosystem.objects.all()])
        self._choices("sizes", [(size.value, SIZE_NAMES[size]) for size in HeadcountClass])

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices

    def clean_sectors(self) -> list[str]:
        written = _parts(self.cleaned_data["sectors"])
        asked = [self._sector(each) for each in written]
        known = {
            f"{row.nomenclature}:{row.code}"
            for row in Sector.objects.filter(code__in=[each.split(":")[1] for each in asked])
        }
        unknown = [text for text, key in zip(written, asked, strict=True) if key not in known]
        if unknown:
            raise forms.ValidationError(
                _("These codes are not in the list: %(codes)s.") % {"codes": ", ".join(unknown)}
            )
        return list(dict.fromkeys(asked))

    @staticmethod
    def _sector(text: str) -> str:
        year, found, code = text.rpartition(":")
        year = year.strip() if found else str(Nomenclature.NACE_2025)
        if year not in YEARS:
            raise forms.ValidationError(_("“%(code)s”: the list is 2008 or 2025.") % {"code": text})
        return f"{year}:{re.sub(r'[. ]', '', code).upper()}"

    def clean_municipalities(self) -> list[str]:
        book, found, problems = place_book(), [], []
        for text in _parts(self.cleaned_data["municipalities"]):
            is_code = bool(re.search(r"\d", text))
            answer = book.find(text) if is_code else book.find("", text)
            if answer.place:
                found.append(answer.place.nis_code)
            else:
                problems.append(
                    answer.problem or _("“%(name)s” is no municipality.") % {"name": text}
                )
        if problems:
            raise forms.ValidationError(problems)
        return list(dict.fromkeys(found))

    def clean_legal_forms(self) -> list[str]:
        written = _parts(self.cleaned_data["legal_forms"])
        wrong = [text for text in written if not FORM_CODE.fullmatch(text)]
        if wrong:
            raise forms.ValidationError(
                _("A legal form has three digits: %(codes)s.") % {"codes": ", ".join(wrong)}
            )
        return written

    def clean_keywords(self) -> list[str]:
        return [text[:60] for text in _parts(self.cleaned_data["keywords"])]

    def facts(self) -> TargetGroupFacts:
        asked = self.cleaned_data
        rows = Ecosystem.objects.filter(key__in=asked["ecosystems"]).values_list(
            "sectors__nomenclature", "sectors__code"
        )
        extra = [f"{nomenclature}:{code}" for nomenclature, code in rows if code]
        return TargetGroupFacts(
            name=asked["name"].strip(),
            description=asked["description"],
            sectors=tuple(dict.fromkeys([*asked["sectors"], *sorted(extra)])),
            municipalities=tuple(asked["municipalities"]),
            provinces=tuple(asked["provinces"]),
            regions=tuple(asked["regions"]),
            sizes=tuple(asked["sizes"]),
            keywords=tuple(asked["keywords"]),
            legal_forms=tuple(asked["legal_forms"]),
            natural_persons=asked["natural_persons"],
        )


def written(group: TargetGroup) -> dict[str, Any]:
    """The group as the form writes it."""
    places = Place.objects.filter(nis_code__in=group.municipalities)
    return {
        "name": group.name,
        "description": group.description,
        "sectors": ", ".join(group.sectors),
        "municipalities": ", ".join(place.name for place in places),
        "provinces": group.provinces,
        "regions": group.regions,
        "sizes": group.sizes,
        "keywords": ", ".join(group.keywords),
        "legal_forms": ", ".join(group.legal_forms),
        "natural_persons": group.natural_persons,
    }


def _parts(text: str) -> list[str]:
    return [part.strip() for part in BETWEEN.split(text) if part.strip()]
