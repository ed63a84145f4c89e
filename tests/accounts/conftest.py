"""Every test here begins without counted attempts, and hashes passwords cheaply."""

import pytest
from django.core.cache import cache

from borderliaison.accounts.passwords import OfficeArgon2


@pytest.fixture(autouse=True)
def _no_attempts_yet(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        cache.clear()


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OfficeArgon2, "time_cost", 1)
    monkeypatch.setattr(OfficeArgon2, "memory_cost", 1024)
