"""Accounts: who signs in. What a person may do are seats, which the rooms above hand out."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.classes import IDENTITY
from clusterwerk.platform.files.models import PreparedFile
from clusterwerk.platform.history import tracked
from clusterwerk.platform.history.models import (
    Erasure,
    HistoryEntry,
    HistoryHorizon,
    HistoryKey,
    HistoryLayout,
)
from clusterwerk.platform.jobs.models import JobRun, OutsideEffect
from clusterwerk.platform.legal.models import Breach, BreachEntry
from clusterwerk.platform.mail.models import OutgoingMail

__all__ = [
    "Breach",
    "BreachEntry",
    "Erasure",
    "HistoryEntry",
    "HistoryHorizon",
    "HistoryKey",
    "HistoryLayout",
    "JobRun",
    "OutgoingMail",
    "OutsideEffect",
    "PreparedFile",
    "User",
    "UserManager",
]


class UserManager(BaseUserManager["User"]):
    """Accounts by e-mail address, which is compared without regard to case."""

    def create_user(self, email: str, password: str | None = None, **facts: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


@tracked(personal=("email", "name"), never=("password", "last_login"))
class User(AbstractBaseUser):
    """A person's account; it stays when seats end, and owns no rows of a cluster."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=8, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    # Rises when the person wants another address of their calendar; what was given out ends.
    calendar_number = models.PositiveIntegerField(_("address of the calendar"), default=0)
    is_demo = models.BooleanField(_("demo data"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    access = IDENTITY
    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("This e-mail address already has an account."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        """First name, for a greeting."""
        return self.name.split(" ")[0]
