"""What allauth asks of this installation: nobody signs up, and a mail carries a link."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from allauth.core import context as current
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.contrib import messages
from django.contrib.sites.shortcuts import get_current_site
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.session import NOBODY, acting
from clusterwerk.platform.accounts import links, queries
from clusterwerk.platform.jobs.effects import LIFETIME
from clusterwerk.platform.mail.outgoing import Handed, send_or_keep
from clusterwerk.platform.models import User

# Mails that are of no use later; what they carry ends by then.
LIFETIMES = {
    "account/email/login_code": timedelta(seconds=links.LIFETIME),
    "account/email/email_confirmation": timedelta(minutes=15),
    "account/email/email_confirmation_signup": timedelta(minutes=15),
    "account/email/password_reset_key": timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
    "account/email/unknown_account": timedelta(seconds=links.LIFETIME),
}

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

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002 - as allauth calls it
        """Wrong passwords are counted for the address alone.

        allauth counts them for the host too, whose port the visitor chooses: each port would bring
        new attempts.
        """
        return str(credentials.get("email") or credentials.get("username") or "").lower()

    def send_notification_mail(self, *args: Any, **facts: Any) -> None:
        """Some notices come after the commit, when the request and its seats are gone."""
        if connection.in_atomic_block:
            super().send_notification_mail(*args, **facts)
            return
        with acting(NOBODY), current.request_context(self.request):
            super().send_notification_mail(*args, **facts)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of the person, when the address is known; a link beside a sign-in code.

        Sent while the person waits, so that signing in needs no worker; what the mail server does
        not take now, a job hands over. That is said on the page, the same for known and unknown
        addresses.
        """
        account = queries.account_of_address(email)
        if template_prefix == "account/email/login_code" and account:
            context = context | {"sign_in_url": self._sign_in_url(account, email)}
        language = (account and account.language) or translation.get_language()
        with translation.override(language):
            message = self.render_mail(template_prefix, email, self._context(email, context))
        lifetime = LIFETIMES.get(template_prefix)
        handed = send_or_keep(message, lifetime=lifetime or LIFETIME, lapses=lifetime is not None)
        if handed is not Handed.SENT:
            self.add_message(current.request, messages.ERROR, message=_told(handed, lifetime))

    def _context(self, email: str, context: dict[str, Any]) -> dict[str, Any]:
        site = get_current_site(current.request)
        return {"request": current.request, "email": email, "current_site": site, **context}

    def _sign_in_url(self, account: User, email: str) -> str:
        next_path = get_next_redirect_url(current.request) or ""
        token = links.make_token(account, email, next_path=next_path)
        path = reverse("accounts:sign_in_link", args=[token])
        url: str = build_absolute_uri(current.request, path)
        return url


def _told(handed: Handed, lifetime: timedelta | None) -> str:
    if handed is Handed.UNCERTAIN:
        return gettext(
            "The mail server did not say whether the e-mail went out. Look in your mailbox in a"
            " minute, and ask again if it is not there."
        )
    if handed is Handed.REFUSED:
        return gettext("The mail server refused the e-mail. Check the address and ask again.")
    if lifetime is None:
        return gettext("The e-mail could not be sent just now. It follows as soon as it can.")
    return gettext(
        "The e-mail could not be sent just now. We go on trying for %(minutes)d minutes; if it is"
        " not there by then, ask again."
    ) % {"minutes": lifetime.total_seconds() // 60}
