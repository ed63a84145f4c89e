"""The one thread in which the worker touches the database, so that the event loop never waits for it.

Each piece of work is one look at the network: what the directory answers once, it answers throughout.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec, TypeVar

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from borderliaison.exchange.errors import LedgerAway, LedgerFault
from borderliaison.kernel.remembering import one_look

log = structlog.get_logger(__name__)
AGAIN_S: Final = 1.0
_P = ParamSpec("_P")
_T = TypeVar("_T")


class LedgerThread:
    """Runs what reads and writes the ledgers, one thing after the other."""

    def __init__(self) -> None:
        """Begin; the thread opens its connection when it is first used."""
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="ledger")

    async def once(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Do something in the thread.

        Raises:
            LedgerAway: the database failed; its transaction was rolled back.
            LedgerFault: the database refused it, and would refuse it again; it was rolled back, too.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, lambda: _guarded(work, *args, **kwargs))

    async def insist(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Do something in the thread, again and again until the database is there.

        Raises:
            LedgerFault: the database refused it; to ask at once again would not help.
        """
        while True:
            try:
                return await self.once(work, *args, **kwargs)
            except LedgerAway:
                log.warning("exchange.ledger_away")
                await asyncio.sleep(AGAIN_S)

    async def close(self) -> None:
        """End the thread, after what it is doing."""
        await self.once(_close)
        self._executor.shutdown(wait=True)


def _close() -> None:
    connection.close()  # looked up in the thread whose connection it is


def _guarded(work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    try:
        with one_look():
            return work(*args, **kwargs)
    except (OperationalError, InterfaceError) as error:
        connection.close()
        raise LedgerAway(type(error).__name__) from error
    except DatabaseError as error:
        raise LedgerFault(type(error).__name__) from error
