"""Signing in: both steps, and nothing in between."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from fido2.utils import websafe_encode

from borderliaison.accounts.models import Account
from borderliaison.audit.models import AuditLine
from tests.accounts.people import PASSWORD, browser, code, officer, signed_in, without_second_step

pytestmark = pytest.mark.django_db
WRONG = "The login name or the password is not right."


@pytest.fixture
def account() -> Account:
    return officer(password=PASSWORD)


def give_password(client: Client, login: str = "toktosunov", password: str = PASSWORD, **more: str):
    return client.post("/sign-in", {"login": login, "password": password, **more})


def is_in(client: Client) -> bool:
    return client.get("/me").status_code == 200


def actions() -> list[str]:
    return list(AuditLine.objects.values_list("action", flat=True))


def test_the_password_and_a_code_sign_in(account: Account) -> None:
    client = browser()
    assert give_password(client).url == "/sign-in/second-step"
    assert not is_in(client)
    assert client.post("/sign-in/second-step", {"code": code()}).url == "/"
    assert is_in(client)
    assert actions()[-2:] == ["account.second_factor_shown", "account.signed_in"]


def test_the_login_name_is_taken_in_any_case(account: Account) -> None:
    assert give_password(browser(), " TOKTOSUNOV ").status_code == 302


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("toktosunov", "not the password"),
        ("nobody", PASSWORD),
        ("nobody", "x"),
        ("ТОКТОСУНОВ", "x"),
    ],
)
def test_a_refusal_does_not_say_which_part_was_wrong(
    account: Account, login: str, password: str
) -> None:
    answer = give_password(browser(), login, password)
    assert answer.status_code == 200
    assert WRONG in answer.content.decode()


def test_a_disabled_account_is_refused_like_a_wrong_password(account: Account) -> None:
    account.is_active = False
    account.save()
    answer = give_password(browser())
    assert WRONG in answer.content.decode()


def test_what_was_typed_is_in_no_audit_line(account: Account) -> None:
    give_password(browser(), "my-secret-typed-in-the-wrong-field", "x")
    line = AuditLine.objects.get(action="account.sign_in_refused")
    assert line.subject == "unknown"
    assert "secret" not in str(line.ids)


@pytest.mark.parametrize("data", [{}, {"login": "toktosunov"}, {"password": PASSWORD}])
def test_a_missing_part_is_asked_for(account: Account, data: dict[str, str]) -> None:
    answer = browser().post("/sign-in", data)
    assert answer.status_code == 200
    assert "This field is required." in answer.content.decode()


@pytest.mark.parametrize("method", ["delete", "patch"])
@pytest.mark.parametrize("path", ["/sign-in", "/sign-out"])
def test_other_methods_are_refused(method: str, path: str) -> None:
    assert getattr(browser(), method)(path).status_code == 405


def test_the_second_step_cannot_be_reached_without_the_first(account: Account) -> None:
    client = browser()
    assert client.get("/sign-in/second-step").url == "/sign-in"
    assert client.post("/sign-in/second-step", {"code": code()}).url == "/sign-in"
    assert not is_in(client)


def test_after_the_password_alone_every_page_leads_back(account: Account) -> None:
    client = browser()
    give_password(client)
    for path in ("/me", "/me/second-step", "/me/second-step/app/add", "/me/password", "/anything"):
        assert client.get(path).url.startswith("/sign-in"), path


def test_a_wrong_code_is_refused_and_noted(account: Account) -> None:
    client = browser()
    give_password(client)
    answer = client.post("/sign-in/second-step", {"code": "000000"})
    assert "was not accepted" in answer.content.decode()
    assert not is_in(client)
    assert actions()[-1] == "account.second_factor_refused"


def test_a_code_signs_in_once(account: Account) -> None:
    used = code()
    for expected in (True, False):
        client = browser()
        give_password(client)
        client.post("/sign-in/second-step", {"code": used})
        assert is_in(client) is expected


def test_an_earlier_code_is_refused_after_a_later_one(account: Account) -> None:
    client = browser()
    give_password(client)
    client.post("/sign-in/second-step", {"code": code(1)})
    other = browser()
    give_password(other)
    other.post("/sign-in/second-step", {"code": code()})
    assert is_in(client)
    assert not is_in(other)


def test_a_code_from_a_clock_that_is_far_off_is_refused(account: Account) -> None:
    client = browser()
    give_password(client)
    client.post("/sign-in/second-step", {"code": code(5)})
    assert not is_in(client)


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "null",
        "5",
        '"x"',
        "[]",
        "{}",
        '{"id": 1}',
        '{"id": "AA", "rawId": "AA", "response": 3}',
        "{",
    ],
)
def test_a_malformed_answer_of_a_key_is_refused(account: Account, credential: str) -> None:
    client = browser()
    give_password(client)
    assert client.post("/sign-in/second-step", {"credential": credential}).status_code == 200
    assert not is_in(client)


def test_the_fifth_wrong_password_is_the_last_for_five_minutes(account: Account) -> None:
    client = browser()
    for attempt in range(5):
        assert WRONG in give_password(client, "toktosunov", f"guess {attempt}").content.decode()
    assert "Too many attempts" in give_password(client).content.decode()


def test_neither_case_nor_host_name_buys_more_attempts(account: Account) -> None:
    for attempt in range(5):
        give_password(browser(), "toktosunov", f"guess {attempt}")
    other = Client(SERVER_NAME="127.0.0.1")
    assert "Too many attempts" in give_password(other, "TokTosunov").content.decode()


def test_attempts_on_one_account_do_not_lock_another(account: Account) -> None:
    officer("abdyrakhmanova", password=PASSWORD)
    for attempt in range(6):
        give_password(browser(), "toktosunov", f"guess {attempt}")
    assert give_password(browser(), "abdyrakhmanova").status_code == 302


def test_the_fifth_wrong_code_is_the_last(account: Account) -> None:
    client = browser()
    give_password(client)
    for attempt in range(5):
        client.post("/sign-in/second-step", {"code": f"00000{attempt}"})
    answer = client.post("/sign-in/second-step", {"code": code()})
    assert "Too many attempts" in answer.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http://localhost/other-port",
        "http://localhost:9999/",
        "\thttps://evil.example",
        "https:evil.example",
    ],
)
def test_nobody_is_led_to_another_site(account: Account, target: str) -> None:
    client = browser()
    give_password(client, next=target)
    assert client.post("/sign-in/second-step", {"code": code()}).url == "/"
    assert client.post("/sign-out", {"next": target}).url == "/sign-in"


def test_signing_in_leads_back_to_where_the_officer_was(account: Account) -> None:
    client = browser()
    where = client.get("/me/second-step/keys?page=2").url
    assert where == "/sign-in?next=%2Fme%2Fsecond-step%2Fkeys%3Fpage%3D2"
    give_password(client, next="/me/second-step/keys?page=2")
    answer = client.post("/sign-in/second-step", {"code": code()})
    assert answer.url == "/me/second-step/keys?page=2"


def test_the_session_that_was_there_before_is_not_the_one_after(account: Account) -> None:
    client = browser()
    give_password(client)
    before = client.session.session_key
    client.post("/sign-in/second-step", {"code": code()})
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_signing_out_ends_the_session_on_the_server(account: Account) -> None:
    client = signed_in(account)
    key = client.session.session_key
    client.post("/sign-out")
    assert not Session.objects.filter(session_key=key).exists()
    assert actions()[-1] == "account.signed_out"


def test_asking_to_sign_out_by_a_link_signs_nobody_out(account: Account) -> None:
    client = signed_in(account)
    assert client.get("/sign-out").status_code == 200
    assert is_in(client)


def test_an_officer_without_a_second_step_reaches_nothing_but_adding_one(account: Account) -> None:
    without_second_step(account)
    client = browser()
    give_password(client)
    for path in ("/me", "/", "/me/second-step", "/ui/components", "/me/second-step/keys"):
        assert client.get(path).url == "/me/begin", path
    assert client.get("/me/begin").status_code == 200
    assert client.get("/me/second-step/app/add").status_code == 200


def test_a_session_from_before_the_second_step_was_added_is_of_no_use(account: Account) -> None:
    without_second_step(account)
    thief = browser()
    give_password(thief)
    assert thief.get("/me/begin").status_code == 200
    officer("other")
    Authenticator.objects.filter(user__login="other").update(user=account)
    assert thief.get("/me/second-step/app/add").url.startswith("/sign-in")
    assert not is_in(thief)


def test_a_password_that_was_handed_over_opens_only_the_page_to_change_it(account: Account) -> None:
    account.password_is_initial = True
    account.save()
    client = signed_in(account)
    for path in ("/me", "/", "/me/begin", "/me/second-step/app/add", "/me/second-step"):
        assert client.get(path).url == "/me/password", path
    new = "an other long sentence"
    answer = client.post(
        "/me/password", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer.url == "/me"
    assert is_in(client)


def test_a_page_that_was_opened_before_another_sign_in_is_refused_in_words(
    account: Account,
) -> None:
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    answer = client.post("/sign-in", {"login": "toktosunov", "password": PASSWORD})
    assert answer.status_code == 403
    assert "The page was too old" in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/sign-up", "/signup", "/accounts/signup/", "/accounts/login/", "/password/reset/",
        "/accounts/password/reset/", "/accounts/email/", "/email/", "/confirm-email/x/",
        "/login/code/", "/accounts/", "/admin/", "/me/email", "/inactive/",
    ],
)  # fmt: skip
def test_there_is_no_sign_up_no_mail_and_no_reset_by_oneself(account: Account, path: str) -> None:
    assert signed_in(account).get(path).status_code == 404
    assert browser().get(path).url.startswith("/sign-in?next=")


def test_between_the_steps_the_frame_tells_nothing_of_the_office(account: Account) -> None:
    without_second_step(account)
    client = browser()
    give_password(client)
    for path in ("/me/begin", "/me/second-step/app/add", "/me/password"):
        page = client.get(path).content.decode()
        assert 'class="rail"' not in page, path
        assert "unread" not in page, path
        assert "data-feed" not in page, path
        assert "Toktosunov" not in page, path


def test_trying_many_names_does_not_push_out_the_count_of_one(account: Account) -> None:
    for attempt in range(5):
        give_password(browser(), "toktosunov", f"guess {attempt}")
    cache.set_many({f"filler-{number}": 1 for number in range(1000)})
    assert "Too many attempts" in give_password(browser()).content.decode()


def test_a_refused_key_is_noted(account: Account) -> None:
    client = browser()
    give_password(client)
    said = {"type": "webauthn.get", "challenge": "AAAA", "origin": "http://localhost"}
    response = {
        "clientDataJSON": websafe_encode(json.dumps(said).encode()),
        "authenticatorData": websafe_encode(bytes(37)),
        "signature": "AAAA",
    }
    credential = {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": response}
    client.post("/sign-in/second-step", {"credential": json.dumps(credential)})
    assert not is_in(client)
    assert actions()[-1] == "account.second_factor_refused"
