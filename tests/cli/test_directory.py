"""``blo directory``: what a node goes by."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from borderliaison.cli import Exit, run
from borderliaison.offices.trust.pinning import pin_path
from tests.offices.authorities import KG, UZ

pytestmark = pytest.mark.django_db

Screen = pytest.CaptureFixture[str]


@pytest.fixture
def node(node_directory: Path) -> Iterator[list[str]]:
    yield ["--node", str(node_directory)]
    pin_path(node_directory).unlink(missing_ok=True)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    issued = datetime.now(UTC).replace(microsecond=0) - timedelta(days=2)
    dates = {"issued": issued, "valid_until": issued + timedelta(days=90)}
    made = {
        "kg.pub": KG.key_file,
        "kg": KG.publish(**dates).last,
        "uz": UZ.publish(**dates).last,
        "noise": b"noise",
    }
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    return {name: str(tmp_path / name) for name in made}


def test_a_node_is_told_its_authority_once(
    node: list[str], files: dict[str, str], capsys: Screen
) -> None:
    trust = ["directory", "trust", files["kg.pub"], *node]
    assert run(trust) == Exit.FAILED
    assert "E-AUT-04" in capsys.readouterr().err
    assert run([*trust, "--fingerprint", UZ.public.fingerprint]) == Exit.FAILED
    assert run([*trust, "--fingerprint", KG.public.fingerprint]) == Exit.DONE
    assert run([*trust, "--yes"]) == Exit.FAILED
    assert "E-DIR-09" in capsys.readouterr().err


def test_directories_are_imported_and_shown(
    node: list[str], files: dict[str, str], capsys: Screen
) -> None:
    run(["directory", "trust", files["kg.pub"], "--yes", *node])
    assert run(["directory", "import", files["uz"], files["kg"], *node]) == Exit.DONE
    capsys.readouterr()
    assert run(["directory", "show", "--json", *node]) == Exit.DONE
    shown = json.loads(capsys.readouterr().out)
    own, foreign = shown["directories"]
    assert (own["country"], own["serial"], own["signed_by"]) == ("KG", 1, "KG authority")
    assert own["age"] // 86400 == 2
    assert [one["office"] for one in foreign["offices"]] == ["UZ-DUS"]
    assert own["recognises"][0]["fingerprint"] == UZ.public.fingerprint
    assert run(["directory", "show", *node]) == Exit.DONE
    text = capsys.readouterr().out
    for words in ("KG directory 1, our own", "2 days ago", "each recognises the other", "UZ-DUS"):
        assert words in text
    assert UZ.public.fingerprint in text


def test_what_is_refused_is_told_and_the_rest_is_imported(
    node: list[str], files: dict[str, str], capsys: Screen
) -> None:
    run(["directory", "trust", files["kg.pub"], "--yes", *node])
    capsys.readouterr()
    words = ["directory", "import", files["noise"], files["kg"], "--json", *node]
    assert run(words) == Exit.FAILED
    told = json.loads(capsys.readouterr().out)
    assert [one["country"] for one in told["imported"]] == ["KG"]
    assert [one["file"] for one in told["refused"]] == [files["noise"]]


def test_a_node_without_an_authority_imports_nothing_and_is_told_how(
    node: list[str], files: dict[str, str], capsys: Screen
) -> None:
    assert run(["directory", "import", files["kg"], *node]) == Exit.FAILED
    told = capsys.readouterr().err
    assert "E-DIR-08" in told
    assert "blo directory trust" in told
    assert run(["directory", "show", *node]) == Exit.DONE
    assert "No authority is pinned" in capsys.readouterr().err


def test_status_lists_every_office_of_the_directory_and_why_no_letter_can_go_there(
    node: list[str], files: dict[str, str], capsys: Screen
) -> None:
    run(["directory", "trust", files["kg.pub"], "--yes", *node])
    run(["directory", "import", files["uz"], files["kg"], *node])
    capsys.readouterr()
    assert run(["exchange", "status", "--json", *node]) == Exit.DONE
    without = json.loads(capsys.readouterr().out)["without_a_letter"]
    assert "UZ-DUS" in without
    assert settings.BLO_OFFICE not in without
    assert run(["exchange", "status", *node]) == Exit.DONE
    lines = capsys.readouterr().out.splitlines()
    assert f"UZ-DUS\tno letter yet\t\t0 waiting\t{without['UZ-DUS']}" in lines
