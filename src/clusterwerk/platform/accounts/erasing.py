"""What an account holds of a person, for its erasure."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import models
from django.utils.translation import gettext as _

from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.accounts.queries import account_of_address
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.erasing import Erased, erase
from clusterwerk.platform.history.personal import Claim, Subject
from clusterwerk.platform.models import User

NAME = "—"


def claims_of_account(subject: Subject) -> Iterable[Claim]:
    """All ways in are deleted; the account itself stays as a number, and opens to nobody."""
    if subject.model != User._meta.label or not User.objects.filter(pk=subject.pk).exists():
        return
    for model in (UserSession, EmailAddress, Authenticator, SocialAccount):
        if model is UserSession:
            yield _sessions(subject.pk)
        yield _rows_of(model, subject.pk)
    yield Claim(User, (subject.pk,), neutral_account)


def neutral_account(pk: int) -> Mapping[str, Any]:
    """Values that name nobody; the address cannot exist, and no password fits."""
    return {
        "email": f"erased-{pk}@erased.invalid",
        "name": NAME,
        "language": "",
        "is_active": False,
        "password": make_password(None),
        "last_login": None,
    }


def _rows_of(model: type[models.Model], user: int) -> Claim:
    ids = model._meta.base_manager.filter(user_id=user).values_list("pk", flat=True)
    return Claim(model, tuple(ids))


def _sessions(user: int) -> Claim:
    keys = UserSession.objects.filter(user_id=user).values_list("session_key", flat=True)
    return Claim(Session, tuple(keys))


def erase_account(
    *, seats: Seats, email: str, reason: str, on: date, rehearse: bool = False
) -> Erased:
    """Erase the account of an address, or say what would go.

    Raises `DomainError` when there is none, or when it may not go.
    """
    account = account_of_address(email.strip().lower())
    if account is None:
        message = _("There is no account of %(email)s; nothing was changed.")
        raise DomainError(message % {"email": email})
    (erased,) = erase(
        seats=seats, subjects=[Subject.of(account)], reason=reason, on=on, rehearse=rehearse
    )
    return erased
