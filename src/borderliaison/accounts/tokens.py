"""Tokens for programs: made and revoked by their officer or by the administrator for him. All audited.

A token reads and writes as its officer does, in the realm that was chosen when it was made, and never
more: who may not sign in any more has no tokens either, and what needs a second officer still needs one.
"""

import copy
import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from borderliaison.accounts.api_token import MAX_NOTE, ApiToken, Purpose
from borderliaison.accounts.errors import BadToken, NoSuchToken, TokenRefused, TooManyTokens
from borderliaison.accounts.exercise import Exercise
from borderliaison.accounts.models import Account
from borderliaison.audit.services import SYSTEM, record
from borderliaison.kernel.errors import MalformedData
from borderliaison.kernel.realm import Realm

PREFIX: Final = "blo_"
"""Every token begins so, and whoever finds one in a file knows what it is."""
SECRET_BYTES: Final = 32
MAX_DAYS: Final = 366
DEFAULT_DAYS: Final = 90
MAX_ACTIVE: Final = 20
"""The most tokens in use that an officer may have."""
MAX_SECRET: Final = 100
TOUCH_EVERY: Final = timedelta(minutes=1)
"""How exact the last use is."""


@dataclass(frozen=True, slots=True)
class NewToken:
    """What is asked for.

    Attributes:
        purpose: a word of ``Purpose``.
        note: which program it is.
        days: how long it holds.
        realm: ``live``, or ``exercise:NAME``.
    """

    purpose: str
    note: str
    days: int = DEFAULT_DAYS
    may_write: bool = False
    realm: str = "live"


@dataclass(frozen=True, slots=True)
class MadeToken:
    """A token that was just made, with its secret: shown once, kept nowhere."""

    token: ApiToken
    secret: str


@transaction.atomic
def make_token(account: Account, new: NewToken, *, actor: str) -> MadeToken:
    """Make a token for an officer.

    Args:
        account: whom it acts for.
        new: what is asked for.
        actor: who makes it, for the audit.

    Raises:
        BadToken: a part of ``new`` is not what it should be.
        TooManyTokens: the officer has as many as one may have.
    """
    now = datetime.now(UTC)
    note = new.note.strip()
    if new.purpose not in Purpose.values:
        raise BadToken(f"purpose: one of {', '.join(Purpose.values)}")
    if not 0 < len(note) <= MAX_NOTE or not note.isprintable():
        raise BadToken(f"note: one line of at most {MAX_NOTE} characters that says which program")
    if not 0 < new.days <= MAX_DAYS:
        raise BadToken(f"days: 1 to {MAX_DAYS}")
    realm = _realm(account, new.realm)
    Account.objects.select_for_update().get(pk=account.pk)
    if account.tokens.filter(revoked_at=None, expires_at__gt=now).count() >= MAX_ACTIVE:
        raise TooManyTokens(str(MAX_ACTIVE))
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    token = ApiToken.objects.create(
        key=secrets.token_hex(6),
        digest=_digest(secret),
        account=account,
        purpose=new.purpose,
        note=note,
        may_write=new.may_write,
        realm=str(realm),
        created_at=now,
        created_by=actor,
        expires_at=now + timedelta(days=new.days),
    )
    _record("token.made", token, actor)
    return MadeToken(token, secret)


@transaction.atomic
def revoke_token(account: Account, key: str, *, actor: str) -> ApiToken:
    """Let a token of an officer open nothing any more. One that was revoked stays as it is.

    Raises:
        NoSuchToken: he has none of this name.
    """
    token = account.tokens.select_for_update().filter(key=key).first()
    if token is None:
        raise NoSuchToken(key)
    if token.revoked_at is None:
        _revoke(token, actor)
    return token


def revoke_tokens(account: Account, *, actor: str = SYSTEM) -> None:
    """Revoke every token of an officer, in the transaction that is open."""
    for token in account.tokens.select_for_update().filter(revoked_at=None):
        _revoke(token, actor)


def tokens_of(account: Account) -> list[ApiToken]:
    """Return the tokens of an officer, the newest first."""
    return list(account.tokens.all())


def token_behind(secret: str) -> ApiToken:
    """Return the token with which a program calls, whose officer may use it now.

    Raises:
        TokenRefused: there is none; it never says why.
    """
    found = _behind(secret)
    if found.purpose == Purpose.WALL:
        raise TokenRefused
    return found


def wall_behind(secret: str) -> ApiToken:
    """Return the token by which a screen shows the wall, whose officer may use it now.

    Raises:
        TokenRefused: there is none; it never says why.
    """
    found = _behind(secret)
    if found.purpose != Purpose.WALL:
        raise TokenRefused
    return found


def _behind(secret: str) -> ApiToken:
    if not secret.startswith(PREFIX) or len(secret) > MAX_SECRET or not secret.isascii():
        raise TokenRefused
    found = ApiToken.objects.select_related("account").filter(digest=_digest(secret)).first()
    if found is None or not found.is_active or not _may_work(found.account):
        raise TokenRefused
    if Realm.parse(found.realm).is_exercise and officer_behind(found).exercise is None:
        raise TokenRefused
    return found


def officer_behind(token: ApiToken) -> Account:
    """Return the officer as he works by this token: in its realm. The copy is never saved."""
    account = copy.copy(token.account)
    account.realm = token.realm
    return account


def touch(token: ApiToken) -> None:
    """Note that a token is used now, to the minute."""
    now = datetime.now(UTC)
    unused = Q(last_used_at=None) | Q(last_used_at__lt=now - TOUCH_EVERY)
    if token.last_used_at is None or token.last_used_at < now - TOUCH_EVERY:
        ApiToken.objects.filter(unused, pk=token.pk).update(last_used_at=now)


def _may_work(account: Account) -> bool:
    return account.is_active and not account.password_is_initial


def _realm(account: Account, text: str) -> Realm:
    try:
        realm = Realm.parse(text)
    except MalformedData as error:
        raise BadToken("realm: live, or exercise:NAME") from error
    if realm.is_exercise:
        exercise = Exercise.objects.filter(pk=realm.event).first()
        if exercise is None or not exercise.is_open or not exercise.has_member(account):
            raise BadToken(f"realm: {account.officer_id} is in no exercise {realm.event!r}")
    return realm


def _revoke(token: ApiToken, actor: str) -> None:
    token.revoked_at, token.revoked_by = datetime.now(UTC), actor
    token.save(update_fields=["revoked_at", "revoked_by"])
    _record("token.revoked", token, actor)


def _record(action: str, token: ApiToken, actor: str) -> None:
    record(
        action, actor=actor, subject=token.key, realm=token.realm,
        officer=token.account.officer_id, purpose=token.purpose, scopes=" ".join(token.scopes),
    )  # fmt: skip


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
