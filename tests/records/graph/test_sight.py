"""Whatever comes, changes, goes or is judged, the graph knows who is one as the records themselves do."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from borderliaison.kernel.policy import Reader
from borderliaison.markings.services import intern
from borderliaison.records.changes import note
from borderliaison.records.graph.beforehand import load_beforehand
from borderliaison.records.graph.network import network
from borderliaison.records.graph.sameness import read
from borderliaison.records.graph.store import current, forget
from borderliaison.records.models import Entity, Judgement
from borderliaison.records.resolution.canonical import members
from borderliaison.records.statements.writing import withdraw
from tests.records import cast
from tests.records.cast import ALL, BORDER, CUSTOMS, FOR_BORDER, source
from tests.records.graph.cast import uses

pytestmark = pytest.mark.django_db
PLATES = ("01KG742ABC", "02KG111ABC", "03KG222ABC")


def _judge(number: int, verdict: str, one: int, other: int) -> None:
    Judgement.objects.create(
        key=f"{number:032x}", one_id=one, other_id=other, verdict=verdict, reason="as told",
        officer="KG-BDB-07", at=cast.AT, marking=intern(ALL),
    )  # fmt: skip
    note()


def _agrees(reader: Reader) -> None:
    there = members(reader, list(Entity.objects.values_list("pk", flat=True)))
    here = network(reader)
    assert here.nodes(there) == {pk: group[0] for pk, group in there.items()}
    assert {pk: set(group) for pk, group in here.sight.sameness.items()} == {
        pk: set(group) for pk, group in read(reader).items()
    }
    assert all(there[pk][0] == pk for pk in here.expand(list(there), depth=2).nodes)


@pytest.mark.parametrize("seed", range(4))
def test_sight_follows_whatever_happens(seed: int) -> None:
    drawn = random.Random(seed)  # noqa: S311 - drawn alike each time
    names = [f"source {number}" for number in range(8)]
    for number in range(len(names)):
        uses(
            drawn.choice(names[: number + 1]),
            "Bek",
            drawn.choice(PLATES),
            marking=drawn.choice([ALL, FOR_BORDER]),
        )
        people = list(Entity.objects.filter(schema="Person").values_list("pk", flat=True))
        if drawn.random() < 0.4 and len(people) > 1:
            _judge(number, drawn.choice(["same", "different"]), *drawn.sample(people, 2))
        if drawn.random() < 0.2:
            withdraw(source(drawn.choice(names)))
        _agrees(drawn.choice([BORDER, CUSTOMS]))


@pytest.mark.django_db(transaction=True)
def test_what_was_read_beforehand_is_there_when_it_is_asked_for() -> None:
    uses("a", "Bek", "01KG742ABC")
    forget()
    load_beforehand().join()
    with CaptureQueriesContext(connection) as asked:
        assert len(current().whole) > 0
    assert not [one for one in asked if "records_link" in one["sql"]]
