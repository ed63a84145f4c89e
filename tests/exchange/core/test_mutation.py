"""Whatever is changed on the way, by one bit anywhere, is refused, and with an error of ours."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderliaison.exchange.core.ack import (
    AAD_ACK,
    AAD_HEADS,
    DeliveryAck,
    Heads,
    sign_ack,
    sign_heads,
    verify_ack,
    verify_heads,
)
from borderliaison.exchange.core.body import open_body, own_key, peek_header
from borderliaison.exchange.core.delivery import open_delivery
from borderliaison.exchange.core.entry import decode_entry, encode_entry, entry_hash, unwrap_key
from borderliaison.exchange.core.frame import AAD as AAD_HEAD
from borderliaison.exchange.core.frame import (
    Head,
    decode_frame,
    encode_frame,
    verify_frame,
    verify_head,
)
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.core.letter import AAD as AAD_LETTER
from borderliaison.exchange.core.letter import open_letter
from borderliaison.exchange.core.tombstone import AAD as AAD_TOMBSTONE
from borderliaison.exchange.core.tombstone import Tombstone, sign_tombstone, verify_tombstone
from borderliaison.kernel import canonical, cose
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import SealSuite


def refuses_every_change(data: bytes, read: Callable[[bytes], object]) -> None:
    """Flip one bit of each byte in turn, then cut at each place."""
    read(data)
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 1 << place % 8
        with pytest.raises(LiaisonError):
            read(bytes(changed))
    for end in range(0, len(data), max(1, len(data) // 200)):
        with pytest.raises(LiaisonError):
            read(data[:end])


def test_no_bit_of_a_letter_can_be_changed(sent, bdb) -> None:
    refuses_every_change(sent.signed, lambda data: open_letter(data, bdb.public))


def test_no_bit_of_a_body_can_be_changed_for_who_has_its_key(sent) -> None:
    refuses_every_change(sent.body, lambda data: open_body(data, sent.content_key))


def test_no_bit_of_a_body_can_be_changed_for_its_issuer(sent, bdb) -> None:
    refuses_every_change(sent.body, lambda data: open_body(data, own_key(data, bdb.keys)))


def test_no_bit_of_an_entry_can_be_changed_that_its_chain_still_has_to_hold(sent, osh) -> None:
    expected = entry_hash(sent.entry)

    def read(data: bytes) -> None:
        entry = decode_entry(data)
        unwrap_key(entry, osh.keys)
        if entry_hash(entry) != expected:
            raise LiaisonError("the chain holds another entry")

    refuses_every_change(encode_entry(sent.entry), read)


def test_a_wrapped_key_without_the_chain_holds_all_but_the_entry_before(sent, osh) -> None:
    data = encode_entry(sent.entry)
    start = data.index(b"dprev") + 7
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 1
        if start <= place < start + 32:
            assert unwrap_key(decode_entry(bytes(changed)), osh.keys) == sent.content_key
            continue
        with pytest.raises(LiaisonError):
            unwrap_key(decode_entry(bytes(changed)), osh.keys)


def test_no_bit_of_a_delivery_can_be_changed(sent, osh, bdb) -> None:
    refuses_every_change(
        sent.body, lambda data: open_delivery(sent.entry, data, osh.keys, bdb.public)
    )


def test_no_bit_of_a_frame_can_be_changed(sent, bdb) -> None:
    refuses_every_change(
        encode_frame(sent.frame), lambda data: verify_frame(decode_frame(data), bdb.public)
    )


def test_no_bit_of_an_acknowledgement_can_be_changed(stream, osh) -> None:
    signed = sign_ack(DeliveryAck(stream, 5, bytes(32), {3: "unknown_payload"}), osh.keys)
    refuses_every_change(signed, lambda data: verify_ack(data, osh.public))


def test_no_bit_of_heads_can_be_changed(stream, osh, bdb) -> None:
    heads = Heads(osh.code, bdb.code, 0, (Head(stream, 5, bytes(32)),))
    signed = sign_heads(heads, osh.keys)
    refuses_every_change(signed, lambda data: verify_heads(data, osh.public))


def test_no_bit_of_a_tombstone_can_be_changed(bdb) -> None:
    signed = sign_tombstone(Tombstone(bdb.code, bytes(16), bytes(32), 0), bdb.keys)
    refuses_every_change(signed, lambda data: verify_tombstone(data, bdb.public))


KEYS = OfficeKeys(SealSuite.HYBRID, bytes(32), bytes(96))
PUBLIC = KEYS.public(OfficeCode("KG-BDB"))
NAMES = [
    "v",
    "suite",
    "stream",
    "seq",
    "entry_hash",
    "holder",
    "peer",
    "at",
    "heads",
    "refused",
    "office",
    "hash",
    "when",
]
LIKE_OURS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-1, 2)
    | st.sampled_from([bytes(16), bytes(32), "KG-BDB", "UZ-DUS", "live", "urgent", "v", 2**63]),
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=8)
    ),
    max_leaves=30,
)
READERS: list[tuple[bytes, Callable[..., object]]] = [
    (AAD_LETTER, open_letter),
    (AAD_HEAD, verify_head),
    (AAD_ACK, verify_ack),
    (AAD_HEADS, verify_heads),
    (AAD_TOMBSTONE, verify_tombstone),
]


@pytest.mark.parametrize(("aad", "read"), READERS)
def test_anything_else_that_is_signed_is_refused_with_an_error_of_ours(aad, read) -> None:
    @given(LIKE_OURS)
    def refused(value: object) -> None:
        signed = cose.sign1(KEYS.signing_key, canonical.encode(value), aad)
        with pytest.raises(LiaisonError):
            read(signed, PUBLIC)

    refused()


@pytest.mark.parametrize("read", [decode_entry, decode_frame, peek_header, OfficeKeys.from_bytes])
def test_anything_else_is_refused_with_an_error_of_ours(read) -> None:
    @given(LIKE_OURS.map(canonical.encode) | st.binary(max_size=60))
    def refused(data: bytes) -> None:
        with pytest.raises(LiaisonError):
            read(data)

    refused()
