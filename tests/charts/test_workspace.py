"""What an analyst saved goes into a file and comes back: views, questions, specifications, charts."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from borderliaison.accounts.models import Account
from borderliaison.accounts.saved_views.keeping import save_view, views_of
from borderliaison.audit.models import AuditLine
from borderliaison.charts.kept.keeping import (
    EMPTY,
    charts_of,
    keep_as_new,
    keep_under,
    open_chart,
    share_chart,
)
from borderliaison.charts.models import Chart
from borderliaison.charts.workspace.errors import BadWorkspace, NotForYou
from borderliaison.charts.workspace.form import PARTS
from borderliaison.charts.workspace.moving import take_in, take_out
from borderliaison.cli import Exit, run
from borderliaison.kernel.marking import Handling, HandlingCodes, Marking
from borderliaison.records.interchange.errors import NoPurpose, NotYourTask
from borderliaison.records.interchange.imports.saved import drop_spec, save_spec, texts
from borderliaison.records.search import standing
from borderliaison.records.search.question.asked import read_asked
from tests.accounts.people import officer
from tests.correspondence.cast import network
from tests.records.cast import FOR_BORDER, FOR_CUSTOMS, key, lorry

pytestmark = pytest.mark.django_db
SPEC = """spec: calls_here
label: {en: Calls, ru: Звонки}
things:
  - {as: one, schema: Phone, says: {number: caller}}
"""
CONTENT: dict[str, Any] = {
    **EMPTY,
    "items": [
        {"key": key("a"), "x": 1.25, "y": -7.0, "pinned": True, "note": "Спросить Достук\nтрижды"},
        {"key": key("b"), "x": 0.0, "y": 9.5, "hidden": True, "into": key("a"), "as": "frame"},
    ],
    "layout": "time",
    "links": "direction",
    "labels": "sum",
    "sized": "core",
    "coloured": "community",
    "beneath": ["registrationNumber"],
    "areas": [
        {"key": "a1", "form": "text", "x": 1.0, "y": 2.0, "w": 80.0, "h": 40.0,
         "text": "Cell in Osh", "ink": "chart-3"},
    ],
    "rules": [
        {"of": "items", "about": "schema", "comparison": "is", "value": "Seizure",
         "effect": "colour", "with": "chart-2"},
        {"of": "links", "about": "kg", "comparison": "least", "value": "10",
         "effect": "size", "with": "2.5"},
    ],
    "snapshots": [
        {"name": "First", "shown": [key("a")], "selected": [key("a")],
         "camera": {"x": 0.5, "y": 0.0, "scale": 1.5}},
    ],
}  # fmt: skip


@pytest.fixture
def analyst() -> Account:
    """An analyst with one of everything that is saved."""
    network()
    mine = officer()
    lorry("a", "KG 01 7784 AD", marking=FOR_BORDER)
    lorry("b", "KG 01 7785 AD")
    save_view(mine, "Lorries", "/records/?q=7784&kind=Vehicle", is_shared=True)
    save_view(mine, "Board", "/board/?hours=24", is_shared=False)
    standing.keep_asking(mine, read_asked({"q": "7784", "points": "2", "near": "Seizure"}), "Near")
    save_spec(SPEC, "calls_here.yaml", mine.officer_id)
    share_chart(mine, keep_as_new(mine, "Grey lorry", CONTENT).key, is_shared=True)
    return mine


def parts(data: dict[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in PARTS}


def test_all_that_was_saved_comes_back_as_it_was(analyst: Account) -> None:
    out = json.loads(json.dumps(take_out(analyst, "case", "en")))
    assert out["charts"][0]["content"] == CONTENT
    assert out["charts"][0]["marking"]["audience"] == [["KG-BDB", "KG-BOR"]]
    assert [one["name"] for one in out["views"]] == ["Lorries", "Board"]
    drop_spec("calls_here", analyst.officer_id)
    other = officer("abdykadyrov", officer_id="KG-BDB/0090")
    brought = take_in(other, out)
    assert (brought.new, brought.there) == ({"views": 2, "standing": 1, "specs": 1, "charts": 1}, 0)
    assert parts(take_out(other, "case", "en")) == parts(out)
    assert texts()["calls_here"] == SPEC
    (chart,) = [one for one in charts_of(other) if one.is_own]
    assert chart.version.marking.value.audience == FOR_BORDER.audience
    (one,) = AuditLine.objects.filter(action="workspace.imported")
    assert (one.actor, one.ids["charts"]) == (other.officer_id, "1")


def test_what_is_there_is_left_as_it_is(analyst: Account) -> None:
    out = take_out(analyst, "case", "en")
    again = take_in(analyst, out)
    assert (set(again.new.values()), again.there) == ({0}, 5)
    assert len(charts_of(analyst)) == 1
    out["charts"][0]["content"]["items"][0]["note"] = "Another"
    assert take_in(analyst, out).new["charts"] == 1
    assert len(charts_of(analyst)) == 2


def test_a_chart_keeps_its_marking_though_he_who_takes_it_in_knows_less(analyst: Account) -> None:
    out = take_out(analyst, "case", "en")
    customs = officer("customs", agency="KG-CUS", officer_id="KG-BDB/0091")
    with pytest.raises(NotForYou):
        take_in(customs, out)
    assert views_of(customs).own == ()
    out["charts"][0]["marking"] = FOR_CUSTOMS.to_data()
    take_in(customs, out)
    opened = open_chart(customs, Chart.objects.get(owner=customs).key)
    assert opened.version.marking.value.audience == FOR_CUSTOMS.audience


def test_what_its_origin_keeps_to_itself_is_withheld_and_counted(analyst: Account) -> None:
    kept = Marking(audience=FOR_BORDER.audience, handling=HandlingCodes(frozenset({Handling.H2})))
    keep_under(analyst, "Kept", EMPTY, kept)
    out = take_out(analyst, "case", "en")
    assert ([one["name"] for one in out["charts"]], out["withheld"]) == (["Grey lorry"], 1)
    line = AuditLine.objects.get(action="workspace.exported")
    assert (line.ids["withheld"], line.ids["purpose"]) == ("1", "case")


def test_who_observes_and_who_says_no_purpose_takes_nothing(analyst: Account) -> None:
    with pytest.raises(NoPurpose):
        take_out(analyst, "fun", "en")
    observer = officer("observer", role="observer", officer_id="KG-BDB/0092")
    with pytest.raises(NotYourTask):
        take_in(observer, {})


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda out: out.update(version=2), "version"),
        (lambda out: out.update(format="zip"), "format"),
        (lambda out: out.update(colours=[]), "file"),
        (lambda out: out.pop("specs"), "file"),
        (lambda out: out["views"][0].update(address="https://example.org/"), "views"),
        (lambda out: out["views"][0].update(place=1), "views.0"),
        (lambda out: out["standing"][0]["asks"].update(kind="Spoon"), "standing"),
        (lambda out: out["specs"][0].update(name="other"), "specs"),
        (lambda out: out["specs"][0].update(text="spec: 1"), "specs"),
        (lambda out: out["charts"][0]["content"].update(zoom=2), "charts.0"),
        (lambda out: out["charts"][0]["content"]["items"][0].update(x=1e9), "charts.0"),
        (lambda out: out["charts"][0]["marking"].pop("level"), "charts.0"),
        (lambda out: out["charts"][0].update(shared="yes"), "charts.0"),
    ],
)
def test_what_is_not_known_is_refused_and_nothing_is_changed(
    analyst: Account, change: Callable[[dict[str, Any]], object], where: str
) -> None:
    out = copy.deepcopy(take_out(analyst, "case", "en"))
    change(out)
    other = officer("abdykadyrov", officer_id="KG-BDB/0090")
    with pytest.raises(BadWorkspace) as refused:
        take_in(other, out)
    assert str(refused.value).partition(":")[0] == where
    assert views_of(other).own == ()
    assert not standing.of(other).exists()
    assert not Chart.objects.filter(owner=other).exists()


@pytest.mark.django_db(transaction=True)
def test_an_administrator_moves_a_workspace_from_one_officer_to_another(
    analyst: Account,
    tmp_path: Path,
    node_directory: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("BLO_NODE", str(node_directory))
    other = officer("abdykadyrov", officer_id="KG-BDB/0090")
    file, command = str(tmp_path / "own.json"), ["records", "workspace"]
    export = [*command, "export", file, "--for", analyst.login, "--purpose", "case", "--json"]
    assert run(export) == Exit.DONE
    assert json.loads(capsys.readouterr().out) == {
        "views": 2, "standing": 1, "specs": 1, "charts": 1, "withheld": 0,
    }  # fmt: skip
    assert run([*command, "import", file, "--for", other.login, "--json"]) == Exit.DONE
    assert json.loads(capsys.readouterr().out)["charts"] == 1
    (tmp_path / "no.json").write_text("{")
    refused = [*command, "import", str(tmp_path / "no.json"), "--for", other.login]
    assert run(refused) != Exit.DONE
    assert "E-WSP-01" in capsys.readouterr().err
