"""Fields that several forms of this room share."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.addresses import shown_telephone, written_email, written_telephone
from clusterwerk.platform.errors import DomainError


class DayField(forms.DateField):
    """A day out of the browser's calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            error_messages={"invalid": _("Write the day as 2020-01-31.")},
            **kwargs,
        )


class MomentField(forms.DateTimeField):
    """Day and time in local time."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
            error_messages={"invalid": _("Write day and time as 2020-01-31 14:30.")},
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - a moment, or what was typed
        if isinstance(value, datetime) and timezone.is_aware(value):
            return timezone.localtime(value).replace(second=0, microsecond=0, tzinfo=None)
        return value


class TelephoneField(forms.CharField):
    """Shown as people of the country write it, kept in E.164."""

    def __init__(self, *, country: str = "BE", **kwargs: Any) -> None:
        super().__init__(max_length=40, widget=forms.TextInput(attrs={"type": "tel"}), **kwargs)
        self.country = country

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - a number, or what was typed
        return shown_telephone(value, self.country) if value and value[0] == "+" else value

    def clean(self, value: Any) -> str:  # noqa: ANN401 - what was typed
        try:
            return written_telephone(super().clean(value), self.country)
        except DomainError as error:
            raise forms.ValidationError(str(error)) from error


class AddressField(forms.CharField):
    """An e-mail address, in lower case."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=254,
            widget=forms.EmailInput(attrs={"autocapitalize": "none"}),
            **kwargs,
        )

    def clean(self, value: Any) -> str:  # noqa: ANN401 - what was typed
        try:
            return written_email(super().clean(value))
        except DomainError as error:
            raise forms.ValidationError(str(error)) from error
