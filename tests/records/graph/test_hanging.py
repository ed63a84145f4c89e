"""What several sources say in part falls into what hangs together, for each reader by itself."""

from datetime import UTC, datetime

import pytest

from borderliaison.records.graph.network import network
from borderliaison.records.graph.which import HUBS, Which
from borderliaison.records.statements.drafted import Drafted, Said, key_of_entity
from tests.records.cast import ALL, BORDER, CUSTOMS, FOR_BORDER, drafted, pk, say
from tests.records.graph.cast import uses

pytestmark = pytest.mark.django_db


def test_what_a_number_joins_hangs_together_and_what_one_source_says_is_no_group() -> None:
    bek, lorry = uses("a", "Bek", "01KG742ABC")
    askar, _ = uses("b", "Askar", "01KG742ABC")
    uses("c", "Cholpon", "05KG555XYZ")
    found = network(BORDER).hanging()
    assert found.total == 1
    (one,) = found.some
    assert one.nodes[0] in {lorry, pk("b", "lorry 01KG742ABC")}
    assert set(one.nodes[1:]) == {bek, askar}
    assert (one.kinds, one.sources) == ({"Person": 2, "Vehicle": 1}, 2)


def test_the_parts_with_the_most_sources_come_first_and_the_rest_is_counted() -> None:
    for name in "abc":
        uses(name, f"North {name}", "01KG742ABC")
    for name in "de":
        uses(name, f"South {name}", "05KG555XYZ")
    found = network(BORDER).hanging(parts=1, nodes=2)
    assert [(one.sources, len(one.nodes), sum(one.kinds.values())) for one in found.some] == [
        (3, 2, 4)
    ]
    assert found.total == 2


def test_nobody_is_joined_by_what_he_may_not_read() -> None:
    uses("a", "Bek", "01KG742ABC", marking=FOR_BORDER)
    uses("b", "Askar", "01KG742ABC")
    assert network(BORDER).hanging().total == 1
    assert network(CUSTOMS).hanging().total == 0


def _sighting(name: str, plate: str, day: str) -> None:
    where = Drafted(key_of_entity("crossing", "KG-BDB"), "CrossingPoint", (Said("code", "KG-BDB"),))
    lorry = drafted(name, "Vehicle", "lorry", registrationNumber=plate, registeredIn="kg")
    event = drafted(name, "Sighting", "event", date=day, crossing=where.key)
    part = drafted(name, "Involvement", "part", entity=lorry.key, event=event.key)
    say(name, where, lorry, event, part, marking=ALL)


def test_no_way_leads_through_crossing_points_and_earlier_events_do_not_count() -> None:
    for name, plate, day in (
        ("a", "01KG742ABC", "2026-05-01"),
        ("b", "01KG742ABC", "2026-09-01"),
        ("c", "05KG555XYZ", "2026-09-02"),
        ("d", "05KG555XYZ", "2026-09-03"),
    ):
        _sighting(name, plate, day)
    past_hubs = Which(but_not=HUBS)
    assert network(BORDER).hanging().total == 1
    assert network(BORDER).hanging(past_hubs).total == 2
    later = network(BORDER).hanging(past_hubs, since=datetime(2026, 8, 1, tzinfo=UTC))
    assert [one.kinds for one in later.some] == [{"Sighting": 2, "Vehicle": 1}]


def test_a_network_without_records_has_no_parts() -> None:
    assert network(BORDER).hanging().total == 0
