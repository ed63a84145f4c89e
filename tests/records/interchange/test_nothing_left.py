"""What is written leaves no file behind, and nothing in the folders that all of a machine share."""

import io
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from anxwritter import ANXChart

from borderliaison.records.interchange.formats.anx import ANX
from borderliaison.records.interchange.formats.format import Format
from borderliaison.records.interchange.formats.known import FORMATS, writer_of
from borderliaison.records.interchange.items import Heading, Item, Told
from tests.records.interchange.cast import ALL, Chosen, chosen

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WRITTEN = [one for one in FORMATS.values() if one.write is not None]
HERE = Item("here", "CrossingPoint", (Told("code", "KG-DST"), Told("latitude", "40.8")))


@dataclass(frozen=True)
class Watching(Chosen):
    """What is to be written, while somebody looks whether a file has a name."""

    folder: Path

    def things(self) -> Iterator[Item]:
        """Yield everything that is no link."""
        for one in super().things():
            assert not list(self.folder.iterdir())
            yield one


@pytest.mark.parametrize("one", WRITTEN, ids=lambda one: one.name)
def test_no_file_between_has_a_name_while_records_are_written(
    one: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    monkeypatch.setitem(os.environ, "SQLITE_TMPDIR", str(tmp_path))
    items = chosen(*ALL, HERE)
    file = io.BytesIO()
    writer_of(one)(Watching(items.heading, items.all, tmp_path), file)
    assert file.tell() > 0
    assert not list(tmp_path.iterdir())


def test_a_chart_is_as_the_library_itself_writes_it(tmp_path: Path) -> None:
    file = io.BytesIO()
    writer_of(ANX)(Chosen(Heading("Test", "KG-BDB", chosen().heading.made_at), ()), file)
    plain = ANXChart()
    plain.settings.summary.title = "Test"
    theirs = Path(plain.to_anx(tmp_path / "chart")).read_bytes()
    assert file.getvalue()[:80] == theirs[:80]
