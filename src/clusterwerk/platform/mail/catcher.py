"""A mail backend that writes each message to a file, for the page that shows caught mail.

Several processes write at the same time: a message gets its name only when it is complete. The
folder is closed to other users of the machine, because caught mail holds sign-in links.
"""

import itertools
import os
import time
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

KEPT = 200  # newest messages that stay

_numbers = itertools.count()


class CatcherBackend(BaseEmailBackend):
    """Keeps the newest messages as .eml files in `settings.MAIL_CATCHER_FOLDER`."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.MAIL_CATCHER_FOLDER)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            _write(folder, message.message().as_bytes())
        _drop_oldest(folder)
        return len(email_messages)


def _write(folder: Path, content: bytes) -> None:
    """Names sort by time, then by process and number, so that no two are the same."""
    name = f"{time.time_ns():020d}-{os.getpid()}-{next(_numbers)}"
    draft = folder / f".{name}.part"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    draft.replace(folder / f"{name}.eml")


def _drop_oldest(folder: Path) -> None:
    for old in sorted(folder.glob("[0-9]*.eml"))[:-KEPT]:
        old.unlink(missing_ok=True)  # another process may have dropped it
