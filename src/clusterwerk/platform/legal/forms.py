"""What a steward notes of a breach."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.legal.models import BreachEntry

WRITTEN = "%Y-%m-%dT%H:%M"
MOMENTS = (
    "discovered_at",
    "began_at",
    "ended_at",
    "controllers_told_at",
    "reported_at",
    "informed_at",
)
FACTS = (
    "discovered_at",
    "began_at",
    "ended_at",
    "what",
    "data_categories",
    "subject_categories",
    "subjects_number",
    "records_number",
    "consequences",
    "measures",
    "controllers_told_at",
    "reported",
    "reported_at",
    "reported_why",
    "informed",
    "informed_at",
    "is_closed",
)
TO_COME = _("This moment is still to come.")


class BreachForm(forms.ModelForm[BreachEntry]):
    """Facts of one entry; moments in Belgian time. Constraints of the table speak beside it."""

    class Meta:
        model = BreachEntry
        fields = FACTS
        widgets: ClassVar[dict[str, forms.Widget]] = {
            **{
                name: forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WRITTEN)
                for name in MOMENTS
            },
            **{
                name: forms.Textarea(attrs={"rows": 3})
                for name in (
                    "what",
                    "data_categories",
                    "subject_categories",
                    "consequences",
                    "measures",
                    "reported_why",
                )
            },
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in MOMENTS:
            field = self.fields[name]
            assert isinstance(field, forms.DateTimeField)
            field.input_formats = [WRITTEN, "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        now = timezone.now()
        for name in MOMENTS:
            moment = facts.get(name)
            if moment and moment > now:
                self.add_error(name, ValidationError(TO_COME))
        return facts

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}


class FirstEntryForm(BreachForm):
    """The first entry; `key` tells a second click of one form."""

    key = forms.UUIDField(widget=forms.HiddenInput)


class AmendForm(BreachForm):
    """A later entry: what is new, and the entry that the person had before them."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("What is new or corrected"), max_length=500)
