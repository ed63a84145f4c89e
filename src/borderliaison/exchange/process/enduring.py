"""Work that goes on for ever: what the database refuses delays it and never ends it."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from borderliaison.exchange.errors import LedgerFault
from borderliaison.exchange.process.pauses import back_off_s

log = structlog.get_logger(__name__)


async def endure(turn: Callable[[], Awaitable[None]], work: str, peer: str = "") -> None:
    """Take one turn after another for ever, and wait longer after each that the database refused.

    Args:
        turn: does some of the work, and waits where there is none.
        work: what it is, for the log.
        peer: with which office, where it is with one.
    """
    failures = 0
    while True:
        try:
            await turn()
            failures = 0
        except LedgerFault as fault:
            failures += 1
            retry_s = back_off_s(failures)
            cause = fault.__cause__ or fault
            log.exception(
                "exchange.ledger_fault", work=work, peer=peer, retry_s=retry_s, exc_info=cause
            )
            await asyncio.sleep(retry_s)
