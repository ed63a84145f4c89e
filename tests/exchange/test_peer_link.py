"""The link to one peer: where its streams go on after a restart."""

from borderliaison.exchange.carriers.memory import MemoryCarrier, MemoryHub
from borderliaison.exchange.core.entry import Lane
from borderliaison.exchange.core.sender import Signal
from borderliaison.exchange.process.ledger_thread import LedgerThread
from borderliaison.exchange.process.peer_link import PeerLink
from borderliaison.exchange.reconciliation.hearing import Heard
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.ids import OfficeCode


def test_what_the_peer_has_is_not_sent_again_after_a_silence(place: Workplace) -> None:
    link = PeerLink(place, MemoryCarrier(MemoryHub()), LedgerThread(), OfficeCode("KG-DST"))
    link.heard([Heard(1, Lane.ROUTINE, Signal.HAS_N, 500)])
    link.heard([Heard(1, Lane.ROUTINE, Signal.SILENCE, 0)])
    assert link.windows[1].at == 500
