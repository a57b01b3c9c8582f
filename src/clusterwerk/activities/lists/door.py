"""The lines of the list at the door as HTML, written here: a template takes ten times as long, and
a list of hundreds is drawn at every letter that is typed above it.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from clusterwerk.activities.models import MOST_GUESTS, Activity, Attendance, Registration
from clusterwerk.activities.queries.door import Person
from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.platform.ui.lists import row_address
from clusterwerk.platform.ui.templatetags.ui import icon


class DoorLines:
    """Draws people for one request; `token` proves that its forms were sent from our own page."""

    def __init__(self, cluster: Cluster | Agency, activity: Activity, token: str) -> None:
        place = (cluster.key, str(activity.pk))
        self.arrive = row_address("activities:door_arrive", *place)
        self.leave = row_address("activities:door_leave", *place)
        self.token = f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(token)}">'
        self.choices = [
            (f'<option value="{number}"', f">+{number}</option>")
            for number in range(MOST_GUESTS + 1)
        ]
        self.guests_of = gettext("Guests of %(name)s")
        self.is_here = gettext("Is here")
        self.take_back = gettext("Take back")
        self.change = gettext("Change")
        self.stranger = gettext("not registered")
        self.here, self.away = icon("check"), icon("user")

    def lines(self, people: Iterable[Person]) -> SafeString:
        return SafeString("".join(self.line(person) for person in people))

    def line(self, person: Person, at: str = "list") -> SafeString:
        """One person, and the button that says that they are here; `at` tells two lines apart."""
        said, came = person.registration, person.attendance
        mark = self.here if person.is_here else self.away
        buttons = self._arriving(person, said, at) if said else self._guests(person)
        buttons += self._leaving(person, came) if came else ""
        return SafeString(
            f"<li data-person>{mark}<div><b>{escape(person.name)}</b>{self._told(person)}</div>"
            f'<span class="row">{buttons}</span></li>'
        )

    def _told(self, person: Person) -> str:
        """Where they come from, what is odd about them, and what they wrote."""
        said, odd = person.registration, ""
        if said is None:
            odd = f' <span class="badge">{escape(self.stranger)}</span>'
        elif not person.is_expected:
            odd = f' <span class="badge is-warn">{escape(str(said.get_state_display()))}</span>'
        where = escape(person.organisation)
        remark = f'<p class="quiet">{escape(said.remark)}</p>' if said and said.remark else ""
        return (f"<p>{where}{odd}</p>" if where or odd else "") + remark

    def _arriving(self, person: Person, said: Registration, at: str) -> str:
        key, name = f"guests-{at}-{said.pk}", escape(person.name)
        options = "".join(
            f"{begins}{' selected' if number == person.guests else ''}{ends}"
            for number, (begins, ends) in enumerate(self.choices)
        )
        if person.is_here:
            trigger = ' hx-trigger="change, submit"'
            button = f'<button class="button without-script">{escape(self.change)}</button>'
        else:
            trigger, button = "", self._button("button is-primary", self.is_here, name)
        label = escape(self.guests_of % {"name": person.name})
        return (
            f'<form class="row" {self._sent_to(self.arrive(said.pk))}{trigger}>{self.token}'
            f'<label class="visually-hidden" for="{key}">{label}</label>'
            f'<select class="select is-small" id="{key}" name="guests">{options}</select>'
            f"{button}</form>"
        )

    def _leaving(self, person: Person, came: Attendance) -> str:
        button = self._button("button is-plain", self.take_back, escape(person.name))
        return f"<form {self._sent_to(self.leave(came.pk))}>{self.token}{button}</form>"

    @staticmethod
    def _guests(person: Person) -> str:
        return f'<span class="badge">+{person.guests}</span>' if person.guests else ""

    @staticmethod
    def _sent_to(address: str) -> str:
        return (
            f'method="post" action="{address}" hx-post="{address}"'
            ' hx-target="closest [data-person]" hx-swap="outerHTML"'
        )

    @staticmethod
    def _button(look: str, words: str, name: str) -> str:
        whose = f'<span class="visually-hidden">: {name}</span>'
        return f'<button class="{look}">{escape(words)}{whose}</button>'
