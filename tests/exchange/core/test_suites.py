"""Wrapping, deriving and committing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borderliaison.exchange.core import suites
from borderliaison.exchange.core.errors import (
    CannotOpen,
    CommitmentMismatch,
    MalformedWire,
    UnsupportedSuite,
)
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import SealSuite

INSTALLED = [SealSuite.HYBRID, SealSuite.X25519]
OFFICE = OfficeCode("UZ-DUS")
KEYS = {suite: OfficeKeys.generate(suite) for suite in INSTALLED}
PUBLIC = {suite: KEYS[suite].public(OFFICE).seal_key for suite in INSTALLED}
KEY = b"k" * 32


@settings(max_examples=30)
@given(st.sampled_from(INSTALLED), st.binary(min_size=32, max_size=32), st.binary(max_size=500))
def test_what_is_wrapped_is_unwrapped(suite: SealSuite, key: bytes, info: bytes) -> None:
    wrapped = suites.wrap(suite, PUBLIC[suite], key, info)
    assert len(wrapped) == suites.WRAPPED_BYTES[suite]
    assert suites.unwrap(KEYS[suite], suite, wrapped, info) == key


@pytest.mark.parametrize("suite", INSTALLED)
def test_the_same_key_is_never_wrapped_alike(suite: SealSuite) -> None:
    assert suites.wrap(suite, PUBLIC[suite], KEY, b"") != suites.wrap(
        suite, PUBLIC[suite], KEY, b""
    )


@pytest.mark.parametrize("suite", INSTALLED)
def test_a_wrapping_opens_with_its_own_info_only(suite: SealSuite) -> None:
    wrapped = suites.wrap(suite, PUBLIC[suite], KEY, b"info")
    with pytest.raises(CannotOpen):
        suites.unwrap(KEYS[suite], suite, wrapped, b"other")


@pytest.mark.parametrize("suite", INSTALLED)
def test_a_wrapping_opens_with_its_own_key_only(suite: SealSuite) -> None:
    wrapped = suites.wrap(suite, PUBLIC[suite], KEY, b"info")
    with pytest.raises(CannotOpen):
        suites.unwrap(OfficeKeys.generate(suite), suite, wrapped, b"info")


@pytest.mark.parametrize("suite", INSTALLED)
def test_every_bit_of_a_wrapping_counts(suite: SealSuite) -> None:
    wrapped = suites.wrap(suite, PUBLIC[suite], KEY, b"info")
    for bit in range(0, len(wrapped) * 8, 1 if suite == SealSuite.X25519 else 5):
        changed = bytearray(wrapped)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(CannotOpen):
            suites.unwrap(KEYS[suite], suite, bytes(changed), b"info")


def test_half_of_a_hybrid_key_does_not_open() -> None:
    both, other = KEYS[SealSuite.HYBRID], OfficeKeys.generate()
    wrapped = suites.wrap(SealSuite.HYBRID, PUBLIC[SealSuite.HYBRID], KEY, b"")
    halves = [
        both.seal_secret[:64] + other.seal_secret[64:],
        other.seal_secret[:64] + both.seal_secret[64:],
    ]
    for secret in halves:
        half = OfficeKeys(SealSuite.HYBRID, both.sign_seed, secret)
        with pytest.raises(CannotOpen):
            suites.unwrap(half, SealSuite.HYBRID, wrapped, b"")


def test_a_wrapping_is_not_opened_in_another_suite() -> None:
    wrapped = suites.wrap(SealSuite.X25519, PUBLIC[SealSuite.X25519], KEY, b"")
    with pytest.raises(UnsupportedSuite):
        suites.unwrap(KEYS[SealSuite.HYBRID], SealSuite.X25519, wrapped, b"")


def test_the_reserved_suite_is_refused_by_name() -> None:
    with pytest.raises(UnsupportedSuite, match="NATIONAL"):
        suites.wrap(SealSuite.NATIONAL, bytes(32), KEY, b"")
    with pytest.raises(UnsupportedSuite, match="NATIONAL"):
        suites.unwrap(KEYS[SealSuite.X25519], SealSuite.NATIONAL, bytes(80), b"")
    with pytest.raises(UnsupportedSuite):
        suites.content_suite(suites.ContentSuite.NATIONAL)


def test_a_public_key_to_which_everything_wraps_alike_is_refused() -> None:
    with pytest.raises(CannotOpen):
        suites.wrap(SealSuite.X25519, bytes(32), KEY, b"")


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_content_key_has_32_bytes(length: int) -> None:
    with pytest.raises(MalformedWire):
        suites.wrap(SealSuite.X25519, PUBLIC[SealSuite.X25519], bytes(length), b"")
    with pytest.raises(MalformedWire):
        suites.commitment(bytes(length))


@pytest.mark.parametrize("suite", INSTALLED)
def test_a_public_key_of_another_length_is_refused(suite: SealSuite) -> None:
    with pytest.raises(MalformedWire):
        suites.wrap(suite, PUBLIC[suite] + b"\x00", KEY, b"")


def test_a_commitment_holds_for_its_key_only() -> None:
    suites.check_commitment(KEY, suites.commitment(KEY))
    with pytest.raises(CommitmentMismatch):
        suites.check_commitment(b"j" * 32, suites.commitment(KEY))


def test_commitment_encryption_key_and_content_key_differ() -> None:
    assert len({KEY, suites.commitment(KEY), suites.encryption_key(KEY)}) == 3
