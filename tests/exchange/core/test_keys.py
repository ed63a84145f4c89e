"""The private keys of an office."""

import pytest

from borderliaison.exchange.core.errors import MalformedWire, UnsupportedSuite
from borderliaison.exchange.core.keys import SEAL_SECRET_BYTES, OfficeKeys
from borderliaison.exchange.core.suites import SEAL_PUBLIC_BYTES
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import SealSuite

OFFICE = OfficeCode("KG-BDB")
INSTALLED = [SealSuite.HYBRID, SealSuite.X25519]


@pytest.mark.parametrize("suite", INSTALLED)
def test_keys_are_read_as_they_were_written(suite: SealSuite) -> None:
    keys = OfficeKeys.generate(suite)
    again = OfficeKeys.from_bytes(keys.to_bytes())
    assert again == keys
    assert again.public(OFFICE) == keys.public(OFFICE)


@pytest.mark.parametrize("suite", INSTALLED)
def test_the_public_half_has_the_lengths_of_its_suite(suite: SealSuite) -> None:
    keys = OfficeKeys.generate(suite)
    assert len(keys.seal_secret) == SEAL_SECRET_BYTES[suite]
    assert len(keys.public(OFFICE).seal_key) == SEAL_PUBLIC_BYTES[suite]
    assert keys.public(OFFICE).seal_suite == suite


def test_the_hybrid_is_the_default() -> None:
    assert OfficeKeys.generate().seal_suite == SealSuite.HYBRID


def test_no_two_keys_are_alike() -> None:
    one, other = OfficeKeys.generate(), OfficeKeys.generate()
    assert one.sign_seed != other.sign_seed
    assert one.seal_secret != other.seal_secret


def test_showing_keys_shows_no_secret() -> None:
    keys = OfficeKeys.generate()
    shown = f"{keys!r} {keys}"
    assert keys.sign_seed.hex() not in shown
    assert repr(keys.sign_seed) not in shown
    assert "seed" not in shown
    assert "secret" not in shown


def test_the_reserved_suite_has_no_keys() -> None:
    with pytest.raises(UnsupportedSuite):
        OfficeKeys.generate(SealSuite.NATIONAL)
    with pytest.raises(UnsupportedSuite):
        OfficeKeys(SealSuite.NATIONAL, bytes(32), bytes(32))


def test_a_secret_of_another_suite_is_refused() -> None:
    with pytest.raises(MalformedWire):
        OfficeKeys(SealSuite.HYBRID, bytes(32), bytes(32))
