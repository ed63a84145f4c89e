"""The frame. What is refused byte by byte is in the vectors."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borderliaison.exchange.core.body import MAX_BODY_BYTES, body_hash, open_body
from borderliaison.exchange.core.entry import GENESIS, Entry, StreamId, entry_hash
from borderliaison.exchange.core.errors import (
    BodyTooLarge,
    BrokenChain,
    FrameTooLarge,
    LetterMismatch,
    MalformedWire,
    MissingBody,
    StrayBody,
    WrongOffice,
)
from borderliaison.exchange.core.frame import (
    MAX_FRAME_BYTES,
    MAX_FRAME_ENTRIES,
    Frame,
    Head,
    decode_frame,
    encode_frame,
    peek_head,
    sign_head,
    verify_frame,
    verify_head,
)
from borderliaison.exchange.core.tombstone import Tombstone, sign_tombstone
from borderliaison.kernel.cose import BadSignature
from borderliaison.kernel.keys import SealSuite


def chained(stream: StreamId, bodies: list[bytes], first: int = 1) -> tuple[Entry, ...]:
    """Entries in a row that bring these bodies; their keys are not real."""
    entries: list[Entry] = []
    prev = GENESIS
    for seq, body in enumerate(bodies, first):
        letter_id = body_hash(body)[:16]
        entry = Entry(1, SealSuite.X25519, stream, seq, prev, letter_id, body_hash(body),
                      bytes(16), bytes(80), 0)  # fmt: skip
        entries.append(entry)
        prev = entry_hash(entry)
    return tuple(entries)


def framed(entries: tuple[Entry, ...], bodies: list[bytes], keys) -> Frame:
    last = entries[-1]
    head = sign_head(Head(last.stream, last.seq, entry_hash(last)), keys)
    return Frame(entries, {body_hash(body): body for body in bodies}, head)


@settings(max_examples=40)
@given(
    bodies=st.lists(st.binary(max_size=200), min_size=1, max_size=MAX_FRAME_ENTRIES),
    first=st.integers(1, 2**40),
)
def test_a_frame_is_read_as_it_was_written(stream, bdb, bodies: list[bytes], first: int) -> None:
    frame = framed(chained(stream, bodies, first), bodies, bdb.keys)
    again = decode_frame(encode_frame(frame))
    assert again == frame
    assert verify_frame(again, bdb.public).seq == first + len(bodies) - 1


@settings(max_examples=40)
@given(data=st.data(), count=st.integers(2, 6))
def test_any_other_order_of_entries_breaks_the_chain(stream, bdb, data, count: int) -> None:
    bodies = [bytes([n]) for n in range(count)]
    frame = framed(chained(stream, bodies), bodies, bdb.keys)
    shuffled = tuple(data.draw(st.permutations(frame.entries)))
    if shuffled == frame.entries:
        return
    with pytest.raises(BrokenChain):
        verify_frame(decode_frame(encode_frame(replace(frame, entries=shuffled))), bdb.public)


def test_a_head_is_signed_by_the_sender_of_its_stream(stream, bdb, osh) -> None:
    head = Head(stream, 3, bytes(32))
    signed = sign_head(head, bdb.keys)
    assert verify_head(signed, bdb.public) == peek_head(signed) == head
    with pytest.raises(BadSignature):
        verify_head(signed, osh.public)
    with pytest.raises(WrongOffice):
        verify_head(sign_head(head, osh.keys), osh.public)


def test_a_head_of_nothing_is_not_signed(stream, bdb) -> None:
    with pytest.raises(MalformedWire):
        sign_head(Head(stream, 0, GENESIS), bdb.keys)


def test_a_body_that_was_left_out_can_be_sent_again(sent) -> None:
    with pytest.raises(MissingBody) as caught:
        encode_frame(replace(sent.frame, bodies={}))
    assert caught.value.retryable


def test_a_body_under_the_hash_of_another_is_refused(sent) -> None:
    with pytest.raises(StrayBody):
        encode_frame(replace(sent.frame, bodies={body_hash(sent.body): b"another"}))


def test_a_tombstone_stands_for_a_body(sent, bdb, osh) -> None:
    stone = Tombstone(bdb.code, sent.letter.letter_id, body_hash(sent.body), 5)
    signed = sign_tombstone(stone, bdb.keys)
    erased = replace(sent.frame, bodies={}, tombstones=(signed,))
    assert verify_frame(decode_frame(encode_frame(erased)), bdb.public).seq == 1
    with pytest.raises(StrayBody):
        encode_frame(replace(sent.frame, tombstones=(signed,)))
    with pytest.raises(StrayBody):
        encode_frame(replace(erased, tombstones=(signed, signed)))


def test_nobody_but_the_sender_can_say_that_a_body_was_erased(sent, bdb, osh) -> None:
    stone = Tombstone(bdb.code, sent.letter.letter_id, body_hash(sent.body), 5)
    forged = replace(sent.frame, bodies={}, tombstones=(sign_tombstone(stone, osh.keys),))
    with pytest.raises(BadSignature):
        verify_frame(forged, bdb.public)
    other = sign_tombstone(replace(stone, letter_id=bytes(16)), bdb.keys)
    with pytest.raises(LetterMismatch):
        verify_frame(replace(forged, tombstones=(other,)), bdb.public)


def test_a_frame_has_at_most_64_entries(stream, bdb) -> None:
    bodies = [bytes([n]) for n in range(MAX_FRAME_ENTRIES + 1)]
    with pytest.raises(FrameTooLarge, match="65 entries"):
        encode_frame(framed(chained(stream, bodies), bodies, bdb.keys))


def test_a_frame_has_at_most_four_mebibytes(stream, bdb) -> None:
    bodies = [bytes([n]) + bytes(MAX_BODY_BYTES - 1) for n in range(4)]
    with pytest.raises(FrameTooLarge, match=str(MAX_FRAME_BYTES)):
        encode_frame(framed(chained(stream, bodies), bodies, bdb.keys))
    with pytest.raises(FrameTooLarge):
        decode_frame(bytes(MAX_FRAME_BYTES + 1))


def test_a_body_too_large_does_not_stop_the_stream(stream, bdb) -> None:
    bodies = [bytes(MAX_BODY_BYTES + 1)]
    frame = decode_frame(encode_frame(framed(chained(stream, bodies), bodies, bdb.keys)))
    verify_frame(frame, bdb.public)
    with pytest.raises(BodyTooLarge):
        open_body(frame.bodies[frame.entries[0].body_hash], bytes(32))
