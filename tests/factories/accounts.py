"""People who sign in, and a mail server that is away."""

from django.core.mail.backends.base import BaseEmailBackend

from clusterwerk.platform.accounts import actions
from clusterwerk.platform.models import User

PASSWORD = "a long quiet evening"


def open_an() -> User:
    """An, whose address is confirmed and who has a password."""
    return actions.open_account(
        email="an@example.org", name="An Peeters", language="en", password=PASSWORD, confirmed=True
    )


class AwayBackend(BaseEmailBackend):
    def send_messages(self, *_messages: object) -> int:
        raise ConnectionRefusedError
