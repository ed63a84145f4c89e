"""A chart goes out as ANX, comes in as a set and is a chart again: only what the how-to names is lost."""

import io
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from borderliaison.charts.kept.content import checked
from borderliaison.charts.kept.drawing import SHOWN_AS
from borderliaison.charts.kept.keeping import EMPTY
from borderliaison.charts.kept.standing import places_on, standing
from borderliaison.kernel.ids import OfficeCode
from borderliaison.records.interchange.exports.asked import of_keys
from borderliaison.records.interchange.exports.exporting import Exporter, export
from borderliaison.records.interchange.findings import Findings
from borderliaison.records.interchange.formats.anx import ANX
from borderliaison.records.interchange.formats.anx_reading import read
from borderliaison.records.interchange.imports.intake import taken_in
from borderliaison.records.interchange.items import Item, Place, caption_of, ends_of, merged
from borderliaison.records.interchange.members import places_of_set, things_of_set
from borderliaison.records.models import Entity, ImportSet
from tests.charts.cast import grey_lorry
from tests.correspondence.cast import network
from tests.records.cast import BORDER
from tests.records.interchange.cast import taken

pytestmark = pytest.mark.django_db
LOST_AS = {"icon", "picture"}
"""As what an item stands that is an icon in ANX, and as whatever a chart shows its kind when it is back."""


def _chart(keys: list[str]) -> dict[str, Any]:
    """Return a chart on which all that an analyst can say of an item was said."""
    items = [
        {
            "key": one, "x": 100 * place, "y": 30 * place - 90, "as": SHOWN_AS[place % len(SHOWN_AS)],
            "ink": "chart-3", "badge": "A", "sign": "key", "note": "Ask Dostuk", "pinned": True,
        }
        for place, one in enumerate(keys)
    ]  # fmt: skip
    return checked({**EMPTY, "items": items})


def _anx(content: dict[str, Any], folder: Path) -> bytes:
    file, places = io.BytesIO(), places_on(content)
    exporter = Exporter("KG-BDB/0001", BORDER, OfficeCode("KG-BDB"), "case")
    export(exporter, of_keys("Grey lorry", list(places), places), ANX, file, folder)
    return file.getvalue()


def _items(data: bytes) -> list[Item]:
    findings, found = Findings(), dict[str, list[Item]]()
    for item in taken_in(read(io.BytesIO(data), findings), findings, "KG"):
        found.setdefault(item.key, []).append(item)
    assert findings.total == 0, findings.counts
    return [merged(some) for some in found.values()]


def _said(items: list[Item]) -> set[tuple[Any, ...]]:
    """Return what a file says: each item with its place and what is said of it, each link with its ends."""
    named = {one.key: caption_of(one) for one in items if one.kind.edge is None}

    def said(one: Item) -> frozenset[tuple[str, str, str]]:
        return frozenset((t.prop, named.get(t.value, t.value), t.grading.value) for t in one.told)

    return {
        (one.schema, named.get(one.key, ""), one.place, _between(one, named), said(one))
        for one in items
    }


def _between(one: Item, named: dict[str, str]) -> tuple[str, ...]:
    return tuple(named[end] for end in ends_of(one) or ())


def test_items_places_links_attributes_cards_grades_and_shapes_come_back(tmp_path: Path) -> None:
    network()
    content = _chart(grey_lorry())
    out = _anx(content, tmp_path)
    first = _items(out)
    links = [one for one in first if one.kind.edge is not None]
    assert len(links) > 20
    grades = {told.grading.value for one in links for told in one.told}
    assert {"A1", "B3"} <= grades

    Entity.objects.all().delete()
    taken(tmp_path, *first, title="Grey lorry")
    key = ImportSet.objects.as_system("test").get().key
    again = standing(things_of_set(BORDER, key), places_of_set(BORDER, key))
    back = checked({**EMPTY, "items": again})
    second = _anx(back, tmp_path)

    assert _said(_items(second)) == _said(first)
    assert _strengths(second) == _strengths(out)
    assert _strengths(out).keys() == {"Confirmed", "Unconfirmed", "Tentative"}
    spots = {(one["x"], one["y"]): one.get("as", "") for one in content["items"]}
    returned = {(one["x"], one["y"]): one.get("as", "") for one in back["items"]}
    assert returned == {at: "" if shown in LOST_AS else shown for at, shown in spots.items()}
    kept = {name for one in back["items"] for name in one} - {"key", "x", "y", "as"}
    assert kept == set()


def _strengths(data: bytes) -> Counter[str]:
    """Return how many lines of each strength there are."""
    return Counter(re.findall(r'<LinkStyle[^>]* Strength="(\w+)"', data.decode("utf-16")))


def test_what_is_hidden_does_not_go_along(tmp_path: Path) -> None:
    network()
    content = _chart(grey_lorry()[:2])
    content["items"][0]["hidden"] = True
    (one,) = _items(_anx(content, tmp_path))
    assert one.place == Place(100, 60, "" if SHOWN_AS[1] in LOST_AS else SHOWN_AS[1])
