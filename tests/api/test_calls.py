"""Who is let in, how often, and what each call leaves in the audit."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import resolve

from borderliaison.accounts.models import Account
from borderliaison.accounts.tokens import revoke_token
from borderliaison.api import calls, gate
from borderliaison.api.bodies import MAX_BODY
from borderliaison.api.errors import TooManyCalls
from borderliaison.api.interface import BEFOREHAND, described
from borderliaison.api.limits import TURNS, Buckets
from borderliaison.audit.models import AuditLine
from borderliaison.correspondence.models import Item
from borderliaison.exchange.models import RecoveryRow
from borderliaison.exchange.recovery.first_look import FirstLook
from tests.accounts.people import exercise, signed_in
from tests.api.programs import Program
from tests.correspondence.cast import sent_lookout

KEY = "0" * 32


def test_a_token_says_for_whom_where_and_until_when_it_works(officer: Account) -> None:
    me = Program(officer).read("/me")
    assert (me["officer"], me["realm"], me["scopes"]) == (
        officer.officer_id,
        "live",
        ["read", "write"],
    )


@pytest.mark.parametrize("shown", ["", "Bearer", "Basic blo_x", "Bearer blo_x y", "Bearer blo_x"])
def test_without_a_token_that_holds_nothing_is_answered(shown: str) -> None:
    headers = {"Authorization": shown} if shown else {}
    for path in ("/me", "/items/" + KEY, "/nothing"):
        answer = Client().get(f"/api/v1{path}", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert json.loads(answer.content)["code"] in {"E-API-01", "E-ACC-13"}


def test_a_session_opens_nothing_and_no_cookie_is_set(officer: Account) -> None:
    assert signed_in(officer).get("/api/v1/me").status_code == 401
    answer = Program(officer).get("/me")
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_revoked_token_is_refused_from_then_on(officer: Account) -> None:
    program = Program(officer)
    program.read("/me")
    revoke_token(officer, program.token.key, actor="system")
    assert program.get("/me").status_code == 401


def test_a_token_for_reading_writes_nothing(officer: Account) -> None:
    answer = Program(officer, may_write=False).post("/drafts", {"form": "lookout"})
    assert answer.status_code == 403
    assert json.loads(answer.content)["code"] == "E-API-02"


def test_every_call_leaves_a_line_with_its_purpose(officer: Account) -> None:
    program = Program(officer)
    program.read("/me")
    program.get("/items/" + KEY)
    program.get("/nothing/at/all")
    program.do("/drafts", {"form": "lookout"})
    lines = AuditLine.objects.filter(action="api.called")
    assert [(one.ids["route"], one.ids["status"], one.ids["about"]) for one in lines] == [
        ("api:me", "200", ""),
        ("api:one_item", "404", KEY),
        ("none", "404", ""),
        ("api:drafts", "201", ""),
    ]
    assert {one.ids["purpose"] for one in lines} == {"case_system"}
    assert {one.actor for one in lines} == {officer.officer_id}
    assert {one.subject for one in lines} == {program.token.key}


def test_the_last_use_of_a_token_is_noted(officer: Account) -> None:
    program = Program(officer)
    program.read("/me")
    program.token.refresh_from_db()
    assert program.token.last_used_at is not None


def test_a_token_reads_in_its_realm_alone(officer: Account) -> None:
    exercise("seal-2026", officer)
    live = sent_lookout(officer)
    assert Program(officer).read("/reports")["items"][0]["key"] == live.key
    player = Program(officer, realm="exercise:seal-2026")
    assert player.read("/reports")["items"] == []
    assert player.get(f"/items/{live.key}").status_code == 404


def test_a_program_writes_in_the_realm_of_its_token_whatever_its_officer_does(
    officer: Account,
) -> None:
    exercise("seal-2026", officer)
    made = Program(officer, realm="exercise:seal-2026").do("/drafts", {"form": "lookout"})
    assert Program(officer).get(f"/drafts/{made['draft']}").status_code == 404
    officer.refresh_from_db()
    assert officer.realm == "live"
    assert not Item.objects.as_system("test").exists()


def test_a_bucket_gives_so_many_calls_and_fills_again() -> None:
    now = [100.0]
    buckets = Buckets(lambda: now[0], burst=2, per_second=0.5)
    buckets.take(1)
    buckets.take(1)
    with pytest.raises(TooManyCalls) as refused:
        buckets.take(1)
    assert refused.value.retry_after_s == 2
    buckets.take(2)
    now[0] += 2
    buckets.take(1)


def test_whoever_calls_too_often_is_told_when_to_come_back(
    officer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "BUCKETS", Buckets(lambda: 0.0, burst=1))
    program = Program(officer)
    program.read("/me")
    answer = program.get("/me")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "1"
    assert json.loads(answer.content)["code"] == "E-API-10"


@pytest.mark.parametrize("path", ["/exports/ftm?purpose=case", "/charts/{chart}/measures"])
def test_long_work_is_done_for_a_token_one_by_one(officer: Account, path: str) -> None:
    program, other = Program(officer), Program(officer)
    asked = path.format(chart=program.do("/charts", {"name": "Lorry"})["key"])
    with TURNS.take(program.token.pk):
        refused = program.get(asked)
        assert (refused.status_code, json.loads(refused.content)["code"]) == (429, "E-API-14")
        assert refused.headers["Retry-After"]
        for answer in (other.get(asked), program.get("/me")):
            assert answer.status_code == 200
            b"".join(answer)
    answer = program.get(asked)
    assert answer.status_code == 200
    b"".join(answer)


def test_nothing_that_is_sent_may_be_larger_than_its_address_says(officer: Account) -> None:
    program = Program(officer)
    for path, ways in described()["paths"].items():
        if "post" not in ways:
            continue
        short = re.sub(r"{[^}]*}", "1", path.removeprefix("/api/v1"))
        name = resolve(f"/api/v1{short}").url_name or ""
        most = BEFOREHAND[name].most if name in BEFOREHAND else MAX_BODY
        answer = program.client.post(
            f"/api/v1{short}?name=x.csv", b" " * (most + 1), content_type="application/json",
            headers={"Authorization": f"Bearer {program.secret}", "Idempotency-Key": "large"},
        )  # fmt: skip
        assert (answer.status_code, json.loads(answer.content)["code"]) == (413, "E-API-07"), path


def test_a_sentence_is_in_the_language_that_was_asked_for(officer: Account) -> None:
    program = Program(officer)
    russian = program.get("/items/" + KEY, Accept_Language="tg, ru;q=0.8, en;q=0.5")
    assert russian.headers["Content-Language"] == "ru"
    assert json.loads(russian.content)["title"] == "Здесь для вас ничего нет."
    english = program.get("/items/" + KEY, Accept_Language="*")
    assert json.loads(english.content)["title"] == "There is nothing here for you."


@pytest.mark.parametrize("path", ["/items/%00", "/reports?form=%00", "/requests?state=open%00"])
def test_an_address_with_nul_is_refused(officer: Account, path: str) -> None:
    assert Program(officer).get(path).status_code in {400, 404, 422}


def test_what_is_held_already_is_not_sent_again(officer: Account) -> None:
    program = Program(officer)
    first = program.get("/forms/lookout")
    again = program.get("/forms/lookout", If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert program.get("/forms/alert", If_None_Match=first.headers["ETag"]).status_code == 200


def test_an_address_says_which_methods_it_answers(officer: Account) -> None:
    answer = Program(officer).client.put(
        "/api/v1/forms", headers={"Authorization": f"Bearer {Program(officer).secret}"}
    )
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET"
    assert json.loads(answer.content)["code"] == "E-API-04"


def test_while_the_server_gets_back_what_it_lacks_programs_read_nothing(
    officer: Account, node_directory: Path
) -> None:
    program, look = Program(officer), FirstLook(node_directory / "run")
    look.await_()
    try:
        assert program.get("/reports").status_code == 503
    finally:
        look.done()
    assert program.get("/reports").status_code == 200
    RecoveryRow.objects.create(since=datetime(2026, 5, 12, 4, 0, tzinfo=UTC), why="restored")
    answer = program.get("/reports")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "15"


def test_the_routes_authorise_nothing() -> None:
    folder = Path(gate.__file__).parent
    for path in folder.rglob("*.py"):
        assert "sending import authorise" not in path.read_text(encoding="utf-8"), path.name
