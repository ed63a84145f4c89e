"""Events are counted once a minute, and what comes since is counted on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.correspondence.people import Acting, author_of
from borderliaison.kernel.ids import OfficeCode
from borderliaison.markings.services import forget
from borderliaison.web.board import kept as keeping
from borderliaison.web.board import tally as counting
from borderliaison.web.board.filters import Filters, Whose
from borderliaison.web.board.happenings import View
from borderliaison.web.board.tally import Pressing, left_out, tally_of
from tests.accounts.people import officer
from tests.correspondence.cast import network
from tests.correspondence.letters import report

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 5, 14, 12, 30, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _network() -> Iterator[None]:
    network()
    forget()
    keeping._kept.clear()
    yield
    keeping._kept.clear()
    forget()


def view() -> View:
    account = officer()
    offices = frozenset({OfficeCode(account.office)})
    return View(Acting(account.reader(), author_of(account)), Filters(24), offices, NOW)


def came(hours_ago: float, **changes: object) -> None:
    receive_item(report("request", received_at=NOW - timedelta(hours=hours_ago), **changes))


@pytest.mark.parametrize("overlap", [0, 64])
def test_what_comes_is_counted_in_its_hour_beside_what_was_counted(
    overlap: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "_OVERLAP", overlap)
    seen = view()
    for hours_ago in (0.1, 1, 30):
        came(hours_ago)
        found = tally_of(seen)
    assert (found.total, dict(found.by_office)) == (2, {"KG-DST": 2})
    assert sum(found.by_hour.values()) == 3
    assert found.of_hour(NOW.replace(minute=0, second=0))[Pressing.ASKING] == 1
    assert found.end - found.begin == timedelta(hours=72)


def test_what_a_level_leaves_out_is_what_all_of_it_has_more() -> None:
    seen = view()
    came(1)
    assert left_out(seen) == 0
    assert left_out(replace(seen, filters=replace(seen.filters, whose=Whose.LEVEL))) == 1
