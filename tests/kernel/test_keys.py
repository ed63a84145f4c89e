"""The public keys of an office."""

from typing import Any

import pytest

from borderliaison.kernel.errors import MalformedData
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import OfficePublic, SealSuite

PUBLIC = OfficePublic(OfficeCode("KG-BDB"), bytes(32), SealSuite.X25519, b"\x01" * 32)


def test_public_keys_are_read_as_they_were_written() -> None:
    assert OfficePublic.from_data(PUBLIC.to_data()) == PUBLIC


def test_the_two_key_ids_name_the_two_keys() -> None:
    assert len(PUBLIC.kid) == len(PUBLIC.seal_kid) == 16
    assert PUBLIC.kid != PUBLIC.seal_kid


@pytest.mark.parametrize(
    "change",
    [
        {"office": 7},
        {"sign_key": bytes(31)},
        {"sign_key": "0" * 32},
        {"seal_key": "0" * 32},
        {"seal_suite": 9},
        {"seal_suite": "1"},
        {"more": 1},
    ],
)
def test_what_is_not_public_keys_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(MalformedData):
        OfficePublic.from_data(PUBLIC.to_data() | change)


@pytest.mark.parametrize("missing", ["office", "sign_key", "seal_suite", "seal_key"])
def test_public_keys_without_a_part_are_refused(missing: str) -> None:
    data = PUBLIC.to_data()
    del data[missing]
    with pytest.raises(MalformedData):
        OfficePublic.from_data(data)


@pytest.mark.parametrize("data", [None, [], "keys", 1])
def test_what_is_not_a_map_is_refused(data: object) -> None:
    with pytest.raises(MalformedData):
        OfficePublic.from_data(data)
