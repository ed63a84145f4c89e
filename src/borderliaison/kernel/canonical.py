"""Canonical CBOR: one value, one encoding. Strict on the way in: decode, encode again, compare.

Keys are text, or whole numbers from -24 to 23: for these the two published orders of keys, by bytes
and by length first, are the same. Source: RFC 8949 section 4.2.1 (core deterministic encoding).
"""

from io import BytesIO
from typing import Any

import cbor2

from borderliaison.kernel.errors import MalformedData

MAX_DEPTH = 32
MAX_ITEMS = 65_536
"""No message has as many values and keys; more would only keep a reader busy."""
_INLINE = 24
_STRINGS = (2, 3)


class NotCanonical(MalformedData):
    """The data is not in the one form that is accepted."""

    code = "E-ENC-02"


def encode(value: Any) -> bytes:
    """Encode plain data (int, bytes, str, list, dict, bool, None) in its one form.

    Raises:
        NotCanonical: the value holds something that has no one form (a float, a date, a set).
    """
    _check(value, 0)
    try:
        return cbor2.dumps(value, canonical=True)
    except UnicodeEncodeError as error:
        raise NotCanonical("text that is not Unicode") from error


def decode(data: bytes) -> Any:
    """Decode what ``encode`` wrote.

    Raises:
        NotCanonical: it is not CBOR, has something after its end, is not in its one form, or holds
            more values than any message has.
    """
    _check_count(data)
    stream = BytesIO(data)
    try:
        value = cbor2.CBORDecoder(stream).decode()
        rest = stream.tell() != len(data)
        same = not rest and encode(value) == data
    except NotCanonical:
        raise
    except Exception as error:  # the decoder documents no closed list of what hostile input raises
        raise NotCanonical("not CBOR") from error
    if not same:
        raise NotCanonical("not in canonical form")
    return value


def _check_count(data: bytes) -> None:
    """Count the items, whatever they are, before any of them is made; the decoder does the rest."""
    at, size = 0, len(data)
    for _ in range(MAX_ITEMS):
        if at >= size:
            return
        kind, short = data[at] >> 5, data[at] & 0x1F
        at += 1
        number = short
        if short >= _INLINE:
            width = 1 << (short - _INLINE)
            number = int.from_bytes(data[at : at + width], "big")
            at += width
        if kind in _STRINGS:
            at += number
    if at < size:
        raise NotCanonical(f"more than {MAX_ITEMS} values")


def _check(value: Any, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise NotCanonical("nested too deeply")
    if value is None or isinstance(value, bool | bytes | str):
        return
    if isinstance(value, int):
        if not -(2**64) <= value < 2**64:
            raise NotCanonical("a number of more than 64 bits")
        return
    if isinstance(value, list):
        for item in value:
            _check(item, depth + 1)
        return
    if isinstance(value, dict):
        for key, item in value.items():
            _check_key(key)
            _check(item, depth + 1)
        return
    raise NotCanonical(f"no canonical form for {type(value).__name__}")


def _check_key(key: Any) -> None:
    if isinstance(key, str):
        return
    if not isinstance(key, int) or isinstance(key, bool) or not -24 <= key < 24:
        raise NotCanonical("a key is neither text nor a number from -24 to 23")
