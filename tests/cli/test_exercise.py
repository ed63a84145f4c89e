"""``blo exercise`` as an administrator types it."""

import json
from pathlib import Path

import pytest

from borderliaison.accounts.models import Exercise
from borderliaison.cli import Exit, run
from borderliaison.offices.services import load_network
from tests.accounts.people import officer

pytestmark = pytest.mark.django_db
OPEN = [
    "exercise", "open", "seal-2099", "--until", "2099-05-22 18:00", "--with", "KG-DST",
    "--with", "UZ-DUS", "--member", "KG-BOR",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _on_this_node(
    node_directory: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("BLO_NODE", str(node_directory))
    request.getfixturevalue("db")
    load_network()


def test_an_exercise_is_opened_widened_listed_and_closed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    player = officer("abdyrakhmanova", agency="KG-CUS")
    assert run(OPEN) == Exit.DONE
    out, _ = capsys.readouterr()
    assert out == "seal-2099\topen until 2099-05-22 18:00\twith KG-DST UZ-DUS\tmembers KG-BOR\n"
    assert Exercise.objects.get().until.isoformat() == "2099-05-22T12:00:00+00:00"
    words = ["--until", "2099-05-23 18:00", "--with", "KG-OSH", "--member", player.officer_id]
    assert run(["exercise", "widen", "seal-2099", *words]) == Exit.DONE
    assert run(["exercise", "close", "seal-2099"]) == Exit.DONE
    capsys.readouterr()
    assert run(["exercise", "list", "--json"]) == Exit.DONE
    (line,) = json.loads(capsys.readouterr().out)
    assert line["state"] == "ended"
    assert line["with"] == ["KG-DST", "UZ-DUS", "KG-OSH"]
    assert line["members"] == ["KG-BOR", player.officer_id]
    assert run(["exercise", "list"]) == Exit.DONE
    assert capsys.readouterr().err == "1 exercises\n"


@pytest.mark.parametrize(
    ("words", "exit_code", "code"),
    [
        (["open", "Seal", *OPEN[3:]], Exit.FAILED, "E-ACC-09"),
        ([*OPEN[1:3], *OPEN[5:]], Exit.USAGE, "--until"),
        (["open", "x", "--until", "2020-01-01 00:00", *OPEN[5:]], Exit.FAILED, "E-ACC-09"),
        ([*OPEN[1:], "--with", "KG-ZZZ"], Exit.FAILED, "E-OFF-01"),
        ([*OPEN[1:], "--member", "KG-BDB/9999"], Exit.FAILED, "E-ACC-09"),
        (["close", "seal-2099"], Exit.FAILED, "E-ACC-07"),
        (["widen", "seal-2099"], Exit.FAILED, "E-ACC-07"),
    ],
)
def test_what_is_no_exercise_ends_with_its_code(
    capsys: pytest.CaptureFixture[str], words: list[str], exit_code: Exit, code: str
) -> None:
    assert run(["exercise", *words]) == exit_code
    assert code in capsys.readouterr().err
    assert not Exercise.objects.exists()
