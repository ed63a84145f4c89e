"""The account: an officer as he may sign in on this node."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from borderliaison.accounts.api_token import ApiToken
from borderliaison.accounts.exercise import Exercise
from borderliaison.accounts.names import MAX_LOGIN_NAME, check_login, fold_login
from borderliaison.accounts.notices.models import NoticeSettings
from borderliaison.accounts.saved_views.models import SavedView
from borderliaison.kernel.ids import AgencyCode, CountryCode, OfficeCode, OfficerId
from borderliaison.kernel.marking import Level
from borderliaison.kernel.policy import Reader
from borderliaison.kernel.realm import LIVE, Realm
from borderliaison.kernel.speaking import LANGUAGES

__all__ = [
    "Account",
    "ApiToken",
    "CachedItem",
    "Clearance",
    "Exercise",
    "NoticeSettings",
    "Role",
    "SavedView",
    "Theme",
]


class Theme(models.TextChoices):
    """Which colours the pages have."""

    SYSTEM = "system", _("As the computer is set")
    LIGHT = "light", pgettext_lazy("theme", "Light")
    DARK = "dark", pgettext_lazy("theme", "Dark")


class Clearance(models.IntegerChoices):
    """The highest level that an officer is admitted to, in words without a country."""

    OPEN = Level.OPEN, pgettext_lazy("clearance", "Open")
    OFFICIAL = Level.OFFICIAL, pgettext_lazy("clearance", "For official use")


class Role(models.TextChoices):
    """What an officer does in his office; the packages above decide what that allows."""

    LIAISON = "liaison", _("Liaison officer")
    DUTY = "duty", _("Duty officer")
    HEAD = "head", _("Head of office")
    ANALYST = "analyst", _("Analyst")
    OBSERVER = "observer", _("Observer")


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by their login name, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account with this login name.

        Raises:
            Account.DoesNotExist: there is none.
        """
        return self.get(login=fold_login(username or ""))


class Account(AbstractBaseUser):
    """One officer's account. There are no superusers: what one may read is the policy's to say.

    ``officer_id`` to ``languages`` are copied from the officer when the account is made, so that
    signing in needs nothing but this row. ``guidance_put_away`` names the pages whose guidance the officer
    needs no more; ``tour_step`` says how far he has come in the tour.
    """

    login = models.CharField(
        _("login name"), max_length=MAX_LOGIN_NAME, unique=True, validators=[check_login]
    )
    officer_id = models.CharField(_("officer’s number"), max_length=20, unique=True)
    full_name = models.CharField(_("officer’s name"), max_length=200)
    office = models.CharField(max_length=10)
    agency = models.CharField(max_length=10)
    role = models.CharField(max_length=20, choices=Role, default=Role.LIAISON)
    clearance = models.PositiveSmallIntegerField(choices=Clearance, default=Clearance.OPEN)
    languages = models.JSONField(default=list)

    language = models.CharField(max_length=10, default="en")
    form_language = models.CharField(
        max_length=10,
        blank=True,
        choices=[(one, get_language_info(one)["name_local"]) for one in LANGUAGES],
    )
    theme = models.CharField(max_length=10, choices=Theme, default=Theme.SYSTEM)
    single_letter_keys = models.BooleanField(default=True)
    guidance_put_away = models.JSONField(default=list, blank=True)
    tour_step = models.PositiveSmallIntegerField(null=True, blank=True)
    realm = models.CharField(max_length=60, default=str(LIVE))

    is_active = models.BooleanField(default=True)
    password_is_initial = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["officer_id", "full_name", "office", "agency", "role"]

    class Meta:
        """Folded login names only."""

        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(login=Lower("login")), name="accounts_login_is_folded"
            ),
        ]

    def __str__(self) -> str:
        return self.login

    @classmethod
    def normalize_username(cls, username: Any) -> str:
        """Return the login name in the form in which it is kept."""
        return fold_login(str(username))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the login name in its one form."""
        self.login = fold_login(self.login)
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        """Return the officer's name as it is shown."""
        return self.full_name

    @property
    def working_realm(self) -> Realm:
        """Where the officer works now."""
        return Realm.parse(self.realm)

    @property
    def exercise(self) -> Exercise | None:
        """The exercise that the officer works in; None in live work, and where he may not be in it."""
        realm = self.working_realm
        found = Exercise.objects.filter(pk=realm.event).first() if realm.is_exercise else None
        return found if found is not None and found.has_member(self) else None

    @property
    def role_now(self) -> str:
        """What the officer does where he works now: whoever looks at an ended exercise observes."""
        if not self.working_realm.is_exercise:
            return self.role
        exercise = self.exercise
        return self.role if exercise is not None and exercise.is_open else Role.OBSERVER

    def reader(self, realm: Realm | None = None) -> Reader:
        """Return what the reading policy knows of this officer.

        Args:
            realm: another realm than the one that he works in now.
        """
        return Reader(
            office=OfficeCode(self.office),
            agency=AgencyCode(self.agency),
            country=CountryCode(self.office[:2]),
            clearance=Level(self.clearance),
            realm=self.working_realm if realm is None else realm,
        )

    @property
    def officer(self) -> OfficerId:
        """The officer as his office asserts him to others."""
        return OfficerId(self.officer_id)


class CachedItem(models.Model):
    """Counts of attempts and used one-time codes: the table behind Django's database cache.

    Kept in the database so that neither a restart nor a second worker forgets them.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        """The table's name stands in the settings too."""

        db_table = "accounts_cache"

    def __str__(self) -> str:
        return self.cache_key
