"""A frame that was made ready when it was sealed goes only if it is just what the peer lacks."""

from pathlib import Path

import pytest

from borderliaison.exchange.carriers.memory import MemoryHub
from borderliaison.exchange.core.sender import OutState, Window
from borderliaison.exchange.outgoing.lane import READY_FOR_S, is_next
from borderliaison.exchange.outgoing.sending import Outgoing
from borderliaison.exchange.workplace import Workplace
from tests.exchange.offices import DOSTUK, US, KnownOffices
from tests.exchange.scripted import ScriptedOffice
from tests.exchange.test_worker import all_delivered, post_some, work

READY = Outgoing(stream=1, first=4, last=5, data=b"", at=100.0)


@pytest.mark.parametrize(
    ("window", "goes"),
    [
        (Window(at=3, acknowledged=3), True),
        (None, False),
        (Window(at=2, acknowledged=2), False),
        (Window(at=4, acknowledged=4), False),
        (Window(at=5, acknowledged=5), False),
        (Window(OutState.IN_FLIGHT, 3, 3), False),
        (Window(OutState.FROZEN, 3, 3), False),
    ],
)
def test_it_goes_where_the_peer_lacks_neither_more_nor_less(
    window: Window | None, goes: bool
) -> None:
    assert is_next(READY, window, READY.at) is goes


def test_it_does_not_go_when_it_has_waited_and_the_directory_may_have_changed() -> None:
    window = Window(at=3, acknowledged=3)
    assert is_next(READY, window, READY.at + READY_FOR_S)
    assert not is_next(READY, window, READY.at + READY_FOR_S + 0.1)


@pytest.mark.django_db(transaction=True)
def test_what_is_posted_one_after_the_other_arrives_in_its_order(
    place: Workplace, directory: KnownOffices, tmp_path: Path
) -> None:
    office = ScriptedOffice(DOSTUK, place.public)
    directory.add(office.keys.public(DOSTUK))
    left = 5

    def done() -> bool:
        nonlocal left
        if left and all_delivered():
            left -= 1
            post_some(1)
        return not left and all_delivered()

    work(place, MemoryHub(), office, tmp_path / "w", done)
    (ledger,) = office.ledgers.values()
    assert [line.seq for line in ledger] == [1, 2, 3, 4, 5]
    assert next(iter(office.ledgers)).sender == US
