"""Accounts as an administrator makes them, and the readers that they stand for."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import identify_hasher
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from borderliaison.accounts import services
from borderliaison.accounts.errors import (
    BadAccount,
    LoginTaken,
    NoSuchAccount,
    NotSignedIn,
    OfficerHasAccount,
    WeakPassword,
)
from borderliaison.accounts.models import Account
from borderliaison.accounts.services import NewAccount
from borderliaison.audit.models import AuditLine
from borderliaison.kernel.ids import AgencyCode, CountryCode, OfficeCode
from borderliaison.kernel.marking import Level
from borderliaison.kernel.policy import Reader
from borderliaison.kernel.realm import LIVE, Realm
from tests.accounts.people import PASSWORD, exercise, officer, signed_in

pytestmark = pytest.mark.django_db


def new(**more: object) -> NewAccount:
    values = {
        "login": "Toktosunov",
        "officer_id": "KG-BDB/0003",
        "full_name": "A. Toktosunov",
        "office": "KG-BDB",
        "agency": "KG-BOR",
        "role": "liaison",
        "languages": ("ky", "ru"),
    }
    return NewAccount(**(values | more))  # type: ignore[arg-type]


def test_an_account_begins_with_a_password_that_must_be_changed() -> None:
    made = services.add_account(new())
    assert made.account.login == "toktosunov"
    assert made.account.language == "ru"
    assert made.account.password_is_initial
    assert made.account.check_password(made.password)
    assert identify_hasher(made.account.password).algorithm == "argon2"
    assert made.totp_secret == ""
    line = AuditLine.objects.get()
    assert (line.action, line.subject) == ("account.added", "KG-BDB/0003")
    assert made.password not in str(line.ids)


def test_a_password_that_the_officer_chose_stays() -> None:
    made = services.add_account(new(), password=PASSWORD)
    assert made.password == ""
    assert not made.account.password_is_initial


def test_an_app_can_be_enrolled_at_once() -> None:
    made = services.add_account(new(), with_totp=True)
    assert made.totp_uri.startswith("otpauth://totp/toktosunov?secret=" + made.totp_secret)
    assert "issuer=Border%20Liaison%20KG-BDB" in made.totp_uri
    assert Authenticator.objects.get().type == "totp"


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"login": "токтосунов"}, BadAccount),
        ({"login": "a b"}, BadAccount),
        ({"login": ""}, BadAccount),
        ({"login": "x" * 41}, BadAccount),
        ({"login": "0abc"}, BadAccount),
        ({"role": "king"}, BadAccount),
        ({"full_name": ""}, BadAccount),
        ({"office": "TOO-LONG-A-CODE"}, BadAccount),
        ({"clearance": Level.SECRET}, BadAccount),
    ],
)
def test_what_is_no_account_is_refused(more: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        services.add_account(new(**more))
    assert not Account.objects.exists()


def test_a_login_name_and_an_officer_are_there_once() -> None:
    services.add_account(new())
    with pytest.raises(LoginTaken):
        services.add_account(new(login="TOKTOSUNOV", officer_id="KG-BDB/0004"))
    with pytest.raises(OfficerHasAccount):
        services.add_account(new(login="other"))


def test_a_weak_password_is_refused_with_the_reason() -> None:
    with pytest.raises(WeakPassword, match="too short"):
        services.add_account(new(), password="short")


def test_the_database_refuses_a_login_name_that_is_not_folded() -> None:
    services.add_account(new())
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.update(login="TOKTOSUNOV")


def test_a_reset_takes_away_everything_and_gives_a_new_beginning() -> None:
    account = officer(password=PASSWORD)
    client = signed_in(account)
    services.disable_account(account)
    assert client.get("/me").status_code == 302
    made = services.reset_account(account)
    assert made.account.is_active
    assert made.account.password_is_initial
    assert not made.account.check_password(PASSWORD)
    assert not Authenticator.objects.exists()
    assert signed_in(account).get("/me").url == "/me/password"
    actions = list(AuditLine.objects.values_list("action", flat=True))
    assert "account.disabled" in actions
    assert "account.reset" in actions


def test_an_unknown_login_name_is_named() -> None:
    with pytest.raises(NoSuchAccount, match="nobody"):
        services.account_named("nobody")


def test_the_reader_is_the_officers_profile_in_the_realm_where_he_works() -> None:
    account = officer()
    exercise("seal-2026", account)
    services.enter_realm(account, Realm("seal-2026"))
    request = signed_in(account).get("/me").wsgi_request
    expected = Reader(
        OfficeCode("KG-BDB"),
        AgencyCode("KG-BOR"),
        CountryCode("KG"),
        Level.OFFICIAL,
        Realm("seal-2026"),
    )
    assert services.reader_of(request) == expected
    assert services.live_reader_of(request).realm == LIVE


def test_without_sign_in_there_is_no_reader() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    for ask in (services.reader_of, services.live_reader_of, services.account_of):
        with pytest.raises(NotSignedIn):
            ask(request)


def test_entering_where_one_is_already_changes_and_notes_nothing() -> None:
    account = officer()
    services.leave_realm(account)
    assert not AuditLine.objects.exists()


def test_going_from_one_exercise_to_another_leaves_the_first() -> None:
    account = officer()
    services.enter_realm(account, Realm("one"))
    services.enter_realm(account, Realm("two"))
    lines = AuditLine.objects.values_list("action", "realm")
    assert list(lines)[1:] == [
        ("account.realm_left", "exercise:one"),
        ("account.realm_entered", "exercise:two"),
    ]


def test_there_is_no_superuser() -> None:
    fields = {field.name for field in Account._meta.get_fields()}
    assert not fields & {"is_staff", "is_superuser", "groups", "user_permissions", "email"}
