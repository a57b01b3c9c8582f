"""A day, a number and an amount as forms ask them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.members.moving_in import values

EARLIEST = date(1950, 1, 1)
YEARS_AHEAD = 10


class DayField(forms.DateField):
    """A day between 1950 and ten years from now: beyond that somebody mistyped the year."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault(
            "error_messages", {"invalid": gettext_lazy("Write the day as 2020-01-31.")}
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> date | None:  # noqa: ANN401 - as Django's own
        day: date | None = super().clean(value)
        last = timezone.localdate() + timedelta(days=366 * YEARS_AHEAD)
        if day is not None and not EARLIEST <= day <= last:
            message = _("Is the year right? Give a day between %(first)s and %(last)s.")
            raise forms.ValidationError(message % {"first": EARLIEST, "last": last})
        return day


class NumberField(forms.DecimalField):
    """A number as people write it, in any language: `0,5` and `0.5`; shown as the reader writes."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 - as Django's own
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            return values.amount(value)
        except ValueError as error:
            raise self.misread(error) from error

    def misread(self, _error: ValueError) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages["invalid"], code="invalid")

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - what was typed stays as it is
        return self.shown(value) if isinstance(value, int | Decimal) else value

    def shown(self, value: int | Decimal) -> str:
        return formats.number_format(f"{Decimal(value).normalize():f}")


class MoneyField(NumberField):
    """Euro: `1.500`, `1 500,00`, `€ 1500`; shown with thousands and cents."""

    def misread(self, error: ValueError) -> forms.ValidationError:
        return forms.ValidationError(str(error), code="invalid")

    def shown(self, value: int | Decimal) -> str:
        return formats.number_format(value, 2, force_grouping=True)


def money_field(label: Any, **kwargs: Any) -> MoneyField:  # noqa: ANN401 - lazy words
    """Euro, zero or more."""
    return MoneyField(
        label=label,
        min_value=0,
        max_digits=kwargs.pop("max_digits", 12),
        decimal_places=2,
        **kwargs,
    )
