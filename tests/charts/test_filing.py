"""A chart as one file: what it holds, what it runs, and what may not go into it."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from borderliaison.audit.models import AuditLine
from borderliaison.charts.kept.keeping import EMPTY, make_chart
from borderliaison.kernel.marking import Handling, HandlingCodes
from borderliaison.records.statements.drafted import Drafted, Said
from tests.accounts.people import officer, signed_in
from tests.charts.cast import grey_lorry, key
from tests.correspondence.cast import network
from tests.records.cast import ALL, drafted, say
from tests.records.cast import key as key_of

pytestmark = pytest.mark.django_db
HOSTILE = "</script><script>alert(1)</script><!-- & \u2028 ]]>"


@pytest.fixture
def desk() -> tuple[Client, str]:
    network()
    me = officer()
    client, chart = signed_in(me), make_chart(me, "Grey lorry", grey_lorry()).key
    client.post(f"/charts/{chart}/purpose/", {"purpose": "case"})
    return client, chart


def asked(client: Client, chart: str, *items: dict[str, Any], **more: Any) -> Any:
    sent = {"name": HOSTILE, "content": {**EMPTY, "items": list(items)}, **more}
    return client.post(f"/charts/{chart}/file/", json.dumps(sent), content_type="application/json")


def at(one: str, **more: Any) -> dict[str, Any]:
    return {"key": one, "x": 0, "y": 0, **more}


def data_of(text: str) -> Any:
    found = re.search(r'<script id="chart" type="application/json">(.*?)</script>', text)
    assert found is not None
    return json.loads(found.group(1))


def test_the_file_runs_its_own_script_alone_whatever_is_said(desk: tuple[Client, str]) -> None:
    client, chart = desk
    say("a", drafted("a", "Person", name=HOSTILE, birthDate="1990"))
    answer = asked(client, chart, at(key_of("a")), at(key("lorry"), note=HOSTILE))
    text = answer.content.decode()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "alert(1)</script>" not in text
    assert len(re.findall("<script", text)) == text.count("<script id=") + 1
    policy = re.search('content="(default-src[^"]*)"', text)
    assert policy is not None
    script = text[text.rindex("<script>") + 8 : text.rindex("</script>")]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy.group(1)
    assert policy.group(1).startswith("default-src 'none'")
    data = data_of(text)
    assert data["name"] == HOSTILE
    assert HOSTILE.split(" ", maxsplit=1)[0] in data["items"][key_of("a")][0]["values"][0]["words"]


def test_what_is_hidden_does_not_go_along_and_the_rest_says_how_it_is_known(
    desk: tuple[Client, str],
) -> None:
    client, chart = desk
    snap = {
        "name": "1", "shown": [key("holov"), key("lorry")], "selected": [key("holov")],
        "camera": {"x": 0, "y": 0, "scale": 1},
    }  # fmt: skip
    items = (at(key("lorry")), at(key("seizure")), at(key("holov"), hidden=True))
    content = {**EMPTY, "items": list(items), "snapshots": [snap]}
    text = asked(client, chart, content=content).content.decode()
    assert key("holov") not in text
    assert "Rustam Holov" not in text
    data = data_of(text)
    assert "H0" in data["marking"]
    assert data["taken"].startswith("KG-BDB/")
    source = data["items"][key("lorry")][0]["values"][0]["sources"][0]
    assert (source["grade"], bool(source["office"]), bool(source["marking"])) == ("A1", True, True)
    pair = " ".join(sorted((key("lorry"), key("seizure"))))
    assert data["links"][pair][0]["values"][0]["sources"]
    line = AuditLine.objects.get(action="chart.filed")
    assert (line.subject, line.ids["items"], line.ids["purpose"]) == (chart, "2", "case")


def test_what_its_origin_does_not_let_out_is_refused_by_name(desk: tuple[Client, str]) -> None:
    client, chart = desk
    kept = HandlingCodes(frozenset({Handling.H2}))
    marking = replace(ALL, handling=kept, originator="UZ-DUS")
    say("b", drafted("b", "Person", name="Bek", birthDate="1990"), marking=marking)
    refused = asked(client, chart, at(key("lorry")), at(key_of("b")))
    assert (refused.status_code, refused.json()["code"]) == (409, "E-CHT-08")
    assert refused.json()["keys"] == [key_of("b")]
    assert not AuditLine.objects.filter(action="chart.filed").exists()


def test_words_on_a_line_that_may_not_leave_are_refused_by_its_ends(
    desk: tuple[Client, str],
) -> None:
    client, chart = desk
    ends = (Said("subject", key("tilekov")), Said("object", key("holov")))
    people = (Drafted(key(one), "Person", ()) for one in ("tilekov", "holov"))
    say("a", *people, Drafted(key_of("link"), "UnknownLink", ends))
    both = [at(key("tilekov")), at(key("holov"))]
    assert asked(client, chart, *both).status_code == 200
    kept = HandlingCodes(frozenset({Handling.H2}))
    words = Drafted(key_of("link"), "UnknownLink", (Said("role", "brother"),))
    say("b", words, marking=replace(ALL, handling=kept, originator="UZ-DUS"))
    answer = asked(client, chart, *both)
    assert sorted(answer.json()["keys"]) == sorted(one["key"] for one in both)


def test_measures_go_along_as_the_page_has_them_or_not_at_all(desk: tuple[Client, str]) -> None:
    client, chart = desk
    names = ("degree", "betweenness", "closeness", "eigenvector", "core", "bridges")
    measures = {
        "keys": [key("lorry")], "values": {one: [1] for one in names},
        "community": [0], "component": [0],
    }  # fmt: skip
    text = asked(client, chart, at(key("lorry")), measures=measures).content.decode()
    assert data_of(text)["measures"]["community"] == [0]
    refused = asked(client, chart, at(key("lorry")), measures={**measures, "component": []})
    assert (refused.status_code, refused.json()["code"]) == (409, "E-CHT-02")
