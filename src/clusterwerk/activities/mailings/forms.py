"""What the team types for a mailing, and what a newsletter is made from."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.activities.mailings.newsletters import News
from clusterwerk.activities.mailings.writing import OF_ACTIVITY, Letter
from clusterwerk.activities.models import (
    Activity,
    Mailing,
    MailingAudience,
    MailingKind,
    MailingReach,
)
from clusterwerk.activities.models.mailings import LONGEST_TEXT
from clusterwerk.activities.queries.agenda import Shown
from clusterwerk.clusters.models import Cluster, SavedView
from clusterwerk.members.forms.days import DayField
from clusterwerk.platform.ui.editing import EditingForm
from clusterwerk.platform.ui.templatetags.ui import day

MOST_ACTIVITIES = 100
COPIED = (
    "kind", "subject_nl", "text_nl", "subject_en", "text_en", "sender_name", "reply_to", "reach",
    "is_public",
)  # fmt: skip
TO = "?"  # between the audience and the query of its view
Choices = list[tuple[Any, Any]]


def _subject(label: Any) -> forms.CharField:  # noqa: ANN401 - words
    return forms.CharField(label=label, required=False, max_length=200)


def _text(label: Any, language: str) -> forms.CharField:  # noqa: ANN401 - words
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 14, "lang": language}),
    )


class MailingForm(EditingForm):
    """For whom and in which words; one of the languages may stay empty."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[(kind.value, capfirst(kind.label)) for kind in MailingKind],
        help_text=gettext_lazy(
            "People unsubscribe of a kind. A newsletter goes to who said yes to newsletters alone."
        ),
    )
    to = forms.ChoiceField(
        label=gettext_lazy("To whom"),
        help_text=gettext_lazy("A saved view of a list, or the people of the activity below."),
    )
    reach = forms.ChoiceField(
        label=gettext_lazy("When it goes to members"),
        choices=[(reach.value, capfirst(reach.label)) for reach in MailingReach],
        initial=MailingReach.MAIN,
    )
    activity = forms.ChoiceField(label=gettext_lazy("About the activity"), required=False)
    sender_name = forms.CharField(label=gettext_lazy("Sender"), max_length=100)
    reply_to = forms.EmailField(
        label=gettext_lazy("Answers go to"),
        required=False,
        help_text=gettext_lazy("Empty: to the address of the installation."),
    )
    subject_nl = _subject(gettext_lazy("Subject in Dutch"))
    text_nl = _text(gettext_lazy("Text in Dutch"), "nl")
    subject_en = _subject(gettext_lazy("Subject in English"))
    text_en = _text(gettext_lazy("Text in English"), "en")
    is_public = forms.BooleanField(
        label=gettext_lazy("Keep the newsletter on the public site too"),
        required=False,
        help_text=gettext_lazy("Names and organisations are left out there."),
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - as of any form
        *,
        views: Iterable[SavedView],
        activities: Sequence[Activity],
        mailing: Mailing | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, present=_present(mailing), **kwargs)
        self._activities = {str(each.pk): each for each in activities}
        self._names: dict[str, str] = {}
        self._offer("to", self._audiences(list(views), mailing))
        if mailing is not None and mailing.activity is not None:
            self._activities.setdefault(str(mailing.activity_id), mailing.activity)
        named = [(key, f"{each.name} ({day(each.day)})") for key, each in self._activities.items()]
        self._offer("activity", [("", _("none")), *named])

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _audiences(self, views: Sequence[SavedView], mailing: Mailing | None) -> Choices:
        """Grouped by list; a view that is gone since it was chosen stays as it was."""
        of_list = {
            MailingAudience.CONTACTS: _("All contacts"),
            MailingAudience.MEMBERS: _("All members of today"),
        }
        groups: Choices = []
        for audience, everybody in of_list.items():
            own: Choices = [(f"{audience}{TO}", everybody)]
            own += [(f"{audience}{TO}{v.query}", v.name) for v in views if v.list_key == audience]
            self._names |= {value: str(name) for value, name in own[1:]}
            kept = _to(mailing) if mailing and mailing.audience == audience else ""
            if kept and kept not in dict(own) and mailing:
                name = _("%(view)s, as it was chosen") % {"view": mailing.view_name}
                own.append((kept, name))
                self._names[kept] = mailing.view_name
            groups.append((capfirst(audience.label), own))
        people = [(f"{each}{TO}", capfirst(MailingAudience(each).label)) for each in OF_ACTIVITY]
        return [*groups, (_("People of the activity"), people)]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if not typed.get("subject_nl") and not typed.get("subject_en"):
            self.add_error("subject_nl", _("Write a subject in one language at least."))
        audience = typed.get("to", "").partition(TO)[0]
        if audience in OF_ACTIVITY and not typed.get("activity"):
            self.add_error("activity", _("Say which activity these people came to."))
        return typed

    def letter(self) -> Letter:
        typed = self.cleaned_data
        audience, _mark, query = typed["to"].partition(TO)
        return Letter(
            **{name: typed[name] for name in COPIED},
            audience=audience,
            view_query=query,
            view_name=self._names.get(typed["to"], "")[:100],
            activity=self._activities.get(typed["activity"]),
        )


def _to(mailing: Mailing) -> str:
    return f"{mailing.audience}{TO}{mailing.view_query}"


def _present(mailing: Mailing | None) -> dict[str, Any]:
    if mailing is None:
        return {}
    facts = {name: getattr(mailing, name) for name in COPIED}
    return {**facts, "to": _to(mailing), "activity": str(mailing.activity_id or "")}


class PartsForm(forms.Form):
    """What a newsletter is made from: activities to come, a call, a piece of news."""

    activities = forms.MultipleChoiceField(
        label=gettext_lazy("Activities to come"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    call = forms.CharField(label=gettext_lazy("Name of the call"), required=False, max_length=200)
    call_until = DayField(label=gettext_lazy("Last day"), required=False)
    call_text = forms.CharField(
        label=gettext_lazy("For whom"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    call_address = forms.URLField(
        label=gettext_lazy("Page of the call"),
        required=False,
        max_length=500,
        assume_scheme="https",
    )
    news = forms.CharField(label=gettext_lazy("Title of the news"), required=False, max_length=200)
    news_text = forms.CharField(
        label=gettext_lazy("The news"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    news_address = forms.URLField(
        label=gettext_lazy("Page of the news"),
        required=False,
        max_length=500,
        assume_scheme="https",
    )

    def __init__(self, data: Any = None, *, offered: Sequence[Shown]) -> None:  # noqa: ANN401
        super().__init__(data)
        self._offered = {str(each.activity.pk): each.activity for each in offered}
        field = self.fields["activities"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (key, f"{each.name} ({day(each.starts_on)})") for key, each in self._offered.items()
        ]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        for part in ("call", "news"):
            told = [typed.get(f"{part}_{name}") for name in ("text", "address", "until")]
            if any(told) and not typed.get(part):
                self.add_error(part, _("Give it a title."))
        if not self.errors and not any(typed.values()):
            self.add_error(None, _("Choose an activity, or type a call or a piece of news."))
        return typed

    @property
    def chosen(self) -> list[Any]:
        return [self._offered[key] for key in self.cleaned_data["activities"]]

    @property
    def told(self) -> list[News]:
        typed = self.cleaned_data
        return [
            News(
                typed[part],
                typed[f"{part}_text"],
                typed[f"{part}_address"],
                typed.get(f"{part}_until"),
            )
            for part in ("call", "news")
            if typed[part]
        ]


class WordsForm(forms.Form):
    """Words of the list of recipients; everything else is a facet."""

    find = forms.CharField(
        label=gettext_lazy("Name, organisation or address"),
        required=False,
        widget=forms.SearchInput(attrs={"maxlength": 200}),
    )


def activities_for(cluster: Cluster) -> list[Activity]:
    """The latest that the cluster leads."""
    return list(Activity.objects.filter(cluster=cluster).order_by("-day", "-pk")[:MOST_ACTIVITIES])


def views_for(cluster: Cluster) -> list[SavedView]:
    """Own and shared views of the lists that lead to people."""
    keys = [MailingAudience.CONTACTS.value, MailingAudience.MEMBERS.value]
    return list(SavedView.objects.filter(cluster=cluster, list_key__in=keys))
