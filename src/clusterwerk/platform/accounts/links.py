"""The link in a sign-in mail: signed, short-lived, bound to an account and its address, used once.

Opening the link changes nothing, so a mail scanner that follows links does not use it up; the
button behind it does. The link works on any device: whoever holds the mail is the owner of the
address, and members read their mail on their telephone. The code in the same mail works only in
the browser that asked for it.

Nothing is stored. The link carries a digest of the password and of the last sign-in, so that any
sign-in and any new password end every link sent before; the cache notes a link that was used but
whose sign-in still waits for the second step.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.cache import cache
from django.utils.crypto import constant_time_compare, salted_hmac

from clusterwerk.platform.models import User

LIFETIME = 15 * 60  # seconds
SALT = "clusterwerk.platform.accounts.links"


@dataclass(frozen=True, slots=True)
class SignInLink:
    """A link that may still be used."""

    account: User
    email: str
    next_path: str = ""


def make_token(account: User, email: str, *, next_path: str = "") -> str:
    """The part of the address that signs in; `next_path` was checked to be of this site."""
    facts = [account.pk, email, next_path, _state(account, email)]
    return signing.dumps(facts, salt=SALT, compress=True)


def read(token: str) -> SignInLink | None:
    """What the link is for; None when it is forged, expired, used or overtaken by a sign-in."""
    facts = _facts(token)
    if facts is None or cache.get(_key(token)):
        return None
    return _valid(facts, User.objects.filter(pk=facts[0], is_active=True).first())


def use(token: str) -> SignInLink | None:
    """The same as `read`, once: of two who come at the same time the second finds it used."""
    facts = _facts(token)
    if facts is None:
        return None
    locked = User.objects.select_for_update().filter(pk=facts[0], is_active=True).first()
    link = _valid(facts, locked)
    if link is None or not cache.add(_key(token), "used", timeout=LIFETIME):
        return None
    return link


def _facts(token: str) -> list[Any] | None:
    try:
        facts: list[Any] = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    return facts


def _valid(facts: list[Any], account: User | None) -> SignInLink | None:
    _, email, next_path, state = facts
    if account is None or not constant_time_compare(state, _state(account, email)):
        return None
    return SignInLink(account, email, next_path)


def _state(account: User, email: str) -> str:
    seen = account.last_login.isoformat() if account.last_login else ""
    return salted_hmac(SALT, f"{account.password}|{seen}|{email}").hexdigest()[:32]


def _key(token: str) -> str:
    return "sign-in-link:" + hashlib.sha256(token.encode()).hexdigest()
