"""What a manager says when erasing a person or setting a period of keeping."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwerk.members.models.privacy import LONGEST
from clusterwerk.members.privacy.retaining import KINDS
from clusterwerk.platform.history.erasing import LONGEST_REASON


class EraseContactForm(forms.Form):
    """`emptied` are keys of texts, as the page lists them."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        help_text=_("Without naming the person, for instance the day of the request: it is kept."),
    )
    is_sure = forms.BooleanField(
        label=_("I have read what goes; it cannot be taken back"),
        error_messages={"required": _("Tick this to erase the person.")},
    )


class RetentionForm(forms.Form):
    """A rule of one kind; `kind` comes with the button."""

    kind = forms.ChoiceField(choices=lambda: [(key, kind.name) for key, kind in KINDS.items()])
    months = forms.IntegerField(label=_("Months"), min_value=1, max_value=LONGEST)
    is_on = forms.BooleanField(label=_("In force"), required=False)
