"""The seal of a backup file: what was sealed comes back, and whatever was changed is told."""

import io
import secrets
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borderliaison.kernel.ids import OfficeCode
from borderliaison.node.backups import stream
from borderliaison.node.backups.errors import (
    BackupError,
    CannotOpenBackup,
    DamagedBackup,
    NotABackup,
)
from borderliaison.node.backups.lock import Header, Passphrase, ToPair, WithPair
from borderliaison.node.backups.pair import MalformedBackupKey, OpeningHalf, SealingHalf
from borderliaison.node.backups.stream import SealedReader, SealedWriter, read_header

KEY = bytes(range(32))
HEADER = b"what stands before"
AT = datetime(2026, 5, 12, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "CHUNK_BYTES", 64)


def sealed(content: bytes, key: bytes = KEY) -> bytes:
    file = io.BytesIO()
    writer = SealedWriter(file, HEADER, key)
    writer.write(content)
    writer.finish()
    return file.getvalue()


def opened(data: bytes, key: bytes = KEY) -> bytes:
    file = io.BytesIO(data)
    return SealedReader(file, read_header(file), key).readall()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.lists(st.integers(1, 100), max_size=5))
def test_what_was_sealed_comes_back_however_it_was_written(content: bytes, cuts: list[int]) -> None:
    file, rest = io.BytesIO(), content
    writer = SealedWriter(file, HEADER, KEY)
    for cut in cuts:
        writer.write(rest[:cut])
        rest = rest[cut:]
    writer.write(rest)
    writer.finish()
    assert opened(file.getvalue()) == content


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 128, 200])
def test_a_file_that_ends_early_is_told_wherever_it_ends(size: int) -> None:
    whole = sealed(secrets.token_bytes(size))
    for end in range(len(whole)):
        with pytest.raises(BackupError):
            opened(whole[:end])


def test_every_changed_byte_is_told() -> None:
    whole = sealed(b"x" * 150)
    for at in range(len(whole)):
        changed = bytearray(whole)
        changed[at] ^= 1
        with pytest.raises(BackupError):
            opened(bytes(changed))


def test_pieces_cannot_be_exchanged_doubled_left_out_or_added() -> None:
    whole = sealed(b"a" * 64 + b"b" * 64 + b"c" * 64 + b"d")
    begin = len(stream.MAGIC) + 4 + len(HEADER) + stream.MAC_BYTES
    size = 64 + stream.TAG_BYTES
    a, b, c = (whole[begin + n * size : begin + (n + 1) * size] for n in range(3))
    head, tail = whole[:begin], whole[begin + 3 * size :]
    assert opened(head + a + b + c + tail)
    for other in (b + a + c + tail, a + a + b + c + tail, a + c + tail, a + b + c, b"", tail):
        with pytest.raises(DamagedBackup):
            opened(head + other)
    with pytest.raises(DamagedBackup):
        opened(whole + b"more")


def test_another_key_is_told_from_damage() -> None:
    with pytest.raises(CannotOpenBackup):
        opened(sealed(b"content"), secrets.token_bytes(32))


@pytest.mark.parametrize(
    "data", [b"", b"BLOBKUP2", b"PK\x03\x04", stream.MAGIC + b"\xff\xff\xff\xff" + b"x" * 100]
)
def test_what_is_no_backup_is_refused_before_anything_is_read(data: bytes) -> None:
    with pytest.raises(NotABackup):
        read_header(io.BytesIO(data))


def test_a_passphrase_opens_what_it_sealed_and_no_other_does() -> None:
    key, lock = Passphrase("amber basalt cedar").lock()
    assert Passphrase("amber basalt cedar").unlock(lock) == key
    assert Passphrase("amber basalt").unlock(lock) != key
    with pytest.raises(CannotOpenBackup):
        WithPair(OpeningHalf.generate()).unlock(lock)


def test_the_pair_s_other_half_opens_and_no_other_pair_does() -> None:
    mine = OpeningHalf.generate()
    half = SealingHalf.from_bytes(mine.sealing.to_bytes())
    key, lock = ToPair(half).lock()
    assert WithPair(mine).unlock(lock) == key
    for other in (WithPair(OpeningHalf.generate()), Passphrase("amber basalt cedar")):
        with pytest.raises(CannotOpenBackup):
            other.unlock(lock)


def test_whoever_knows_the_public_key_alone_cannot_put_a_backup_in_the_place_of_ours() -> None:
    mine = OpeningHalf.generate()
    forger = SealingHalf(mine.sealing.public, secrets.token_bytes(32))
    key, lock = ToPair(forger).lock()
    assert WithPair(mine).unlock(lock) != key


def test_the_half_that_opens_is_itself_sealed_with_a_passphrase() -> None:
    mine = OpeningHalf.generate()
    data = mine.to_bytes("amber basalt cedar")
    assert mine.secret not in data
    assert OpeningHalf.from_bytes(data, "amber basalt cedar") == mine
    with pytest.raises(CannotOpenBackup):
        OpeningHalf.from_bytes(data, "amber basalt cedan")
    for other in (b"", b"\xa0", mine.sealing.to_bytes()):
        with pytest.raises(MalformedBackupKey):
            OpeningHalf.from_bytes(other, "amber basalt cedar")
    with pytest.raises(MalformedBackupKey):
        SealingHalf.from_bytes(data)


def test_no_secret_is_shown() -> None:
    mine = OpeningHalf.generate()
    for shown in (repr(mine), repr(mine.sealing), repr(Passphrase("amber basalt cedar"))):
        assert "amber" not in shown
        assert repr(mine.origin) not in shown


def test_the_header_says_office_time_and_lock_and_nothing_else_is_read() -> None:
    _, lock = ToPair(OpeningHalf.generate().sealing).lock()
    header = Header(OfficeCode("KG-BDB"), AT, lock)
    assert Header.from_bytes(header.to_bytes()) == header


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2}, {"suite": 2}, {"more": 1}, {"taken_at": "yesterday"}, {"office": 7},
        {"taken_at": "2026-05-12T04:00:00"}, {"lock": {"kind": "none"}},
        {"lock": {"kind": "passphrase", "log_cost": 60, "salt": bytes(16)}},
        {"lock": {"kind": "passphrase", "log_cost": 17, "salt": bytes(16), "more": 1}},
    ],
)  # fmt: skip
def test_a_header_of_another_shape_is_refused(change: dict[str, object]) -> None:
    from borderliaison.kernel import canonical

    right = Header(OfficeCode("KG-BDB"), AT, Passphrase("x").lock()[1]).to_bytes()
    with pytest.raises(NotABackup):
        Header.from_bytes(canonical.encode(canonical.decode(right) | change))
