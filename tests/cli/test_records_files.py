"""``blo records import`` and its neighbours as an administrator types them."""

import csv
import json
import zipfile
from pathlib import Path

import pytest

from borderliaison.charts.kept.keeping import make_chart
from borderliaison.cli import Exit, run
from borderliaison.offices.services import load_network
from borderliaison.records.models import Entity, Link, Statement
from tests.accounts.people import officer
from tests.records.cast import drafted, say

pytestmark = pytest.mark.django_db(transaction=True)
EDGES = "source,target,weight\n1,2,3\n2,3,1\n,4\n"


@pytest.fixture
def edges(node_directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A table of a network."""
    monkeypatch.setenv("BLO_NODE", str(node_directory))
    path = tmp_path / "edges.csv"
    path.write_text(EDGES, encoding="utf-8")
    return path


def _said(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    said: dict[str, object] = json.loads(capsys.readouterr().out)
    return said


def test_a_table_is_looked_at_taken_in_and_taken_back(
    edges: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["records", "import", str(edges), "--dry-run", "--json"]) == Exit.DONE
    looked = _said(capsys)
    assert (looked["things"], looked["links"], looked["flaws"]) == (3, 2, 1)
    assert looked["first"] == [{"line": 4, "flaw": "line", "field": ""}]
    assert (looked["written"], Entity.objects.count()) == (False, 0)
    assert run(["records", "import", str(edges), "--grade", "B2", "--json"]) == Exit.DONE
    assert _said(capsys)["written"]
    assert Link.objects.as_system("test").count() == 2
    said = Statement.objects.as_system("test").select_related("marking")[0].marking.value
    assert (said.grading.value, said.audience.offices()) == ("B2", ("KG-BDB",))
    assert run(["records", "import", str(edges), "--grade", "B2", "--json"]) == Exit.DONE
    assert not _said(capsys)["written"]
    run(["records", "sets", "--json"])
    (found,) = json.loads(capsys.readouterr().out)
    assert found["title"] == "edges.csv"
    run(["records", "sets"])
    assert f"{found['key']}\tedges.csv\t" in capsys.readouterr().out
    assert run(["records", "take-back", found["key"]]) == Exit.DONE
    assert Entity.objects.count() == 0


def test_it_is_said_whether_anything_was_written(
    edges: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for more in (["--dry-run"], [], []):
        assert run(["records", "import", str(edges), *more]) == Exit.DONE
        said.append(capsys.readouterr().err)
    nothing, all_of_it = "Nothing was written.", "All of it was in the records already."
    assert [("writing" in one, nothing in one, all_of_it in one) for one in said] == [
        (False, True, False),
        (True, False, False),
        (True, False, True),
    ]


def test_of_a_file_that_is_not_known_the_endings_are_said_that_are(
    edges: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = edges.with_suffix(".pdf")
    other.write_text("x", encoding="utf-8")
    assert run(["records", "import", str(other)]) == Exit.FAILED
    said = capsys.readouterr().err
    assert ".xlsx" in said
    assert ".kml" not in said
    other.write_text("", encoding="utf-8")
    empty = other.rename(other.with_suffix(".csv"))
    assert run(["records", "import", str(empty)]) == Exit.FAILED
    assert "E-RIO-22" in capsys.readouterr().err


def test_a_set_bears_codes_and_who_gave_it(edges: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load_network()
    given = ["records", "import", str(edges), "--given-by", "KG-DST", "--json"]
    assert run(given) == Exit.DONE
    kept = _said(capsys)["set"]
    said = Statement.objects.as_system("test").select_related("marking", "source")[0]
    assert (said.marking.value.originator, said.source.office) == ("KG-DST", "KG-DST")
    assert said.marking.value.handling.shown() == ("H2",)
    assert run([*given[:3], "--handling", "H3", "--handling-text", "Ask", "--json"]) == Exit.DONE
    assert _said(capsys)["set"] == kept
    said = Statement.objects.as_system("test").select_related("marking", "source")[0]
    assert (said.marking.value.originator, said.source.office) == ("KG-BDB", "KG-BDB")
    assert said.marking.value.handling.text == "Ask"
    assert run([*given[:3], "--handling", "H3"]) == Exit.FAILED
    assert "E-RIO-20" in capsys.readouterr().err


def test_what_an_officer_may_read_is_written_once_and_never_over_another_file(
    edges: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load_network()
    officer()
    run(["records", "import", str(edges)])
    capsys.readouterr()
    to = edges.with_name("out.ftm")
    command = ["records", "export", str(to), "--for", "toktosunov", "--purpose", "case", "--json"]
    assert run(command) == Exit.DONE
    said = _said(capsys)
    assert (said["things"], said["links"], said["withheld"]) == (3, 2, 0)
    assert (len(to.read_text().splitlines()), to.stat().st_mode & 0o777) == (5, 0o600)
    assert run(command) == Exit.FAILED
    to.unlink()
    assert run([*command, "--format", "none"]) == Exit.FAILED
    assert not to.exists()


def test_a_set_a_record_or_a_chart_is_written_by_itself(
    edges: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load_network()
    me = officer()
    run(["records", "import", str(edges)])
    capsys.readouterr()
    say("other", drafted("other", "Vehicle", registrationNumber="01KG742ABC"))
    run(["records", "sets", "--json"])
    ((one,),) = [json.loads(capsys.readouterr().out)]
    assert one["title"] == "edges.csv"
    names = Statement.objects.as_system("the test looks for two of them").filter(prop="name")
    middle, first = (names.get(value=value).entity for value in ("2", "1"))
    chart = make_chart(me, "Two of them", [middle.key, first.key])
    to = edges.with_name("out.ftm")
    command = ["records", "export", str(to), "--for", "toktosunov", "--purpose", "case", "--json"]
    for part, counts in (
        (["--set", one["key"]], (3, 2)),
        (["--record", middle.key], (3, 2)),
        (["--record", first.key], (2, 1)),
        (["--chart", chart.key], (2, 1)),
        ([], (4, 2)),
    ):
        assert run([*command, *part]) == Exit.DONE
        said = _said(capsys)
        assert (said["things"], said["links"]) == counts
        to.unlink()
    for wrong in (["--set", "0"], ["--chart", "0"], ["--set", "0", "--record", "0"]):
        assert run([*command, *wrong]) != Exit.DONE
        assert not to.exists()


def _updated(path: Path, *more: str) -> tuple[list[str], list[dict[str, str]]]:
    """Return the columns and the rows of entities.csv, as the command writes them."""
    command = ["records", "i2-update", str(path), "--for", "toktosunov", "--purpose", "case"]
    assert run([*command, "--json", *more]) == Exit.DONE
    with zipfile.ZipFile(path) as archive:
        rows = csv.DictReader(archive.read("entities.csv").decode("utf-8-sig").splitlines())
        return list(rows.fieldnames or ()), list(rows)


def test_two_weekly_updates_tell_what_changed_in_the_same_columns(
    edges: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load_network()
    officer()
    run(["records", "import", str(edges), "--set", "edges"])
    capsys.readouterr()
    columns, rows = _updated(edges.with_name("week1.i2.zip"))
    assert {row["Label"] for row in rows} == {"1", "2", "3"}
    assert _said(capsys) | {"marking": ""} == {
        "added": 5,
        "changed": 0,
        "removed": 0,
        "marking": "",
    }
    again = _updated(edges.with_name("nothing.i2.zip"))
    assert again == (columns, [])
    edges.write_text("source,target,weight\n1,2,3\n2,4,1\n", encoding="utf-8")
    run(["records", "import", str(edges), "--set", "edges"])
    capsys.readouterr()
    later, rows = _updated(edges.with_name("week2.i2.zip"))
    assert later == columns
    assert ("4", "added") in {(row["Label"], row["Change"]) for row in rows}
    counts = _said(capsys)
    assert (counts["added"], counts["changed"], counts["removed"]) == (2, 0, 2)
    whole = _updated(edges.with_name("whole.i2.zip"), "--whole")
    assert (whole[0], len(whole[1])) == (columns, 3)


def test_an_update_is_written_over_no_other_file(
    edges: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load_network()
    officer()
    path = edges.with_name("week.i2.zip")
    path.write_bytes(b"another file")
    command = ["records", "i2-update", str(path), "--for", "toktosunov", "--purpose", "case"]
    assert run(command) == Exit.FAILED
    assert path.read_bytes() == b"another file"
    path.unlink()
    assert run([*command[:-1], "none"]) == Exit.FAILED
    assert not path.exists()
    assert "E-RIO-08" in capsys.readouterr().err


def test_a_specification_is_shown_changed_saved_and_dropped(
    edges: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["records", "spec", "show", "network"]) == Exit.DONE
    own = edges.with_name("own.yaml")
    text = (
        capsys.readouterr().out.replace("spec: network", "spec: own").replace("Person", "Company")
    )
    own.write_text(text, encoding="utf-8")
    assert run(["records", "spec", "save", str(own)]) == Exit.DONE
    assert run(["records", "import", str(edges), "--spec", "own"]) == Exit.DONE
    assert {one.schema for one in Entity.objects.all()} == {"Company", "UnknownLink"}
    capsys.readouterr()
    run(["records", "spec", "list", "--json"])
    assert "own" in {one["name"] for one in json.loads(capsys.readouterr().out)}
    assert run(["records", "spec", "drop", "own"]) == Exit.DONE
    assert run(["records", "spec", "drop", "own"]) == Exit.FAILED
    assert "E-RIO-04" in capsys.readouterr().err


def test_what_cannot_be_read_says_why(edges: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chart = edges.with_name("chart.anb")
    chart.write_bytes(b"x")
    assert run(["records", "import", str(chart)]) == Exit.FAILED
    assert "Analyst's Notebook XML" in capsys.readouterr().err
    edges.write_text("colour\ngrey\n", encoding="utf-8")
    assert run(["records", "import", str(edges)]) == Exit.FAILED
    said = capsys.readouterr().err
    assert "colour" in said
    assert "E-RIO-04" in said
    assert run(["records", "import", str(edges), "--spec", "network"]) == Exit.FAILED
    assert "E-RIO-05" in capsys.readouterr().err
