"""The entry, its chain and its wrapped key."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderliaison.exchange.core.entry import (
    GENESIS,
    Entry,
    Lane,
    StreamId,
    decode_entry,
    encode_entry,
    entry_hash,
    make_entry,
    unwrap_key,
    wrap_info,
)
from borderliaison.exchange.core.errors import (
    MalformedWire,
    UnsupportedSuite,
    WrongKey,
    WrongOffice,
)
from borderliaison.kernel.errors import MalformedData
from borderliaison.kernel.keys import OfficePublic, SealSuite

HASHES = st.binary(min_size=32, max_size=32)
UINTS = st.integers(0, 2**53 - 1)
streams = st.builds(
    StreamId,
    st.just("KG-BDB"),
    st.sampled_from(["UZ-DUS", "KG-OSH"]),
    st.sampled_from(["live", "exercise:seal-2026"]),
    st.sampled_from(Lane),
    UINTS,
)
entries = st.builds(
    Entry,
    st.just(1),
    st.sampled_from(SealSuite),
    streams,
    st.integers(1, 2**53 - 1),
    HASHES,
    st.binary(min_size=16, max_size=16),
    HASHES,
    st.binary(min_size=16, max_size=16),
    st.binary(max_size=1200),
    UINTS,
)


@given(entries)
def test_an_entry_is_read_as_it_was_written(entry: Entry) -> None:
    assert decode_entry(encode_entry(entry)) == entry


@given(entries, entries)
def test_different_entries_have_different_hashes(one: Entry, other: Entry) -> None:
    assert (entry_hash(one) == entry_hash(other)) == (one == other)


@given(entries, HASHES, st.binary(max_size=40))
def test_the_wrapping_is_bound_to_all_but_the_entry_before(
    entry: Entry, prev: bytes, wrapped: bytes
) -> None:
    assert wrap_info(replace(entry, prev=prev, wrapped_key=wrapped)) == wrap_info(entry)


@pytest.mark.parametrize("recipient", ["dus", "osh"])
def test_the_recipient_unwraps_the_key_in_either_suite(sent, bdb, recipient, request) -> None:
    office = request.getfixturevalue(recipient)
    stream = StreamId(bdb.code, office.code, "live", Lane.ROUTINE, 1)
    entry = make_entry(
        stream, 7, bytes(32), bytes(16), bytes(32), sent.content_key, office.public, expires=5
    )
    assert (entry.kid, entry.suite) == (office.public.seal_kid, office.keys.seal_suite)
    assert unwrap_key(entry, office.keys) == sent.content_key
    with pytest.raises(WrongKey):
        unwrap_key(entry, bdb.keys)


def test_a_key_is_not_wrapped_for_an_office_that_the_stream_does_not_go_to(stream, dus) -> None:
    with pytest.raises(WrongOffice):
        make_entry(stream, 1, GENESIS, bytes(16), bytes(32), bytes(32), dus.public, 0)


def test_the_reserved_suite_can_be_chained_but_neither_written_nor_opened(
    sent, stream, osh
) -> None:
    national = replace(sent.entry, suite=SealSuite.NATIONAL)
    assert decode_entry(encode_entry(national)) == national
    with pytest.raises(UnsupportedSuite):
        unwrap_key(national, osh.keys)
    public = OfficePublic(osh.code, osh.public.sign_key, SealSuite.NATIONAL, bytes(32))
    with pytest.raises(UnsupportedSuite):
        make_entry(stream, 1, GENESIS, bytes(16), bytes(32), bytes(32), public, 0)


@pytest.mark.parametrize(
    "change",
    [
        {"sender": "KG-OSH"},
        {"sender": "bor-dobo"},
        {"recipient": ""},
        {"realm": "drill"},
        {"epoch": -1},
        {"epoch": True},
    ],
)
def test_a_stream_that_could_not_be_read_is_not_made(stream, change) -> None:
    with pytest.raises(MalformedData):
        replace(stream, **change)


def test_entries_are_numbered_from_one(sent) -> None:
    with pytest.raises(MalformedWire):
        replace(sent.entry, seq=0)
