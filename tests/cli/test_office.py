"""``blo office`` as an administrator types it."""

import json
from pathlib import Path
from typing import Any

import pytest

from borderliaison.cli import Exit, run
from borderliaison.offices.models import CrossingPoint, NetworkChange
from borderliaison.offices.services import counterparts_of, load_network, reporting_line

pytestmark = pytest.mark.django_db
SOURCE = ["--source", "Order 12"]
PLACE = ["office", "position", "KG-BDB", "39.51", "73.24", "--accuracy-km", "1", *SOURCE]


@pytest.fixture(autouse=True)
def _on_this_node(
    node_directory: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("BLO_NODE", str(node_directory))
    request.getfixturevalue("db")
    load_network()


def latitude() -> Any:
    return CrossingPoint.objects.get(pk="KG-BDB").latitude


def test_a_position_is_corrected_and_undone(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*PLACE, "--json"]) == Exit.DONE
    said = json.loads(capsys.readouterr().out)
    assert said["rows"] == [
        {"before": "39.5300, 73.2600 ± 15 km", "after": "39.5100, 73.2400 ± 1 km"}
    ]
    assert latitude() == 39.51
    assert run(["office", "undo", "KG-BDB", str(said["number"])]) == Exit.DONE
    assert f"undoes {said['number']}" in capsys.readouterr().out
    assert latitude() == 39.53


def test_a_dry_run_says_it_and_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*PLACE, "--dry-run"]) == Exit.DONE
    out, err = capsys.readouterr()
    assert "-> 39.5100, 73.2400 ± 1 km" in out
    assert "Nothing was changed" in err
    assert latitude() == 39.53
    assert not NetworkChange.objects.exists()


def test_status_lines_counterparts_and_spellings(capsys: pytest.CaptureFixture[str]) -> None:
    day = ["--since", "2026-02-03", *SOURCE]
    for words in (
        ["status", "KG-BDB", "suspended", *day],
        ["status", "KG-BDB", "closed", "--crossing", *day],
        ["report-to", "KG-BDB", "KG-BIS", *day],
        ["counterpart", "KG-BDB", "TJ-TJV", *day],
        ["counterpart", "KG-BDB", "TJ-KZA", "--end", *day],
        ["alias", "KG-BDB", "Бор Добо", "--language", "ru", *SOURCE],
    ):
        assert run(["office", *words]) == Exit.DONE, words
    assert reporting_line("KG-BDB") == ("KG-BIS",)
    assert counterparts_of("KG-BDB") == ("TJ-TJV",)
    assert run(["office", "report-to", "KG-BDB", *day]) == Exit.DONE
    capsys.readouterr()
    assert run(["office", "show", "KG-BDB", "--json"]) == Exit.DONE
    shown = json.loads(capsys.readouterr().out)
    assert shown["statuses"][-1] == "Suspended since 3 February 2026"
    assert shown["crossing"][-1] == "Closed since 3 February 2026"
    assert shown["reports_to"] == []
    assert ["Бор Добо", "ru"] in shown["spellings"]
    assert shown["corrections_total"] == 7
    assert run(["office", "show", "KG-BDB"]) == Exit.DONE
    assert "faces: TJ-TJV" in capsys.readouterr().out
    assert run(["office", "alias", "KG-BDB", "Бор Добо", "--remove", *SOURCE]) == Exit.DONE


def test_offices_are_found_in_any_script(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["office", "list", "ДЎСТЛ"]) == Exit.DONE
    out, err = capsys.readouterr()
    assert out.startswith("UZ-DUS\t")
    assert err == "1 of 57 offices\n"
    assert run(["office", "list", "--json"]) == Exit.DONE
    assert len(json.loads(capsys.readouterr().out)) == 57


@pytest.mark.parametrize(
    ("words", "exit_code", "code"),
    [
        (["show", "KG-ZZZ"], Exit.FAILED, "E-OFF-01"),
        (["undo", "KG-BDB", "99"], Exit.FAILED, "E-OFF-07"),
        (["alias", "KG-BDB", "x", "--language", "xx", *SOURCE], Exit.FAILED, "E-OFF-17"),
        (["alias", "KG-BDB", "x", *SOURCE], Exit.USAGE, "--language"),
        (["status", "KG-BDB", "blue", "--since", "2026-02-03", *SOURCE], Exit.USAGE, "STATUS"),
        (["report-to", "KG-BDB", "KG-BDB", "--since", "2026-02-03", *SOURCE], Exit.FAILED,
         "E-OFF-10"),
        (["report-to", "KG-BDB", "KG-BIS", "--since", "3.2.2026", *SOURCE], Exit.USAGE, "--since"),
        (["position", "KG-BDB", "139", "73", "--accuracy-km", "1", *SOURCE], Exit.FAILED,
         "E-OFF-09"),
        (["position", "KG-BDB", "39", "73", "--accuracy-km", "1"], Exit.USAGE, "--source"),
    ],
)  # fmt: skip
def test_what_cannot_be_so_ends_with_its_code(
    capsys: pytest.CaptureFixture[str], words: list[str], exit_code: Exit, code: str
) -> None:
    assert run(["office", *words]) == exit_code
    assert code in capsys.readouterr().err
    assert not NetworkChange.objects.exists()
