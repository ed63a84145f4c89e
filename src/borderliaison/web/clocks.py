"""How far this machine's clock is from the clocks of the other offices.

Every peer signs the time into the heads that it sends. One peer whose clock is wrong must not make ours
look wrong: the middle of all that are linked now is what counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Final

from borderliaison.exchange.progress import Link, LinkState

FAR_MS: Final = 10_000
"""From here on the clock needs a look: one-time codes stop working at half a minute."""


@dataclass(frozen=True, slots=True)
class ClockOffset:
    """How far ahead the others' clocks are: negative where ours runs ahead of them.

    Attributes:
        ahead_ms: the middle of what the peers say.
        peers: how many were asked.
    """

    ahead_ms: float
    peers: int

    @property
    def is_far(self) -> bool:
        """Whether somebody should look at the clock."""
        return abs(self.ahead_ms) > FAR_MS


def clock_offset(links: Iterable[Link]) -> ClockOffset | None:
    """Return it; None where no peer that is linked now has told the time."""
    told = [
        link.clock_ahead_ms
        for link in links
        if link.clock_ahead_ms is not None and link.state is not LinkState.DOWN
    ]
    return ClockOffset(median(told), len(told)) if told else None
