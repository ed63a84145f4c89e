"""Every test of the interface has the network, and tokens that may call often."""

from collections.abc import Iterator

import pytest

from borderliaison.accounts.models import Account
from borderliaison.api import calls, limits
from borderliaison.markings.services import forget
from tests.correspondence.cast import head, liaison, network


@pytest.fixture(autouse=True)
def _fresh(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    network()
    forget()
    monkeypatch.setattr(calls, "BUCKETS", limits.Buckets(burst=100_000))
    yield
    forget()


@pytest.fixture
def officer() -> Account:
    return liaison()


@pytest.fixture
def second() -> Account:
    return head()
