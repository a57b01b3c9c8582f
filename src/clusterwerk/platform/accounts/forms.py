"""Forms of sign-in and of one's own account."""

from typing import Any

from allauth.account.forms import LoginForm, RequestLoginCodeForm
from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.accounts import queries
from clusterwerk.platform.models import User


class SignInForm(LoginForm):  # type: ignore[misc] # allauth is untyped
    """Address and password, in our words, without placeholders that stand in for labels."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self.fields["login"], gettext("E-mail address"))
        _label(self.fields["password"], gettext("Password"))
        self.fields["password"].help_text = ""


class RequestLinkForm(RequestLoginCodeForm):  # type: ignore[misc] # allauth is untyped
    """The address that a sign-in link goes to; the answer is the same when nobody has it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self.fields["email"], gettext("E-mail address"))

    def clean_email(self) -> str:
        """Also gives an account that was opened without it its row of address, to be confirmed."""
        email: str = super().clean_email()
        account = queries.account_of_address(email)
        self._user = account if account and account.is_active else None
        if self._user and self._user.email == email:
            EmailAddress.objects.get_or_create(
                user=self._user, email=email, defaults={"primary": True}
            )
        return email


def _label(field: forms.Field, label: str) -> None:
    field.label = label
    field.widget.attrs.pop("placeholder", None)


class ProfileForm(forms.ModelForm[User]):
    """How somebody is called, and in which language they read."""

    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        help_text=_("Of your screens and of the mails you get."),
    )

    class Meta:
        model = User
        fields = ("name", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)
        language.choices = [("", _("As in my browser")), *settings.LANGUAGES]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        if not name:
            raise ValidationError(_("Say how you are called."))
        return name
