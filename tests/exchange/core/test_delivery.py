"""A whole delivery. What a lying sender may try is in the vectors."""

from dataclasses import replace

import pytest

from borderliaison.exchange.core.body import body_hash, seal_body
from borderliaison.exchange.core.delivery import open_delivery, open_own
from borderliaison.exchange.core.entry import GENESIS, StreamId, make_entry
from borderliaison.exchange.core.errors import LetterMismatch, WrongKey
from borderliaison.exchange.core.letter import sign_letter
from borderliaison.kernel.cose import BadSignature

KEY = b"k" * 32


def test_the_recipient_gets_the_letter_and_the_bytes_that_were_signed(sent, osh, bdb) -> None:
    letter, signed = open_delivery(sent.entry, sent.body, osh.keys, bdb.public)
    assert (letter, signed) == (sent.letter, sent.signed)


def test_the_sender_reads_what_a_peer_gives_back(sent, bdb) -> None:
    assert open_own(sent.entry, sent.body, bdb.keys, bdb.public) == (sent.letter, sent.signed)


def test_nobody_else_reads_it(sent, dus, bdb) -> None:
    with pytest.raises(WrongKey):
        open_delivery(sent.entry, sent.body, dus.keys, bdb.public)
    with pytest.raises(WrongKey):
        open_own(sent.entry, sent.body, dus.keys, bdb.public)


def test_a_letter_is_verified_with_the_key_of_the_streams_sender(sent, osh, dus) -> None:
    with pytest.raises(BadSignature):
        open_delivery(sent.entry, sent.body, osh.keys, dus.public)


def test_a_letter_cannot_be_put_into_the_stream_of_another_sender(sent, osh, dus, bdb) -> None:
    """An office that received a letter cannot pass it on as if it were its own."""
    stream = StreamId(dus.code, osh.code, "live", sent.entry.stream.lane, 1)
    entry = make_entry(
        stream, 1, GENESIS, sent.letter.letter_id, body_hash(sent.body), KEY, osh.public
    )
    for public in (dus.public, bdb.public):
        with pytest.raises(LetterMismatch):
            open_delivery(entry, sent.body, osh.keys, public)


def test_a_letter_that_names_other_recipients_is_refused(letter, osh, bdb, stream) -> None:
    elsewhere = replace(letter, to=("UZ-DUS",))
    signed = sign_letter(elsewhere, bdb.keys)
    body = seal_body(signed, letter.letter_id, bdb.code, KEY, bdb.public)
    entry = make_entry(stream, 1, GENESIS, letter.letter_id, body_hash(body), KEY, osh.public)
    with pytest.raises(LetterMismatch, match="not addressed"):
        open_delivery(entry, body, osh.keys, bdb.public)
