"""The marks: written, read again, damaged, and compared with a database."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderliaison.exchange.core.entry import GENESIS, Lane, StreamId
from borderliaison.exchange.core.frame import Head
from borderliaison.exchange.core.water import (
    FIRST_LINE,
    DamagedHighWater,
    Mark,
    is_behind,
    keep_furthest,
    line_of,
    read_marks,
    written,
)
from borderliaison.exchange.recovery.high_water import REWRITE_BYTES, HighWater
from borderliaison.kernel.ids import OfficeCode

US, PEER = OfficeCode("KG-BDB"), OfficeCode("KG-DST")
KEY = (PEER, "live", Lane.ROUTINE)


def digest(n: int) -> bytes:
    return n.to_bytes(32, "big")


def head(epoch: int, seq: int, lane: Lane = Lane.ROUTINE) -> Head:
    return Head(StreamId(US, PEER, "live", lane, epoch), seq, digest(seq) if seq else GENESIS)


heads = st.builds(head, st.integers(1, 9), st.integers(0, 99), st.sampled_from(Lane))


@given(st.lists(heads))
def test_of_each_lane_the_furthest_mark_is_read_again_in_any_order(marked: list[Head]) -> None:
    text = FIRST_LINE + "".join(map(line_of, marked))
    marks = read_marks(text, US)
    furthest: dict[Lane, tuple[int, int]] = {}
    for one in marked:
        place = one.stream.epoch, one.seq
        furthest[one.stream.lane] = max(furthest.get(one.stream.lane, place), place)
    assert {key[2]: mark.place for key, mark in marks.items()} == furthest
    assert read_marks(written(US, marks.items()), US) == marks


@given(st.lists(heads, min_size=1), st.data())
def test_a_last_line_that_was_cut_short_marks_nothing(
    marked: list[Head], data: st.DataObject
) -> None:
    whole = FIRST_LINE + "".join(map(line_of, marked[:-1]))
    last = line_of(marked[-1])
    cut = data.draw(st.integers(0, len(last) - 1))
    assert read_marks(whole + last[:cut], US) == read_marks(whole, US)


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_line_that_was_changed_is_found_out(at: int, by: int) -> None:
    lines = line_of(head(1, 7)) + line_of(head(1, 8)) + line_of(head(1, 9))
    first = len(line_of(head(1, 7))) - 1
    place = at % first
    changed = lines[:place] + chr((ord(lines[place]) + by) % 256) + lines[place + 1 :]
    with pytest.raises(DamagedHighWater):
        read_marks(FIRST_LINE + changed, US)


@pytest.mark.parametrize(
    ("held", "mark", "behind"),
    [
        (None, Mark(1, 1, digest(1)), True),
        (Mark(1, 6, digest(6)), Mark(1, 7, digest(7)), True),
        (Mark(1, 7, digest(7)), Mark(1, 7, digest(7)), False),
        (Mark(1, 9, digest(9)), Mark(1, 7, digest(7)), False),
        (Mark(1, 7, digest(7)), Mark(1, 7, digest(8)), True),
        (Mark(1, 9, digest(9)), Mark(2), True),
        (Mark(2), Mark(1, 9, digest(9)), False),
        (Mark(2), Mark(2), False),
        (Mark(2, 1, digest(1)), Mark(1, 9, digest(8)), False),
    ],
)
def test_a_database_is_behind_when_it_lacks_what_is_marked(
    held: Mark | None, mark: Mark, behind: bool
) -> None:
    assert is_behind(held, digest, mark) is behind


def test_nothing_is_allowed_that_is_not_on_the_disk(tmp_path: Path) -> None:
    marks = HighWater(tmp_path / "state", US)
    assert marks.read() is None
    marks.begin(())
    stream = head(1, 0).stream
    assert marks.allows(stream) == 0
    marks.mark([head(1, 3)])
    assert marks.allows(stream) == 3
    again = HighWater(tmp_path / "state", US)
    assert again.read() == {KEY: Mark(1, 3, digest(3))}
    assert again.allows(stream) == 3
    assert (tmp_path / "state" / "high-water").stat().st_mode & 0o777 == 0o600


def test_a_file_that_has_grown_is_written_anew_with_what_counts(tmp_path: Path) -> None:
    marks = HighWater(tmp_path / "state", US)
    marks.begin(())
    path = tmp_path / "state" / "high-water"
    largest = 0
    for seq in range(1, 4 * REWRITE_BYTES // len(line_of(head(1, 1000))), 8):
        marks.mark([head(1, seq + n) for n in range(8)])
        largest = max(largest, path.stat().st_size)
    assert largest < REWRITE_BYTES + 4096
    known = HighWater(tmp_path / "state", US).read()
    assert known is not None
    assert not keep_furthest(known, head(1, seq + 7))


def test_after_a_write_that_failed_the_file_is_replaced(tmp_path: Path) -> None:
    marks = HighWater(tmp_path / "state", US)
    marks.begin([head(1, 1)])
    path = tmp_path / "state" / "high-water"
    path.rename(path.with_suffix(".away"))
    with pytest.raises(FileNotFoundError):
        marks.mark([head(1, 2)])
    assert marks.allows(head(1, 0).stream) == 1
    marks.mark([head(1, 2)])
    assert HighWater(tmp_path / "state", US).read() == {KEY: Mark(1, 2, digest(2))}
