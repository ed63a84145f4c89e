"""Telling the own country's holders of an item what recipients abroad did with it.

A letter abroad is its own letter: its receipts reach only its issuer. The issuer tells the offices of
its own country that hold the same item, so that a centre sees each step as it happens.
"""

from borderliaison.correspondence.models import Item
from borderliaison.correspondence.payloads import MOVE, PROGRESS, MovePayload, StepPayload
from borderliaison.exchange.core.entry import Lane
from borderliaison.exchange.core.letter import LetterKind, Ref
from borderliaison.exchange.drafts import LetterDraft
from borderliaison.exchange.services import post, takes_part
from borderliaison.kernel.ids import OfficeCode, OfficerId


def relay(item: Item, said: StepPayload | MovePayload) -> None:
    """Send what was done in another country to the own country's holders of the item."""
    if said.office[:2] == item.office[:2]:
        return
    told = tuple(
        OfficeCode(line.office)
        for line in sorted(item.marking.value.audience.lines)
        if line.office[:2] == item.office[:2]
        and line.office != item.office
        and takes_part(item.marking.value.realm, OfficeCode(line.office))
    )
    if not told:
        return
    post(
        LetterDraft(
            kind=LetterKind.RECEIPT,
            to=tuple(dict.fromkeys(told)),
            marking=item.marking.value,
            payload_type=MOVE if isinstance(said, MovePayload) else PROGRESS,
            payload=said.encode(),
            authorised_by=OfficerId(""),
            refs=(Ref("thread", bytes.fromhex(item.thread.key)),),
            lane=Lane.URGENT if item.urgent else Lane.ROUTINE,
        )
    )
