"""Sign-in through the provider of this installation, by OpenID Connect.

The provider says who somebody is; it never makes an account. It opens the account whose address it
has confirmed, and refuses everybody else.
"""

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clusterwerk.platform.accounts import queries
from clusterwerk.platform.models import User


class OpenIdAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # allauth is untyped
    """An account is found by confirmed address only, also when it is connected by hand."""

    def is_open_for_signup(self, *_asked: HttpRequest | SocialLogin) -> bool:
        return False

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """The account of an address that the provider says is confirmed.

        Only the JSON value true counts: some providers send the text "false", which is true to
        Python.
        """
        for email in _confirmed(sociallogin):
            account = queries.account_of_address(email)
            if account:
                return account, email
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.state.get("process") != AuthProcess.CONNECT:
            return
        known = EmailAddress.objects.filter(user=request.user.pk, verified=True)
        if not set(_confirmed(sociallogin)) & set(known.values_list("email", flat=True)):
            messages.error(
                request,
                _("The provider confirms no address that stands confirmed on your account."),
            )
            raise ImmediateHttpResponse(redirect("socialaccount_connections"))


def _confirmed(sociallogin: SocialLogin) -> list[str]:
    return [
        address.email.lower() for address in sociallogin.email_addresses if address.verified is True
    ]
