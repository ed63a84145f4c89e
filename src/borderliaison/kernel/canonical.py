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
_LEAVES = frozenset({str, bytes, bool, type(None)})


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
    value = decode_loosely(data)
    if encode(value) != data:
        raise NotCanonical("not in canonical form")
    return value


def decode_loosely(data: bytes) -> Any:
    """Decode plain data, in whatever form: for whoever encodes again what was read, and compares.

    Raises:
        NotCanonical: it is not CBOR, has something after its end, holds what has no canonical form, or
            more values than any message has.
    """
    _check_count(data)
    stream = BytesIO(data)
    try:
        value = cbor2.CBORDecoder(stream).decode()
        rest = stream.tell() != len(data)
        _check(value, 0)
    except NotCanonical:
        raise
    except Exception as error:  # the decoder documents no closed list of what hostile input raises
        raise NotCanonical("not CBOR") from error
    if rest:
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
    """Refuse what has no one form. It sees all that is read or written, and so looks at types alone."""
    kind = type(value)
    if kind is dict:
        for key in value:
            if type(key) is not str:
                _check_key(key)
        inside = value.values()
    elif kind is list:
        inside = value
    else:
        _check_leaf(value, depth)
        return
    if inside and depth == MAX_DEPTH:
        raise NotCanonical("nested too deeply")
    for item in inside:
        if type(item) not in _LEAVES:
            _check(item, depth + 1)


def _check_leaf(value: Any, depth: int) -> None:
    if value is None or isinstance(value, bool | bytes | str):
        return
    if isinstance(value, int):
        if not -(2**64) <= value < 2**64:
            raise NotCanonical("a number of more than 64 bits")
    elif isinstance(value, list):  # of a type that was made from ours
        _check(list(value), depth)
    elif isinstance(value, dict):
        _check(dict(value), depth)
    else:
        raise NotCanonical(f"no canonical form for {type(value).__name__}")


def _check_key(key: Any) -> None:
    if isinstance(key, str):
        return
    if not isinstance(key, int) or isinstance(key, bool) or not -24 <= key < 24:
        raise NotCanonical("a key is neither text nor a number from -24 to 23")
