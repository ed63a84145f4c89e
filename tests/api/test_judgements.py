"""Programs judge for their officers who is the same, list what was judged, and take it back."""

from borderliaison.accounts.models import Account
from borderliaison.kernel.policy import Reader
from borderliaison.records.resolution.canonical import members
from tests.accounts.people import officer as another
from tests.api.programs import Program
from tests.records.cast import FOR_BORDER, key, lorry, person


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


def test_what_cannot_be_one_is_refused_alone_and_among_several(officer: Account) -> None:
    person("a", "Бек Аскаров")
    person("b", "ASKAROV BEK")
    lorry("c", "01KG742ABC")
    program = Program(officer)
    for address, said in (
        ("/judgements", _pair("a", "c")),
        ("/judgements/at-once", {"judgements": [_pair("a", "b"), _pair("b", "c")]}),
    ):
        answer = program.post(address, said)
        assert (answer.status_code, "E-RES-09" in answer.content.decode()) == (409, True)
    assert program.read("/judgements")["judgements"] == []


def _pair(one: str, other: str, verdict: str = "same") -> dict[str, str]:
    return {"one": key(one), "other": key(other), "verdict": verdict, "basis": "records"}


def test_several_pairs_are_judged_by_one_call_and_taken_back_by_one(officer: Account) -> None:
    a, *_ = (person(name, "Бек Аскаров") for name in "abcd")
    program = Program(officer)
    said = {"judgements": [_pair("a", "b"), _pair("a", "c"), _pair("a", "d", "different")]}
    made = program.do("/judgements/at-once", said)
    assert [one["verdict"] for one in made["judgements"]] == ["same", "same", "different"]
    assert {one["act"] for one in made["judgements"]} == {made["act"]}
    assert made["now"] == [sorted(key(name) for name in "abc"), [key("d")]]
    assert sorted(made["then"]) == sorted([key(name)] for name in "abcd")
    assert _same(officer.reader(), a) == 3
    address = f"/judgements/at-once/{made['act']}"
    assert program.read(address) == made
    back = program.do(f"{address}/take-back", {"reason": "another list"})
    assert {one["undone_reason"] for one in back["judgements"]} == {"another list"}
    assert (back["now"], back["then"], _same(officer.reader(), a)) == ([], [], 1)
    assert program.post(f"{address}/take-back", {"reason": "again"}).status_code == 404
    assert len(program.read("/judgements")["judgements"]) == 3


def test_of_several_pairs_all_are_judged_or_none(officer: Account) -> None:
    for name in "abc":
        person(name, "Бек Аскаров")
    program = Program(officer)
    ours = _pair("a", "b")
    for other, status in ((ours, 409), (_pair("a", "z"), 404), (_pair("a", "c", "perhaps"), 422)):
        answer = program.post("/judgements/at-once", {"judgements": [ours, other]})
        assert answer.status_code == status
    assert program.post("/judgements/at-once", {"judgements": []}).status_code == 422
    many = {"judgements": [ours] * 101}
    assert program.post("/judgements/at-once", many).status_code == 422
    assert program.read("/judgements")["judgements"] == []


def test_several_pairs_are_judged_and_taken_back_once_under_one_key(officer: Account) -> None:
    for name in "abc":
        person(name, "Бек Аскаров")
    program = Program(officer)
    said = {"judgements": [_pair("a", "b"), _pair("b", "c")]}
    first, again = (program.post("/judgements/at-once", said, key="once") for _ in range(2))
    assert (first.status_code, again.status_code, first.content) == (201, 201, again.content)
    assert again["Idempotency-Replayed"] == "true"
    back = f"/judgements/at-once/{first.json()['act']}/take-back"
    gone, again = (program.post(back, {"reason": "no"}, key="back") for _ in range(2))
    assert (gone.status_code, gone.content) == (200, again.content)
    assert len(program.read("/judgements")["judgements"]) == 2


def test_what_was_judged_at_once_is_seen_and_taken_back_as_far_as_one_reads_it(
    officer: Account,
) -> None:
    for name in "ab":
        person(name, "Бек Аскаров")
    person("c", "Бек Аскаров", marking=FOR_BORDER)
    program = Program(officer)
    made = program.do("/judgements/at-once", {"judgements": [_pair("a", "b"), _pair("a", "c")]})
    customs = Program(another("abdyrakhmanova", agency="KG-CUS"))
    address = f"/judgements/at-once/{made['act']}"
    seen = customs.read(address)
    assert [one["other"] for one in seen["judgements"]] == [key("b")]
    assert seen["now"] == [sorted((key("a"), key("b")))]
    customs.do(f"{address}/take-back", {"reason": "two"})
    left = [one for one in program.read(address)["judgements"] if one["undone_at"] is None]
    assert [one["other"] for one in left] == [key("c")]
    assert customs.get(f"/judgements/at-once/{'0' * 32}").status_code == 404
