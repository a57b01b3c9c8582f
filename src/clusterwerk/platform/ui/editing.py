"""Two people editing one row: the second sees what changed meanwhile and loses nothing typed.

A form carries what it showed when it was opened. When it comes back it is compared, field by
field, with what stands in the row now: what only the other changed is taken over, what only this
person changed is kept, and where both changed a field this person chooses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core import signing
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SALT = "clusterwerk.editing"
SEEN = "seen"
TAKE = "take"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both changed: what it was, what the other made of it, what is typed here."""

    label: str
    before: str
    theirs: str
    yours: str
    take: str


class EditingForm(forms.Form):
    """A form about a row that somebody else may change meanwhile.

    `present` are the values of the row as they stand now, by field name, which are its initial
    values too; a view that saves reads them under a lock (`select_for_update`). After validation
    `conflicts` says what needs a choice and `taken_over` names what came from the other.
    """

    conflicts: tuple[Conflict, ...] = ()
    taken_over: tuple[str, ...] = ()

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - as of any form
        *,
        present: Mapping[str, Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, initial={**present, **kwargs.pop("initial", {})}, **kwargs)
        self.present = present
        self.fields[SEEN] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=self._signed()
        )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        seen = self._seen()
        typed.pop(SEEN, None)
        if seen is not None and not self.errors:
            self._join(typed, seen)
        return typed

    def _join(self, typed: dict[str, Any], seen: Mapping[str, str]) -> None:
        """Compare what was shown, what stands there now, and what is typed."""
        conflicts, taken = [], []
        for name, now in self.present.items():
            if name not in typed or name not in seen or _plain(typed[name]) == _plain(now):
                continue
            is_taken = self._is_taken(name)
            if _plain(now) == seen[name] and not is_taken:
                continue
            if is_taken or _plain(typed[name]) == seen[name]:
                typed[name] = now
                taken.append(str(self.fields[name].label or name))
                self._show(name, now)
            else:
                conflicts.append(self._conflict(name, seen[name], now, typed[name]))
        self.conflicts, self.taken_over = tuple(conflicts), tuple(taken)
        if conflicts:
            self._ask_again(len(conflicts))

    def _ask_again(self, number: int) -> None:
        """What the other wrote is shown now, so sending it once more is a choice."""
        message = ngettext(
            "Somebody else changed a field that you changed too, while you were writing. Nothing "
            "is lost: look below, and save again.",
            "Somebody else changed %(number)s fields that you changed too, while you were "
            "writing. Nothing is lost: look below, and save again.",
            number,
        )
        self.add_error(None, message % {"number": number})
        self._put(SEEN, self._signed())

    def _conflict(self, name: str, before: str, theirs: Any, yours: Any) -> Conflict:  # noqa: ANN401 - any value
        field = self.fields[name]
        return Conflict(
            label=str(field.label or name),
            before=_told(field, before),
            theirs=_told(field, theirs),
            yours=_told(field, yours),
            take=self.add_prefix(f"{TAKE}-{name}"),
        )

    def _is_taken(self, name: str) -> bool:
        return bool(self.data.get(self.add_prefix(f"{TAKE}-{name}")))

    def _show(self, name: str, value: Any) -> None:  # noqa: ANN401 - any value
        """Let the form show the other's value, should it be shown once more."""
        field = self.fields[name]
        shown = field.prepare_value(value)
        widget = field.widget
        if isinstance(shown, list | tuple):
            self._put(name, [str(each) for each in shown])
        elif isinstance(widget, forms.CheckboxInput):
            self._put(name, "on" if shown else "")
        else:
            self._put(name, widget.format_value(shown) or "")

    def _put(self, name: str, value: Any) -> None:  # noqa: ANN401 - a value or a list of them
        data: Any = self.data.copy() if isinstance(self.data, QueryDict) else dict(self.data)
        key = self.add_prefix(name)
        if isinstance(data, QueryDict) and isinstance(value, list):
            data.setlist(key, value)
        else:
            data[key] = value
        self.data = data

    def _signed(self) -> str:
        """What this form shows, for when it comes back; signed, so that it is ours."""
        return signing.dumps(
            {name: _plain(value) for name, value in self.present.items()}, salt=SALT, compress=True
        )

    def _seen(self) -> Mapping[str, str] | None:
        """None where the form does not say what it showed, as one that was made by hand."""
        try:
            seen: Mapping[str, str] = signing.loads(
                self.data.get(self.add_prefix(SEEN), ""), salt=SALT
            )
        except signing.BadSignature:
            return None
        return seen


def _plain(value: Any) -> str:  # noqa: ANN401 - any value of a field
    """A value as text that is the same for equal values, whatever they were typed as."""
    if value is None or value is False:
        return ""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, QuerySet | list | tuple | set | frozenset):
        return "\n".join(sorted(_plain(each) for each in value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").strip()


def _told(field: forms.Field, value: Any) -> str:  # noqa: ANN401 - any value of a field
    """A value in words for the person who chooses."""
    if value in (None, "", [], False):
        return _("empty") if not isinstance(field, forms.BooleanField) else _("no")
    if isinstance(field, forms.BooleanField):
        return _("yes")
    choices = getattr(field, "choices", None)
    if choices is not None:
        names = {str(getattr(key, "value", key)): str(name) for key, name in choices}
        keys = _plain(value).split("\n")
        return ", ".join(names.get(key, key) for key in keys)
    if isinstance(field, forms.DecimalField):
        value = Decimal(_plain(value))
    return str(field.prepare_value(value))
