"""Programs judge for their officers who is the same, list what was judged, and take it back."""

from borderliaison.accounts.models import Account
from borderliaison.kernel.policy import Reader
from borderliaison.records.resolution.canonical import members
from tests.accounts.people import officer as another
from tests.api.programs import Program
from tests.records.cast import FOR_BORDER, key, person


def _same(reader: Reader, one: int) -> int:
    return len(members(reader, [one])[one])


def test_a_judgement_is_made_listed_and_taken_back(officer: Account) -> None:
    a, _ = person("a", "Бек Аскаров"), person("b", "ASKAROV BEK")
    program = Program(officer)
    said = {"one": key("a"), "other": key("b"), "verdict": "same", "basis": "papers"}
    made = program.do("/judgements", said)
    assert (made["one"], made["other"], made["officer"]) == (key("a"), key("b"), officer.officer_id)
    assert _same(officer.reader(), a) == 2
    assert program.read("/judgements") == {"judgements": [made], "more": False}
    assert program.read(f"/judgements/{made['key']}") == made
    back = program.do(f"/judgements/{made['key']}/take-back", {"reason": "another birthmark"})
    assert back["undone_reason"] == "another birthmark"
    assert _same(officer.reader(), a) == 1
    again = program.post(f"/judgements/{made['key']}/take-back", {"reason": "again"})
    assert (again.status_code, "E-RES-02" in again.content.decode()) == (404, True)


def test_refusals_say_what_is_wrong_and_betray_nothing(officer: Account) -> None:
    person("a", "Бек Аскаров")
    person("b", "ASKAROV BEK", marking=FOR_BORDER)
    said = {"one": key("a"), "other": key("b"), "verdict": "same", "basis": "other"}
    program = Program(officer)
    assert program.post("/judgements", said).status_code == 422
    assert program.post("/judgements", said | {"verdict": "perhaps"}).status_code == 422
    assert Program(officer, may_write=False).post("/judgements", said).status_code == 403
    made = program.do("/judgements", said | {"basis": "records"})
    customs = Program(another("abdyrakhmanova", agency="KG-CUS"))
    assert customs.read("/judgements")["judgements"] == []
    assert customs.get(f"/judgements/{made['key']}").status_code == 404
    for other in (key("b"), "0" * 32):
        answer = customs.post("/judgements", said | {"other": other, "basis": "records"})
        assert (answer.status_code, "E-RES-01" in answer.content.decode()) == (404, True)
