"""What is written in one commit follows from how long the last one took."""

import pytest

from borderliaison.records.models import Entity
from borderliaison.sql.pace import Pace

pytestmark = pytest.mark.django_db


def test_everything_comes_once_however_much_is_written_at_once() -> None:
    pace, sizes = Pace(30), []
    for some in pace.batches(iter(range(500))):
        with pace.commit():
            Entity.objects.bulk_create(Entity(key=f"{n:032}", schema="Person") for n in some)
        sizes.append(len(some))
    assert Entity.objects.count() == sum(sizes) == 500
    assert min(sizes[:-1]) >= 6


def _fail(pace: Pace) -> None:
    with pace.commit():
        Entity.objects.create(key="0" * 32, schema="Person")
        raise ZeroDivisionError


def test_nothing_is_learned_from_what_was_not_written() -> None:
    pace = Pace(30)
    with pytest.raises(ZeroDivisionError):
        _fail(pace)
    assert (pace.at_once, Entity.objects.count()) == (30, 0)
