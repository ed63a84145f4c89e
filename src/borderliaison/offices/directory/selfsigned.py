"""A file signed with the key it speaks of: proof of possession, and nothing else. Pure."""

from collections.abc import Callable
from typing import Any, TypeVar

from borderliaison.kernel import canonical
from borderliaison.kernel.cose import verify1
from borderliaison.kernel.errors import MalformedData

T = TypeVar("T")


def open_self_signed(data: bytes, aad: bytes, parse: Callable[[Any], tuple[T, bytes]]) -> T:
    """Return what a self-signed file says, once its signature is verified.

    Args:
        data: the COSE_Sign1.
        aad: its external additional data.
        parse: reads the decoded content; returns what it says and the raw key that it speaks of.

    Raises:
        MalformedData: it is not in its form, or ``parse`` says so.
        BadSignature: whoever made it does not hold the key.
    """
    match canonical.decode(data):
        case [_, _, bytes(payload), _]:
            said, key = parse(canonical.decode(payload))
        case _:
            raise MalformedData("not a COSE_Sign1")
    verify1(key, data, aad)
    return said
