"""Documents of an activity: several at once, and one of them changed."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from clusterwerk.activities.models import Handout, HandoutReach
from clusterwerk.members.correspondence.files import KEPT
from clusterwerk.members.forms.moves import ManyFilesField, ManyFilesInput


def _reach() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("For whom"),
        choices=HandoutReach.choices,
        coerce=HandoutReach,
        initial=HandoutReach.CAME,
        widget=forms.RadioSelect,
        help_text=_(
            "What is for everybody stands on the public page. Who came finds the rest by the link "
            "of the registration, once ticked as present."
        ),
    )


class HandoutsForm(forms.Form):
    uploaded = ManyFilesField(
        label=_("Files"),
        allow_empty_file=True,
        widget=ManyFilesInput(
            attrs={"multiple": True, "class": "input", "accept": ",".join(sorted(KEPT))}
        ),
        help_text=_("PDF, office documents, pictures or text, at most 20 MB each."),
    )
    reach = _reach()

    def clean_uploaded(self) -> list[UploadedFile[bytes]]:
        given: list[UploadedFile[bytes]] = self.cleaned_data["uploaded"]
        if not given:
            raise ValidationError(_("Choose at least one file."))
        return given


class HandoutForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    reach = _reach()
    position = forms.TypedChoiceField(label=_("Place"), coerce=int)

    def __init__(self, data: QueryDict | None, *, handout: Handout, count: int) -> None:
        place = min(handout.position, count)
        facts = {"name": handout.name, "reach": handout.reach, "position": place}
        super().__init__(data, initial=facts)
        places = self.fields["position"]
        assert isinstance(places, forms.TypedChoiceField)
        places.choices = [(at, str(at)) for at in range(1, count + 1)]
