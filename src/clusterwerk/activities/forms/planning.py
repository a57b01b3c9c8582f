"""An activity as its team plans it: days and hours in the time of the place."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.activities.actions import Plan
from clusterwerk.activities.models import Activity, ActivityKind, Audience
from clusterwerk.directory.models import Place
from clusterwerk.directory.queries import place_of
from clusterwerk.members.forms.days import DayField, money_field
from clusterwerk.platform.ui.editing import EditingForm
from clusterwerk.platform.ui.templatetags.ui import day_long

COPIED = (
    "name", "kind", "language", "summary", "description", "venue", "address", "online_url",
    "takes_registrations", "audience", "capacity", "has_waiting_list", "price_member",
    "price_other",
)  # fmt: skip
MOST_COMPETENCES, LONGEST_COMPETENCE = 12, 100
LONGEST = timedelta(days=31)  # of an activity; beyond that a day was mistyped


class HourField(forms.TimeField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            input_formats=["%H:%M", "%H.%M", "%Hu%M", "%H:%M:%S"],
            error_messages={"invalid": gettext_lazy("Write the hour as 14:30.")},
            **kwargs,
        )


class ActivityForm(EditingForm):
    """What, when, where, for whom; everything but the name and the hours may follow later."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=ActivityKind.choices, initial=ActivityKind.NETWORK_EVENT
    )
    day = DayField(label=gettext_lazy("Day"))
    begins = HourField(label=gettext_lazy("From"))
    ends = HourField(label=gettext_lazy("Until"))
    last_day = DayField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("When it takes more than one day."),
    )
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        max_length=60,
        initial=settings.TIME_ZONE,
        help_text=gettext_lazy("Of the place: a mission abroad has another."),
    )
    venue = forms.CharField(label=gettext_lazy("Venue"), required=False, max_length=200)
    address = forms.CharField(
        label=gettext_lazy("Address"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Street and number, postcode and municipality."),
    )
    municipality = forms.CharField(
        label=gettext_lazy("Municipality"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Name or postcode in Belgium: the calendar can be asked by region."),
    )
    online_url = forms.URLField(
        label=gettext_lazy("Address of the online meeting"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Only who is registered sees it."),
    )
    summary = forms.CharField(label=gettext_lazy("In one sentence"), required=False, max_length=300)
    description = forms.CharField(
        label=gettext_lazy("Description"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    competences = forms.CharField(
        label=gettext_lazy("Competences that a training addresses"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "One on each line, always in the same words: members are counted by them."
        ),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of these texts"), choices=settings.LANGUAGES
    )
    takes_registrations = forms.BooleanField(
        label=gettext_lazy("People register here"), required=False, initial=True
    )
    audience = forms.ChoiceField(label=gettext_lazy("For whom"), choices=Audience.choices)
    capacity = forms.IntegerField(
        label=gettext_lazy("Places"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=gettext_lazy("Empty: no limit."),
    )
    has_waiting_list = forms.BooleanField(
        label=gettext_lazy("Waiting list when it is full"), required=False, initial=True
    )
    price_member = money_field(
        gettext_lazy("Price for members (euro)"), required=False, max_digits=8
    )
    price_other = money_field(gettext_lazy("Price for others (euro)"), required=False, max_digits=8)

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - as of any form
        *,
        activity: Activity | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, present=_present(activity), **kwargs)

    def clean_time_zone(self) -> str:
        name: str = self.cleaned_data["time_zone"]
        try:
            ZoneInfo(name)
        except (ValueError, OSError, LookupError) as error:
            message = _("There is no time zone of this name; write one as Europe/Brussels.")
            raise forms.ValidationError(message) from error
        return name

    def clean_municipality(self) -> str:
        typed: str = self.cleaned_data["municipality"]
        if typed and _place(typed) is None:
            raise forms.ValidationError(_("No municipality in Belgium has this name or postcode."))
        return typed

    def clean_competences(self) -> str:
        lines = competences_in(self.cleaned_data["competences"])
        if lines and self.cleaned_data.get("kind") != ActivityKind.TRAINING:
            raise forms.ValidationError(_("Only a training addresses competences."))
        if len(lines) > MOST_COMPETENCES or any(len(line) > LONGEST_COMPETENCE for line in lines):
            raise forms.ValidationError(_("At most twelve, of at most 100 characters each."))
        return "\n".join(lines)

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if not self.errors:
            self._moments(typed)
        return typed

    def _moments(self, typed: dict[str, Any]) -> None:
        zone = ZoneInfo(typed["time_zone"])
        last = typed.get("last_day") or typed["day"]
        try:
            typed["starts_at"] = moment(typed["day"], typed["begins"], zone)
            typed["ends_at"] = moment(last, typed["ends"], zone)
        except ValueError as error:
            self.add_error("begins", str(error))
            return
        if typed["ends_at"] <= typed["starts_at"]:
            self.add_error("ends", _("It must end after it starts."))
        elif typed["ends_at"] - typed["starts_at"] > LONGEST:
            self.add_error("last_day", _("Is the last day right? That is longer than a month."))

    def plan(self) -> Plan:
        typed = self.cleaned_data
        copied = {name: typed[name] for name in COPIED}
        prices = {name: copied[name] or None for name in ("price_member", "price_other")}
        return Plan(
            **{**copied, **prices},
            starts_at=typed["starts_at"],
            ends_at=typed["ends_at"],
            time_zone=typed["time_zone"],
            place=_place(typed["municipality"]),
            competences=typed["competences"].splitlines(),
        )


class CancelForm(forms.Form):
    """Why it does not take place; everybody reads it."""

    because = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        help_text=gettext_lazy("Everybody reads it on the public page."),
    )


def moment(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """The moment of a local hour; of one that comes twice, in autumn, the first.

    Raises `ValueError` for an hour that the clocks skip in spring.
    """
    found = datetime.combine(day, hour, tzinfo=zone)
    kept = found.astimezone(ZoneInfo("UTC")).astimezone(zone)
    if kept.replace(tzinfo=None) != found.replace(tzinfo=None):
        message = _("The clocks go forward on %(day)s: there is no %(hour)s that day.")
        raise ValueError(message % {"day": day_long(day), "hour": f"{hour:%H:%M}"})
    return found


def competences_in(typed: str) -> list[str]:
    """One of each line, once, however it is spelled."""
    lines = [" ".join(line.split()) for line in typed.splitlines()]
    found: dict[str, str] = {}
    for line in filter(None, lines):
        found.setdefault(line.casefold(), line)
    return [*found.values()]


def _place(typed: str) -> Place | None:
    return place_of(typed) if typed.isdecimal() else place_of("", typed)


def _present(activity: Activity | None) -> dict[str, Any]:
    if activity is None:
        return {}
    facts = {name: getattr(activity, name) for name in COPIED}
    starts, ends = activity.starts_at, activity.ends_at
    facts["competences"] = "\n".join(activity.competences)
    here = {"day": activity.day, "municipality": activity.place.name if activity.place else ""}
    if starts and ends:
        begin, end = starts.astimezone(activity.zone), ends.astimezone(activity.zone)
        later = end.date() if end.date() != begin.date() else None
        hours = {"begins": begin.time(), "ends": end.time(), "last_day": later}
        here = {**here, **hours}
    return {**facts, **here, "time_zone": activity.time_zone}
