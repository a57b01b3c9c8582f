"""Where a mail belongs, and a note after a visit, as a person says it."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.directory.forms.picking import OrganisationField
from clusterwerk.members.correspondence.matching import Suggestion
from clusterwerk.members.models import Contact, InteractionKind, Membership
from clusterwerk.platform.text import folded, row_number


def contact_named(cluster: int, words: str) -> Contact:
    """The one contact with this address or these words in the name; else says what was found."""
    rows = Contact.objects.living().filter(cluster_id=cluster)
    if "@" in words:
        rows = rows.filter(email=words.strip().lower())
    for word in folded(words).split() if "@" not in words else []:
        rows = rows.filter(name_sort__contains=word)
    found = list(rows[:6])
    if len(found) == 1:
        return found[0]
    if not found:
        raise forms.ValidationError(_("No contact has this name or address."))
    names = ", ".join(f"{each} ({each.email})" if each.email else str(each) for each in found)
    message = _("Several contacts fit: %(names)s. Type the address of one.")
    raise forms.ValidationError(message % {"names": names})


class FilingForm(forms.Form):
    """With whom a mail was: one of the suggestions, a contact, or an organisation."""

    suggestion = forms.ChoiceField(
        label=gettext_lazy("Suggestions"), required=False, widget=forms.RadioSelect
    )
    person = forms.CharField(
        label=gettext_lazy("A contact"),
        help_text=gettext_lazy("Name or e-mail address."),
        required=False,
        max_length=200,
    )
    organisation = OrganisationField(label=gettext_lazy("An organisation"), required=False)
    remembers = forms.BooleanField(
        label=gettext_lazy("Remember: the address of the sender belongs here"), required=False
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - as of any form
        *,
        cluster: int,
        suggestions: list[Suggestion],
    ) -> None:
        super().__init__(data)
        self.cluster = cluster
        field, picker = self.fields["suggestion"], self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        assert isinstance(picker, OrganisationField)
        field.choices = [(each.value, _label(each)) for each in suggestions]
        picker.of_cluster(cluster)
        self.contact: Contact | None = None

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("person"):
            self.contact = contact_named(self.cluster, typed["person"])
        if self.errors or typed.get("person") or typed.get("organisation"):
            return typed
        if not typed.get("suggestion"):
            raise forms.ValidationError(_("Say with which member or contact it was."))
        return typed


def _label(suggestion: Suggestion) -> str:
    party = suggestion.party
    named = [str(each) for each in (party.contact, party.organisation) if each]
    return f"{', '.join(named)} ({suggestion.why})"


NOTE_KINDS = [
    (InteractionKind.MEETING, gettext_lazy("visit")),
    (InteractionKind.CALL, gettext_lazy("call")),
    (InteractionKind.NOTE, gettext_lazy("note")),
]


class QuickNoteForm(forms.Form):
    """A note after a visit; `number` is made where it is typed, so that it is kept once."""

    number = forms.UUIDField(widget=forms.HiddenInput)
    member = forms.CharField(required=False, max_length=18)
    typed = forms.CharField(label=gettext_lazy("Another member"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=NOTE_KINDS, initial=InteractionKind.MEETING
    )
    body = forms.CharField(
        label=gettext_lazy("What was said"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    at = forms.CharField(required=False, max_length=40)

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - as of any form
        *,
        cluster: int,
        asked: Mapping[str, str] | None = None,
    ) -> None:
        """`asked` is what a link fills in: `about` as the first line, `at` as the moment."""
        filled = {"number": uuid.uuid4(), "at": (asked or {}).get("at", "")[:40]}
        if about := (asked or {}).get("about", "")[:200]:
            filled["body"] = f"{about}: "
        super().__init__(data, initial=filled)
        self.cluster = cluster

    def clean_at(self) -> datetime:
        """When it was typed, by the clock of the telephone; never later than now."""
        try:
            moment = parse_datetime(self.cleaned_data["at"])
        except ValueError:
            moment = None
        now = timezone.now()
        return now if moment is None or timezone.is_naive(moment) else min(moment, now)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        words, chosen = typed.get("typed", ""), typed.get("member", "")
        if words:
            typed["organisation"] = self._named(words)
        elif row_number(chosen):
            typed["organisation"] = self._held(row_number(chosen))
        else:
            self.add_error("typed", _("Choose a member."))
        return typed

    def _held(self, chosen: int) -> Any:  # noqa: ANN401 - an organisation
        rows = Membership.objects.filter(cluster_id=self.cluster, organisation_id=chosen)
        found = rows.select_related("organisation").first()
        if found is None:
            raise forms.ValidationError(_("This is no member of the cluster; choose another."))
        return found.organisation

    def _named(self, words: str) -> Any:  # noqa: ANN401 - an organisation
        rows = Membership.objects.filter(cluster_id=self.cluster).select_related("organisation")
        for word in folded(words).split():
            rows = rows.filter(organisation__name_sort__contains=word)
        found = {row.organisation_id: row.organisation for row in rows[:50]}
        exact = [each for each in found.values() if folded(each.name) == folded(words.strip())]
        if len(exact or found) == 1:
            return next(iter(exact or found.values()))
        names = ", ".join(sorted(each.name for each in found.values())[:6])
        if names:
            message = _("Several members fit: %(names)s. Type more of the name.")
            raise forms.ValidationError(message % {"names": names})
        raise forms.ValidationError(_("No member has “%(words)s” in its name.") % {"words": words})
