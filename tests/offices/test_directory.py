"""The form of the signed directory: one encoding, its limits, its signature."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderliaison.kernel import canonical
from borderliaison.kernel.cose import BadSignature, sign1
from borderliaison.kernel.errors import MalformedData
from borderliaison.kernel.keys import SealSuite
from borderliaison.offices.directory.document import (
    AAD,
    MAX_DIRECTORY_BYTES,
    Directory,
    open_directory,
)
from borderliaison.offices.errors import ForeignOffice, MalformedDirectory
from tests.offices.authorities import KG, NOW, UZ, Authority, listed

LETTERS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=3)


def open_own(signed: bytes) -> Directory:
    return open_directory(signed, KG.public.sign_key)


@given(st.sets(LETTERS, max_size=6), st.integers(1, 3660))
def test_what_is_signed_is_what_is_read(names: set[str], days: int) -> None:
    offices = tuple(listed(f"KG-{name}") for name in sorted(names))
    made = KG.directory(offices=offices, valid_until=NOW + timedelta(days=days))
    assert open_own(made.sign(KG.key)) == made


def test_the_order_in_which_offices_are_given_does_not_matter() -> None:
    made = KG.directory()
    turned = replace(made, offices=tuple(reversed(made.offices)))
    assert turned.sign(KG.key) == made.sign(KG.key)


@given(st.data())
def test_no_changed_byte_is_accepted(data: st.DataObject) -> None:
    signed = bytearray(KG.publish().last)
    at = data.draw(st.integers(0, len(signed) - 1))
    signed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises((MalformedData, BadSignature)):
        open_own(bytes(signed))


def test_another_authoritys_signature_does_not_open() -> None:
    with pytest.raises(BadSignature):
        open_own(UZ.publish().last)


def test_a_signature_over_something_else_does_not_open() -> None:
    payload = canonical.encode(KG.directory().to_data())
    with pytest.raises(BadSignature):
        open_own(sign1(KG.key, payload, b"BL1/letter"))


@pytest.mark.parametrize(
    "change",
    [
        {"serial": 0},
        {"serial": True},
        {"serial": 2**53 + 1},
        {"serial": 2},
        {"prev": b"\x01" * 32},
        {"prev": b"\x00" * 31},
        {"valid_until": NOW},
        {"issued": NOW + timedelta(microseconds=1)},
        {"authority": ""},
        {"authority": " KG authority"},
        {"authority": "KG\nauthority"},
        {"country": "KGZ"},
        {"offices": (listed("KG-BDB"), listed("KG-BDB"))},
        {"offices": (replace(listed("KG-BDB"), agencies=()),)},
        {"offices": (listed("KG-BDB", "KG-BOR", "KG-BOR"),)},
        {"recognises": (UZ.public, UZ.public)},
        {"recognises": (UZ.public, Authority("UZ", keys=" new").public)},
        {"recognises": (KG.public,)},
    ],
)
def test_a_directory_that_may_not_say_this_is_not_signed(change: dict[str, object]) -> None:
    with pytest.raises(MalformedData):
        KG.directory(**change).sign(KG.key)


def test_two_offices_never_share_a_key() -> None:
    one, other = listed("KG-BDB"), listed("KG-DST")
    shared = replace(other, public=replace(other.public, sign_key=one.public.sign_key))
    with pytest.raises(MalformedDirectory, match="twice"):
        KG.directory(offices=(one, shared)).sign(KG.key)


def test_a_sealing_key_is_of_its_suite() -> None:
    one = listed("KG-BDB")
    for suite in (SealSuite.HYBRID, SealSuite.NATIONAL):
        wrong = replace(one, public=replace(one.public, seal_suite=suite))
        with pytest.raises(MalformedDirectory, match="suite"):
            KG.directory(offices=(wrong,)).sign(KG.key)


@pytest.mark.parametrize("offices", [(listed("UZ-DUS"),), (listed("KG-BDB", "UZ-CUS"),)])
def test_an_authority_signs_no_office_or_agency_of_another_country(offices: object) -> None:
    with pytest.raises(ForeignOffice):
        KG.directory(offices=offices).sign(KG.key)


def test_one_that_was_signed_all_the_same_is_refused() -> None:
    data = KG.directory().to_data()
    data["offices"][-1]["office"] = "UZ-AAA"
    with pytest.raises(ForeignOffice):
        open_own(sign1(KG.key, canonical.encode(data), AAD))


@pytest.mark.parametrize(
    "change",
    [
        {"v": 1},
        {"v": 3},
        {"more": 1},
        {"offices": None},
        {"issued": "now"},
        {"issued": 2**60},
        {"prev": "x"},
    ],
)
def test_another_form_is_refused(change: dict[str, object]) -> None:
    data = {**KG.directory().to_data(), **change}
    with pytest.raises(MalformedDirectory):
        open_own(sign1(KG.key, canonical.encode(data), AAD))


def test_offices_out_of_order_are_another_form() -> None:
    data = KG.directory().to_data()
    data["offices"].reverse()
    with pytest.raises(MalformedDirectory):
        open_own(sign1(KG.key, canonical.encode(data), AAD))


def test_too_large_a_file_is_not_even_decoded() -> None:
    with pytest.raises(MalformedDirectory, match="large"):
        open_own(bytes(MAX_DIRECTORY_BYTES + 1))
