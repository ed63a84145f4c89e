"""The body: sealing, opening, the way back for its issuer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borderliaison.exchange.core import suites
from borderliaison.exchange.core.body import (
    MAX_BODY_BYTES,
    body_hash,
    encrypt,
    open_body,
    own_key,
    peek_header,
    seal_body,
)
from borderliaison.exchange.core.errors import (
    BodyTooLarge,
    CommitmentMismatch,
    LetterMismatch,
    WrongKey,
    WrongOffice,
)
from borderliaison.exchange.core.letter import sign_letter
from borderliaison.kernel import canonical

KEY = b"k" * 32


def test_a_body_opens_to_the_signed_letter(sent) -> None:
    assert open_body(sent.body, sent.content_key) == sent.signed


@settings(max_examples=20)
@given(content_key=st.binary(min_size=32, max_size=32))
def test_any_content_key_will_do(sent, bdb, content_key: bytes) -> None:
    body = seal_body(sent.signed, sent.letter.letter_id, bdb.code, content_key, bdb.public)
    assert open_body(body, content_key) == sent.signed
    assert own_key(body, bdb.keys) == content_key


@pytest.mark.parametrize("issuer", ["bdb", "osh"])
def test_the_issuer_reads_its_own_body_in_either_suite(letter, issuer, request) -> None:
    office = request.getfixturevalue(issuer)
    other = {"bdb": "KG-OSH", "osh": "KG-BDB"}[issuer]
    data = letter.to_data() | {"issuer": office.code, "to": [other]}
    own = type(letter).from_data(data)
    body = seal_body(sign_letter(own, office.keys), own.letter_id, office.code, KEY, office.public)
    assert own_key(body, office.keys) == KEY


def test_another_office_does_not_read_the_self_wrap(sent, dus) -> None:
    with pytest.raises(WrongKey):
        own_key(sent.body, dus.keys)


def test_the_header_says_what_a_broker_may_see_and_no_more(sent, letter, bdb) -> None:
    header = peek_header(sent.body)
    assert (header.letter_id, header.issuer) == (letter.letter_id, bdb.code)
    for secret in (letter.payload, letter.payload_type.encode(), b"UZ-DUS", letter.salt, b"0003"):
        assert secret not in sent.body


def test_the_key_is_compared_with_the_commitment_before_anything_is_decrypted(sent) -> None:
    protected, _, ciphertext = canonical.decode(sent.body)
    ruined = canonical.encode([protected, {}, bytes(len(ciphertext))])
    with pytest.raises(CommitmentMismatch):
        open_body(ruined, b"j" * 32)


def test_the_content_key_itself_encrypts_nothing(sent) -> None:
    assert suites.encryption_key(sent.content_key) != sent.content_key


def test_a_body_is_sealed_differently_each_time(sent, letter, bdb) -> None:
    again = seal_body(sent.signed, letter.letter_id, bdb.code, sent.content_key, bdb.public)
    assert body_hash(again) != body_hash(sent.body)


def test_the_letter_sealed_is_the_one_named(sent, letter, bdb, dus) -> None:
    with pytest.raises(LetterMismatch):
        seal_body(sent.signed, bytes(16), bdb.code, KEY, bdb.public)
    with pytest.raises(LetterMismatch):
        seal_body(sent.signed, letter.letter_id, dus.code, KEY, dus.public)
    with pytest.raises(WrongOffice):
        seal_body(sent.signed, letter.letter_id, bdb.code, KEY, dus.public)


def test_a_body_may_have_one_mebibyte_and_not_a_byte_more(sent) -> None:
    header = peek_header(sent.body)
    room = MAX_BODY_BYTES - len(encrypt(bytes(100_000), header, KEY)) + 100_000
    assert len(encrypt(bytes(room), header, KEY)) == MAX_BODY_BYTES
    with pytest.raises(BodyTooLarge):
        encrypt(bytes(room + 1), header, KEY)
    with pytest.raises(BodyTooLarge):
        open_body(bytes(MAX_BODY_BYTES + 1), KEY)
