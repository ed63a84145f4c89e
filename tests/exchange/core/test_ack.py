"""Acknowledgements and heads."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borderliaison.exchange.core.ack import (
    MAX_REFUSED,
    DeliveryAck,
    Heads,
    sign_ack,
    sign_heads,
    verify_ack,
    verify_heads,
)
from borderliaison.exchange.core.entry import GENESIS
from borderliaison.exchange.core.errors import MalformedWire, WrongOffice
from borderliaison.exchange.core.frame import Head
from borderliaison.kernel.cose import BadSignature

CODES = st.sampled_from(["unknown_payload", "E-WIR-08", "forbidden"])


@settings(max_examples=40)
@given(
    seq=st.integers(100, 2**53 - 1),
    refused=st.dictionaries(st.integers(1, 100), CODES, max_size=10),
)
def test_an_acknowledgement_is_read_as_it_was_signed(stream, osh, seq, refused) -> None:
    ack = DeliveryAck(stream, seq, bytes(32), refused)
    assert verify_ack(sign_ack(ack, osh.keys), osh.public) == ack


def test_the_order_in_which_refusals_are_given_does_not_matter(stream, osh) -> None:
    one = DeliveryAck(stream, 9, bytes(32), {1: "a", 2: "b"})
    other = DeliveryAck(stream, 9, bytes(32), {2: "b", 1: "a"})
    assert sign_ack(one, osh.keys) == sign_ack(other, osh.keys)


def test_only_the_recipient_acknowledges(stream, bdb, osh) -> None:
    ack = DeliveryAck(stream, 1, bytes(32))
    with pytest.raises(WrongOffice):
        verify_ack(sign_ack(ack, bdb.keys), bdb.public)
    with pytest.raises(BadSignature):
        verify_ack(sign_ack(ack, bdb.keys), osh.public)


@pytest.mark.parametrize(
    "refused",
    [
        {2: "a"},
        {0: "a"},
        {True: "a"},
        {1: "a sentence"},
        {1: ""},
        dict.fromkeys(range(1, MAX_REFUSED + 2), "a"),
    ],
)
def test_an_acknowledgement_that_could_not_be_read_is_not_made(stream, refused) -> None:
    with pytest.raises(MalformedWire):
        DeliveryAck(stream, 1, bytes(32), refused)


def test_an_acknowledgement_is_not_a_heads_message(stream, osh) -> None:
    with pytest.raises(BadSignature):
        verify_heads(sign_ack(DeliveryAck(stream, 1, bytes(32)), osh.keys), osh.public)


@settings(max_examples=40)
@given(data=st.data())
def test_heads_are_read_as_they_were_signed_in_any_order(stream, bdb, osh, data) -> None:
    back = replace(stream, sender=osh.code, recipient=bdb.code)
    all_heads = [
        Head(replace(one, epoch=n), n, bytes(32)) for one in (stream, back) for n in (1, 2)
    ]
    shuffled = tuple(data.draw(st.permutations(all_heads)))
    heads = Heads(osh.code, bdb.code, 5, shuffled)
    assert heads == Heads(osh.code, bdb.code, 5, tuple(all_heads))
    assert verify_heads(sign_heads(heads, osh.keys), osh.public) == heads


def test_holding_nothing_can_be_said(stream, bdb, osh) -> None:
    heads = Heads(osh.code, bdb.code, 5, (Head(stream, 0, GENESIS),))
    assert verify_heads(sign_heads(heads, osh.keys), osh.public) == heads
    with pytest.raises(MalformedWire):
        Heads(osh.code, bdb.code, 5, (Head(stream, 0, b"h" * 32),))


def test_an_office_speaks_of_its_own_streams_only(stream, bdb, dus, osh) -> None:
    with pytest.raises(MalformedWire):
        Heads(dus.code, bdb.code, 5, (Head(stream, 1, bytes(32)),))
    with pytest.raises(WrongOffice):
        verify_heads(sign_heads(Heads(osh.code, bdb.code, 5, ()), dus.keys), dus.public)


def test_two_heads_of_one_stream_are_refused(stream, bdb, osh) -> None:
    with pytest.raises(MalformedWire):
        Heads(osh.code, bdb.code, 5, (Head(stream, 1, bytes(32)), Head(stream, 2, bytes(32))))
