"""An office at the other end of a memory hub that keeps PR-2 without a database."""

from dataclasses import dataclass, field

from borderliaison.exchange.core.ack import DeliveryAck, Heads, sign_ack, sign_heads
from borderliaison.exchange.core.chain import Line, Position
from borderliaison.exchange.core.entry import GENESIS, StreamId, entry_hash
from borderliaison.exchange.core.frame import Head, decode_frame, verify_frame
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.core.receiver import Act, InState, classify, decide
from borderliaison.exchange.ports import Answer, Channel
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import OfficePublic


@dataclass
class ScriptedOffice:
    """Takes frames of one other office."""

    office: OfficeCode
    other: OfficePublic
    keys: OfficeKeys = field(default_factory=OfficeKeys.generate)
    ledgers: dict[StreamId, list[Line]] = field(default_factory=dict)

    @property
    def held(self) -> int:
        return sum(map(len, self.ledgers.values()))

    async def receive(self, channel: Channel, data: bytes, answer: Answer) -> None:
        match channel:
            case Channel.PING:
                await answer(data)
            case Channel.HEADS:
                await answer(self.heads())
            case Channel.FRAME:
                await answer(self.take(data))

    def heads(self) -> bytes:
        heads = [Head(s, len(lines), lines[-1].hash) for s, lines in self.ledgers.items()]
        return sign_heads(Heads(self.office, self.other.office, 1, tuple(heads)), self.keys)

    def take(self, data: bytes) -> bytes:
        frame = decode_frame(data)
        head = verify_frame(frame, self.other)
        ledger = self.ledgers.get(head.stream, [])
        held = Position(len(ledger), ledger[-1].hash if ledger else GENESIS)
        known = {line.seq: line.hash for line in ledger}
        lines = [Line(one.seq, one.prev, entry_hash(one)) for one in frame.entries]
        arrival = classify(held, known, Position(head.seq, head.entry_hash), lines)
        verdict = decide(InState.OPEN, arrival, held, lines)
        assert Act.QUARANTINE not in verdict.acts
        if Act.ACKNOWLEDGE not in verdict.acts:
            return self.heads()
        ledger = self.ledgers.setdefault(head.stream, [])
        ledger += verdict.fresh
        last = DeliveryAck(head.stream, len(ledger), ledger[-1].hash)
        return sign_ack(last, self.keys)
