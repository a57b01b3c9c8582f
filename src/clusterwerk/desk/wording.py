"""The greeting of the hour."""

from django.utils.translation import gettext as _

NOON, EVENING, NIGHT = 12, 18, 5


def greeting(hour: int) -> str:
    """By the clock on the wall: morning from five, afternoon from noon, evening from six."""
    if NIGHT <= hour < NOON:
        return _("Good morning")
    return _("Good afternoon") if NOON <= hour < EVENING else _("Good evening")
