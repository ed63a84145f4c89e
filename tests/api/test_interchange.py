"""Programs send files of records, look what they would bring, take them in and back, and give some out."""

import io
import json
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse

from borderliaison.accounts.models import Account
from borderliaison.audit.models import AuditLine
from borderliaison.charts.kept.keeping import make_chart
from borderliaison.kernel.marking import Handling, HandlingCodes, Marking
from borderliaison.records.interchange.errors import CutShort
from borderliaison.records.interchange.findings import Findings
from borderliaison.records.interchange.formats.anx_reading import read
from borderliaison.records.interchange.imports.waiting import SHELF
from borderliaison.records.interchange.items import Place
from borderliaison.records.interchange.members import places_of_set
from borderliaison.records.interchange.whose import Sender
from borderliaison.records.models import ImportSet, Statement
from tests.accounts.people import officer as account
from tests.api.programs import Program
from tests.records.cast import ALL, FOR_CUSTOMS, drafted, key, say
from tests.records.interchange.cast import BEK, PHONE, USES
from tests.records.interchange.cast import taken as items_taken

ROWS = b"""name,born,citizenship,document,issued_by,plate,registered_in,crossing_point,time,direction
Bek Askarov,12.05.1987,kg,AN1234567,kg,01KG123ABC,kg,KG-DST,12.05.2026 08:30,in
Shavkat Karimov,never,uz,AB7654321,uz,,,KG-DST,12.05.2026 09:10,out
"""
CALLS = """spec: calls_here
label: {en: Calls, ru: Звонки}
things:
  - {as: one, schema: Phone, says: {number: caller}}
  - {as: other, schema: Phone, says: {number: called}}
links:
  - {schema: Communication, from: one, to: other}
"""

pytestmark = pytest.mark.timeout(600)


def sent(
    program: Program, data: bytes = ROWS, name: str = "may.csv", key: str = "send"
) -> HttpResponse:
    headers = {"Authorization": f"Bearer {program.secret}", "Idempotency-Key": key}
    return program.client.post(  # type: ignore[return-value]
        f"/api/v1/imports?name={name}",
        data=data,
        content_type="application/octet-stream",
        headers=headers,
    )


def key_of(answer: HttpResponse) -> str:
    assert answer.status_code == 201, answer.content.decode()
    return str(json.loads(answer.content)["key"])


def code_of(answer: HttpResponse) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.content)["code"]


def taken(program: Program, file: str, **said: Any) -> dict[str, Any]:
    """Take a file in; return how it ended."""
    begun = program.do(f"/imports/{file}/take", said)
    until = time.monotonic() + 240
    while (found := program.read(f"/imports/{file}"))["state"] in ("reads", "writes"):
        assert time.monotonic() < until, found
        time.sleep(0.05)
    assert (found["set_key"], found["title"]) == (begun["set_key"], said["title"])
    assert begun["progress"] == f"/api/v1/imports/{file}"
    return dict(found)


def body_of(answer: HttpResponse) -> bytes:
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def values() -> list[str]:
    return list(Statement.objects.as_system("test").values_list("value", flat=True))


def test_a_file_is_looked_into_before_anything_is_written(officer: Account) -> None:
    program = Program(officer)
    file = key_of(sent(program))
    look = program.read(f"/imports/{file}/look?title=May")
    assert (look["things"], look["flaws"], look["format"]) == (6, 1, "table:travellers")
    (flaw,) = look["first"]
    assert (flaw["line"], flaw["columns"], flaw["flaw"]) == (3, ["born"], "value")
    assert flaw["sentence"] == "The value is none of its property"
    assert program.read(f"/imports/{file}")["state"] == "waits"
    assert values() == []
    program.do(f"/imports/{file}/drop")
    assert program.get(f"/imports/{file}").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_file_is_taken_in_as_a_set_again_and_taken_back(officer: Account) -> None:
    program = Program(officer)
    said = {"title": "May", "source": "B", "information": "2", "agency": [officer.agency]}
    ended = taken(program, key_of(sent(program)), **said)
    assert (ended["state"], ended["things"], ended["flaws"]) == ("done", 6, 1)
    assert ended["changed"]
    (one,) = program.read("/sets")["sets"]
    assert (one["title"], one["left_out"], one["officer"]) == ("May", 1, officer.officer_id)
    assert one["marking"]["grading"] == ["4x4", "1", "B2"]
    assert one["marking"]["audience"] == [["KG-BDB", officer.agency]]
    assert "Bek Askarov" in values()
    again = taken(program, key_of(sent(program, key="again")), **said)
    assert (again["state"], again["changed"]) == ("done", False)
    other = Program(account("customs", agency="KG-CUS", officer_id="KG-BDB/0070"))
    assert other.read("/sets")["sets"] == []
    assert code_of(other.post(f"/sets/{one['key']}/take-back")) == (404, "E-API-03")
    names = [said["officer"] for said in (program.read(f"/sets/{one['key']}"),)]
    assert names == [officer.officer_id]
    assert program.do(f"/sets/{one['key']}/take-back") == {"key": one["key"]}
    assert values() == []
    assert not ImportSet.objects.as_system("test").exists()
    assert AuditLine.objects.filter(action="records.import_taken_back").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_table_is_read_by_a_specification_that_the_program_saves(officer: Account) -> None:
    program = Program(officer)
    assert program.do("/specs", {"text": CALLS}) == {"name": "calls_here"}
    shown = program.read("/specs/calls_here")
    assert (shown["columns"], shown["label"]["ru"]) == (["called", "caller"], "Звонки")
    assert shown["text"] == CALLS
    assert {"calls_here", "travellers"} <= {one["name"] for one in program.read("/specs")["specs"]}
    file = key_of(sent(program, b"caller,called\n+996555000111,+996555000222\n", "calls.csv"))
    look = program.read(f"/imports/{file}/look?title=Calls&spec=calls_here")
    assert (look["things"], look["links"], look["flaws"]) == (2, 1, 0)
    assert taken(program, file, title="Calls", spec="calls_here")["links"] == 1
    assert program.do("/specs/calls_here/remove") == {"name": "calls_here"}
    assert program.get("/specs/calls_here").status_code == 404
    assert code_of(program.post("/specs/calls_here/remove")) == (404, "E-API-03")
    refused = json.loads(program.post("/specs", {"text": CALLS.replace("Phone", "Spoon")}).content)
    assert refused["errors"][0]["code"] == "E-RIO-05"
    assert "Spoon" in refused["errors"][0]["sentence"]


@pytest.mark.django_db(transaction=True)
def test_a_set_that_one_may_not_read_is_neither_overwritten_nor_betrayed(officer: Account) -> None:
    program = Program(officer)
    other = Program(account("customs", agency="KG-CUS", officer_id="KG-BDB/0070"))
    calls = b"caller,called,time,seconds\n+996555000111,+996555000222,12.05.2026 08:30,61\n"
    taken(program, key_of(sent(program)), title="May", agency=[officer.agency])
    for name in ("once", "again"):
        file = key_of(sent(other, calls, "calls.csv", name))
        ended = taken(other, file, title="May", agency=["KG-CUS"])
        assert (ended["state"], ended["changed"]) == ("done", name == "once")
    ((mine,), (theirs,)) = (one.read("/sets")["sets"] for one in (program, other))
    assert (mine["format"], theirs["format"]) == ("table:travellers", "table:calls")
    assert {"Bek Askarov", "+996555000111"} <= set(values())
    out = body_of(program.get(f"/exports/ftm?purpose=case&set_key={mine['key']}")).decode()
    assert ("Bek Askarov" in out, "+996555000111" in out) == (True, False)


@pytest.mark.parametrize(
    ("name", "data", "status", "code"),
    [
        ("chart.anb", b"x", 422, "E-RIO-03"),
        ("thing.pdf", b"x", 422, "E-RIO-01"),
        ("x.kml", b"x", 422, "E-RIO-06"),
        ("x.csv", b"a,a\n1,2\n", 422, "E-RIO-17"),
        ("", b"x", 422, "E-API-05"),
    ],
)
def test_what_cannot_be_read_is_refused_when_it_is_sent(
    officer: Account, name: str, data: bytes, status: int, code: str
) -> None:
    assert code_of(sent(Program(officer), data, name)) == (status, code)


def test_how_it_is_to_be_taken_in_is_looked_at_first(officer: Account) -> None:
    program = Program(officer)
    file = key_of(sent(program))
    for said, code in (
        ({"title": "May", "source": "B"}, "E-RIO-13"),
        ({"title": "May", "source": "Z", "information": "9"}, "E-FRM-04"),
        ({"title": "May", "agency": ["UZ-CUS"]}, "E-API-05"),
        ({"title": "May", "spec": "no_such"}, "E-RIO-04"),
        ({"title": "May", "handling": ["H3"]}, "E-RIO-20"),
        ({"title": "May", "handling": ["H9"]}, "E-API-05"),
        ({"title": "May", "given_by": "XX-NON"}, "E-API-05"),
        ({"title": ""}, "E-API-05"),
    ):
        assert code_of(program.post(f"/imports/{file}/take", said)) == (422, code)
    assert program.read(f"/imports/{file}")["state"] == "waits"


@pytest.mark.django_db(transaction=True)
def test_who_takes_a_file_in_twice_hears_that_it_was_and_what_became_of_it(
    officer: Account,
) -> None:
    program = Program(officer)
    file = key_of(sent(program))
    one = SHELF.find(Sender(officer.officer_id, "live", program.token.key), file)
    assert one is not None
    taking = SHELF.begin(one)
    assert taking is not None
    for what in ("take", "drop"):
        refused = program.post(f"/imports/{file}/{what}", {"title": "June"})
        assert code_of(refused) == (409, "E-RIO-15"), what
    taking.problem = CutShort()
    SHELF.end(one, taking)
    state = program.read(f"/imports/{file}")
    assert (state["state"], state["code"]) == ("failed", "E-RIO-14")
    assert taken(program, file, title="May")["state"] == "done"
    assert code_of(program.post(f"/imports/{file}/take", {"title": "June"})) == (409, "E-RIO-15")
    assert code_of(program.get(f"/imports/{file}/look?title=June")) == (409, "E-RIO-15")
    assert [one["title"] for one in program.read("/sets")["sets"]] == ["May"]


def test_a_file_is_its_tokens_alone_and_who_observes_takes_nothing(officer: Account) -> None:
    program = Program(officer)
    file = key_of(sent(program))
    assert Program(officer).get(f"/imports/{file}").status_code == 404
    observer = Program(account("observer", role="observer", officer_id="KG-BDB/0071"))
    assert code_of(sent(observer)) == (403, "E-RIO-09")
    assert code_of(observer.get("/exports/ftm?purpose=case")) == (403, "E-RIO-09")
    assert code_of(observer.post("/specs", {"text": CALLS})) == (403, "E-RIO-09")
    reading = Program(officer, may_write=False)
    assert code_of(sent(reading)) == (403, "E-API-02")


def test_a_selection_goes_out_as_far_as_it_may_and_is_noted(officer: Account) -> None:
    withheld = Marking(
        audience=ALL.audience, originator=ALL.originator,
        handling=HandlingCodes(frozenset({Handling.H2})),
    )  # fmt: skip
    say("a", drafted("a", "Person", name="Bek Askarov"))
    say("b", drafted("b", "Vehicle", registrationNumber="KG 01 7784 AD"))
    say("c", drafted("c", "Person", name="Zanzibar"), marking=FOR_CUSTOMS)
    say("d", drafted("d", "Person", name="Vermilion"), marking=withheld)
    program = Program(officer)

    def names(query: str) -> list[str]:
        data = body_of(program.get(f"/exports/ftm?purpose=case&{query}")).decode()
        read = [json.loads(line) for line in data.splitlines()]
        return sorted(
            value for one in read for some in one["properties"].values() for value in some
        )

    assert names("") == ["Bek Askarov", "KG 01 7784 AD"]
    assert names("kind=Person") == ["Bek Askarov"]
    assert names(f"record={key('b')}&record={key('c')}&record={key('d')}") == ["KG 01 7784 AD"]
    chart = make_chart(officer, "Lorry", [key("b")])
    assert names(f"chart={chart.key}") == ["KG 01 7784 AD"]
    line = AuditLine.objects.filter(action="records.exported").earliest("id")
    assert (line.ids["purpose"], line.ids["things"], line.ids["withheld"]) == ("case", "2", "1")
    with zipfile.ZipFile(io.BytesIO(body_of(program.get("/exports/i2?purpose=case")))) as packed:
        assert "entities.csv" in packed.namelist()


def test_a_chart_and_a_set_go_out_to_i2_as_they_stand(officer: Account, tmp_path: Path) -> None:
    bek, phone = replace(BEK, place=Place(10, -20)), replace(PHONE, place=Place(200, 40))
    items_taken(tmp_path, bek, phone, USES)
    of_set = ImportSet.objects.as_system("test").get().key
    found = places_of_set(officer.reader(), of_set)
    moved = {key: Place(at.x + 5, at.y) for key, at in found.items()}
    chart = make_chart(officer, "Calls", moved, moved).key
    assert sorted(at.x for at in moved.values()) == [15, 205]
    for asked, there in ((f"chart={chart}", moved), (f"set_key={of_set}", found)):
        data = body_of(Program(officer).get(f"/exports/anx?purpose=case&{asked}"))
        items = read(io.BytesIO(data), Findings())
        assert {one.key: one.place for one in items if one.kind.edge is None} == there


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ("ftm", 422, "E-API-05"),
        ("ftm?purpose=fun", 422, "E-RIO-08"),
        ("doc?purpose=case", 404, "E-API-03"),
        (f"ftm?purpose=case&chart={'0' * 32}", 404, "E-CHT-01"),
        (f"ftm?purpose=case&set_key={'0' * 32}", 404, "E-API-03"),
        (f"ftm?purpose=case&set_key={'0' * 32}&record={'0' * 32}", 422, "E-API-05"),
        ("ftm?purpose=case&kind=Unicorn", 422, "E-API-05"),
    ],
)
def test_what_is_no_selection_is_refused(
    officer: Account, asked: str, status: int, code: str
) -> None:
    assert code_of(Program(officer).get(f"/exports/{asked}")) == (status, code)
    assert not AuditLine.objects.filter(action="records.exported").exists()
