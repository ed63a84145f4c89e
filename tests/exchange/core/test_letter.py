"""The letter. What is refused byte by byte is in the vectors."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borderliaison.exchange.core.errors import MalformedWire, WrongOffice
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.core.letter import (
    Blob,
    Letter,
    LetterKind,
    Ref,
    open_letter,
    peek_issuer,
    peek_letter,
    sign_letter,
)
from borderliaison.kernel.cose import BadSignature
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Audience, Classification, Level, Marking
from borderliaison.kernel.realm import LIVE, Realm

BDB = OfficeCode("KG-BDB")
KEYS = OfficeKeys.generate()
IDS = st.binary(min_size=16, max_size=16)
HASHES = st.binary(min_size=32, max_size=32)
OTHERS = st.sampled_from(["KG-DST", "KG-OSH", "UZ-DUS", "UZ-TAS", "ZZ-CAR"])
UINTS = st.integers(0, 2**53 - 1)


@st.composite
def letters(draw: st.DrawFn) -> Letter:
    realm = draw(st.sampled_from([LIVE, Realm("seal-2026")]))
    to = draw(st.lists(OTHERS, min_size=1, unique=True))
    audience = Audience.of((BDB, "*"), *((office, "*") for office in to))
    level = draw(st.sampled_from([Level.OPEN, Level.OFFICIAL]))
    return Letter(
        letter_id=draw(IDS),
        salt=draw(IDS),
        realm=str(realm),
        kind=draw(st.sampled_from(LetterKind)),
        issuer=BDB,
        to=tuple(OfficeCode(office) for office in to),
        marking=Marking(realm, Classification(level), audience=audience, originator=BDB),
        authorised_by=draw(st.sampled_from(["", "KG-BDB/0003"])),
        created=draw(UINTS),
        refs=tuple(draw(st.lists(st.builds(Ref, st.just("thread"), IDS), max_size=3))),
        payload_type="report/lookout.v1",
        payload=draw(st.binary(max_size=300)),
        blobs=tuple(draw(st.lists(st.builds(Blob, HASHES, UINTS, HASHES), max_size=3))),
    )


@settings(max_examples=60)
@given(letters())
def test_a_letter_is_read_as_it_was_signed(letter: Letter) -> None:
    signed = sign_letter(letter, KEYS)
    assert open_letter(signed, KEYS.public(BDB)) == letter
    assert peek_letter(signed) == letter
    assert peek_issuer(signed) == BDB
    assert sign_letter(letter, KEYS) == signed


def test_the_order_in_which_recipients_are_given_does_not_matter(letter) -> None:
    one = replace(letter, to=("UZ-DUS", "KG-OSH"))
    other = replace(letter, to=("KG-OSH", "UZ-DUS", "KG-OSH"))
    assert one == other
    assert sign_letter(one, KEYS) == sign_letter(other, KEYS)


def test_two_letters_of_the_same_content_differ_by_their_salt(letter) -> None:
    fields = {name: getattr(letter, name) for name in letter.__slots__ if name != "salt"}
    assert Letter(**fields).salt != Letter(**fields).salt


def test_an_office_cannot_sign_in_the_name_of_another(letter, dus, bdb) -> None:
    signed = sign_letter(letter, dus.keys)
    with pytest.raises(BadSignature):
        open_letter(signed, bdb.public)
    with pytest.raises(WrongOffice):
        open_letter(signed, dus.public)


def test_the_thread_is_the_reference_of_that_name(letter) -> None:
    assert letter.thread == bytes(16)
    assert replace(letter, refs=()).thread is None
    assert replace(letter, refs=(Ref("answers", bytes(16)),)).thread is None


@pytest.mark.parametrize(
    "change",
    [
        {"to": ()},
        {"to": ("KG-BDB",)},
        {"to": tuple(f"KG-{n:03}" for n in range(257))},
        {"letter_id": bytes(15)},
        {"created": -1},
        {"created": 1.5},
        {"realm": "exercise:seal-2026"},
        {"payload_type": ""},
        {"authorised_by": "A. Toktosunov"},
        {"payload": "text"},
        {"refs": (Ref("thread", bytes(16)),) * 65},
    ],
)
def test_a_letter_that_could_not_be_read_is_not_made(letter, change) -> None:
    with pytest.raises(MalformedWire):
        replace(letter, **change)


def test_showing_a_letter_shows_neither_payload_nor_keys(letter) -> None:
    shown = repr(replace(letter, blobs=(Blob(bytes(32), 5, b"secret key of a picture, 32 long"),)))
    assert "микроавтобус" not in shown
    assert repr(letter.payload) not in shown
    assert "secret" not in shown
