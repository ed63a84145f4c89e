"""The worker's sign of life: a file whose time changes while its loop and its ledgers' thread turn."""

import asyncio
from pathlib import Path
from typing import Final

from borderliaison.exchange.process.ledger_thread import LedgerThread

FILE_NAME: Final = "worker.beat"
EVERY_S: Final = 10.0


async def beat(path: Path, ledger: LedgerThread) -> None:
    """Touch the file every now and then, in the ledgers' thread: it does not while that thread hangs."""
    while True:
        await ledger.once(_touch, path)
        await asyncio.sleep(EVERY_S)


def _touch(path: Path) -> None:
    try:
        path.touch(mode=0o600)
    except OSError:
        return  # who has never heard a beat waits for none; a full disk does not end the worker


class Heartbeat:
    """Whether the file was touched since it was last asked; no clock is compared with another."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last = self._touched()

    async def __call__(self) -> bool:
        """Return whether the worker has beaten since."""
        before, self._last = self._last, self._touched()
        return self._last != before

    def _touched(self) -> int:
        try:
            return self._path.stat().st_mtime_ns
        except OSError:
            return 0
