"""A call that changes something, repeated: done once, answered twice."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from borderliaison.accounts.models import Account
from borderliaison.api import gate
from borderliaison.api.models import Answered
from borderliaison.audit.models import AuditLine
from borderliaison.reports.models import Draft
from tests.api.programs import Program

LOOKOUT = {"form": "lookout", "values": {"subject": "Grey lorry"}}


def drafts() -> int:
    return Draft.objects.as_system("test").count()


def test_the_same_key_and_call_are_answered_as_before_and_done_once(officer: Account) -> None:
    program = Program(officer)
    first = program.post("/drafts", LOOKOUT, key="one")
    again = program.post("/drafts", LOOKOUT, key="one")
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert drafts() == 1


def test_the_same_key_for_another_call_is_refused(officer: Account) -> None:
    program = Program(officer)
    program.post("/drafts", LOOKOUT, key="one")
    answer = program.post("/drafts", {"form": "alert"}, key="one")
    assert answer.status_code == 422
    assert json.loads(answer.content)["code"] == "E-API-09"
    assert drafts() == 1


def test_another_token_may_use_the_same_key(officer: Account) -> None:
    for program in (Program(officer), Program(officer)):
        assert program.post("/drafts", LOOKOUT, key="one").status_code == 201
    assert drafts() == 2


def test_a_call_without_a_key_does_nothing(officer: Account) -> None:
    for key in ("", "a" * 65, "sp ace", "ключ"):
        answer = Program(officer).post("/drafts", LOOKOUT, Idempotency_Key=key)
        assert answer.status_code == 400, key
        assert json.loads(answer.content)["code"] == "E-API-08"
    assert drafts() == 0


def test_what_was_refused_may_be_tried_again_under_its_key(officer: Account) -> None:
    program = Program(officer)
    assert program.post("/drafts", {"form": "nothing"}, key="one").status_code == 422
    assert not Answered.objects.exists()
    assert program.post("/drafts", LOOKOUT, key="one").status_code == 201


def test_after_a_day_a_key_is_new_again(officer: Account) -> None:
    program = Program(officer)
    program.post("/drafts", LOOKOUT, key="one")
    Answered.objects.update(at=datetime.now(UTC) - timedelta(hours=24, seconds=1))
    assert "Idempotency-Replayed" not in program.post("/drafts", LOOKOUT, key="one").headers
    assert drafts() == 2
    assert Answered.objects.count() == 1


def test_a_crash_before_the_end_leaves_neither_effect_nor_answer(
    officer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = Program(officer)
    noted = gate.note

    def crash(*_: object) -> None:
        raise RuntimeError("power")

    monkeypatch.setattr(gate, "note", crash)
    answer = program.post("/drafts", LOOKOUT, key="one")
    assert (answer.status_code, json.loads(answer.content)["code"]) == (500, "E-API-12")
    assert (drafts(), Answered.objects.count()) == (0, 0)
    assert not AuditLine.objects.filter(action="api.called").exists()
    monkeypatch.setattr(gate, "note", noted)
    assert program.post("/drafts", LOOKOUT, key="one").status_code == 201
    assert drafts() == 1


def test_what_is_kept_of_an_answer_holds_ids_alone(officer: Account) -> None:
    program = Program(officer)
    program.post("/drafts", LOOKOUT, key="one")
    (kept,) = Answered.objects.all()
    assert set(json.loads(kept.body)) == {"draft", "revision"}
    assert "Grey" not in kept.body


@pytest.mark.django_db(transaction=True)
def test_two_calls_at_once_under_one_key_are_done_once(officer: Account) -> None:
    program = Program(officer)

    def call(_: int) -> bytes:
        try:
            answer = program.post("/drafts", LOOKOUT, key="one")
            assert answer.status_code == 201, answer.content
            return bytes(answer.content)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        answers = set(threads.map(call, range(4)))
    assert len(answers) == 1
    assert drafts() == 1
