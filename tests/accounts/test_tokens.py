"""Tokens for programs: made, shown once, kept as a digest, refused and revoked."""

from datetime import UTC, datetime, timedelta

import pytest

from borderliaison.accounts import tokens
from borderliaison.accounts.errors import BadToken, TokenRefused, TooManyTokens
from borderliaison.accounts.models import Account, ApiToken
from borderliaison.accounts.services import disable_account, reset_account
from borderliaison.accounts.tokens import NewToken, make_token, officer_behind, token_behind
from borderliaison.audit.models import AuditLine
from borderliaison.kernel.realm import LIVE
from tests.accounts.people import exercise, officer, signed_in

pytestmark = pytest.mark.django_db

ASKED = {"purpose": "statistics", "note": "Weekly counter", "scope": "read"}


@pytest.fixture
def account() -> Account:
    return officer()


def made(account: Account, **more: object) -> tokens.MadeToken:
    values: dict[str, object] = {"purpose": "statistics", "note": "Weekly counter"}
    return make_token(account, NewToken(**{**values, **more}), actor="system")  # type: ignore[arg-type]


def test_a_token_is_shown_once_and_only_its_digest_is_kept(account: Account) -> None:
    client = signed_in(account)
    page = client.post("/me/tokens/new", {**ASKED, "realm": "live", "days": "30"}).content.decode()
    (kept,) = ApiToken.objects.all()
    secret = page.partition('<code class="account-token">')[2].partition("<")[0]
    assert token_behind(secret) == kept
    assert secret not in client.get("/me/tokens").content.decode()
    assert secret not in str(ApiToken.objects.values())
    assert not kept.may_write


def test_making_and_revoking_are_audited_with_the_purpose(account: Account) -> None:
    token = made(account, may_write=True).token
    tokens.revoke_token(account, token.key, actor=account.officer_id)
    lines = AuditLine.objects.filter(action__startswith="token.")
    assert [(one.action, one.subject) for one in lines] == [
        ("token.made", token.key),
        ("token.revoked", token.key),
    ]
    for one in lines:
        assert one.ids == {
            "officer": account.officer_id,
            "purpose": "statistics",
            "scopes": "read write",
        }


def test_a_token_works_in_the_realm_that_was_chosen_whatever_its_officer_does(
    account: Account,
) -> None:
    exercise("seal-2026", account)
    token = token_behind(made(account, realm="exercise:seal-2026").secret)
    assert officer_behind(token).reader().realm.event == "seal-2026"
    assert account.reader().realm == LIVE
    account.refresh_from_db()
    assert account.realm == "live"


def test_a_token_of_an_exercise_is_refused_when_its_officer_is_no_member_any_more(
    account: Account,
) -> None:
    known = exercise("seal-2026", account)
    secret = made(account, realm="exercise:seal-2026").secret
    known.members = []
    known.save()
    with pytest.raises(TokenRefused):
        token_behind(secret)


@pytest.mark.parametrize(
    "wrong",
    [
        {"purpose": "curiosity"},
        {"note": " "},
        {"note": "x" * 201},
        {"days": 0},
        {"days": 367},
        {"realm": "exercise:walk-2026"},
        {"realm": "elsewhere"},
    ],
)
def test_what_a_token_may_not_be_is_said(account: Account, wrong: dict[str, object]) -> None:
    with pytest.raises(BadToken):
        made(account, **wrong)
    assert not ApiToken.objects.exists()


def test_an_unknown_an_expired_and_a_revoked_token_are_refused_alike(account: Account) -> None:
    expired, revoked = made(account), made(account)
    ApiToken.objects.filter(pk=expired.token.pk).update(
        expires_at=datetime.now(UTC) - timedelta(seconds=1)
    )
    tokens.revoke_token(account, revoked.token.key, actor="system")
    for secret in (expired.secret, revoked.secret, "blo_unknown", "", "blo_" + "я" * 10):
        with pytest.raises(TokenRefused) as refused:
            token_behind(secret)
        assert str(refused.value) == ""


def test_whoever_may_not_sign_in_has_no_tokens(account: Account) -> None:
    secret = made(account).secret
    disable_account(account)
    with pytest.raises(TokenRefused):
        token_behind(secret)


def test_a_reset_revokes_every_token_for_good(account: Account) -> None:
    secret = made(account).secret
    reset_account(account)
    Account.objects.update(password_is_initial=False)
    with pytest.raises(TokenRefused):
        token_behind(secret)


def test_an_officer_has_so_many_tokens_and_no_more(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "MAX_ACTIVE", 1)
    made(account)
    with pytest.raises(TooManyTokens):
        made(account)
    page = signed_in(account).post("/me/tokens/new", {**ASKED, "realm": "live", "days": "30"})
    assert "as many as one may have" in page.content.decode()


def test_the_page_revokes_ones_own_and_no_other(account: Account) -> None:
    other = made(officer("mamatov", full_name="B. Mamatov")).token
    own = made(account).token
    client = signed_in(account)
    assert client.post(f"/me/tokens/{other.key}/revoke").status_code == 404
    assert client.post(f"/me/tokens/{own.key}/revoke").status_code == 302
    assert {one.key for one in ApiToken.objects.filter(revoked_at=None)} == {other.key}
    assert "revoked" in client.get("/me/tokens").content.decode()


def test_making_a_token_needs_the_second_step_again(account: Account) -> None:
    client = signed_in(account)
    session = client.session
    session["second_factor_at"] = 1
    session.save()
    assert "/me/confirm" in client.get("/me/tokens/new").url  # type: ignore[attr-defined]
    posted = client.post("/me/tokens/new", {**ASKED, "realm": "live", "days": "30"})
    assert posted.status_code == 302
    assert not ApiToken.objects.exists()


def test_the_last_use_is_known_to_the_minute(account: Account) -> None:
    token = made(account).token
    tokens.touch(token)
    token.refresh_from_db()
    first = token.last_used_at
    assert first is not None
    tokens.touch(token)
    token.refresh_from_db()
    assert token.last_used_at == first
