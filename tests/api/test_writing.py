"""What programs write: drafts checked and filed, words in threads, answers, all as on a page."""

import json

import pytest

from borderliaison.accounts.models import Account
from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.correspondence.models import Dissemination, Item
from borderliaison.reports.models import Draft
from tests.api.programs import Program, values_of
from tests.correspondence.cast import lookout, sent_lookout, sent_request
from tests.correspondence.letters import moment, report

COVER = {"level": 1, "handling": ["H1"], "to": ["KG-DST", "KG-OSH"]}


def said(answer: object) -> dict[str, object]:
    return json.loads(answer.content)  # type: ignore[attr-defined, no-any-return]


def filled(**changes: object) -> dict[str, object]:
    return values_of(lookout(category=["Security"], **changes))


def test_a_report_is_begun_checked_completed_and_filed(officer: Account) -> None:
    program = Program(officer)
    values = filled()
    grounds = values.pop("grounds")
    made = program.do("/drafts", {"form": "lookout", "values": values, "cover": COVER})
    path = f"/drafts/{made['draft']}"
    check = program.read(f"{path}/check")
    assert not check["ready"]
    assert [one["at"] for one in check["errors"]] == ["grounds"]
    refused = program.post(f"{path}/file")
    assert (refused.status_code, said(refused)["code"]) == (422, "E-REP-03")
    assert said(refused)["errors"][0]["at"] == "grounds"  # type: ignore[index]
    program.do(path, {"values": {"grounds": grounds}, "revision": made["revision"]})
    assert program.read(f"{path}/check")["ready"]
    done = program.do(f"{path}/file")
    item = Item.objects.as_system("test").get(key=done["item"])
    assert item.content["number"] == done["number"]
    assert (item.officer, done["held"]) == (officer.officer_id, [])
    assert not Draft.objects.as_system("test").exists()


def test_a_word_that_is_none_of_the_choices_is_told_the_choices(officer: Account) -> None:
    refused = Program(officer).post("/drafts", {"about": "0" * 32, "purpose": "fun"})
    wrong = said(refused)["errors"][0]  # type: ignore[index]
    assert (refused.status_code, wrong["at"].split(".")[-1]) == (422, "purpose")
    assert "'pass_on', 'correct', 'result', 'answer', 'refuse' or 'extend'" in wrong["sentence"]


def test_what_crosses_a_border_by_a_program_waits_for_a_second_officer(
    officer: Account, second: Account
) -> None:
    cover = {**COVER, "to": ["UZ-DUS"]}
    for who in (officer, second):
        program = Program(who)
        made = program.do("/drafts", {"form": "lookout", "values": filled(), "cover": cover})
        done = program.do(f"/drafts/{made['draft']}/file")
        assert done["held"] == ["UZ-DUS"]
    states = Dissemination.objects.as_system("test").values_list("state", flat=True)
    assert set(states) == {Dissemination.State.HELD}


def test_a_draft_of_a_program_is_the_officers_own_and_his_page_shows_it(
    officer: Account, second: Account
) -> None:
    made = Program(officer).do("/drafts", {"form": "lookout", "values": {"subject": "Lorry"}})
    shown = Program(officer).read(f"/drafts/{made['draft']}")
    assert shown["values"]["subject"] == "Lorry"
    assert shown["values"]["crossing"] == "KG-BDB"
    assert [one["key"] for one in Program(officer).read("/drafts")["drafts"]] == [made["draft"]]
    assert Program(second).get(f"/drafts/{made['draft']}").status_code == 404


def test_null_empties_a_field_and_what_is_not_named_stays(officer: Account) -> None:
    program = Program(officer)
    values = {"subject": "Lorry", "plate": "KG 01"}
    made = program.do("/drafts", {"form": "lookout", "values": values, "cover": COVER})
    program.do(f"/drafts/{made['draft']}", {"values": {"plate": None}})
    shown = program.read(f"/drafts/{made['draft']}")
    assert "plate" not in shown["values"]
    assert shown["values"]["subject"] == "Lorry"
    assert shown["cover"]["to"] == COVER["to"]


def test_a_draft_that_was_saved_meanwhile_is_not_written_over(officer: Account) -> None:
    program = Program(officer)
    made = program.do("/drafts", {"form": "lookout"})
    program.do(f"/drafts/{made['draft']}", {"values": {"subject": "Lorry"}})
    stale = {"values": {"subject": "Car"}, "revision": made["revision"]}
    answer = program.post(f"/drafts/{made['draft']}", stale)
    assert (answer.status_code, said(answer)["code"]) == (409, "E-REP-02")


def test_a_draft_is_thrown_away(officer: Account) -> None:
    program = Program(officer)
    made = program.do("/drafts", {"form": "alert"})
    program.do(f"/drafts/{made['draft']}/discard")
    assert program.get(f"/drafts/{made['draft']}").status_code == 404


def test_an_observer_writes_nothing(officer: Account) -> None:
    Account.objects.filter(pk=officer.pk).update(role="observer")
    answer = Program(officer).post("/drafts", {"form": "lookout"})
    assert (answer.status_code, said(answer)["code"]) == (403, "E-COR-09")


def test_a_correction_keeps_the_number_and_is_the_next_revision(officer: Account) -> None:
    item, program = sent_lookout(officer), Program(officer)
    made = program.do(
        "/drafts",
        {"about": item.key, "purpose": "correct", "values": {"subject": "Blue lorry"}},
    )
    done = program.do(f"/drafts/{made['draft']}/file")
    assert (done["number"], done["revision"]) == (item.content["number"], 2)
    corrected = program.read(f"/items/{done['item']}")
    assert corrected["corrects"] == item.key


def test_words_are_said_in_a_thread(officer: Account) -> None:
    item, program = sent_lookout(officer), Program(officer)
    words = {"about": item.key, "to": ["KG-DST"], "phrases": ["001"], "text": "Understood"}
    done = program.do(f"/threads/{item.thread.key}/say", words)
    content = program.read(f"/items/{done['item']}")["content"]
    assert (content["phrases"], content["text"]) == (["001"], "Understood")
    strange = program.post(f"/threads/{item.thread.key}/say", {**words, "phrases": ["999"]})
    assert strange.status_code == 422
    nowhere = program.post(f"/threads/{item.thread.key}/say", {**words, "to": ["KG-ZZZ"]})
    assert (nowhere.status_code, said(nowhere)["code"]) == (409, "E-COR-07")


def test_measures_are_reported_to_whoever_sent_it(officer: Account) -> None:
    receive_item(report("request"))
    program = Program(officer)
    key = program.read("/reports")["items"][0]["key"]
    done = program.do(f"/items/{key}/act", {"text": "Stopped"})
    assert program.read(f"/items/{done['item']}")["content"]["text"] == "Stopped"
    assert program.post(f"/items/{key}/act").status_code == 409


def test_a_request_is_answered_at_once(officer: Account) -> None:
    receive_item(report("request"))
    program = Program(officer)
    key = program.read("/requests")["requests"][0]["request"]
    values = {
        "outcome": "no_record",
        "searched": ["crossings"],
        "as_of": moment(-0.2),
        "text_language": "en",
    }
    incomplete = program.post(
        f"/requests/{key}/reply", {"purpose": "answer", "values": {"outcome": "no_record"}}
    )
    assert incomplete.status_code == 422
    assert not Draft.objects.as_system("test").exists()
    program.do(f"/requests/{key}/reply", {"purpose": "answer", "values": values})
    states = {one["office"]: one["state"] for one in program.read(f"/requests/{key}")["asked"]}
    assert states["KG-BDB"] == "answered"


def test_an_own_request_is_withdrawn_and_taken_back(officer: Account) -> None:
    item, program = sent_request(officer), Program(officer)
    program.do(f"/requests/{item.key}/withdraw")
    assert {one["state"] for one in program.read("/requests")["requests"]} == {"withdrawn"}
    program.do(f"/requests/{item.key}/resume")
    assert {one["state"] for one in program.read("/requests")["requests"]} == {"open"}


@pytest.mark.parametrize(
    "body",
    [
        {"form": "lookout", "extra": 1},
        {"form": "lookout", "about": "0" * 32, "purpose": "correct"},
        {},
        {"form": "lookout", "cover": {"level": 2}},
        {"form": "lookout", "cover": {"to": ["nowhere"]}},
        {"form": "lookout", "values": []},
        {"form": "lookout", "values": {"n": [1.5]}},
        {"form": 1},
        [],
        "lookout",
    ],
)
def test_what_is_not_asked_for_is_refused_with_its_place(officer: Account, body: object) -> None:
    answer = Program(officer).post("/drafts", body)
    assert answer.status_code == 422, answer.content
    assert said(answer)["errors"]
    assert not Draft.objects.as_system("test").exists()


@pytest.mark.parametrize(
    "sent",
    [
        b"{",
        b'{"form": "lookout", "values": {"subject": "\\u0000"}}',
        b'{"form": "lookout", "values": {"subject": "\\ud800"}}',
        b'{"form": "lookout", "values": {"n": NaN}}',
        b'{"form": "lookout", "values": {"n": 1e999}}',
        b'{"form": "lookout", "values": {"n": ' + b"9" * 5000 + b"}}",
        b'{"form": "lookout", "values": ' + b"[" * 3000 + b"]" * 3000 + b"}",
        b"\xff\xfe",
    ],
)
def test_what_no_text_and_no_number_holds_is_refused(officer: Account, sent: bytes) -> None:
    program = Program(officer)
    answer = program.client.post(
        "/api/v1/drafts",
        data=sent,
        content_type="application/json",
        headers={"Authorization": f"Bearer {program.secret}", "Idempotency-Key": "one"},
    )
    assert answer.status_code == 400, answer.content
    assert said(answer)["code"] == "E-API-06"


def test_what_is_too_large_is_refused(officer: Account) -> None:
    answer = Program(officer).post("/drafts", {"form": "a" * 1_100_000})
    assert (answer.status_code, said(answer)["code"]) == (413, "E-API-07")
