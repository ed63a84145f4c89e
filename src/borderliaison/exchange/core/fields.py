"""Strict reading of fields out of decoded CBOR. A boolean is never taken for a number."""

import re
from collections.abc import Callable
from typing import Any, Final, TypeVar

from borderliaison.exchange.core.errors import MalformedWire, UnsupportedVersion
from borderliaison.kernel import canonical
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import ID_BYTES, OfficeCode
from borderliaison.kernel.realm import Realm

VERSION: Final = 1
"""The version of PR-1 that this code writes and reads."""
HASH_BYTES: Final = 32
MAX_UINT: Final = 2**53 - 1
"""The largest number used, so that every language reads it exactly."""

_OFFICE = re.compile(r"[A-Z]{2}-[A-Z0-9]{2,7}")
_T = TypeVar("_T")


def exact_map(value: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """Return ``value`` if it is a map of exactly these text keys."""
    if not isinstance(value, dict) or set(value) != set(names):
        raise MalformedWire(f"expected a map of {', '.join(names)}")
    return value


def exact_list(value: Any, length: int | None = None) -> list[Any]:
    """Return ``value`` if it is an array, of ``length`` items where that is given."""
    if not isinstance(value, list) or (length is not None and len(value) != length):
        raise MalformedWire("expected an array" + (f" of {length}" if length is not None else ""))
    return value


def octets(value: Any, length: int | None = None) -> bytes:
    """Return ``value`` if it is a byte string, of ``length`` bytes where that is given."""
    if not isinstance(value, bytes) or (length is not None and len(value) != length):
        raise MalformedWire(
            "expected bytes" + (f", {length} of them" if length is not None else "")
        )
    return value


def uint(value: Any, least: int = 0) -> int:
    """Return ``value`` if it is a whole number from ``least`` to 2**53 - 1."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= MAX_UINT:
        raise MalformedWire(f"expected a whole number from {least}")
    return value


def text(value: Any, longest: int) -> str:
    """Return ``value`` if it is text of at most ``longest`` characters."""
    if not isinstance(value, str) or len(value) > longest:
        raise MalformedWire(f"expected text of at most {longest} characters")
    return value


def name(value: Any, pattern: re.Pattern[str]) -> str:
    """Return ``value`` if it is text that the whole pattern matches."""
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise MalformedWire("a name is not in its form")
    return value


def office(value: Any) -> OfficeCode:
    """Return ``value`` if it is an office's code: ``KG-BDB``."""
    return OfficeCode(name(value, _OFFICE))


def letter_id(value: Any) -> bytes:
    """Return ``value`` if it is 16 bytes."""
    return octets(value, ID_BYTES)


def realm(value: Any) -> str:
    """Return ``value`` if it is ``live`` or ``exercise:NAME``."""
    shown = text(value, 64)
    Realm.parse(shown)
    return shown


def version(value: Any) -> int:
    """Return ``value`` if it is the version that this code reads.

    Raises:
        UnsupportedVersion: it is another.
    """
    if uint(value) != VERSION:
        raise UnsupportedVersion(f"version {value}")
    return VERSION


def read(data: bytes, parse: Callable[[Any], _T], shape: Callable[[_T], Any]) -> _T:
    """Decode canonical CBOR, parse it, and require that it is what we would write ourselves.

    Raises:
        WireError, MalformedData: it is anything else.
    """
    return read_encoded(data, parse, lambda value: canonical.encode(shape(value)))


def read_encoded(data: bytes, parse: Callable[[Any], _T], encode: Callable[[_T], bytes]) -> _T:
    """Do the same with what keeps its own encoding.

    What comes out as it came in was in its one form; only what does not is decoded strictly, to say why.

    Raises:
        WireError, MalformedData: it is anything else.
    """
    try:
        value = parse(canonical.decode_loosely(data))
        same = encode(value) == data
    except LiaisonError:
        canonical.decode(data)
        raise
    if not same:
        canonical.decode(data)
        raise MalformedWire("not in its one form")
    return value
