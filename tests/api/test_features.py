"""Records on maps as OGC API Features: the standard's requirements of the classes core and geojson."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from borderliaison.accounts.models import Account
from borderliaison.audit.models import AuditLine
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Audience, Handling, HandlingCodes, Marking
from tests.api.programs import Program
from tests.records.cast import FOR_CUSTOMS, drafted, key, say

ROOT = "/features"
SEIZURES = f"{ROOT}/collections/Seizure/items"
WITHHELD = Marking(
    audience=Audience.of(("KG-BDB", "*")),
    originator=OfficeCode("KG-DST"),
    handling=HandlingCodes(frozenset({Handling.H2})),
)


@pytest.fixture
def program(officer: Account) -> Program:
    """A program, and seizures: one at a crossing point, one with a place of its own."""
    point = drafted("dir", "CrossingPoint", "p", code="KG-DST", latitude="40.55", longitude="72.75")
    say("dir", point)
    at = {"crossing": key("dir", "p"), "date": "2026-05-12"}
    say("one", drafted("one", "Seizure", name="82 parcels", **at))
    east = {"latitude": "-17.0", "longitude": "179.5", "date": "2026-06"}
    say("two", drafted("two", "Seizure", name="far", **east))
    say("three", drafted("three", "Seizure", name="nowhere"))
    say("four", drafted("four", "Seizure", name="customs", **at), marking=FOR_CUSTOMS)
    say("five", drafted("five", "Seizure", name="kept", **at), marking=WITHHELD)
    return Program(officer)


def _names(program: Program, **asked: object) -> list[str]:
    read = program.read(f"{SEIZURES}?{urlencode(asked)}")
    assert read["numberReturned"] == len(read["features"])
    return [one["properties"]["name"] for one in read["features"]]


def _linked(read: Any, rel: str) -> str:
    (found,) = [one["href"] for one in read["links"] if one["rel"] == rel]
    return str(found).partition("/api/v1")[2]


def test_every_address_is_reached_from_the_landing_page(program: Program) -> None:
    landing = program.read(ROOT)
    classes = program.read(_linked(landing, "conformance"))["conformsTo"]
    assert {one.rpartition("/")[2] for one in classes} == {"core", "geojson"}
    described = program.get(_linked(landing, "service-desc"))
    assert described["Content-Type"] == "application/vnd.oai.openapi+json;version=3.1"
    assert f"/api/v1{ROOT}/conformance" in json.loads(described.content)["paths"]
    data = program.read(_linked(landing, "data"))
    assert _linked(data, "self")
    for one in data["collections"]:
        assert {"id", "title", "links", "extent", "itemType", "crs"} <= one.keys()
        assert _linked(one, "items").endswith(f"/{one['id']}/items")
    one = next(one for one in data["collections"] if one["id"] == "Seizure")
    assert program.read(_linked(one, "self")) == one


def test_items_are_geojson_with_their_marking_and_who_says_them(program: Program) -> None:
    answer = program.get(SEIZURES)
    assert answer["Content-Type"] == "application/geo+json"
    read = json.loads(answer.content)
    assert read["type"] == "FeatureCollection"
    held = program.get(SEIZURES, If_None_Match=answer["ETag"])
    assert held.status_code == 304
    first = read["features"][0]
    assert first["geometry"] == {"type": "Point", "coordinates": [72.75, 40.55]}
    assert first["properties"]["offices"] == "KG-BDB"
    assert first["properties"]["marking"]
    alone = program.read(f"{SEIZURES}/{first['id']}")
    assert {name: alone[name] for name in first} == first
    assert _linked(alone, "collection") == f"{ROOT}/collections/Seizure"
    assert _linked(alone, "self") == f"{SEIZURES}/{first['id']}"


def test_what_one_may_not_read_or_take_along_is_on_no_map(program: Program) -> None:
    assert _names(program) == ["82 parcels", "far"]
    for hidden in ("three", "four", "five"):
        assert program.get(f"{SEIZURES}/{key(hidden)}").status_code == 404


def test_pages_follow_one_another_and_the_last_says_so(program: Program) -> None:
    first = program.read(f"{SEIZURES}?limit=1")
    second = program.read(_linked(first, "next"))
    named = [one["properties"]["name"] for page in (first, second) for one in page["features"]]
    assert named == ["82 parcels", "far"]
    assert "next" not in {one["rel"] for one in second["links"]}
    assert len(_names(program, limit=100_000)) == 2


@pytest.mark.parametrize(
    ("box", "found"),
    [
        ("72,40,73,41", ["82 parcels"]),
        ("72,40,0,73,41,100", ["82 parcels"]),
        ("0,0,10,10", []),
        ("170,-30,-170,0", ["far"]),
    ],
)
def test_a_box_says_where_also_across_the_antimeridian(
    program: Program, box: str, found: list[str]
) -> None:
    assert _names(program, bbox=box) == found


@pytest.mark.parametrize(
    ("span", "found"),
    [
        ("2026-05-12", ["82 parcels"]),
        ("2026-05-12T08:00:00Z", ["82 parcels"]),
        ("../2026-05-31T00:00:00Z", ["82 parcels"]),
        ("2026-06-15/..", ["far"]),
        ("2026-05-01/2026-06-01", ["82 parcels", "far"]),
        ("2025-01-01/2025-12-31", []),
    ],
)
def test_a_time_says_when_and_a_month_is_as_long_as_it_is(
    program: Program, span: str, found: list[str]
) -> None:
    assert _names(program, datetime=span) == found


@pytest.mark.parametrize(
    "asked",
    [
        "limit=0", "limit=x", "bbox=1,2,3", "bbox=a,b,c,d", "bbox=0,9,1,1", "datetime=May",
        "datetime=../..", "datetime=2026-06-01/2026-05-01", "colour=red", "after=zzz", "f=html",
        "bbox=nan,0,1,1",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused(program: Program, asked: str) -> None:
    answer = program.get(f"{SEIZURES}?{asked}")
    assert answer.status_code == 400
    assert json.loads(answer.content)["code"] == "E-API-13"


def test_what_there_is_not_is_not_there(program: Program) -> None:
    assert program.get(f"{ROOT}/collections/Unicorn").status_code == 404
    assert program.get(f"{ROOT}/collections/Unicorn/items").status_code == 404
    assert program.get(f"{ROOT}?colour=red").status_code == 400


def test_each_look_is_in_the_audit_with_its_purpose(program: Program) -> None:
    program.read(SEIZURES)
    line = AuditLine.objects.filter(action="api.called").latest("id")
    assert (line.ids["route"], line.ids["about"]) == ("api:feature_items", "Seizure")
    assert line.ids["purpose"]
    assert program.client.get(f"/api/v1{SEIZURES}").status_code == 401
