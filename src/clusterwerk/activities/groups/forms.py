"""A group, a mandate, a meeting and its minutes, as their team types them."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.activities.actions import Plan
from clusterwerk.activities.forms.planning import HourField, moment
from clusterwerk.activities.groups.actions import GroupFacts, MandateFacts
from clusterwerk.activities.models import (
    ActivityKind,
    AgendaPoint,
    GroupKind,
    Mandate,
    MandateRole,
    StandingGroup,
)
from clusterwerk.activities.models.groups import LONGEST_MINUTES
from clusterwerk.directory.forms.picking import OrganisationField
from clusterwerk.directory.models import Organisation
from clusterwerk.members.forms.days import DayField
from clusterwerk.members.forms.work import PersonField
from clusterwerk.members.models import Contact
from clusterwerk.platform.models import User
from clusterwerk.platform.text import folded
from clusterwerk.platform.ui.editing import EditingForm

GROUP_FACTS = ("name", "kind", "since", "until", "purpose")
POINT_FACTS = ("title", "presenter", "minutes", "text", "notes", "decision")


def _long(label: Any, rows: int = 3, longest: int = LONGEST_MINUTES) -> forms.CharField:  # noqa: ANN401 - words or a promise
    return forms.CharField(
        label=label,
        required=False,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class GroupForm(EditingForm):
    """What a group is called, and from when it meets."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=150)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=GroupKind.choices)
    since = DayField(label=gettext_lazy("Since"))
    until = DayField(
        label=gettext_lazy("First day without"),
        required=False,
        help_text=gettext_lazy("When the group meets no more."),
    )
    purpose = _long(gettext_lazy("What it is for"), longest=2000)

    def __init__(self, data: Any = None, *, group: StandingGroup | None = None) -> None:  # noqa: ANN401 - as of any form
        present = {name: getattr(group, name) for name in GROUP_FACTS} if group else {}
        super().__init__(data, present=present)

    def facts(self) -> GroupFacts:
        typed = {name: self.cleaned_data[name] for name in GROUP_FACTS}
        return GroupFacts(**{**typed, "kind": GroupKind(typed["kind"])})


class MandateForm(EditingForm):
    """Who sits in a group, for whom, as what and how long."""

    person = forms.CharField(
        label=gettext_lazy("Person"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "Name or e-mail address of a contact. Who is no contact is kept by name; empty: the"
            " organisation named nobody yet."
        ),
    )
    organisation = OrganisationField(label=gettext_lazy("For which organisation"), required=False)
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=MandateRole.choices,
        initial=MandateRole.MEMBER,
        help_text=gettext_lazy("The chair and members vote."),
    )
    since = DayField(label=gettext_lazy("Since"))
    until = DayField(label=gettext_lazy("First day without"), required=False)

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - as of any form
        *,
        cluster: int,
        mandate: Mandate | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, present=_present(mandate), initial=initial or {})
        self.cluster = cluster
        self.held = mandate
        field = self.fields["organisation"]
        assert isinstance(field, OrganisationField)
        field.of_cluster(cluster)

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        words = " ".join(str(typed.get("person", "")).split())
        typed["contact"] = self._contact(words)
        typed["name"] = "" if typed["contact"] else words
        return typed

    def _contact(self, words: str) -> Contact | None:
        """The one that is meant; none where nobody is called so. Raises where several fit."""
        held = self.held.contact if self.held else None
        if not words or (held is not None and words in {str(held), held.email}):
            return held if words else None
        rows = Contact.objects.living().filter(cluster_id=self.cluster)
        if "@" in words:
            found = list(rows.filter(email=words.lower())[:1])
            if not found:
                self.add_error("person", _("No contact has this name or address."))
            return found[0] if found else None
        for word in folded(words).split():
            rows = rows.filter(name_sort__contains=word)
        named = [each for each in rows[:20] if _same(str(each), words)]
        if len(named) > 1:
            self.add_error("person", _("Several contacts are called so. Type the address of one."))
        return named[0] if len(named) == 1 else None

    def facts(self, organisation: Organisation | None) -> MandateFacts:
        typed = self.cleaned_data
        return MandateFacts(
            role=MandateRole(typed["role"]),
            since=typed["since"],
            until=typed["until"],
            contact=typed["contact"],
            name=typed["name"],
            organisation=organisation,
        )


def _same(one: str, other: str) -> bool:
    """The same words in any order."""
    return sorted(folded(one).split()) == sorted(folded(other).split())


def _present(mandate: Mandate | None) -> dict[str, Any]:
    if mandate is None:
        return {}
    return {
        "person": str(mandate.contact) if mandate.contact else mandate.name,
        "organisation": f"o{mandate.organisation_id}" if mandate.organisation_id else "",
        "role": mandate.role,
        "since": mandate.period.lower,
        "until": mandate.period.upper,
    }


class MeetingForm(forms.Form):
    """When and where a group meets."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    day = DayField(label=gettext_lazy("Day"))
    begins = HourField(label=gettext_lazy("From"))
    ends = HourField(label=gettext_lazy("Until"))
    venue = forms.CharField(label=gettext_lazy("Venue"), required=False, max_length=200)
    online_url = forms.URLField(
        label=gettext_lazy("Address of the online meeting"),
        required=False,
        max_length=500,
        assume_scheme="https",
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of these texts"), choices=settings.LANGUAGES
    )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return typed
        zone = ZoneInfo(settings.TIME_ZONE)
        try:
            typed["starts_at"] = moment(typed["day"], typed["begins"], zone)
            typed["ends_at"] = moment(typed["day"], typed["ends"], zone)
        except ValueError as error:
            self.add_error("begins", str(error))
            return typed
        if typed["ends_at"] <= typed["starts_at"]:
            self.add_error("ends", _("It must end after it starts."))
        return typed

    def plan(self) -> Plan:
        typed = self.cleaned_data
        return Plan(
            name=typed["name"],
            kind=ActivityKind.STEERING_GROUP,
            language=typed["language"],
            starts_at=typed["starts_at"],
            ends_at=typed["ends_at"],
            time_zone=settings.TIME_ZONE,
            venue=typed["venue"],
            online_url=typed["online_url"],
        )


class PointForm(EditingForm):
    """A point of the agenda, with what was said of it once it was."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    presenter = forms.CharField(
        label=gettext_lazy("Who presents it"), required=False, max_length=200
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes of time"), required=False, min_value=1, max_value=600
    )
    text = _long(gettext_lazy("What to know beforehand"))
    notes = _long(gettext_lazy("What was said"), rows=5)
    decision = _long(gettext_lazy("What was decided"), rows=2)

    def __init__(self, data: Any = None, *, point: AgendaPoint | None = None) -> None:  # noqa: ANN401 - as of any form
        present = {name: getattr(point, name) for name in POINT_FACTS} if point else {}
        super().__init__(data, present=present)

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in POINT_FACTS}


class ToDoForm(forms.Form):
    """What a meeting asks, of whom and until when."""

    title = forms.CharField(label=gettext_lazy("What has to be done"), max_length=200)
    mandate = forms.ModelChoiceField(
        Mandate.objects.none(),
        label=gettext_lazy("By whom of the group"),
        required=False,
        empty_label=gettext_lazy("nobody of the group"),
    )
    owner = PersonField(
        User.objects.none(),
        label=gettext_lazy("Who of the team follows it"),
        required=False,
        empty_label=gettext_lazy("nobody yet"),
    )
    due_on = DayField(label=gettext_lazy("Due on"), required=False)

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - as of any form
        *,
        team: QuerySet[User],
        mandates: QuerySet[Mandate],
    ) -> None:
        super().__init__(data, prefix="todo")
        for name, rows in (("owner", team), ("mandate", mandates)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
