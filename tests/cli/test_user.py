"""``blo user`` as an administrator types it."""

import io
import json
from pathlib import Path

import pytest

from borderliaison.accounts.models import Account
from borderliaison.accounts.tokens import token_behind
from borderliaison.audit.models import AuditLine
from borderliaison.cli import Exit, run
from borderliaison.offices.models import Officer
from borderliaison.offices.services import load_network
from tests.accounts.people import PASSWORD, officer, signed_in

pytestmark = pytest.mark.django_db

ADD = [
    "user", "add", "Toktosunov", "--officer", "KG-BDB/0003", "--name", "A. Toktosunov",
    "--agency", "KG-BOR", "--language", "ky", "--language", "ru",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _on_this_node(
    node_directory: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("BLO_NODE", str(node_directory))
    request.getfixturevalue("db")
    load_network()


def test_add_prints_once_what_is_handed_over(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*ADD, "--totp", "--json"]) == Exit.DONE
    out, err = capsys.readouterr()
    handed = json.loads(out)
    account = Account.objects.get()
    assert account.check_password(handed["password"])
    assert handed["totp_uri"].startswith("otpauth://totp/toktosunov?")
    assert (account.office, account.role, account.languages) == ("KG-BDB", "liaison", ["ky", "ru"])
    assert "shown once" in err
    assert Officer.objects.get(pk="KG-BDB/0003").name == "A. Toktosunov"
    run(["user", "list", "--json"])
    out, _ = capsys.readouterr()
    assert handed["password"] not in out
    assert handed["totp_secret"] not in out


def test_add_reads_the_password_that_the_officer_typed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))
    assert run([*ADD, "--password-stdin"]) == Exit.DONE
    account = Account.objects.get()
    assert account.check_password(PASSWORD)
    assert not account.password_is_initial
    assert PASSWORD not in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("more", "code"),
    [(["--role", "king"], Exit.USAGE), (["--clearance", "secret"], Exit.USAGE),
     (["--office", "KG-OSH"], Exit.FAILED), (["--officer", "KG-OSH/0003"], Exit.FAILED),
     (["--agency", "UZ-CUS"], Exit.FAILED), (["--name", ""], Exit.FAILED)],
)  # fmt: skip
def test_add_refuses_what_is_no_account(
    capsys: pytest.CaptureFixture[str], more: list[str], code: Exit
) -> None:
    assert run([*ADD, *more]) == code
    assert capsys.readouterr().err.startswith("blo: error: ")
    assert not Account.objects.exists()
    assert not Officer.objects.exists()


def test_add_says_that_the_login_name_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    run(ADD)
    capsys.readouterr()
    assert run(ADD) == Exit.FAILED
    assert "(E-ACC-01)" in capsys.readouterr().err


def test_list_tells_who_can_sign_in(capsys: pytest.CaptureFixture[str]) -> None:
    officer()
    assert run(["user", "list", "--json"]) == Exit.DONE
    (line,) = json.loads(capsys.readouterr().out)
    assert line["login"] == "toktosunov"
    assert line["second_steps"] == ["totp"]
    assert run(["user", "list"]) == Exit.DONE
    out, err = capsys.readouterr()
    assert out.startswith("toktosunov\t")
    assert err == "1 accounts\n"


def test_reset_and_disable_are_audited_and_end_sessions(capsys: pytest.CaptureFixture[str]) -> None:
    client = signed_in(officer())
    assert run(["user", "disable", "toktosunov"]) == Exit.DONE
    assert client.get("/me").status_code == 302
    assert run(["user", "reset", "TOKTOSUNOV"]) == Exit.DONE
    assert "password: " in capsys.readouterr().out
    actions = list(AuditLine.objects.values_list("action", "actor"))
    assert ("account.disabled", "system") in actions
    assert ("account.reset", "system") in actions


@pytest.mark.parametrize("verb", ["reset", "disable"])
def test_an_unknown_login_name_is_an_error(capsys: pytest.CaptureFixture[str], verb: str) -> None:
    assert run(["user", verb, "nobody"]) == Exit.FAILED
    assert "(E-ACC-03)" in capsys.readouterr().err


def test_a_token_is_printed_once_listed_without_its_secret_and_revoked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    officer()
    add = ["user", "token", "add", "toktosunov", "--purpose", "statistics", "--note", "Counter"]
    assert run([*add, "--write", "--json"]) == Exit.DONE
    out, err = capsys.readouterr()
    made = json.loads(out)
    assert made["scopes"] == "read+write"
    assert "shown once" in err
    assert token_behind(made["token"]).key == made["key"]
    assert run(["user", "token", "list", "toktosunov", "--json"]) == Exit.DONE
    out, _ = capsys.readouterr()
    assert [one["state"] for one in json.loads(out)] == ["active"]
    assert made["token"] not in out
    assert run(["user", "token", "revoke", "toktosunov", made["key"]]) == Exit.DONE
    capsys.readouterr()
    assert run(["user", "token", "list", "toktosunov"]) == Exit.DONE
    assert f"{made['key']}\trevoked\tread+write" in capsys.readouterr().out


def test_a_token_for_no_known_purpose_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    officer()
    add = ["user", "token", "add", "toktosunov", "--purpose", "fun", "--note", "Counter"]
    assert run(add) == Exit.FAILED
    assert "E-ACC-11" in capsys.readouterr().err
