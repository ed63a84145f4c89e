"""A chart is dressed with what its reader may see: photographs of reports, rules of other charts."""

import json
from typing import Any

import pytest
from django.test import Client

from borderliaison.audit.models import AuditLine
from borderliaison.charts.kept.keeping import EMPTY, keep_as_new, make_chart, share_chart
from borderliaison.correspondence.models import Item
from borderliaison.files.models import Attachment
from borderliaison.kernel.marking import PageMarking
from borderliaison.markings.services import intern
from borderliaison.records.statements.drafted import Drafted, Origin, Said
from borderliaison.records.statements.writing import write
from borderliaison.wording.marks import labels_of
from tests.accounts.people import officer, signed_in
from tests.charts.cast import looking
from tests.correspondence.cast import liaison, network
from tests.files.test_pages import with_picture
from tests.records.cast import FOR_CUSTOMS, key, lorry

pytestmark = pytest.mark.django_db
RULE = {
    "of": "items", "about": "schema", "comparison": "is", "value": "Seizure",
    "effect": "as", "with": "frame",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


def photographed(item: Item) -> str:
    """Let a report with a photograph speak of a lorry; return the lorry's key."""
    one = Drafted(key("photo"), "Vehicle", (Said("registrationNumber", "01KG742ABC"),))
    at = item.created_at
    write(Origin(item.key, "report", item.office, at, at, "KG", item.marking_id), [one])
    return one.key


def test_an_item_may_stand_as_a_photograph_of_a_report_that_speaks_of_it() -> None:
    me = liaison()
    desk = signed_in(me)
    item, file = with_picture(desk)
    chart = make_chart(me, "Grey lorry", [photographed(item)]).key
    said = looking(desk).get(f"/charts/{chart}/photographs/{key('photo')}/").content.decode()
    assert f'data-photograph="{file.key}"' in said
    assert f"/files/{file.key}/preview/" in said
    assert AuditLine.objects.filter(action="record.opened", subject=key("photo")).exists()
    lorry("other", "02KG111AAA")
    none = desk.get(f"/charts/{chart}/photographs/{key('other')}/").content.decode()
    assert "No report that you may read" in none


def test_a_photograph_that_one_may_not_see_is_not_offered() -> None:
    me = liaison()
    desk = signed_in(me)
    item, file = with_picture(desk)
    photographed(item)
    hidden = intern(FOR_CUSTOMS).pk
    Attachment.objects.as_system("test").filter(pk=file.pk).update(marking_id=hidden)
    chart = make_chart(me, "Grey lorry", [key("photo")]).key
    said = looking(desk).get(f"/charts/{chart}/photographs/{key('photo')}/").content.decode()
    assert "No report that you may read has a photograph of it." in said
    assert file.key not in said
    assert desk.get(f"/files/{file.key}/preview/").status_code == 404


def test_a_picture_of_a_chart_goes_under_the_marking_of_its_photographs_too() -> None:
    me = liaison()
    desk = signed_in(me)
    item, file = with_picture(desk)
    chart = make_chart(me, "Grey lorry", [])
    looking(desk)
    asked = {"shown": [], "photographs": [file.key]}
    said = post(desk, f"/charts/{chart.key}/picture/", asked).json()
    alone = post(desk, f"/charts/{chart.key}/picture/", {"shown": []}).json()
    words = labels_of(PageMarking.of({item.marking.value}), "en")
    assert set(words.handling) <= set(said["marking"].split(" · "))
    assert said["marking"] != alone["marking"]


def test_the_rules_of_charts_that_one_may_open_are_offered() -> None:
    me, colleague = officer(), officer("ormonov", officer_id="KG-BDB/0009")
    desk = signed_in(me)
    mine = make_chart(me, "Grey lorry").key
    dressed = {**EMPTY, "rules": [RULE]}
    other = keep_as_new(colleague, "Frames", dressed)
    at = f"/charts/{mine}/rules/"
    assert desk.get(at).json() == {"charts": []}
    share_chart(colleague, other.key, is_shared=True)
    (found,) = desk.get(at).json()["charts"]
    assert (found["chart"], found["version"], found["name"]) == (other.key, 1, "Frames")
    assert found["rules"] == [RULE]


def post(client: Client, path: str, asked: object) -> Any:
    return client.post(path, json.dumps(asked), content_type="application/json")
