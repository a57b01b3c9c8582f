"""Refusals with a sentence for a person, raised by actions and shown by screens and commands."""

from django.http import Http404
from django.utils.functional import Promise


class DomainError(Exception):
    """What was asked cannot be done; the message says why, in the language of the reader."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)

    def __str__(self) -> str:
        return str(self.args[0])


class NotHereError(Http404):
    """There is no such page, with a sentence that may be shown; others may tell what exists."""
