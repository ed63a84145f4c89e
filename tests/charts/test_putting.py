"""From where a record is read, or several are found, they go onto a new chart or one that is there."""

import pytest
from django.apps import apps
from django.db import connection

from borderliaison.charts.kept.keeping import make_chart
from borderliaison.records.search.index.indexing import index_all
from borderliaison.records.statements.writing import withdraw
from tests.accounts.people import officer, signed_in
from tests.charts.cast import grey_lorry, key
from tests.correspondence.cast import network
from tests.records.cast import FOR_BORDER, lorry, source
from tests.records.cast import key as key_of

pytestmark = pytest.mark.django_db


def test_chosen_records_are_offered_the_charts_and_go_along_past_the_purpose() -> None:
    network()
    grey_lorry()
    index_all()
    me = officer()
    desk, chart = signed_in(me), make_chart(me, "Night of 15 May").key
    there = desk.get(f"/records/{key('lorry')}/").content.decode()
    assert f"/charts/onto/?item={key('lorry')}" in there
    found = desk.get("/records/", {"q": "holov"}).content.decode()
    assert f'name="item" value="{key("holov")}"' in found
    chosen = {"item": [key("lorry"), key("holov")]}
    offered = desk.get("/charts/onto/", chosen).content.decode()
    assert "Rustam Holov" in offered
    assert "Night of 15 May" in offered
    name = offered.split('id="chart-name"')[1].split('value="')[1].split('"')[0]
    assert name.startswith("Vehicle, Person, ")
    assert "Holov" not in name
    put = offered.split(f'href="/charts/{chart}/?')[1].split('"')[0].replace("&amp;", "&")
    asked = desk.get(f"/charts/{chart}/?{put}").headers["Location"]
    page = desk.get(asked).content.decode()
    purpose = page.split('name="purpose" value="')[1].split('"')[0]
    given = desk.post(asked, {"purpose": purpose}).headers["Location"]
    assert set(given.partition("?")[2].split("&")) == {f"put={one}" for one in chosen["item"]}
    begun = desk.post("/charts/new/", {"name": "Lorry", **chosen}).headers["Location"]
    assert len(desk.get(f"{begun}data/").json()["items"]) == 2


def test_what_one_may_not_read_cannot_be_chosen() -> None:
    lorry("a", "01KG742ABC", marking=FOR_BORDER)
    customs = signed_in(officer("nazarov", agency="KG-CUS"))
    offered = customs.get("/charts/onto/", {"item": [key_of("a"), "x" * 40]}).content.decode()
    assert "No record is chosen" in offered
    assert "01KG742ABC" not in offered


def test_what_a_source_takes_back_stands_on_no_chart_and_in_no_name() -> None:
    network()
    lorry("a", "01KG742ABC")
    desk = signed_in(officer())
    offered = desk.get("/charts/onto/", {"item": [key_of("a")]}).content.decode()
    assert "01KG742ABC" in offered
    name = offered.split('id="chart-name"')[1].split('value="')[1].split('"')[0]
    desk.post("/charts/new/", {"name": name, "item": [key_of("a")]})
    withdraw(source("a"))
    kept = []
    with connection.cursor() as cursor:
        for model in apps.get_app_config("charts").get_models():
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608  # a name of our own
            kept += list(cursor)
    assert kept
    assert "742ABC" not in repr(kept)
