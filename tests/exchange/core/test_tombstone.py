"""The tombstone."""

from dataclasses import replace

import pytest

from borderliaison.exchange.core.errors import MalformedWire, WrongOffice
from borderliaison.exchange.core.tombstone import (
    Tombstone,
    peek_tombstone,
    sign_tombstone,
    verify_tombstone,
)
from borderliaison.kernel.cose import BadSignature
from borderliaison.kernel.ids import OfficeCode

STONE = Tombstone(OfficeCode("KG-BDB"), bytes(16), bytes(32), 1_778_558_400_000)


def test_a_tombstone_is_read_as_it_was_signed(bdb) -> None:
    signed = sign_tombstone(STONE, bdb.keys)
    assert verify_tombstone(signed, bdb.public) == peek_tombstone(signed) == STONE


def test_an_office_erases_in_its_own_name_only(bdb, dus) -> None:
    signed = sign_tombstone(STONE, dus.keys)
    with pytest.raises(BadSignature):
        verify_tombstone(signed, bdb.public)
    with pytest.raises(WrongOffice):
        verify_tombstone(signed, dus.public)


@pytest.mark.parametrize(
    "change", [{"office": "?"}, {"letter_id": b""}, {"body_hash": bytes(31)}, {"when": -1}]
)
def test_a_tombstone_that_could_not_be_read_is_not_made(change) -> None:
    with pytest.raises(MalformedWire):
        replace(STONE, **change)
