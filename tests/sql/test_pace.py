"""What is written in one commit follows from how long the last one took."""

import time
from itertools import count

import pytest

from borderliaison.records.models import Entity
from borderliaison.sql.pace import Pace

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("takes_s", "sizes"),
    [
        (0.05, [30, 30, 30, 30, 30, 30, 20]),
        (0.01, [30, 60, 110]),
        (0.1, [30, 15, 7] + [6] * 24 + [4]),
    ],
)
def test_everything_comes_once_and_as_much_at_once_as_a_commit_bears(
    takes_s: float, sizes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = count()
    monkeypatch.setattr(time, "perf_counter", lambda: next(clock) * takes_s)
    pace, found = Pace(30), []
    for some in pace.batches(iter(range(200))):
        with pace.commit():
            Entity.objects.bulk_create(Entity(key=f"{n:032}", schema="Person") for n in some)
        found.append(len(some))
    monkeypatch.undo()
    assert found == sizes
    assert Entity.objects.count() == sum(found) == 200


def _fail(pace: Pace) -> None:
    with pace.commit():
        Entity.objects.create(key="0" * 32, schema="Person")
        raise ZeroDivisionError


def test_nothing_is_learned_from_what_was_not_written() -> None:
    pace = Pace(30)
    with pytest.raises(ZeroDivisionError):
        _fail(pace)
    assert (pace.at_once, Entity.objects.count()) == (30, 0)
