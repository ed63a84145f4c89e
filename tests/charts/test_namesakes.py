"""People and firms of one name, drawn as one: however it is written, and nothing else."""

from typing import Any

import pytest

from tests.charts.scripts import told

pytestmark = pytest.mark.once
RUN = """
import { drawnAsOne, namesakes } from "CHART/namesakes.ts";
import { Sheet } from "CHART/sheet.ts";
const sheet = new Sheet();
for (const { hidden, ...item } of said) {
  sheet.items.set(item.key, item);
  sheet.placed = new Map([...sheet.placed, [item.key, { key: item.key, x: 0, y: 0, hidden }]]);
}
const found = [...namesakes(sheet)];
const placed = new Map(sheet.placed);
for (const [into, others] of found) for (const key of others) placed.set(key, { ...placed.get(key), into });
sheet.placed = placed;
console.log(JSON.stringify({ found, one: drawnAsOne(sheet) }));
"""


def _found(*items: dict[str, Any]) -> Any:
    return told(RUN, items)


def _item(key: str, name: str, schema: str = "Person", degree: int = 1, **more: Any) -> Any:
    kind = {"Person": "Person", "Company": "Company"}.get(schema, "Thing")
    return {"key": key, "name": name, "schema": schema, "kind": kind, "degree": degree, **more}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Azamat Tilekov", "TILEKOV, Azamat"),
        ("Азамат Тилеков", "тилеков азамат"),
        ("Семён Ёлкин", "Семен Елкин"),
        ("Ak-Tilek Trans LLC", "ak tilek trans, llc"),
    ],
)
def test_a_name_is_the_same_in_any_order_case_and_with_or_without_marks(
    one: str, other: str
) -> None:
    found = _found(_item("a", one), _item("b", other, degree=7))
    assert found == {"found": [["b", ["a"]]], "one": ["a"]}


@pytest.mark.parametrize(
    "other",
    [
        _item("b", "Azamat Tilekova"),
        _item("b", "Azamat Tilekov", "Company"),
        _item("b", "Azamat Tilekov", hidden=True),
    ],
)
def test_another_name_another_kind_and_what_is_hidden_stand_by_themselves(other: Any) -> None:
    assert _found(_item("a", "Azamat Tilekov"), other) == {"found": [], "one": []}


def test_goods_of_one_word_and_people_without_a_name_are_not_one() -> None:
    goods = [_item(key, "Onions", "Consignment") for key in "ab"]
    nameless = [_item(key, "Person") for key in "cd"]
    assert _found(*goods, *nameless) == {"found": [], "one": []}
