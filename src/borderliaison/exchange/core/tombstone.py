"""The tombstone: a sender's signed word that a body was erased. It stands in a frame for the body.

Without it a carrier could leave a body out, and the letter would be taken for erased.
Source: protocol PR-1 section 6, PR-2 sections 9 and 12.
"""

from dataclasses import dataclass
from typing import Any, Final, Self

from borderliaison.exchange.core import fields
from borderliaison.exchange.core.errors import WrongOffice
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.kernel import canonical, cose
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import Signer

AAD: Final = b"BL1/tombstone"


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of an erased body.

    Attributes:
        office: who erased it, and signs.
        letter_id: of the letter that was inside.
        body_hash: SHA-256 of the body.
        when: milliseconds since 1970, UTC.
    """

    office: OfficeCode
    letter_id: bytes
    body_hash: bytes
    when: int

    def __post_init__(self) -> None:
        """Refuse whatever is not in its form."""
        fields.office(self.office)
        fields.letter_id(self.letter_id)
        fields.octets(self.body_hash, fields.HASH_BYTES)
        fields.uint(self.when)

    def to_data(self) -> dict[str, Any]:
        """Return plain data for canonical encoding."""
        return {
            "v": fields.VERSION,
            "office": self.office,
            "letter_id": self.letter_id,
            "hash": self.body_hash,
            "when": self.when,
        }

    @classmethod
    def from_data(cls, value: Any) -> Self:
        """Read what ``to_data`` wrote."""
        data = fields.exact_map(value, ("v", "office", "letter_id", "hash", "when"))
        fields.version(data["v"])
        return cls(data["office"], data["letter_id"], data["hash"], data["when"])


def sign_tombstone(tombstone: Tombstone, keys: OfficeKeys) -> bytes:
    """Sign a tombstone with the office's key."""
    return cose.sign1(keys.signing_key, canonical.encode(tombstone.to_data()), AAD)


def verify_tombstone(signed: bytes, public: Signer) -> Tombstone:
    """Return the tombstone that this office signed.

    Raises:
        MalformedData, BadSignature, WrongOffice: it is not that.
    """
    payload = public.verify(signed, AAD)
    tombstone = fields.read(payload, Tombstone.from_data, Tombstone.to_data)
    if tombstone.office != public.office:
        raise WrongOffice(f"signed by {public.office}, in the name of {tombstone.office}")
    return tombstone


def peek_tombstone(signed: bytes) -> Tombstone:
    """Return the tombstone inside, **unverified**."""
    return fields.read(cose.payload_of(signed), Tombstone.from_data, Tombstone.to_data)
