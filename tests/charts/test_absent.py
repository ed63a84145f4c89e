"""What was saved on a chart and is not in the records any more is kept until it is taken off."""

import pytest

from tests.charts.scripts import told

pytestmark = pytest.mark.once
RUN = """
import { EMPTY } from "CHART/model.ts";
import { Sheet } from "CHART/sheet.ts";
const sheet = new Sheet();
const known = [{ key: "b2" }, { key: "c" }];
const piece = { items: known, links: [], words: {}, signs: {}, said: {}, aliases: { b: "b2" } };
const seen = () => ({
  placed: [...sheet.placed.keys()],
  absent: sheet.settings.absent.map(({ key }) => key),
  kept: sheet.content().items.map(({ key, into }) => [key, into ?? ""]),
  saved: sheet.isSaved,
});
sheet.open({ ...EMPTY, items: said }, piece);
const steps = [seen()];
sheet.change((placed) => placed.delete("c"));
steps.push(seen());
sheet.set({ absent: [] });
steps.push(seen());
sheet.undo();
steps.push(seen());
sheet.take(sheet.content());
steps.push(seen());
console.log(JSON.stringify(steps));
"""


def test_what_is_gone_is_kept_until_it_is_taken_off() -> None:
    items = [
        {"key": "a", "x": 1, "y": 1, "note": "seen twice"},
        {"key": "b", "x": 2, "y": 2},
        {"key": "c", "x": 3, "y": 3, "into": "a"},
    ]
    opened, without, dropped, back, taken = told(RUN, items)
    assert (opened["placed"], opened["absent"], opened["saved"]) == (["b2", "c"], ["a"], True)
    assert opened["kept"] == [["b2", ""], ["c", ""], ["a", ""]]
    assert without["kept"] == [["b2", ""], ["a", ""]]
    assert (dropped["kept"], dropped["saved"]) == ([["b2", ""]], False)
    assert back["kept"] == taken["kept"] == without["kept"]
    assert taken["placed"] == ["b2"]
