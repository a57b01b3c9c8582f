"""Whom to invite, for whom to ask, and how a seat changes."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.inviting.actions import Guest
from clusterwerk.clusters.inviting.places import (
    Place,
    in_agency,
    in_cluster,
    in_installation,
)
from clusterwerk.clusters.models import Agency, PublicProfile
from clusterwerk.clusters.wording import ROLE_NAMES
from clusterwerk.platform.access.seats import ROLES_OF_KIND, SeatKind, SeatRole

LONGEST = timedelta(days=366 * 10)  # a last day beyond that is a mistyped year
LONGEST_NUMBER = 18  # digits of a key that the database takes
MEANINGS = {
    SeatRole.MANAGER: _("manager: all of it, and gives access to others"),
    SeatRole.STAFF: _("staff: keeps members, contacts and activities"),
    SeatRole.FINANCE: _("finance: as staff, for contributions and invoices"),
    SeatRole.OBSERVER: _("observer: reads, changes nothing"),
    SeatRole.PROGRAMME_MANAGER: _("programme manager: the programme, and who has access to it"),
    SeatRole.ACCOUNT_MANAGER: _("account manager: reads the programme"),
    SeatRole.EVALUATOR: _("evaluator: reads what is published, and the rules"),
    SeatRole.REPRESENTATIVE: _("representative of a member organisation"),
    SeatRole.STEWARD: _("steward: keeps the installation, and gives access"),
}


def _last_day() -> forms.DateField:
    return forms.DateField(
        required=False,
        label=_("Last day of access"),
        help_text=_("Empty: until somebody takes it away."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _reason(*, required: bool = False) -> forms.CharField:
    return forms.CharField(
        required=required,
        max_length=300,
        label=_("Reason"),
        help_text=_("Kept in the history of who had access."),
    )


def _until(last_day: date | None) -> date | None:
    return last_day + timedelta(days=1) if last_day else None


class GuestForm(forms.Form):
    """Somebody by address, name and language."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=150)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = translation.get_language()

    @property
    def guest(self) -> Guest:
        facts = self.cleaned_data
        return Guest(facts["email"], facts["name"], facts["language"])


class InviteForm(GuestForm):
    """A seat for somebody, with one of the roles of the place."""

    role = forms.ChoiceField(label=_("Role"))
    last_day = _last_day()
    reason = _reason()

    def __init__(self, *args: Any, roles: Iterable[SeatRole], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(role.value, MEANINGS[role]) for role in roles]

    def clean_last_day(self) -> date | None:
        return _not_past(self.cleaned_data["last_day"])

    @property
    def role_asked(self) -> SeatRole:
        return SeatRole(self.cleaned_data["role"])

    @property
    def until(self) -> date | None:
        return _until(self.cleaned_data["last_day"])


def _not_past(day: date | None) -> date | None:
    if day is not None and day < timezone.localdate():
        raise forms.ValidationError(_("Choose today or a later day."))
    last = timezone.localdate() + LONGEST
    if day is not None and day > last:
        message = _("Is the year right? Give a day between %(first)s and %(last)s.")
        raise forms.ValidationError(message % {"first": timezone.localdate(), "last": last})
    return day


class StewardInviteForm(InviteForm):
    """The same anywhere in the installation; a cluster is chosen by its public name.

    `clusters` are those offered; one that an address or the form itself names is offered too.
    """

    place = forms.ChoiceField(label=_("Where"))
    field_order = ("place", "role", "email", "name", "language", "last_day", "reason")

    def __init__(self, *args: Any, clusters: Iterable[PublicProfile], **kwargs: Any) -> None:
        roles = [role for role in SeatRole if role != SeatRole.REPRESENTATIVE]
        super().__init__(*args, roles=roles, **kwargs)
        self.places = _places([*clusters, *_named(self["place"].value())])
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, label) for key, (label, _place) in self.places.items()]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        place, role = facts.get("place"), facts.get("role")
        if place and role and SeatRole(role) not in self.places[place][1].roles:
            self.add_error("role", _("This role does not belong there."))
        return facts

    @property
    def place_asked(self) -> Place:
        return self.places[self.cleaned_data["place"]][1]


def _named(place: object) -> Iterable[PublicProfile]:
    """The cluster that a value of the field names, if any."""
    kind, _dash, number = str(place).partition("-")
    is_cluster = kind == "cluster" and number.isascii() and number.isdecimal()
    if not is_cluster or len(number) > LONGEST_NUMBER:
        return ()
    return PublicProfile.objects.filter(pk=int(number))


def _places(clusters: Iterable[PublicProfile]) -> dict[str, tuple[Any, Place]]:
    found: dict[str, tuple[Any, Place]] = {
        "installation": (_("the installation"), in_installation())
    }
    for agency in Agency.objects.order_by("name"):
        found[f"agency-{agency.pk}"] = (agency.name, in_agency(agency))
        evaluation = in_agency(agency, SeatKind.EVALUATION)
        found[f"evaluation-{agency.pk}"] = (
            _("Evaluation: %(agency)s") % {"agency": agency.name},
            evaluation,
        )
    for profile in clusters:
        label = _("Cluster: %(cluster)s") % {"cluster": profile.name}
        found[f"cluster-{profile.pk}"] = (label, in_cluster(profile))
    return found


class ColleagueForm(GuestForm):
    """For whom a member organisation asks access."""

    reason = _reason(required=True)


class ReasonForm(forms.Form):
    """Why a seat is asked for somebody whom the cluster knows."""

    reason = _reason(required=True)


class AnswerForm(forms.Form):
    """What a steward answers; whoever asked reads it."""

    answer = forms.CharField(
        required=False,
        max_length=300,
        label=_("Answer"),
        help_text=_("Whoever asked reads it. Needed when you refuse."),
    )


class SeatForm(forms.Form):
    """Another role or last day; roles of the same kind of place."""

    role = forms.ChoiceField(label=_("Role"))
    last_day = _last_day()
    reason = _reason()

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        roles = ROLES_OF_KIND[SeatKind(kind)]
        field.choices = [(role.value, MEANINGS.get(role, ROLE_NAMES[role])) for role in roles]

    def clean_last_day(self) -> date | None:
        return _not_past(self.cleaned_data["last_day"])

    @property
    def until(self) -> date | None:
        return _until(self.cleaned_data["last_day"])


class NewPersonForm(forms.Form):
    """How somebody without an account is called here, and reads."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Your language"), choices=settings.LANGUAGES)
