"""What an office says under its signature: signed, read again strictly, and never in another's name.

An acknowledgement, heads, a request, a tombstone: each has a context of its own, so that none is taken for
another. Source: protocol PR-1 section 1.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from borderliaison.exchange.core import fields
from borderliaison.exchange.core.errors import MalformedWire, WrongOffice
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.core.outline import MAX_SIGNED_BYTES
from borderliaison.kernel import canonical, cose
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import Signer

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Saying(Generic[_T]):
    """One kind of signed statement.

    Attributes:
        aad: its context.
        parse: reads plain data.
        shape: returns plain data.
        speaker: returns the office in whose name it is said.
    """

    aad: bytes
    parse: Callable[[Any], _T]
    shape: Callable[[_T], Any]
    speaker: Callable[[_T], OfficeCode]

    def sign(self, said: _T, keys: OfficeKeys) -> bytes:
        """Sign a statement with its office's key."""
        return cose.sign1(keys.signing_key, canonical.encode(self.shape(said)), self.aad)

    def verify(self, signed: bytes, public: Signer) -> _T:
        """Return the statement that this office signed.

        Raises:
            MalformedData, BadSignature, UnsupportedVersion: it is not that.
            WrongOffice: it speaks for another office.
        """
        said = fields.read(public.verify(signed, self.aad), self.parse, self.shape)
        if self.speaker(said) != public.office:
            raise WrongOffice(f"signed by {public.office}, for {self.speaker(said)}")
        return said

    def peek(self, signed: bytes) -> _T:
        """Return the statement inside, **unverified**: to find the key to verify it with.

        Raises:
            WireError, MalformedData: it is none.
        """
        if len(signed) > MAX_SIGNED_BYTES:
            raise MalformedWire(f"{len(signed)} bytes of {MAX_SIGNED_BYTES}")
        return fields.read(cose.payload_of(signed), self.parse, self.shape)
