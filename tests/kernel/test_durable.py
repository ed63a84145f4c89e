"""What is said to be on the disk is there whole, and its folder says so."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from borderliaison.kernel import durable

Seen = list[tuple[str, Path]]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """What the system is asked for from now on: what is synced, and what gets a name, in this order."""
    found: Seen = []
    fsync, replace, rename, link = os.fsync, os.replace, os.rename, os.link

    def named(do: Callable[..., None]) -> Callable[..., None]:
        def noted(source: Path, target: Path, **more: object) -> None:
            do(source, target, **more)
            found.append(("named", Path(target)))

        return noted

    def synced(handle: int) -> None:
        fsync(handle)
        found.append(("synced", Path(os.readlink(f"/proc/self/fd/{handle}"))))

    monkeypatch.setattr(os, "fsync", synced)
    for name, do in (("replace", replace), ("rename", rename), ("link", link)):
        monkeypatch.setattr(os, name, named(do))
    return found


def test_a_file_has_its_name_on_the_disk_after_its_octets(tmp_path: Path, seen: Seen) -> None:
    path = tmp_path / "note"
    for write in (durable.write_new, durable.write_whole):
        seen.clear()
        write(path, "what was said")
        (_, draft), *rest = seen
        assert draft.parent == tmp_path
        assert draft != path
        assert rest == [("named", path), ("synced", tmp_path)]
        assert list(tmp_path.iterdir()) == [path]
    assert path.read_text() == "what was said"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_new_file_takes_no_other_ones_place(tmp_path: Path) -> None:
    path = tmp_path / "note"
    path.write_bytes(b"first")
    with pytest.raises(FileExistsError):
        durable.write_new(path, b"second")
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_is_written_where_no_file_has_two_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(source: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    durable.write_new(tmp_path / "note", b"first")
    with pytest.raises(FileExistsError):
        durable.write_new(tmp_path / "note", b"second")
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"first"]


def test_a_file_that_cannot_be_replaced_leaves_no_draft(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        durable.write_whole(tmp_path / "folder", b"")
    assert [one.name for one in tmp_path.iterdir()] == ["folder"]


def test_what_is_moved_is_gone_there_and_there_here_on_the_disk(tmp_path: Path, seen: Seen) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
    (old / "note").write_bytes(b"")
    durable.move(old / "note", new / "note")
    assert seen[0] == ("named", new / "note")
    assert {path for what, path in seen[1:] if what == "synced"} == {old, new}


def test_a_second_name_and_a_removal_are_on_the_disk(tmp_path: Path, seen: Seen) -> None:
    path, other = tmp_path / "note", tmp_path / "other"
    path.write_bytes(b"what was said")
    durable.name_too(path, other)
    assert seen == [("named", other), ("synced", tmp_path)]
    seen.clear()
    durable.remove(path)
    assert seen == [("synced", tmp_path)]
    assert other.read_bytes() == b"what was said"


def test_everything_below_a_folder_is_brought_onto_the_disk(tmp_path: Path, seen: Seen) -> None:
    inner = tmp_path / "keys" / "inner"
    durable.make_folder(tmp_path / "keys")
    inner.mkdir()
    (inner / "note").write_bytes(b"")
    (inner / "to-nowhere").symlink_to(tmp_path / "nowhere")
    seen.clear()
    durable.settle(tmp_path)
    assert {path for _, path in seen} == {tmp_path, tmp_path / "keys", inner, inner / "note"}
