import hashlib
import shutil
from pathlib import Path

import borderliaison.forms
from borderliaison.forms import release
from borderliaison.forms.codes import parse_codes
from borderliaison.forms.store import RELEASED


def test_no_released_file_has_changed_and_none_is_missing_from_the_list():
    assert release.differences() == []


def test_every_data_file_follows_its_schema():
    assert release.problems() == []


def test_a_file_that_breaks_its_schema_is_not_released(tmp_path, monkeypatch, capsys):
    def broken() -> None:
        parse_codes("list: x", "x.v1.yaml")

    monkeypatch.setattr(release, "load_labels", broken)
    assert release.main(tmp_path) == 1
    assert "blo: error: x.v1.yaml:1: file: the key 'version' is missing" in capsys.readouterr().err


def test_a_released_file_that_changed_is_named(monkeypatch):
    listed = release.released()
    listed["data/lookout.v1.yaml"] = hashlib.sha256(b"other").hexdigest()
    listed["data/gone.v1.yaml"] = listed.pop("codes/lane.v1.yaml")
    monkeypatch.setattr(release, "released", lambda: listed)
    assert release.differences() == [
        "data/gone.v1.yaml: gone",
        "codes/lane.v1.yaml: not released",
        "data/lookout.v1.yaml: changed; make a new version",
    ]


def test_releasing_again_changes_nothing_and_a_changed_file_stops_it(tmp_path, monkeypatch, capsys):
    before = Path(borderliaison.forms.__file__).parent / "data" / RELEASED
    shutil.copy(before, tmp_path)
    assert release.main(tmp_path) == 0
    assert (tmp_path / RELEASED).read_text() == before.read_text()
    monkeypatch.setattr(release, "released", lambda: {"data/lookout.v1.yaml": "0" * 64})
    (tmp_path / RELEASED).unlink()
    assert release.main(tmp_path) == 1
    assert not (tmp_path / RELEASED).exists()
    assert "make a new version" in capsys.readouterr().err
