"""What can be done with accounts, and whom a request speaks for. Everything here is audited."""

from collections.abc import Iterable
from dataclasses import dataclass

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from borderliaison.accounts.errors import (
    BadAccount,
    LoginTaken,
    NoSuchAccount,
    NotSignedIn,
    OfficerHasAccount,
    WeakPassword,
)
from borderliaison.accounts.models import Account
from borderliaison.accounts.names import fold_login
from borderliaison.accounts.passwords import make_password_to_hand_over
from borderliaison.accounts.tokens import revoke_tokens
from borderliaison.audit.services import SYSTEM, record
from borderliaison.kernel.ids import OfficerId
from borderliaison.kernel.marking import NODE_CEILING, Level
from borderliaison.kernel.policy import Reader
from borderliaison.kernel.realm import LIVE, Realm
from borderliaison.offices import services as offices
from borderliaison.offices.roster import NewOfficer, keep_officer


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What an administrator says of an officer who is to sign in here.

    Attributes:
        login: the login name, in any case.
        officer_id: the officer as his office asserts him: ``KG-BDB/0003``.
        languages: codes of the languages that the officer speaks, the one for pages first.
    """

    login: str
    officer_id: str
    full_name: str
    office: str
    agency: str
    role: str
    clearance: Level = Level.OFFICIAL
    languages: tuple[str, ...] = ("en",)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What the administrator hands over, once. It is kept nowhere.

    Attributes:
        password: to be changed at the first sign-in; empty where the officer chose it.
        totp_secret: for an authenticator app, base32; empty where none was asked for.
        totp_uri: the same as apps read it.
    """

    account: Account
    password: str = ""
    totp_secret: str = ""
    totp_uri: str = ""


def account_of(request: HttpRequest) -> Account:
    """Return the account that is signed in.

    Raises:
        NotSignedIn: nobody is.
    """
    if not isinstance(request.user, Account):
        raise NotSignedIn
    return request.user


def reader_of(request: HttpRequest) -> Reader:
    """Return the reader that a request speaks for, in the realm where the officer works now.

    Raises:
        NotSignedIn: nobody is signed in, or not yet with a second factor.
    """
    reader = getattr(request, "reader", None)
    if not isinstance(reader, Reader):
        raise NotSignedIn
    return reader


def live_reader_of(request: HttpRequest) -> Reader:
    """Return the same officer's live profile: for the bar of live alerts, and for nothing else.

    Raises:
        NotSignedIn: as ``reader_of``.
    """
    reader_of(request)
    return account_of(request).reader(LIVE)


@transaction.atomic
def add_account(
    new: NewAccount, *, password: str | None = None, with_totp: bool = False, actor: str = SYSTEM
) -> Enrolment:
    """Make an account.

    Args:
        new: whom it is for.
        password: what the officer chose; without it one is made, which must be changed at once.
        with_totp: whether to enrol an authenticator app now.
        actor: who does it, for the audit.

    Raises:
        BadAccount: a part of ``new`` is not what it should be.
        LoginTaken: the login name is in use.
        OfficerHasAccount: the officer has an account here.
        WeakPassword: the password is too easy to guess; says why.
    """
    account = _unsaved(new)
    made = "" if password else make_password_to_hand_over()
    _set_password(account, password or made)
    account.password_is_initial = not password
    account.save()
    record("account.added", actor=actor, subject=account.officer_id, office=account.office)
    secret = _enrol_totp(account, actor) if with_totp else ""
    return Enrolment(account, made, secret, _totp_uri(account, secret))


@transaction.atomic
def enrol_officer(
    new: NewAccount, *, password: str | None = None, with_totp: bool = False, actor: str = SYSTEM
) -> Enrolment:
    """Write an officer of this office into its list, and make his account.

    Args:
        new: as for ``add_account``.
        password: as for ``add_account``.
        with_totp: as for ``add_account``.
        actor: who does it, for the audit.

    Raises:
        BadAccount: he is another office's officer, or a part of ``new`` is not what it should be.
        OfficesError: the office does not know his agency.
        AccountError: as for ``add_account``.
    """
    own = offices.this_office()
    if new.office != own or not new.officer_id.startswith(f"{own}/"):
        raise BadAccount(f"office: {new.officer_id} is no officer of {own}, whose node this is")
    enrolment = add_account(new, password=password, with_totp=with_totp, actor=actor)
    asserted = NewOfficer(
        officer_id=OfficerId(new.officer_id),
        agency=new.agency,
        name=new.full_name,
        role=new.role,
        languages=tuple(new.languages),
        clearance=new.clearance,
    )
    keep_officer(asserted, actor=actor)
    return enrolment


def _unsaved(new: NewAccount) -> Account:
    if new.clearance > NODE_CEILING:
        raise BadAccount(f"clearance: nobody here is admitted to more than {NODE_CEILING.name}")
    login = fold_login(new.login)
    if Account.objects.filter(login=login).exists():
        raise LoginTaken(f"{login}: another account has this login name")
    if Account.objects.filter(officer_id=new.officer_id).exists():
        raise OfficerHasAccount(f"{new.officer_id}: this officer already has an account")
    spoken = list(dict.fromkeys(new.languages))
    account = Account(
        login=login,
        officer_id=new.officer_id,
        full_name=new.full_name,
        office=new.office,
        agency=new.agency,
        role=new.role,
        clearance=int(new.clearance),
        languages=spoken,
        language=_page_language(spoken),
    )
    try:
        account.full_clean(exclude=["password"], validate_unique=False)
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise BadAccount(f"{name}: {' '.join(messages)}") from error
    return account


def _page_language(spoken: Iterable[str]) -> str:
    offered = dict(settings.LANGUAGES)
    return next((code for code in spoken if code in offered), settings.LANGUAGE_CODE)


def _set_password(account: Account, password: str) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages)) from error
    account.set_password(password)


def _enrol_totp(account: Account, actor: str) -> str:
    secret = str(generate_totp_secret())
    TOTP.activate(account, secret)
    record("account.second_factor_added", actor=actor, subject=account.officer_id, type="totp")
    return secret


def _totp_uri(account: Account, secret: str) -> str:
    return str(get_adapter().build_totp_url(account, secret)) if secret else ""


def account_named(login: str) -> Account:
    """Return the account with this login name.

    Raises:
        NoSuchAccount: there is none.
    """
    try:
        return Account.objects.get_by_natural_key(login)
    except Account.DoesNotExist as error:
        raise NoSuchAccount(f"{login}: there is no account with this login name") from error


@transaction.atomic
def reset_account(account: Account, *, with_totp: bool = False, actor: str = SYSTEM) -> Enrolment:
    """Give an officer who cannot sign in any more a new beginning.

    Takes away all second factors, ends all sessions, revokes all tokens, lets the account be used
    again if it was disabled, and makes a password that must be changed at once.
    """
    made = make_password_to_hand_over()
    _set_password(account, made)
    account.password_is_initial = True
    account.is_active = True
    account.save()
    Authenticator.objects.filter(user=account).delete()
    revoke_tokens(account, actor=actor)
    record("account.reset", actor=actor, subject=account.officer_id)
    secret = _enrol_totp(account, actor) if with_totp else ""
    return Enrolment(account, made, secret, _totp_uri(account, secret))


@transaction.atomic
def disable_account(account: Account, *, actor: str = SYSTEM) -> None:
    """Let nobody sign in with this account; whoever is signed in with it is out at once."""
    account.is_active = False
    account.save(update_fields=["is_active"])
    record("account.disabled", actor=actor, subject=account.officer_id)


@transaction.atomic
def enter_realm(account: Account, realm: Realm) -> None:
    """Let the officer work in ``realm`` from now on: an exercise, or live again.

    Does nothing where he works there already.
    """
    left = account.working_realm
    if left == realm:
        return
    account.realm = str(realm)
    account.save(update_fields=["realm"])
    actor = account.officer_id
    if left.is_exercise:
        record("account.realm_left", actor=actor, subject=actor, realm=str(left))
    if realm.is_exercise:
        record("account.realm_entered", actor=actor, subject=actor, realm=str(realm))


def leave_realm(account: Account) -> None:
    """Bring the officer back to live work."""
    enter_realm(account, LIVE)
