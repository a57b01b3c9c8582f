"""The answer to "may I?", which carries its reason so that the screen can say it."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Decision:
    """Allowed, or refused with a reason for a person."""

    allowed: bool
    reason: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise `PermissionDenied` with the reason when refused."""
        if not self.allowed:
            raise PermissionDenied(str(self.reason))


ALLOWED = Decision(allowed=True)


def allow_if(condition: bool, reason: str | Promise) -> Decision:  # noqa: FBT001 - reads as a sentence
    """Allowed when the condition holds, otherwise refused with this reason."""
    return ALLOWED if condition else Decision(allowed=False, reason=reason)
