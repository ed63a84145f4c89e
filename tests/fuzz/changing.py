"""Changing what a decoder accepts: octets of any kind, and the structure of CBOR, kept canonical.

Octets changed at random hardly ever come past the one form; a changed structure does.
"""

from collections.abc import Callable
from random import Random
from typing import Any

from borderliaison.kernel import canonical
from borderliaison.kernel.errors import LiaisonError

MOST: int = 1 << 16
_STRANGE: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2**31, 2**63 - 1, 2**64 - 1, -(2**64), 10**13),
    *("", "KG-BDB", "\x00", "\u202e", "я" * 300, "a" * 70_000, "v"),
    *(b"", bytes(16), bytes(32), b"\xff" * 70_000),
    *([], {}, [[[[]]]], {"v": 1}, [0] * 300),
)


def change(data: bytes, random: Random, *, as_text: bool) -> bytes:
    """Return other bytes, made from these.

    Args:
        data: what to begin from.
        random: where chance comes from.
        as_text: whether it is text; else it is taken for CBOR three times out of four.
    """
    if not as_text and random.random() < 0.75:
        try:
            return canonical.encode(_other(canonical.decode(data), random))
        except (LiaisonError, RecursionError):
            pass  # it is not CBOR, or nothing the one form has
    return _octets(data, random)


def _octets(data: bytes, random: Random) -> bytes:
    found = bytearray(data)
    for _ in range(random.randint(1, 4)):
        at, kind = random.randrange(len(found) + 1), random.randrange(5)
        if kind == 0 and at < len(found):
            found[at] = random.randrange(256)
        elif kind == 1 and at < len(found):
            found[at] ^= 1 << random.randrange(8)
        elif kind == 2:
            found[at:at] = random.randbytes(random.randint(1, 9))
        elif kind == 3:
            del found[at : at + random.randint(1, 40)]
        else:
            found[at:at] = found[at : at + random.randint(1, 200)]
    return bytes(found[:MOST])


def _other(value: Any, random: Random) -> Any:
    """Return a value with one place in it changed."""
    if isinstance(value, dict) and value and random.random() < 0.9:
        return _other_map(value, random)
    if isinstance(value, list | tuple) and value and random.random() < 0.9:
        return _other_list(list(value), random)
    if isinstance(value, bytes) and random.random() < 0.7:
        return _inside(value, random)
    if isinstance(value, int) and random.random() < 0.5:
        return value + random.choice((-1, 1, 2**32, -(2**40)))
    if isinstance(value, str) and value and random.random() < 0.5:
        at = random.randrange(len(value))
        return value[:at] + random.choice("\x00 -/\u202eяA9") + value[at + 1 :]
    return random.choice(_STRANGE)


def _other_map(value: dict[Any, Any], random: Random) -> dict[Any, Any]:
    found, name = dict(value), random.choice(list(value))
    ways: list[Callable[[], object]] = [
        lambda: found.update({name: _other(found[name], random)}),
        lambda: found.update({name: _other(found[name], random)}),
        lambda: found.pop(name),
        lambda: found.update({random.choice(("", "v", "x", 1, b"a")): random.choice(_STRANGE)}),
    ]
    random.choice(ways)()
    return found


def _other_list(found: list[Any], random: Random) -> list[Any]:
    at, kind = random.randrange(len(found)), random.randrange(5)
    if kind <= 1:
        found[at] = _other(found[at], random)
    elif kind == 2:
        del found[at]
    elif kind == 3:
        found.insert(at, found[random.randrange(len(found))])
    else:
        found.insert(at, random.choice(_STRANGE))
    return found


def _inside(value: bytes, random: Random) -> bytes:
    """Change what a byte string holds, as CBOR where it is CBOR."""
    try:
        return canonical.encode(_other(canonical.decode(value), random))
    except LiaisonError:
        return _octets(value, random)
