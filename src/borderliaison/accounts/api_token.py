"""The token with which a program works for an officer: whose it is, for what, and until when."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MAX_NOTE = 200


class Purpose(models.TextChoices):
    """What a program does with what it reads or writes. It stands on the audit line of every call."""

    CASE_SYSTEM = "case_system", _("Case or register system of the agency")
    SITUATION = "situation", _("Situation picture or duty board")
    STATISTICS = "statistics", _("Statistics and returns")
    ALERTING = "alerting", _("Alerting system (CAP)")
    TRYING = "trying", _("Trying the interface out")
    WALL = "wall", _("A screen on the wall")
    """Kept in a browser's cookie, it opens the wall and nothing else: no program uses it."""


OF_PROGRAMS = tuple(one for one in Purpose if one is not Purpose.WALL)
"""What a program may be for."""


class TokenState(models.TextChoices):
    """Whether a token is of any use."""

    ACTIVE = "active", _("in use")
    EXPIRED = "expired", _("expired")
    REVOKED = "revoked", _("revoked")


class ApiToken(models.Model):
    """One token. Its secret is shown once and kept nowhere: only what verifies it is here.

    Attributes:
        key: names it in lists and on audit lines; gives no access.
        digest: SHA-256 of the secret, which is 256 random bits.
        note: which program it is, in the officer's words.
        realm: where the program works: live, or one exercise. It never changes.
    """

    key = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="tokens")
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    note = models.CharField(max_length=MAX_NOTE)
    may_write = models.BooleanField(default=False)
    realm = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=80)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=80, blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.key

    @property
    def state(self) -> TokenState:
        """Whether it is of any use now."""
        return self.state_at(timezone.now())

    def state_at(self, now: datetime) -> TokenState:
        """Return whether it is of any use at a moment."""
        if self.revoked_at is not None:
            return TokenState.REVOKED
        return TokenState.ACTIVE if now < self.expires_at else TokenState.EXPIRED

    @property
    def is_active(self) -> bool:
        """Whether it opens anything."""
        return self.state == TokenState.ACTIVE

    @property
    def scopes(self) -> tuple[str, ...]:
        """What it allows: ``read``, and ``write`` where it may write too."""
        return ("read", "write") if self.may_write else ("read",)
