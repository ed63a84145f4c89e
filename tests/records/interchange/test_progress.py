"""Whoever waits for a file sees how far it is, from the beginning to the end and never back."""

from io import BytesIO
from pathlib import Path

import pytest

from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.policy import Reader
from borderliaison.records.interchange.exports.selecting import Selection, outgoing
from borderliaison.records.interchange.progress import Counting, followed
from tests.records.interchange.cast import ALL, taken


def test_how_much_of_a_file_is_read_is_told_up_to_its_end() -> None:
    file, told = BytesIO(b"line\n" * 2000), list[tuple[int, int]]()
    read = list(followed(iter(file), file, lambda done, of: told.append((done, of))))
    assert len(read) == 2000
    assert told == sorted(told)
    assert (told[-1], {of for _, of in told}) == ((10_000, 10_000), {10_000})
    assert len(told) > 3


def test_whoever_goes_through_a_series_twice_is_at_its_end() -> None:
    told: list[tuple[int, int]] = []
    counting = Counting(700, lambda done, of: told.append((done, of)))
    for _ in range(2):
        assert list(counting.each(iter(range(700)))) == list(range(700))
    assert told[0] == (500, 700)
    assert set(told[1:]) == {(700, 700)}


@pytest.mark.django_db
def test_gathering_and_writing_what_goes_out_are_both_told_to_their_ends(tmp_path: Path) -> None:
    taken(tmp_path, *ALL)
    told: list[tuple[int, int]] = []
    reader, office = Reader("KG-BDB", "KG-BOR", "KG"), OfficeCode("KG-BDB")
    with outgoing(
        reader, Selection("All"), tmp_path, office, progress=lambda *one: told.append(one)
    ) as chosen:
        gathered = len(told)
        assert told[-1] == (7, 7)
        assert len([*chosen.things(), *chosen.links()]) == len(ALL)
    assert told[gathered:][-1] == (len(ALL), len(ALL))
