"""``blo forms``: which forms there are, in which version and languages."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from borderliaison.audit.models import AuditLine
from borderliaison.cli import Exit, run
from borderliaison.forms import store
from borderliaison.forms.load import known_forms, load_form
from borderliaison.forms.words import LANGUAGES


def test_every_form_is_listed_once_in_its_newest_version_with_its_languages(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["forms", "list", "--json"]) == Exit.DONE
    listed = json.loads(capsys.readouterr().out)
    newest = {name: versions[-1] for name, versions in known_forms().items()}
    assert {one["id"]: one["version"] for one in listed} == newest
    assert len(listed) == len(newest)
    languages = {one["id"]: one["languages"] for one in listed}
    assert all(set(one) == {"id", "version", "languages"} for one in listed)
    assert languages["referral"] == list(LANGUAGES)
    assert all(one[:2] == ["en", "ru"] for one in languages.values())


def test_a_person_reads_one_form_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["forms", "list"]) == Exit.DONE
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(known_forms())
    assert "referral\t1\ten ru kk ky tg tk uz\tReferral" in lines


@pytest.fixture
def node(
    node_directory: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Path]:
    """This node, without forms of its own before and after."""
    monkeypatch.setenv("BLO_NODE", str(node_directory))
    request.getfixturevalue("db")
    yield node_directory
    shutil.rmtree(node_directory / "forms", ignore_errors=True)
    store.keep_own_in(None)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """An own version of the extension, with a field more."""
    text = store.read_file("data", "extension", 1)[1].replace("version: 1", "version: 1000", 1)
    more = "      - {name: by_whom, type: text, label: {en: By, ru: Кем}, max_length: 40}\n"
    path = tmp_path / "extension.v1000.yaml"
    path.write_text(text.rstrip("\n") + "\n" + more, encoding="utf-8")
    return path


@pytest.mark.django_db
def test_a_version_is_checked_added_and_withdrawn(
    node: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["forms", "check", str(own)]) == Exit.DONE
    assert "+ by_whom (text)" in capsys.readouterr().out
    assert not (node / "forms").exists()
    assert run(["forms", "add", str(own), "--json"]) == Exit.DONE
    said = json.loads(capsys.readouterr().out)
    assert (said["id"], said["version"]) == ("extension", 1000)
    assert load_form("extension").version == 1000
    assert run(["forms", "list"]) == Exit.DONE
    assert "extension\t1000\t" in capsys.readouterr().out
    assert run(["forms", "withdraw", "extension", "1000"]) == Exit.DONE
    assert load_form("extension").version < 1000
    assert load_form("extension", 1000).field("by_whom")
    written = [(line.action, line.subject) for line in AuditLine.objects.order_by("id")]
    path = "data/extension.v1000.yaml"
    assert written == [("form.added", path), ("form.withdrawn", path)]


@pytest.mark.django_db
def test_a_file_that_cannot_be_added_is_refused_with_the_line(
    node: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own.write_text(own.read_text("utf-8").replace("type: text,", "type: txt,"), encoding="utf-8")
    assert run(["forms", "add", str(own)]) == Exit.FAILED
    error = capsys.readouterr().err
    assert "extension.v1000.yaml:" in error
    assert "'txt' is not one of" in error
    assert not (node / "forms").exists()
    assert run(["forms", "withdraw", "extension", "1000"]) == Exit.FAILED
    assert "E-FRM-05" in capsys.readouterr().err
