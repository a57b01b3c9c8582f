"""What a person writes of talks, expectations and tasks, checked."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.directory.models import Organisation
from clusterwerk.members.actions import NewInteraction, NewTask, Party
from clusterwerk.members.forms.parts import DayField, MomentField
from clusterwerk.members.models import (
    SETTLED,
    Contact,
    Expectation,
    ExpectationState,
    Interaction,
    InteractionKind,
    Task,
)
from clusterwerk.platform.models import User
from clusterwerk.platform.ui.editing import EditingForm

MANY = 20000  # signs of a pasted mail


class InteractionForm(EditingForm):
    """What was said, when, and with whom; the moment is now unless told otherwise."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=InteractionKind.choices, initial=InteractionKind.CALL
    )
    subject = forms.CharField(label=gettext_lazy("In short"), required=False, max_length=200)
    body = forms.CharField(
        label=gettext_lazy("What was said"),
        required=False,
        max_length=MANY,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    happened_at = MomentField(label=gettext_lazy("When"), required=False)
    contacts = forms.ModelMultipleChoiceField(
        Contact.objects.none(),
        label=gettext_lazy("With"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - as of any form
        *,
        contacts: QuerySet[Contact],
        interaction: Interaction | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, present=_present(interaction), **kwargs)
        field = self.fields["contacts"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = contacts

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if not self.errors and not typed.get("subject") and not typed.get("body"):
            raise forms.ValidationError(_("Say in a few words what it was about."))
        return typed

    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "kind": typed["kind"],
            "subject": typed["subject"],
            "body": typed["body"],
            "happened_at": typed["happened_at"] or timezone.now(),
        }

    def new(self, organisation: Organisation | None, contact: Contact | None) -> NewInteraction:
        """With the contacts that were chosen, for the organisation the page is about."""
        named = list(self.cleaned_data["contacts"])
        if contact is not None and contact not in named:
            named.append(contact)
        parties = tuple(Party(organisation, each) for each in named)
        return NewInteraction(
            parties=parties or (Party(organisation),),
            is_demo=bool(organisation and organisation.is_demo),
            **self.facts(),
        )


def _present(interaction: Interaction | None) -> dict[str, Any]:
    if interaction is None:
        return {}
    parties = interaction.parties.exclude(contact=None)
    moment = timezone.localtime(interaction.happened_at).replace(second=0, microsecond=0)
    return {
        "kind": interaction.kind,
        "subject": interaction.subject,
        "body": interaction.body,
        "happened_at": moment,
        "contacts": list(parties.values_list("contact_id", flat=True)),
    }


class ExpectationForm(EditingForm):
    """What a member hopes for, and what it got to hear."""

    text = forms.CharField(
        label=gettext_lazy("What the member expects"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    said_on = DayField(label=gettext_lazy("Said on"))
    contact = forms.ModelChoiceField(
        Contact.objects.none(),
        label=gettext_lazy("Said by"),
        required=False,
        empty_label=gettext_lazy("not known"),
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=ExpectationState.choices,
        initial=ExpectationState.OPEN,
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer, or how far it is"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - as of any form
        *,
        contacts: QuerySet[Contact],
        expectation: Expectation | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        names = ("text", "said_on", "contact_id", "state", "answer")
        present = (
            {name.removesuffix("_id"): getattr(expectation, name) for name in names}
            if expectation
            else {}
        )
        super().__init__(data, present=present, initial=dict(initial or {}))
        field = self.fields["contact"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = contacts
        if expectation is None:
            del self.fields["state"]
            del self.fields["answer"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("state") in SETTLED and not typed.get("answer"):
            self.add_error("answer", _("Write the answer that the member got."))
        return typed


class PersonField(forms.ModelChoiceField[User]):
    """Somebody of the team, by name."""

    def label_from_instance(self, obj: User) -> str:
        return str(obj.name or obj.email)


class TaskForm(EditingForm):
    """What has to be done, by whom and until when."""

    title = forms.CharField(label=gettext_lazy("What has to be done"), max_length=200)
    owner = PersonField(
        User.objects.none(),
        label=gettext_lazy("Owner"),
        required=False,
        empty_label=gettext_lazy("nobody yet"),
    )
    due_on = DayField(label=gettext_lazy("Due on"), required=False)
    remind_on = DayField(
        label=gettext_lazy("Remind on"),
        required=False,
        help_text=gettext_lazy("The owner gets a mail on that day, and sees it on the desk."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - as of any form
        *,
        team: QuerySet[User],
        task: Task | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        names = ("title", "owner_id", "due_on", "remind_on", "note")
        present = {name.removesuffix("_id"): getattr(task, name) for name in names} if task else {}
        super().__init__(data, present=present, initial=dict(initial or {}))
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = team

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("remind_on") and not typed.get("owner"):
            self.add_error("owner", _("Choose who is to be reminded."))
        return typed

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in TASK_FACTS}

    def new(
        self,
        organisation: Organisation | None,
        contact: Contact | None,
        expectation: Expectation | None,
    ) -> NewTask:
        return NewTask(
            **self.facts(),
            organisation=organisation,
            contact=contact,
            expectation=expectation,
            is_demo=bool(organisation and organisation.is_demo),
        )


TASK_FACTS = ("title", "owner", "due_on", "remind_on", "note")
