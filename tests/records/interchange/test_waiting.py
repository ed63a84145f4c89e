"""Files wait for a day, also over a restart, and nobody's file takes the place of another's."""

from pathlib import Path

import pytest

from borderliaison.files import store
from borderliaison.files.errors import DiskFull
from borderliaison.records.interchange.errors import AlreadyTaken, CutShort, UnreadableFile
from borderliaison.records.interchange.imports.resting import LASTS_S, Resting, sweep
from borderliaison.records.interchange.imports.waiting import Shelf
from borderliaison.records.interchange.whose import PLACES, Sender

OFFICER = Sender("KG-BDB/0001", "live")
SECRET = "a secret of the pages"
ROWS = b"name\nBek Askarov\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "imports"


def shelf(folder: Path, now: list[float] | None = None, secret: str = SECRET) -> Shelf:
    """Return the shelf of a process that has just begun."""
    times = now or [1000.0]
    return Shelf(lambda: Resting(folder, secret), lambda: times[0])


def test_a_file_waits_over_a_restart_and_is_read_by_its_owner_alone(folder: Path) -> None:
    key = shelf(folder).put(OFFICER, "may.csv", ROWS).key
    again = shelf(folder)
    found = again.find(OFFICER, key)
    assert found is not None
    assert (found.name, found.taking, again.open(found).read()) == ("may.csv", None, ROWS)
    for other in (
        Sender("KG-BDB/0002", "live"), Sender(OFFICER.officer, "exercise:seal-2026"),
        Sender(OFFICER.officer, "live", "3f9c"),
    ):  # fmt: skip
        assert again.find(other, key) is None


def test_a_file_that_finds_no_room_to_begin_is_not_held(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = shelf(folder)
    one = here.put(OFFICER, "may.csv", ROWS)
    with monkeypatch.context() as full:
        full.setattr(store, "LEAVE_FREE_BYTES", 10**18)
        with pytest.raises(DiskFull):
            here.begin(one)
    assert not one.is_held
    assert here.begin(one) is not None


def test_the_disk_shows_neither_what_is_in_a_file_nor_its_name_nor_whose_it_is(
    folder: Path,
) -> None:
    shelf(folder).put(OFFICER, "Bek Askarov.csv", ROWS)
    for path in folder.iterdir():
        assert path.stat().st_mode & 0o077 == 0
        shown = path.name.encode() + path.read_bytes()
        assert not any(said in shown for said in (b"Askarov", b"KG-BDB", b"live"))


def test_under_another_secret_or_another_name_nothing_can_be_read(folder: Path) -> None:
    here = shelf(folder)
    one, other = (here.put(Sender(str(number), "live"), "x.csv", ROWS) for number in range(2))
    data = (folder / f"{one.key}.file").read_bytes()
    (folder / f"{other.key}.file").write_bytes(data)
    with pytest.raises(AlreadyTaken):
        here.open(other)
    assert shelf(folder, secret="another").find(one.sender, one.key) is None
    assert list(folder.iterdir()) == []


def test_what_one_officer_sends_never_takes_the_place_of_anothers(folder: Path) -> None:
    now = [1000.0]
    here = shelf(folder, now)
    other = here.put(Sender("KG-BDB/0002", "live"), "theirs.csv", ROWS)
    sent = []
    for number in range(PLACES + 2):
        now[0] += 1
        sent.append(here.put(Sender(OFFICER.officer, "live", str(number)), "x.csv", ROWS))
    assert here.find(other.sender, other.key) is other
    assert [here.find(one.sender, one.key) is one for one in sent] == [False] * 2 + [True] * PLACES
    newer = here.put(sent[-1].sender, "y.csv", ROWS)
    assert here.find(newer.sender, sent[-1].key) is None
    assert here.find(sent[2].sender, sent[2].key) is sent[2]


def test_a_file_is_taken_in_once_and_nothing_but_how_that_went_is_left(folder: Path) -> None:
    here = shelf(folder)
    one = here.put(OFFICER, "may.csv", ROWS)
    taking = here.begin(one)
    assert taking is not None
    assert here.begin(one) is None
    here.drop(one)
    assert here.find(OFFICER, one.key) is one
    taking.things, taking.set_key = 6, "0" * 32
    here.end(one, taking)
    assert here.begin(one) is None
    found = shelf(folder).find(OFFICER, one.key)
    assert found is not None
    assert found.taking == taking
    assert found.is_taken
    assert [path.suffix for path in folder.iterdir()] == [".about"]
    with pytest.raises(AlreadyTaken):
        here.open(one)


def test_what_failed_waits_on_and_what_a_stop_cut_short_says_so(folder: Path) -> None:
    here = shelf(folder)
    one = here.put(OFFICER, "may.csv", ROWS)
    taking = here.begin(one)
    assert taking is not None
    cut = shelf(folder).find(OFFICER, one.key)
    assert cut is not None
    assert cut.taking is not None
    assert isinstance(cut.taking.problem, CutShort)
    assert not cut.is_held
    taking.problem = UnreadableFile()
    here.end(one, taking)
    assert here.open(one).read() == ROWS
    waits = shelf(folder).find(OFFICER, one.key)
    assert waits is not None
    assert waits.taking is None
    assert here.begin(one) is not None


def test_after_a_day_a_file_is_gone_whoever_looks_for_it_or_not(folder: Path) -> None:
    now = [1000.0]
    here = shelf(folder, now)
    one = here.put(OFFICER, "may.csv", ROWS)
    now[0] += LASTS_S + 1
    assert here.find(OFFICER, one.key) is None
    assert list(folder.iterdir()) == []
    here.put(OFFICER, "may.csv", ROWS)
    written = max(path.stat().st_mtime for path in folder.iterdir())
    assert sweep(folder, written + LASTS_S - 60) == 0
    assert sweep(folder, written + LASTS_S + 60) == 2
    assert sweep(folder / "none", 0) == 0


def test_where_the_disk_is_nearly_full_a_file_is_refused_and_none_let_go(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = shelf(folder)
    one = here.put(OFFICER, "may.csv", ROWS)
    monkeypatch.setattr(store, "LEAVE_FREE_BYTES", 10**18)
    with pytest.raises(DiskFull):
        here.put(OFFICER, "june.csv", ROWS)
    assert here.find(OFFICER, one.key) is one
