"""``blo authority``: the authority's desk, from an empty folder to a signed directory."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from borderliaison.cli import Exit, run
from borderliaison.offices.directory.authorities import read_public
from borderliaison.offices.directory.document import open_directory
from borderliaison.offices.directory.enrolment import make_request, read_request
from tests.offices.authorities import NOW, office_public, private_key

Screen = pytest.CaptureFixture[str]


def write_request(folder: Path, code: str) -> str:
    path = folder / f"{code}.request"
    key = private_key(f"{code} sign")
    path.write_bytes(make_request(office_public(code), (f"{code[:2]}-BOR",), key, NOW))
    return str(path)


def said(screen: Screen, *words: str) -> Any:
    """Run ``blo``; return the JSON that it prints."""
    assert run([*words, "--json"]) == Exit.DONE
    return json.loads(screen.readouterr().out)


@pytest.fixture
def folders(tmp_path: Path, capsys: Screen) -> tuple[str, str]:
    kg, uz = str(tmp_path / "kg"), str(tmp_path / "uz")
    assert run(["authority", "init", kg, "--country", "KG", "--name", "KG authority"]) == Exit.DONE
    assert run(["authority", "init", uz, "--country", "UZ"]) == Exit.DONE
    capsys.readouterr()
    return kg, uz


def test_from_an_empty_folder_to_a_signed_directory(
    folders: tuple[str, str], tmp_path: Path, capsys: Screen
) -> None:
    kg, uz = folders
    request = write_request(tmp_path, "KG-BDB")
    listed = said(capsys, "authority", "enrol", kg, request, "--yes")
    assert [one["office"] for one in listed] == ["KG-BDB"]
    other = said(capsys, "authority", "recognise", kg, f"{uz}/authority.pub", "--yes")
    assert other["country"] == "UZ"
    out = tmp_path / "kg.directory"
    told = said(capsys, "authority", "publish", kg, "--out", str(out), "--days", "30")
    public = read_public(Path(kg, "authority.pub").read_bytes())
    directory = open_directory(out.read_bytes(), public.sign_key)
    assert (directory.serial, told["serial"], told["recognises"]) == (1, 1, ["UZ"])
    assert (directory.valid_until - directory.issued).days == 30
    shown = said(capsys, "authority", "show", kg)
    assert shown["published"]["offices"] == ["KG-BDB"]
    assert run(["authority", "unrecognise", kg, "UZ"]) == Exit.DONE
    assert run(["authority", "withdraw", kg, "KG-BDB"]) == Exit.DONE
    capsys.readouterr()
    told = said(capsys, "authority", "publish", kg, "--out", str(out))
    assert (told["serial"], told["offices"], told["recognises"]) == (2, [], [])


def test_nothing_is_trusted_before_somebody_compared_it(
    folders: tuple[str, str], tmp_path: Path, capsys: Screen
) -> None:
    kg, uz = folders
    request = write_request(tmp_path, "KG-BDB")
    for words in (["enrol", kg, request], ["recognise", kg, f"{uz}/authority.pub"]):
        assert run(["authority", *words]) == Exit.FAILED
        told = capsys.readouterr().err
        assert "E-AUT-04" in told
        assert "--fingerprint" in told
    assert said(capsys, "authority", "show", kg)["offices"] == []


def test_a_fingerprint_that_was_read_out_is_compared(
    folders: tuple[str, str], tmp_path: Path, capsys: Screen
) -> None:
    kg, _ = folders
    request = write_request(tmp_path, "KG-BDB")
    right = read_request(Path(request).read_bytes()).fingerprint
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    assert run(["authority", "enrol", kg, request, "--fingerprint", wrong]) == Exit.FAILED
    assert "E-DIR-10" in capsys.readouterr().err
    assert run(["authority", "enrol", kg, request, "--fingerprint", right]) == Exit.DONE


def test_a_sealed_key_needs_its_passphrase(tmp_path: Path, capsys: Screen) -> None:
    kg, secret = str(tmp_path / "kg"), tmp_path / "passphrase"
    secret.touch(mode=0o600)
    secret.write_text("seven mountain passes\n", encoding="utf-8")
    sealed = ["--passphrase-file", str(secret)]
    assert run(["authority", "init", kg, "--country", "KG", *sealed]) == Exit.DONE
    publish = ["authority", "publish", kg, "--out", str(tmp_path / "kg.directory")]
    assert run(publish) == Exit.FAILED
    assert "E-AUT-03" in capsys.readouterr().err
    assert run([*publish, *sealed]) == Exit.DONE


def test_a_folder_without_an_authority_is_told(tmp_path: Path, capsys: Screen) -> None:
    assert run(["authority", "show", str(tmp_path)]) == Exit.FAILED
    assert "there is no authority here" in capsys.readouterr().err


def test_the_authority_never_loads_django_or_a_node() -> None:
    code = (
        "import sys, borderliaison.cli.authority;"
        "print([name for name in sys.modules if name.split('.')[0] in ('django', 'nats')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
