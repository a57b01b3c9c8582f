"""Reads about accounts."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from clusterwerk.platform.models import User


def account_of_address(email: str) -> User | None:
    """The account that this address signs in to.

    A confirmed address belongs to its account. One that is not confirmed counts only as the
    address the account was opened with: nobody can claim a stranger's address by adding it.
    """
    confirmed = EmailAddress.objects.filter(email__iexact=email, verified=True)
    found = confirmed.select_related("user").first()
    if found:
        account: User = found.user
        return account
    return User.objects.filter(email__iexact=email).first()


def confirmed_addresses(account: User) -> list[str]:
    """Addresses that the person has shown to read, in lower case."""
    rows = EmailAddress.objects.filter(user=account, verified=True)
    return [email.lower() for email in rows.values_list("email", flat=True)]


@dataclass(frozen=True, slots=True)
class Safety:
    """How an account is protected, for its overview."""

    addresses: list[EmailAddress]
    has_password: bool
    has_second_step: bool
    sessions: int
    connections: int


def safety_of(account: User) -> Safety:
    authenticators = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP)
    return Safety(
        addresses=list(EmailAddress.objects.filter(user=account).order_by("-primary", "email")),
        has_password=account.has_usable_password(),
        has_second_step=authenticators.exists(),
        sessions=len(UserSession.objects.purge_and_list(account)),
        connections=SocialAccount.objects.filter(user=account).count(),
    )
