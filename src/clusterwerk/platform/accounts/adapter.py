"""What allauth asks of this installation: nobody signs up, and a mail carries a link."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from allauth.core import context as current
from allauth.utils import build_absolute_uri
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.session import NOBODY, acting
from clusterwerk.platform.accounts import links, queries
from clusterwerk.platform.models import User

logger = logging.getLogger(__name__)

REFUSED_FOR_NOW = {"too_many_login_attempts", "rate_limited"}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth is untyped
    """Our wording, our mails, and the marks that turn a refusal into status 429."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Ask whoever invited you."),
        "cannot_remove_primary_email": _("Your main address cannot be removed."),
        "duplicate_email": _("This address already stands on your account."),
        "email_password_mismatch": _("The e-mail address and the password do not belong together."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _("This code is not right. Check it, or ask for a new one."),
        "incorrect_password": _("This is not your password."),
        "max_email_addresses": _("An account has at most %d e-mail addresses."),
        "same_as_current": _("This is what it already is."),
        "rate_limited": _("Too many attempts. Wait a few minutes and try again."),
        "too_many_login_attempts": _(
            "Too many attempts. Wait five minutes, or ask for a sign-in link by e-mail."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - as allauth calls it
        """Accounts come by invitation."""
        return False

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        if code in REFUSED_FOR_NOW and current.request is not None:
            current.request.refused_for_now = True
        error: ValidationError = super().validation_error(code, *args)
        return error

    def send_notification_mail(self, *args: Any, **facts: Any) -> None:
        """Some notices come after the commit, when the request and its seats are gone."""
        if connection.in_atomic_block:
            super().send_notification_mail(*args, **facts)
            return
        with acting(NOBODY), current.request_context(self.request):
            super().send_notification_mail(*args, **facts)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of the person, when the address is known; a link beside a sign-in code.

        A mail server that is away is said on the page instead of ending in an error: the same for
        known and unknown addresses.
        """
        account = queries.account_of_address(email)
        if template_prefix == "account/email/login_code" and account:
            context = context | {"sign_in_url": self._sign_in_url(account, email)}
        language = (account and account.language) or translation.get_language()
        try:
            with translation.override(language):
                super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError):
            logger.exception("Mail %s could not be handed over.", template_prefix)
            sorry = gettext("The e-mail could not be sent just now. Try again in a few minutes.")
            self.add_message(current.request, messages.ERROR, message=sorry)

    def _sign_in_url(self, account: User, email: str) -> str:
        next_path = get_next_redirect_url(current.request) or ""
        token = links.make_token(account, email, next_path=next_path)
        path = reverse("accounts:sign_in_link", args=[token])
        url: str = build_absolute_uri(current.request, path)
        return url
