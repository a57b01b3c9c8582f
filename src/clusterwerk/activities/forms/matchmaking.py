"""The hours of a matchmaking round, what somebody says of themselves, and how a meeting was."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.activities.actions.rounds import RoundHours
from clusterwerk.activities.actions.wishes import Answer, MeetingResult, Own
from clusterwerk.activities.forms.planning import HourField, moment
from clusterwerk.activities.models import Activity, Mark, MatchRound, Useful
from clusterwerk.activities.models.matchmaking import MOST_SLOTS, MOST_TABLES, slot_times
from clusterwerk.members.forms.days import DayField
from clusterwerk.platform.ui.editing import EditingForm

NO_MARK, DASH = -1, "\N{EN DASH}"
COPIED = ("minutes", "pause", "slots", "gaps", "tables")


class RoundForm(EditingForm):
    """Hours are those of the place, on the day of the activity."""

    begins = HourField(label=gettext_lazy("First meeting at"))
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes of a meeting"), min_value=5, max_value=240, initial=20
    )
    pause = forms.IntegerField(
        label=gettext_lazy("Minutes between two"),
        min_value=0,
        max_value=120,
        initial=5,
        help_text=gettext_lazy("To change tables."),
    )
    slots = forms.IntegerField(
        label=gettext_lazy("Meetings after each other"),
        min_value=1,
        max_value=MOST_SLOTS,
        initial=8,
    )
    tables = forms.IntegerField(
        label=gettext_lazy("Number of tables"), min_value=1, max_value=MOST_TABLES, initial=20
    )
    gaps = forms.CharField(
        label=gettext_lazy("Hours without meetings"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Such as 12:00-13:00, 15:00-15:20."),
    )
    last_day = DayField(label=gettext_lazy("Wishes until, day"))
    last_hour = HourField(label=gettext_lazy("Wishes until, hour"))

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - as of any form
        *,
        activity: Activity,
        matching: MatchRound | None,
        **kwargs: Any,
    ) -> None:
        self.activity = activity
        super().__init__(data, present=_present(activity, matching), **kwargs)
        if matching is None:
            self.initial = {**self.initial, **_proposed(activity)}

    def clean_gaps(self) -> str:
        typed = ", ".join(one.replace(" ", "") for one in self.cleaned_data["gaps"].split(","))
        typed = typed.replace(DASH, "-").strip(", ")
        try:
            slot_times(datetime(2020, 1, 1, tzinfo=ZoneInfo("UTC")), 5, 0, 1, typed)
        except ValueError as error:
            message = _("Write hours as 12:00-13:00, with a comma between two.")
            raise forms.ValidationError(message) from error
        return typed

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if not self.errors:
            self._moment(typed, "starts_at", "begins", self.activity.starts_on)
            self._moment(typed, "closes_at", "last_hour", typed["last_day"])
        return typed

    def _moment(self, typed: dict[str, Any], name: str, field: str, day: Any) -> None:  # noqa: ANN401
        try:
            typed[name] = moment(day, typed[field], self.activity.zone)
        except ValueError as error:
            self.add_error(field, str(error))

    def hours(self) -> RoundHours:
        typed = self.cleaned_data
        return RoundHours(
            **{name: typed[name] for name in COPIED},
            starts_at=typed["starts_at"],
            closes_at=typed["closes_at"],
        )


def _present(activity: Activity, matching: MatchRound | None) -> dict[str, Any]:
    if matching is None:
        return {}
    begins = matching.starts_at.astimezone(activity.zone)
    closes = matching.closes_at.astimezone(activity.zone)
    copied = {name: getattr(matching, name) for name in COPIED}
    hours = {"begins": begins.time(), "last_day": closes.date(), "last_hour": closes.time()}
    return {**copied, **hours}


def _proposed(activity: Activity) -> dict[str, Any]:
    """From the start of the activity; wishes until the evening of three days before."""
    starts = activity.starts_at.astimezone(activity.zone) if activity.starts_at else None
    if starts is None:
        return {}
    closes = datetime.fromordinal(starts.date().toordinal() - 3).date()
    return {"begins": starts.time(), "last_day": closes, "last_hour": time(18)}


class WishesForm(forms.Form):
    """Texts, absences and a mark for each other participant; nobody reads another's marks."""

    looks_for = forms.CharField(
        label=gettext_lazy("What I look for"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    offers = forms.CharField(
        label=gettext_lazy("What I offer"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    away = forms.MultipleChoiceField(
        label=gettext_lazy("I am not there at"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, own: Own, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(data, initial=_said(own), **kwargs)
        self.own = own
        times = [at.astimezone(own.activity.zone) for at in own.round.times()]
        away = self.fields["away"]
        assert isinstance(away, forms.MultipleChoiceField)
        away.choices = [(str(slot), f"{at:%H:%M}") for slot, at in enumerate(times)]
        for person in own.others:
            self.fields[_field(person.number)] = forms.TypedChoiceField(
                label=_("Do you want to meet %(name)s?") % {"name": person.name},
                required=False,
                coerce=int,
                empty_value=NO_MARK,  # type: ignore[arg-type] # any value will do
                choices=[("", DASH), *Mark.choices],
                initial=own.marks.get(person.number, ""),
            )

    def people(self) -> list[tuple[Any, Any]]:
        """Each other participant with the field of their mark."""
        return [(person, self[_field(person.number)]) for person in self.own.others]

    def answer(self) -> Answer:
        typed = self.cleaned_data
        names = {person.number: _field(person.number) for person in self.own.others}
        return Answer(
            looks_for=typed["looks_for"],
            offers=typed["offers"],
            away=tuple(int(slot) for slot in typed["away"]),
            marks={number: typed[name] for number, name in names.items() if name in self.data},
        )


def _field(number: int) -> str:
    return f"mark-{number}"


def _said(own: Own) -> dict[str, Any]:
    """What was said before; else what the organisation told of itself."""
    if own.profile is not None and own.profile.answered_at is not None:
        texts = (own.profile.looks_for, own.profile.offers)
    else:
        texts = own.proposed
    away = [str(slot) for slot in own.profile.away] if own.profile else []
    return {"looks_for": texts[0], "offers": texts[1], "away": away}


class ResultForm(forms.Form):
    """How a meeting was, said by one of the two."""

    useful = forms.ChoiceField(
        label=gettext_lazy("Was it useful?"), choices=[("", DASH), *Useful.choices]
    )
    goes_on = forms.BooleanField(label=gettext_lazy("We go on together"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note for the organisers"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def result(self) -> MeetingResult:
        return MeetingResult(**self.cleaned_data)
