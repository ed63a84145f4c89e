"""What is known of the link to one peer, for what works on it: its lanes, and who fetches files."""

from collections.abc import Iterable
from typing import Protocol

from borderliaison.exchange.core.entry import Lane
from borderliaison.exchange.core.sender import Window
from borderliaison.exchange.errors import CarrierError
from borderliaison.exchange.ports import Carrier
from borderliaison.exchange.process.ledger_thread import LedgerThread
from borderliaison.exchange.reconciliation.hearing import Heard
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.ids import OfficeCode


class Link(Protocol):
    """The link to one peer.

    Attributes:
        windows: of our streams to the peer, by stream.
        latency_s: how long the peer took to answer at last.
    """

    place: Workplace
    carrier: Carrier
    ledger: LedgerThread
    peer: OfficeCode
    windows: dict[int, Window]
    latency_s: float

    @property
    def is_sending(self) -> bool:
        """Whether a frame is on its way to the peer: files wait behind it."""

    async def urgent_is_idle(self) -> None:
        """Wait until nothing urgent is to be sent, or can be."""

    def heard(self, what: Iterable[Heard], by: Lane | None = None) -> None:
        """Move the windows of our streams by what the peer has said.

        Args:
            what: it has said.
            by: the lane that asked for it, and is awake.
        """

    async def failed(self, error: CarrierError) -> None:
        """Note that something could not be carried."""
