"""The officer's own page."""

import pytest
from allauth.mfa.models import Authenticator

from borderliaison.accounts.models import Account
from borderliaison.audit.models import AuditLine
from tests.accounts.people import PASSWORD, browser, exercise, officer, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return officer(password=PASSWORD)


def test_it_tells_who_i_am_and_what_i_may_read(account: Account) -> None:
    page = signed_in(account).get("/me").content.decode()
    for words in ("A. Toktosunov", "toktosunov", "Liaison officer", "For official use", "Кыргызча"):
        assert words.lower() in page.lower(), words


def test_it_is_only_looked_at(account: Account) -> None:
    assert signed_in(account).post("/me").status_code == 405


@pytest.mark.parametrize(
    "path", ["/me/single-letters", "/me/exercise/seal-2026", "/me/live", "/ui/display/theme"]
)
def test_what_changes_something_takes_a_post_only(account: Account, path: str) -> None:
    assert signed_in(account).get(path).status_code == 405


@pytest.mark.parametrize(
    "path", ["/me/single-letters", "/me/exercise/seal-2026", "/me/live", "/me/password"]
)
def test_whoever_is_not_signed_in_changes_nothing(account: Account, path: str) -> None:
    exercise("seal-2026", account)
    assert browser().post(path).url == "/sign-in"
    account.refresh_from_db()
    assert account.realm == "live"


def test_single_letters_are_switched_off_and_on(account: Account) -> None:
    client = signed_in(account)
    client.post("/me/single-letters", {})
    account.refresh_from_db()
    assert not account.single_letter_keys
    client.post("/me/single-letters", {"single_letter_keys": "on"})
    account.refresh_from_db()
    assert account.single_letter_keys


def test_an_exercise_is_entered_and_left_with_an_audit_line_each(account: Account) -> None:
    exercise("seal-2026", account)
    client = signed_in(account)
    assert "Seal 2026" in client.get("/me").content.decode()
    page = client.post("/me/exercise/seal-2026", follow=True).content.decode()
    assert "You now work in the exercise “Seal 2026”." in page
    assert client.get("/me").wsgi_request.reader.realm.event == "seal-2026"  # type: ignore[attr-defined]
    client.post("/me/live")
    assert not client.get("/me").wsgi_request.reader.realm.is_exercise  # type: ignore[attr-defined]
    lines = AuditLine.objects.filter(action__startswith="account.realm")
    assert [(line.action, line.realm) for line in lines] == [
        ("account.realm_entered", "exercise:seal-2026"),
        ("account.realm_left", "exercise:seal-2026"),
    ]


def test_language_and_theme_are_kept_with_the_account(account: Account) -> None:
    client = signed_in(account)
    client.post("/ui/display/language", {"language": "ru", "next": "/me"})
    client.post("/ui/display/theme", {"theme": "dark", "next": "/me"})
    account.refresh_from_db()
    assert (account.language, account.theme) == ("ru", "dark")
    other = signed_in(account)
    assert other.get("/me").headers["Content-Language"] == "ru"


@pytest.mark.parametrize("initial", [True, False])
def test_an_officer_who_is_still_setting_up_chooses_his_language(
    account: Account, initial: bool
) -> None:
    Authenticator.objects.all().delete()
    account.password_is_initial = initial
    account.save()
    client = signed_in(account)
    client.post("/ui/display/language", {"language": "ru", "next": "/me/begin"})
    page = client.get("/me/begin", follow=True)
    assert page.headers["Content-Language"] == "ru"


def test_the_language_of_the_officer_before_does_not_stay(account: Account) -> None:
    client = signed_in(account)
    client.cookies["blo-kg-bdb-language"] = "ru"
    assert client.get("/me").headers["Content-Language"] == "en"


def test_before_signing_in_the_language_is_the_browsers_or_the_chosen_one() -> None:
    client = browser()
    asked = client.get("/sign-in", headers={"accept-language": "ru-KG,ru;q=0.9"})
    assert asked.headers["Content-Language"] == "ru"
    client.post("/ui/display/language", {"language": "en", "next": "/sign-in"})
    asked = client.get("/sign-in", headers={"accept-language": "ru-KG,ru;q=0.9"})
    assert asked.headers["Content-Language"] == "en"


def test_an_unknown_language_is_refused(account: Account) -> None:
    assert signed_in(account).post("/ui/display/language", {"language": "xx"}).status_code == 400
    account.refresh_from_db()
    assert account.language == "en"


def test_the_password_is_changed_and_other_sessions_end(account: Account) -> None:
    client, other = signed_in(account), signed_in(account)
    new = "an other long sentence"
    words = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/me/password", words).url == "/me"
    assert client.get("/me").status_code == 200
    assert other.get("/me").status_code == 302
    line = AuditLine.objects.last()
    assert line is not None
    assert line.action == "account.password_changed"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"oldpassword": "x"}, "Enter the password that you use now."),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"password2": "something else here"}, "same password"),
        ({"password1": PASSWORD, "password2": PASSWORD}, "another password"),
        ({"password1": "a.toktosunov1", "password2": "a.toktosunov1"}, "too similar"),
        ({"password1": "318231982319", "password2": "318231982319"}, "entirely numeric"),
        ({"password1": "", "password2": ""}, "required"),
    ],
)
def test_a_bad_new_password_is_refused_in_words(
    account: Account, words: dict[str, str], says: str
) -> None:
    new = "an other long sentence"
    right = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    answer = signed_in(account).post("/me/password", right | words)
    assert answer.status_code == 200
    assert says in answer.content.decode()
    account.refresh_from_db()
    assert account.check_password(PASSWORD)
