"""A chart as a file for other programs: what it shows, where it stands, and as a chart again."""

import io
import json
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client

from borderliaison.audit.models import AuditLine
from borderliaison.charts.kept.keeping import EMPTY, make_chart
from borderliaison.records.interchange.findings import Findings
from borderliaison.records.interchange.formats.anx_reading import read
from borderliaison.records.interchange.formats.known import WRITTEN
from borderliaison.records.interchange.imports.intake import taken_in
from borderliaison.records.interchange.items import Place, ends_of
from tests.accounts.people import officer, signed_in
from tests.charts.cast import grey_lorry, key, looking
from tests.correspondence.cast import network

pytestmark = pytest.mark.django_db(transaction=True)


def _asked(
    client: Client, chart: str, format_name: str, *items: dict[str, Any]
) -> HttpResponseBase:
    sent = {"format": format_name, "content": {**EMPTY, "items": list(items)}}
    path = f"/charts/{chart}/data-file/"
    return client.post(path, json.dumps(sent), content_type="application/json")


@pytest.fixture
def desk() -> tuple[Client, str]:
    network()
    me = officer()
    return looking(signed_in(me)), make_chart(me, "Grey lorry", grey_lorry()).key


def test_what_is_shown_goes_out_where_it_stands_with_its_links(desk: tuple[Client, str]) -> None:
    at = {"tilekov": (10, 20), "lorry": (-30, 40)}
    items = [{"key": key(name), "x": x, "y": y} for name, (x, y) in at.items()]
    items[0]["as"] = "box"
    hidden = {"key": key("holov"), "x": 0, "y": 0, "hidden": True}
    answer = _asked(*desk, "anx", *items, hidden)
    assert answer["Content-Disposition"].endswith('.anx"')
    file = io.BytesIO(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    found = list(taken_in(read(file, findings := Findings()), findings, "KG"))
    things = {one.key: one for one in found if one.kind.edge is None}
    links = [one for one in found if one.kind.edge is not None]
    assert findings.total == 0
    assert {one.key: one.place for one in things.values()} == {
        key("tilekov"): Place(10, -20, "box"),
        key("lorry"): Place(-30, -40),
    }
    assert [(one.schema, ends_of(one)) for one in links] == [
        ("Use", (key("tilekov"), key("lorry")))
    ]
    assert AuditLine.objects.get(action="records.exported").ids["purpose"] == "case"


@pytest.mark.parametrize("name", [one.name for one in WRITTEN])
def test_it_goes_out_in_every_format(desk: tuple[Client, str], name: str) -> None:
    answer = _asked(*desk, name, {"key": key("lorry"), "x": 0, "y": 0})
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_who_only_reads_and_what_is_no_format_are_told_so(desk: tuple[Client, str]) -> None:
    client, chart = desk
    assert _asked(client, chart, "zzz").status_code == 409
    watcher = officer("isaev", role="observer")
    own = make_chart(watcher, "Grey lorry", grey_lorry()).key
    refused = _asked(looking(signed_in(watcher)), own, "ftm")
    assert refused.status_code == 409
    assert json.loads(refused.content)["sentence"]  # type: ignore[attr-defined]
