"""This office at work, and a peer that is listed in the directory."""

from pathlib import Path

import pytest

from borderliaison.exchange.core.keyring import Keyring
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.recovery.high_water import HighWater
from borderliaison.exchange.registry import ReceivedLetter, Registry
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.clock import FixedClock
from borderliaison.kernel.keys import SealSuite
from tests.exchange.offices import DOSTUK, US, KnownOffices, Peer


@pytest.fixture(scope="session")
def our_keys() -> OfficeKeys:
    return OfficeKeys.generate(SealSuite.X25519)


@pytest.fixture
def applied() -> list[ReceivedLetter]:
    """What the handler of ``probe`` letters has been given."""
    return []


@pytest.fixture
def place(our_keys: OfficeKeys, applied: list[ReceivedLetter], tmp_path: Path) -> Workplace:
    registry = Registry()
    directory = KnownOffices()
    directory.add(our_keys.public(US))
    registry.use_directory(directory)
    registry.add_handler("probe", applied.append)
    marks = HighWater(tmp_path / "state", US)
    marks.begin(())
    return Workplace(US, Keyring(US, [our_keys]), registry, marks, FixedClock())


@pytest.fixture
def directory(place: Workplace) -> KnownOffices:
    assert isinstance(place.directory, KnownOffices)
    return place.directory


@pytest.fixture
def dostuk(place: Workplace, directory: KnownOffices) -> Peer:
    peer = Peer(DOSTUK, place.public)
    directory.add(peer.public)
    return peer
