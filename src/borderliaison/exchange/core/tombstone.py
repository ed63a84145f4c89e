"""The tombstone: a sender's signed word that a body was erased. It stands in a frame for the body.

Without it a carrier could leave a body out, and the letter would be taken for erased.
Source: protocol PR-1 section 6, PR-2 sections 9 and 12.
"""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final, Self

from borderliaison.exchange.core import fields
from borderliaison.exchange.core.saying import Saying
from borderliaison.kernel.ids import OfficeCode

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


_SAYING: Final = Saying(AAD, Tombstone.from_data, Tombstone.to_data, attrgetter("office"))
sign_tombstone, verify_tombstone = _SAYING.sign, _SAYING.verify
peek_tombstone = _SAYING.peek
