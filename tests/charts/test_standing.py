"""A chart of a set stands as the file it came from."""

from dataclasses import replace
from pathlib import Path

import pytest

from borderliaison.charts.kept.keeping import open_chart
from borderliaison.charts.kept.standing import APART, places_on, standing
from borderliaison.records.interchange.imports.importing import take_back
from borderliaison.records.interchange.items import Place, Told
from borderliaison.records.interchange.members import places_of_set
from borderliaison.records.models import Entity, ImportPlace, ImportSet
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import network
from tests.records.cast import BORDER, FOR_CUSTOMS
from tests.records.interchange.cast import BEK, PHONE, POINT, USES, taken

pytestmark = pytest.mark.django_db
PLACED = (replace(BEK, place=Place(10, -20)), replace(PHONE, place=Place(200, 40)), USES)


def _set() -> str:
    return str(ImportSet.objects.as_system("test").get().key)


def _spots(standing: dict[str, Place]) -> dict[str, tuple[float, float]]:
    kinds = dict(Entity.objects.values_list("key", "schema"))
    return {kinds[key]: (at.x, at.y) for key, at in standing.items()}


def test_a_chart_of_a_set_stands_as_its_file_and_what_that_does_not_place_below(
    tmp_path: Path,
) -> None:
    network()
    taken(tmp_path, *PLACED, POINT)
    me = officer()
    asked = {"name": "Calls", "set": _set()}
    begun = signed_in(me).post("/charts/new/", asked).headers["Location"]
    content = open_chart(me, begun.split("/")[2]).version.content
    at = {one["key"]: (one["x"], one["y"]) for one in content["items"]}
    kinds = dict(Entity.objects.values_list("key", "schema"))
    assert {kinds[key]: spot for key, spot in at.items()} == {
        "Person": (10, 20),
        "Phone": (200, -40),
        "CrossingPoint": (10, -40 - 2 * APART),
    }


def test_what_a_file_has_at_one_point_is_left_to_the_chart() -> None:
    at = standing("abc", {"a": Place(7, 7), "b": Place(7, 7)})
    assert {(one["x"], one["y"]) for one in at} == {(0, 0)}
    many = standing(map(str, range(50)), {"0": Place(0, 0), "1": Place(9, 9)})
    assert len({(one["x"], one["y"]) for one in many}) == 50


def test_places_are_those_of_the_last_file_and_go_with_the_set(tmp_path: Path) -> None:
    network()
    bek, phone, uses = PLACED
    taken(tmp_path, *PLACED)
    taken(tmp_path, bek, replace(phone, place=Place(300, 40)), uses)
    assert _spots(places_of_set(BORDER, _set())) == {"Person": (10, -20), "Phone": (300, 40)}
    taken(tmp_path, BEK, replace(phone, told=(Told("number", "+996555000999"),)), uses)
    assert _spots(places_of_set(BORDER, _set())) == {"Phone": (200, 40)}
    take_back(_set(), "KG-BDB/0001")
    assert not ImportPlace.objects.exists()


def test_what_stood_as_a_box_in_its_file_does_on_the_chart_and_goes_out_so(tmp_path: Path) -> None:
    network()
    bek, phone, uses = PLACED
    taken(tmp_path, replace(bek, place=Place(10, -20, "box")), phone, uses)
    me = officer()
    asked = {"name": "Calls", "set": _set()}
    begun = signed_in(me).post("/charts/new/", asked).headers["Location"]
    content = open_chart(me, begun.split("/")[2]).version.content
    assert sorted(one.get("as", "") for one in content["items"]) == ["", "box"]
    assert sorted(at.stands_as for at in places_on(content).values()) == ["", "box"]


def test_where_things_stand_is_for_those_who_may_read_the_set(tmp_path: Path) -> None:
    network()
    taken(tmp_path, *PLACED, marking=FOR_CUSTOMS)
    assert places_of_set(BORDER, _set()) == {}
