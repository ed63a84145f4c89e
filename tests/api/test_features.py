"""Records on maps as OGC API Features: the standard's requirements of the classes core, oas30 and geojson.

What QGIS asks is asked in the order in which its provider does, read in its source.
"""

import base64
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application

from borderliaison.accounts.models import Account
from borderliaison.audit.models import AuditLine
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Audience, Handling, HandlingCodes, Marking
from tests.api.programs import Program
from tests.api.test_described import CHECKS, one_connection
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
    assert {one.rpartition("/")[2] for one in classes} == {
        "core", "oas30", "geojson",
    }  # fmt: skip
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
    assert "numberMatched" not in first | second
    assert program.read(SEIZURES)["numberMatched"] == 2
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
        "bbox=nan,0,1,1", "datetime=20260512", f"after={key('four')}",
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


@pytest.fixture
def qgis(program: Program) -> Callable[..., Any]:
    """Asks as QGIS does: what it says beside the address, and JSON, else what it can read."""

    def ask(href: str, accepted: str = "application/json", *, method: str = "get") -> Any:
        headers = {"Authorization": f"Bearer {program.secret}", "Accept": accepted}
        path = href.partition("//localhost")[2] or href
        return getattr(program.client, method)(path, headers=headers)

    return ask


@pytest.mark.parametrize("address", ["/api/v1/features", "/api/v1/features/"])
def test_qgis_opens_a_layer_and_pans_over_it(qgis: Callable[..., Any], address: str) -> None:
    landing = qgis(address).json()
    typed = {(one["rel"], one["type"]): one["href"] for one in landing["links"]}
    openapi = "application/vnd.oai.openapi+json;version=3.0"
    answer = qgis(typed["service-desc", openapi], f"{openapi}, application/openapi+json")
    assert answer["Content-Type"] == openapi
    limit = answer.json()["components"]["parameters"]["limit"]["schema"]
    page = min(max(1000, limit["default"]), limit["maximum"])
    collections = typed["data", "application/json"]
    listed = qgis(collections).json()["collections"]
    assert "Seizure" in {one["id"] for one in listed}
    one = qgis(f"{collections}/Seizure").json()
    assert ("items", "application/geo+json") in {(x["rel"], x["type"]) for x in one["links"]}
    assert qgis(typed["conformance", "application/json"]).json()["conformsTo"]
    items, accepted = f"{collections}/Seizure/items", "application/geo+json, application/json"
    first = qgis(f"{items}?limit=10", accepted).json()
    columns = list(first["features"][0]["properties"])
    asked = qgis(items, method="options")
    assert (asked.status_code, asked["Allow"]) == (204, "GET")
    assert qgis(f"{items}?limit=1", accepted).json()["numberReturned"] == 1
    box = "bbox=69.2,39.1,80.3,43.3"
    seen, href = [], f"{items}?limit=1&{box}"
    while href:
        shown = qgis(href, accepted).json()
        seen += shown["features"]
        href = next((x["href"] for x in shown["links"] if x["rel"] == "next"), "")
    assert [one["properties"]["name"] for one in seen] == ["82 parcels"]
    whole = qgis(f"{items}?limit={page}&f=json", accepted).json()
    assert [list(one["properties"]) for one in whole["features"]] == [columns, columns]


def test_the_token_may_stand_as_a_password_on_maps_alone_and_for_reading(program: Program) -> None:
    def ask(path: str, secret: str, method: str = "get") -> Any:
        said = base64.b64encode(f"map:{secret}".encode()).decode()
        headers = {"Authorization": f"Basic {said}", "Idempotency-Key": "one"}
        return getattr(program.client, method)(f"/api/v1{path}", headers=headers)

    assert ask(SEIZURES, program.secret).status_code == 200
    for path, secret, method in (
        (SEIZURES, "blo_wrong", "get"), (SEIZURES, "\0", "get"), (SEIZURES, program.secret, "post"),
        ("/me", program.secret, "get"), ("/featuresque", program.secret, "get"),
    ):  # fmt: skip
        assert ask(path, secret, method).status_code == 401, path
    assert "Basic" in ask(ROOT, "")["WWW-Authenticate"]
    assert "Basic" not in program.client.get("/api/v1/me")["WWW-Authenticate"]
    broken = program.client.get("/api/v1/features", headers={"Authorization": "Basic %%%"})
    assert broken.status_code == 401


def test_the_description_is_openapi_3_and_every_answer_is_as_it_says(program: Program) -> None:
    described = program.read(f"{ROOT}/api")

    schema = schemathesis.openapi.from_dict(described)
    schema.validate()
    schema.app = get_wsgi_application()
    feature = program.read(SEIZURES)["features"][0]["id"]
    headers = {"Authorization": f"Bearer {program.secret}"}
    with one_connection():
        for path in described["paths"]:
            operation = schema[path]["GET"]
            for asked in ({}, {"f": "html"}, {"limit": 1}):
                there = {"collectionId": "Seizure", "featureId": feature}
                for named in (there, dict.fromkeys(there, "x")):
                    parts = {one: said for one, said in named.items() if f"{{{one}}}" in path}
                    case = operation.Case(path_parameters=parts, query=asked)
                    case.call_and_validate(headers=headers, checks=CHECKS)
