"""Changes to accounts. Accounts come by invitation: nobody makes one by signing up."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.models import User


@transaction.atomic
def open_account(
    *,
    email: str,
    name: str,
    language: str = "",
    password: str | None = None,
    confirmed: bool = False,
    is_demo: bool = False,
) -> User:
    """Open an account with its e-mail address; the person sets a password only if they like.

    `confirmed` says that the address is known to be theirs. Otherwise their first sign-in by link
    or code confirms it. Raises `DomainError` when the address is no address or has an account.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise DomainError(_("“%(email)s” is not an e-mail address.") % {"email": email}) from error
    known = DomainError(_("%(email)s already has an account.") % {"email": email})
    if EmailAddress.objects.filter(email=email).exists() or _taken(email):
        raise known
    try:
        with transaction.atomic():
            account = User.objects.create_user(
                email, password, name=name.strip(), language=language, is_demo=is_demo
            )
            EmailAddress.objects.create(user=account, email=email, primary=True, verified=confirmed)
    except IntegrityError as error:  # opened in the same moment, by another link
        raise known from error
    return account


def _taken(email: str) -> bool:
    return User.objects.filter(email__iexact=email).exists()


def confirm_address(*, account: User, email: str) -> None:
    """Note that the person reads the mail of this address, which stands on their account."""
    address, _made = EmailAddress.objects.get_or_create(
        user=account, email=email.lower(), defaults={"primary": email == account.email}
    )
    if not address.verified and address.set_verified(commit=False):
        address.set_as_primary(conditional=True)
        address.save()


def renew_calendar_address(*, account: User, seen: int) -> None:
    """End the addresses given out; `seen` is the number on the page, so that twice is once."""
    found = User.objects.select_for_update().get(pk=account.pk)
    if found.calendar_number == seen:
        found.calendar_number += 1
        found.save(update_fields=["calendar_number"])


def change_profile(*, account: User, name: str, language: str) -> None:
    """Change how the person is called, and the language of their screens and mails."""
    if language and language not in dict(settings.LANGUAGES):
        raise DomainError(_("“%(language)s” is not a language here.") % {"language": language})
    account.name = name.strip()
    account.language = language
    account.save(update_fields=["name", "language"])
