"""Two-step sign-in with an authenticator app, in our words."""

from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.ui.codes import code_svg


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth is untyped
    """A drawing that can be read on a dark page too, and our messages."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": _("Two-step sign-in must be off before an address is added."),
        "cannot_delete_authenticator": _("Two-step sign-in cannot be turned off."),
        "cannot_generate_recovery_codes": _("Recovery codes need two-step sign-in first."),
        "incorrect_code": _("This code is not right. Wait for the next one in the app."),
        "unverified_email": _("Confirm your e-mail address before you turn on two-step sign-in."),
    }

    def build_totp_svg(self, url: str) -> str:
        return code_svg(url)
