"""Programs read and save charts for their officers, and find in the network what links records."""

import json
from typing import Any

import pytest
from django.http import HttpResponse

from borderliaison.accounts.models import Account
from borderliaison.audit.models import AuditLine
from borderliaison.charts.kept.keeping import EMPTY
from tests.accounts.people import officer as account
from tests.api.programs import Program
from tests.charts.cast import grey_lorry, key

NOWHERE = "0" * 32


@pytest.fixture(autouse=True)
def _lorry() -> None:
    grey_lorry()


def code_of(answer: HttpResponse) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.content)["code"]


def content(*names: str, **more: Any) -> dict[str, Any]:
    items = [{"key": key(one), "x": place + 0.25, "y": -3} for place, one in enumerate(names)]
    return {**EMPTY, "items": items, **more}


def query(*names: str, **more: Any) -> str:
    pairs = [*(("key", key(one)) for one in names), *more.items()]
    return "&".join(f"{name}={value}" for name, value in pairs)


def test_a_chart_is_begun_read_saved_and_measured(officer: Account) -> None:
    program = Program(officer)
    made = program.do("/charts", {"name": "Lorry", "records": [key("lorry"), key("tilekov")]})
    path = f"/charts/{made['key']}"
    chart = program.read(path)
    assert (chart["name"], chart["version"], chart["newest"], chart["own"]) == ("Lorry", 1, 1, True)
    assert {one["key"]: one["schema"] for one in chart["items"]} == {
        key("lorry"): "Vehicle", key("tilekov"): "Person",
    }  # fmt: skip
    (use,) = chart["links"]
    assert (use["kind"], use["begin"], use["end"]) == ("Use", key("tilekov"), key("lorry"))
    assert (use["certainty"], use["since"][:10]) == ("confirmed", "2026-05-12")
    assert chart["marking"]["audience"] == [["KG-BDB", "*"]]
    said = {"base": 1, "name": "Grey lorry", "content": content("lorry", "tilekov", "holov")}
    assert program.do(f"{path}/versions", said) == {"key": made["key"], "version": 2}
    assert code_of(program.post(f"{path}/versions", said)) == (409, "E-CHT-04")
    saved = program.read(path)
    assert saved["content"]["items"][1] == {"key": key("tilekov"), "x": 1.25, "y": -3.0}
    versions = program.read(f"{path}/versions")["versions"]
    assert [(one["version"], one["name"], one["items"]) for one in versions] == [
        (2, "Grey lorry", 3), (1, "Lorry", 2),
    ]  # fmt: skip
    assert program.read(f"{path}?version=1")["name"] == "Lorry"
    measured = program.read(f"{path}/measures")
    assert measured["values"]["degree"] == {key("lorry"): 2, key("tilekov"): 1, key("holov"): 1}
    assert measured["values"]["betweenness"][key("lorry")] == 1
    assert set(measured["component"].values()) == {0}
    opened = AuditLine.objects.filter(action="chart.opened", subject=made["key"])
    assert [one.ids["version"] for one in opened.order_by("id")] == ["1", "2", "1", "2"]


def test_a_chart_is_shared_copied_and_removed(officer: Account, second: Account) -> None:
    program, other = Program(officer), Program(second)
    key_ = program.do("/charts", {"name": "Lorry", "content": content("lorry", "firm")})["key"]
    assert other.get(f"/charts/{key_}").status_code == 404
    program.do(f"/charts/{key_}/share", {"shared": True})
    (line,) = other.read("/charts")["charts"]
    assert (line["key"], line["own"], line["officer"]) == (key_, False, officer.officer_id)
    copied = other.do(f"/charts/{key_}/copy", {"name": "Mine"})["key"]
    assert [one["key"] for one in other.read(f"/charts/{copied}")["items"]] == [
        key("lorry"),
        key("firm"),
    ]
    for doing, body in (
        ("versions", {"base": 1, "name": "x", "content": content("lorry")}),
        ("share", {"shared": False}),
        ("remove", None),
        ("restore", None),
    ):
        assert code_of(other.post(f"/charts/{key_}/{doing}", body)) == (404, "E-CHT-01")
    program.do(f"/charts/{key_}/remove")
    assert code_of(program.get(f"/charts/{key_}")) == (404, "E-CHT-01")
    program.do(f"/charts/{key_}/restore")
    assert program.read(f"/charts/{key_}")["name"] == "Lorry"
    far = Program(account("far", agency="KG-CUS", office="KG-OSH", officer_id="KG-OSH/0070"))
    assert far.read("/charts")["charts"] == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"name": "", "records": []}, "E-CHT-03"),
        ({"name": "x", "content": {}}, "E-CHT-02"),
        ({"name": "x", "content": {**EMPTY, "items": [{"key": "x", "x": 0, "y": 0}]}}, "E-CHT-02"),
        ({"name": "x", "colour": "red"}, "E-API-05"),
        ({"name": "x", "records": ["x"]}, "E-API-05"),
    ],
)
def test_what_is_no_chart_is_refused(officer: Account, said: Any, code: str) -> None:
    program = Program(officer)
    assert code_of(program.post("/charts", said)) == (422, code)
    assert program.read("/charts")["charts"] == []


def test_the_network_says_what_is_linked_and_what_leads_where(officer: Account) -> None:
    program = Program(officer)
    spread = program.read(f"/network/expand?{query('tilekov')}")
    assert {one["key"] for one in spread["items"]} == {key("lorry"), key("phone")}
    assert {(one["begin"], one["end"]) for one in spread["links"]} == {
        (key("tilekov"), key("lorry")), (key("tilekov"), key("phone")),
    }  # fmt: skip
    assert spread["marking"]["audience"] == [["KG-BDB", "*"]]
    some = program.read(f"/network/expand?{query('lorry', limit=2)}")
    assert (len(some["items"]), some["left_out"] > 0) == (2, True)
    way = program.read(f"/network/find?{query('tilekov', 'consignee', what='shortest')}")
    assert way["ways"] == [[key(one) for one in ("tilekov", "lorry", "load", "consignee")]]
    assert [one["name"] for one in way["items"] if one["key"] == key("firm")] == []
    rings = program.read(f"/network/find?{query('tilekov', what='cycles', depth=4)}")
    assert all(key("tilekov") in ring for ring in rings["ways"])
    for what, names in (
        ("paths", ("firm", "load")),
        ("connecting", ("tilekov", "firm", "consignee")),
    ):
        assert program.read(f"/network/find?{query(*names, what=what, depth=3)}")["ways"]
    around = program.read(
        f"/network/find?{query('phone', what='around', in_time=True, gap_days=2)}"
    )
    assert key("other phone") in around["ways"][0]
    nothing = program.read(f"/network/find?what=around&key={NOWHERE}")
    assert (nothing["ways"], nothing["items"]) == ([], [])
    assert code_of(program.get("/network/find?what=magic")) == (422, "E-API-05")
    assert code_of(program.get("/network/expand")) == (422, "E-API-05")


def test_the_network_is_spread_by_kinds_and_a_time_and_what_is_left_out_is_named(
    officer: Account,
) -> None:
    program = Program(officer)
    kinds = program.read(f"/network/kinds?{query('lorry')}")
    assert {"name": "Use", "words": "Uses", "count": 2} in kinds["links"]
    users = program.read(f"/network/expand?{query('lorry', link='Use', item='Person')}")
    assert {one["key"] for one in users["items"]} == {key("tilekov"), key("holov")}
    assert (users["left_out"], users["other_kinds"], users["outside"]) == (0, 7, 0)
    since = "2026-05-13T00:00:00Z"
    late = program.read(f"/network/expand?{query('lorry', link='Use', since=since)}")
    assert ([one["key"] for one in late["items"]], late["outside"]) == ([key("holov")], 1)
    asked = query("tilekov", "holov", what="paths", limit=1, without_item="Vehicle", depth=6)
    way = program.read(f"/network/find?{asked}&without={key('seizure')}")
    assert way["ways"] == [[key(one) for one in ("tilekov", "phone", "other phone", "holov")]]
    assert way["without"] == ["Seizure 0231, 14.6 kg", "Vehicles"]
    assert (way["longest"], way["units"]) == (6, [])
    for wrong in ("link=Person", "item=Use", "since=today", "limit=0"):
        assert code_of(program.get(f"/network/expand?{query('lorry')}&{wrong}"))[0] == 422
    for wrong in ("without_link=magic", "limit=101", "without=x"):
        assert code_of(program.get(f"/network/find?what=most&{wrong}"))[0] == 422
