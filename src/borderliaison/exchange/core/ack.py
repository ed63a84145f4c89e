"""Acknowledgements and heads: what a receiver says it holds.

Idempotent, unsequenced, never themselves acknowledged.

Source: protocol PR-1 section 7, PR-2 sections 8 and 9.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Final, Self

from borderliaison.exchange.core import fields
from borderliaison.exchange.core.entry import GENESIS, StreamId
from borderliaison.exchange.core.errors import MalformedWire
from borderliaison.exchange.core.frame import Head
from borderliaison.exchange.core.saying import Saying
from borderliaison.kernel.ids import OfficeCode

AAD_ACK: Final = b"BL1/ack"
AAD_HEADS: Final = b"BL1/heads"
MAX_REFUSED: Final = 1024
MAX_HEADS: Final = 1024
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,47}")


@dataclass(frozen=True, slots=True)
class DeliveryAck:
    """The recipient holds everything of a stream up to ``seq``.

    Attributes:
        stream: which stream.
        seq: of the last entry committed, from 1.
        entry_hash: of that entry.
        refused: by seq, the code of every entry that is held but refused, among those not yet known
            to be known to the sender.
    """

    stream: StreamId
    seq: int
    entry_hash: bytes
    refused: Mapping[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse whatever is not in its form."""
        fields.uint(self.seq, least=1)
        fields.octets(self.entry_hash, fields.HASH_BYTES)
        if len(self.refused) > MAX_REFUSED:
            raise MalformedWire(f"{len(self.refused)} refused entries of {MAX_REFUSED}")
        for seq, code in self.refused.items():
            if fields.uint(seq, least=1) > self.seq:
                raise MalformedWire("refuses what it does not hold")
            fields.name(code, _CODE)

    def to_data(self) -> dict[str, Any]:
        """Return plain data for canonical encoding."""
        return {
            "v": fields.VERSION,
            "stream": self.stream.to_data(),
            "seq": self.seq,
            "entry_hash": self.entry_hash,
            "refused": [[seq, self.refused[seq]] for seq in sorted(self.refused)],
        }

    @classmethod
    def from_data(cls, value: Any) -> Self:
        """Read what ``to_data`` wrote."""
        data = fields.exact_map(value, ("v", "stream", "seq", "entry_hash", "refused"))
        fields.version(data["v"])
        pairs = [fields.exact_list(one, 2) for one in fields.exact_list(data["refused"])]
        refused = {fields.uint(seq): code for seq, code in pairs}
        stream = StreamId.from_data(data["stream"])
        return cls(stream, data["seq"], data["entry_hash"], refused)


@dataclass(frozen=True, slots=True)
class Heads:
    """What one office holds of the streams between it and a peer, in both directions.

    Attributes:
        holder: whose heads they are.
        peer: for whom they are meant.
        at: when they were true, milliseconds since 1970, UTC.
        heads: kept sorted by stream, one each; ``seq`` 0 with ``GENESIS`` where nothing is held.
    """

    holder: OfficeCode
    peer: OfficeCode
    at: int
    heads: tuple[Head, ...]

    def __post_init__(self) -> None:
        """Sort the heads, and refuse whatever is not in its form."""
        object.__setattr__(self, "heads", tuple(sorted(self.heads, key=lambda one: one.stream)))
        fields.office(self.holder)
        fields.office(self.peer)
        fields.uint(self.at)
        if len(self.heads) > MAX_HEADS:
            raise MalformedWire(f"{len(self.heads)} heads of {MAX_HEADS}")
        if len({head.stream for head in self.heads}) != len(self.heads):
            raise MalformedWire("two heads of one stream")
        for head in self.heads:
            if {head.stream.sender, head.stream.recipient} != {self.holder, self.peer}:
                raise MalformedWire("a stream of other offices")
            if head.seq == 0 and head.entry_hash != GENESIS:
                raise MalformedWire("holds nothing, and names an entry")

    def to_data(self) -> dict[str, Any]:
        """Return plain data for canonical encoding."""
        return {
            "v": fields.VERSION,
            "holder": self.holder,
            "peer": self.peer,
            "at": self.at,
            "heads": [head.to_data() for head in self.heads],
        }

    @classmethod
    def from_data(cls, value: Any) -> Self:
        """Read what ``to_data`` wrote."""
        data = fields.exact_map(value, ("v", "holder", "peer", "at", "heads"))
        fields.version(data["v"])
        heads = tuple(Head.from_data(one) for one in fields.exact_list(data["heads"]))
        return cls(data["holder"], data["peer"], data["at"], heads)


_ACK: Final = Saying(
    AAD_ACK, DeliveryAck.from_data, DeliveryAck.to_data, attrgetter("stream.recipient")
)
sign_ack, verify_ack = _ACK.sign, _ACK.verify
_HEADS: Final = Saying(AAD_HEADS, Heads.from_data, Heads.to_data, attrgetter("holder"))
sign_heads, verify_heads = _HEADS.sign, _HEADS.verify
