"""Blobs: sealed, named by their hash, kept whole or not at all, and gone on with after a kill."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borderliaison.files import store as module
from borderliaison.files.errors import AlteredFile, DiskFull, MalformedFile, NotHere
from borderliaison.files.sealing import (
    CHUNK_BYTES,
    SEALED_BYTES,
    ChunkList,
    seal,
    sealed_size,
    unseal,
)
from borderliaison.files.store import Store

SIZES = st.sampled_from(
    [1, 2, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES + 7]
)


@settings(max_examples=15)
@given(SIZES)
def test_what_was_sealed_comes_back(size: int) -> None:
    data = os.urandom(size)
    blob = seal(data)
    assert unseal(blob.key, blob.chunks) == data
    assert sum(map(len, blob.chunks)) == sealed_size(size)
    assert ChunkList.decode(blob.listed.encode()) == blob.listed
    assert data not in b"".join(blob.chunks) or size < 4


def test_chunks_left_out_doubled_or_in_another_order_do_not_open() -> None:
    blob = seal(os.urandom(3 * CHUNK_BYTES))
    one, two, three = blob.chunks
    for chunks in ([one, two], [one, three], [two, one, three], [one, two, three, three], [three]):
        with pytest.raises(AlteredFile):
            unseal(blob.key, chunks)


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(AlteredFile):
        unseal(seal(b"x").key, seal(b"x").chunks)


@given(st.binary(max_size=120))
def test_a_list_of_chunks_is_read_strictly(data: bytes) -> None:
    try:
        found = ChunkList.decode(data)
    except MalformedFile:
        return
    assert found.encode() == data


def test_a_list_says_as_many_chunks_as_its_size_needs() -> None:
    with pytest.raises(MalformedFile):
        ChunkList(CHUNK_BYTES + 1, (b"h" * 32,))
    with pytest.raises(MalformedFile):
        ChunkList(True, (b"h" * 32,))


def test_what_was_put_in_is_read_again_and_is_nobody_elses(tmp_path: Path) -> None:
    kept, blob = Store(tmp_path / "files"), seal(os.urandom(CHUNK_BYTES + 5))
    kept.put(blob.listed, blob.chunks)
    assert tuple(kept.chunks(blob.listed)) == blob.chunks
    path = kept.path(blob.listed.digest)
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_blob_that_was_changed_on_the_disk_is_not_shown(tmp_path: Path) -> None:
    kept, blob = Store(tmp_path / "files"), seal(b"a seal, intact")
    kept.put(blob.listed, blob.chunks)
    path = kept.path(blob.listed.digest)
    path.chmod(0o600)
    for spoilt in (b"", b"x" * 30, path.read_bytes() + b"x"):
        path.write_bytes(spoilt)
        with pytest.raises(AlteredFile):
            list(kept.chunks(blob.listed))
    path.unlink()
    with pytest.raises(NotHere):
        list(kept.chunks(blob.listed))


def test_a_blob_that_comes_goes_on_where_it_was_cut_off(tmp_path: Path) -> None:
    kept, blob = Store(tmp_path / "files"), seal(os.urandom(2 * CHUNK_BYTES + 5))
    assert kept.has_come(blob.listed) == 0
    assert not kept.add(blob.listed, 0, blob.chunks[0])
    (part,) = (tmp_path / "files" / "coming").iterdir()
    with part.open("ab") as file:  # killed in the middle of the next chunk
        file.write(blob.chunks[1][:1000])
    assert kept.has_come(blob.listed) == SEALED_BYTES
    assert not kept.add(blob.listed, 1, blob.chunks[1])
    assert not kept.has(blob.listed.digest)
    assert kept.add(blob.listed, 2, blob.chunks[2])
    assert kept.has(blob.listed.digest)
    assert tuple(kept.chunks(blob.listed)) == blob.chunks


def test_a_chunk_that_is_wrong_or_not_the_next_is_not_added(tmp_path: Path) -> None:
    kept, blob = Store(tmp_path / "files"), seal(os.urandom(2 * CHUNK_BYTES))
    with pytest.raises(AlteredFile):
        kept.add(blob.listed, 0, blob.chunks[1])
    with pytest.raises(AlteredFile):
        kept.add(blob.listed, 1, blob.chunks[1])
    assert kept.has_come(blob.listed) == 0


def test_the_disk_is_never_filled_to_the_brim(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, blob = Store(tmp_path / "files"), seal(b"x")
    monkeypatch.setattr(module, "LEAVE_FREE_BYTES", 2**62)
    with pytest.raises(DiskFull):
        kept.put(blob.listed, blob.chunks)
    with pytest.raises(DiskFull):
        kept.add(blob.listed, 0, blob.chunks[0])
