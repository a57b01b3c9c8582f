"""What a visitor asks of the public calendar."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy

from clusterwerk.activities.models import ActivityKind
from clusterwerk.activities.queries.agenda import Asked
from clusterwerk.clusters.models import PublicProfile
from clusterwerk.clusters.themes import themes
from clusterwerk.members.forms.parts import DayField

LONGEST = 100
REGIONS = ("Vlaams Gewest", "Brussels Hoofdstedelijk Gewest", "Waals Gewest")


class AgendaForm(forms.Form):
    """Every part may stay empty; what does not exist is left out and said."""

    find = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=LONGEST)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    since = DayField(label=gettext_lazy("From"), required=False)
    cluster = forms.SlugField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - as of any form
        super().__init__(data)
        kinds = [(kind.value, capfirst(kind.label)) for kind in ActivityKind]
        self._offer("kind", gettext_lazy("every kind"), kinds)
        self._offer(
            "theme",
            gettext_lazy("every theme"),
            [(each.key, each.name(get_language() or "en")) for each in themes()],
        )
        self._offer("region", gettext_lazy("everywhere"), [(name, name) for name in REGIONS])

    def _offer(self, name: str, nothing: Any, choices: list[Any]) -> None:  # noqa: ANN401 - words
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", nothing), *choices]

    @property
    def profile(self) -> PublicProfile | None:
        """The cluster whose calendar is asked."""
        typed = self.cleaned_data.get("cluster") if self.is_valid() or self.is_bound else ""
        return PublicProfile.objects.filter(slug=typed).first() if typed else None

    def asked(self) -> Asked:
        if not self.is_bound:
            return Asked()
        self.is_valid()
        typed = self.cleaned_data
        profile = self.profile
        return Asked(
            words=typed.get("find", ""),
            kind=typed.get("kind", ""),
            theme=typed.get("theme", ""),
            region=typed.get("region", ""),
            since=typed.get("since"),
            cluster=profile.pk if profile else None,
        )
