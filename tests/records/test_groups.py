"""The page of groups shows what hangs together for its reader, and leads with it onto a chart."""

import pytest
from django.test import Client
from lxml import html

from borderliaison.reports.projection.keeping_up import catch_up
from tests.accounts.people import signed_in
from tests.correspondence.cast import begin_draft, liaison, lookout, network, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    network()
    return signed_in(liaison())


def _reported(desk: Client, plate: str, *names: str) -> None:
    send(desk, begin_draft(desk), lookout(plate=plate, names="\n".join(names)))
    catch_up()


def _rows(desk: Client, query: str = "") -> list[html.HtmlElement]:
    page = html.fromstring(desk.get(f"/records/groups/{query}").content)
    return list(page.xpath('//li[contains(@class, "hit")]'))


def test_two_reports_that_name_one_plate_make_a_group_with_whom_they_name(desk: Client) -> None:
    _reported(desk, "01KG742ABC", "Bek Askarov", "Timur Isaev")
    assert _rows(desk) == []
    _reported(desk, "01 KG 742 ABC", "Bek Askarov")
    _reported(desk, "05KG111XYZ", "Somebody Else")
    (row,) = _rows(desk, "?days=30")
    assert "Bek Askarov, Timur Isaev" in row.xpath("string(.//h3)")
    parts = row.xpath(".//dl/div")
    assert [" ".join(one.xpath("string(dt)").split()) for one in parts] == [
        "People 3", "Vehicles 1", "Lookouts 2",
    ]  # fmt: skip
    assert parts[0].xpath("string(dd)") == "Bek Askarov ×2, Timur Isaev"
    keys = row.xpath('.//input[@name="item"]/@value')
    assert len(keys) == 6
    onto = desk.get("/charts/onto/", {"item": keys, "name": "Bek Askarov, Timur Isaev"})
    page = html.fromstring(onto.content)
    assert page.xpath('//input[@id="chart-name"]/@value') == ["Bek Askarov, Timur Isaev"]
    assert len(page.xpath('//form//input[@name="item"]')) == 6


def test_an_office_without_records_is_told_what_would_stand_here(desk: Client) -> None:
    page = desk.get("/records/groups/?days=all").content.decode()
    assert "Nothing hangs together in this time" in page
