"""Forms of sign-in and of one's own account: allauth's, in our words."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.account.fields import PasswordField
from allauth.account.models import EmailAddress
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as totp
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.accounts import queries
from clusterwerk.platform.models import User

MAIL = _("E-mail address")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
REPEATED = _("The new password again")
CODE = _("Code")
RULES = _("At least ten characters, not only digits, not your name, no password that many use.")


class Worded(forms.Form):
    """Labels of ours, and no placeholder that stands in for one."""

    labels: ClassVar[dict[str, Promise]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = str(self.labels.get(name, field.label))
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, PasswordField):
                field.help_text = str(RULES) if name == "password1" else ""


class SignInForm(Worded, account.LoginForm):  # type: ignore[misc] # allauth is untyped
    labels: ClassVar = {"login": MAIL, "password": PASSWORD}


class RequestLinkForm(Worded, account.RequestLoginCodeForm):  # type: ignore[misc] # untyped
    """The address that a sign-in link goes to; the answer is the same when nobody has it."""

    labels: ClassVar = {"email": MAIL}

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        """Also takes what was typed on the sign-in page, whose button leads here."""
        if data and "login" in data and "email" not in data:
            data = data.copy()
            data["email"] = str(data["login"])
        super().__init__(data, **kwargs)

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


class SignInCodeForm(Worded, account.ConfirmLoginCodeForm):  # type: ignore[misc] # untyped
    labels: ClassVar = {"code": CODE}


class ConfirmAddressForm(Worded, account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc] # untyped
    labels: ClassVar = {"code": CODE}


class AddAddressForm(Worded, account.AddEmailForm):  # type: ignore[misc] # untyped
    labels: ClassVar = {"email": MAIL}


class ResetPasswordForm(Worded, account.ResetPasswordForm):  # type: ignore[misc] # untyped
    labels: ClassVar = {"email": MAIL}


class NewPasswordForm(Worded, account.ResetPasswordKeyForm):  # type: ignore[misc] # untyped
    labels: ClassVar = {"password1": NEW_PASSWORD, "password2": REPEATED}


class ChangePasswordForm(Worded, account.ChangePasswordForm):  # type: ignore[misc] # untyped
    labels: ClassVar = {
        "oldpassword": _("Current password"),
        "password1": NEW_PASSWORD,
        "password2": REPEATED,
    }


class SetPasswordForm(Worded, account.SetPasswordForm):  # type: ignore[misc] # untyped
    labels: ClassVar = {"password1": NEW_PASSWORD, "password2": REPEATED}


class ConfirmPersonForm(Worded, account.ReauthenticateForm):  # type: ignore[misc] # untyped
    labels: ClassVar = {"password": PASSWORD}


class SecondStepForm(Worded, second_step.AuthenticateForm):  # type: ignore[misc] # untyped
    labels: ClassVar = {"code": CODE}


class ConfirmBySecondStepForm(Worded, second_step.ReauthenticateForm):  # type: ignore[misc] # untyped
    labels: ClassVar = {"code": CODE}


class ActivateAppForm(Worded, totp.ActivateTOTPForm):  # type: ignore[misc] # untyped
    labels: ClassVar = {"code": _("Code of the app")}


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
