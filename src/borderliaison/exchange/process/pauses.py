"""Waiting with an end, and how long to wait before the next attempt."""

import asyncio
from contextlib import suppress
from random import SystemRandom
from typing import Final

LONGEST_S: Final = 30.0
_random = SystemRandom()


def back_off_s(failures: int) -> float:
    """Return how long to wait after so many failures in a row: 1, 2, 4 … 30 s, a quarter more or less."""
    full = min(LONGEST_S, 2.0 ** min(failures - 1, 5))
    return round(full * _random.uniform(0.75, 1.25), 2)


async def wait_for(event: asyncio.Event, timeout_s: float) -> bool:
    """Wait until an event is set, or for so long; return whether it was set, and clear it."""
    with suppress(TimeoutError):
        async with asyncio.timeout(timeout_s):
            await event.wait()
    was_set = event.is_set()
    event.clear()
    return was_set
