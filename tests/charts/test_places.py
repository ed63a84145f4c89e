"""A chart's map shows each reader where things were, by what he may know and nothing else."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from borderliaison.charts.network.places import places_of
from borderliaison.kernel.marking import Marking
from borderliaison.kernel.remembering import one_look
from borderliaison.offices.services import load_network
from borderliaison.records.statements.drafted import Drafted, Said, key_of_entity
from borderliaison.records.statements.writing import withdraw
from tests.accounts.people import officer, signed_in
from tests.charts.cast import looking
from tests.records.cast import ALL, BORDER, CUSTOMS, FOR_BORDER, drafted, key, say, source

pytestmark = pytest.mark.django_db
LORRY, DRIVER = key("lorry"), key("driver")
KNOWN = {
    LORRY: Drafted(LORRY, "Vehicle", (Said("registrationNumber", "01KG742ABC"),)),
    DRIVER: Drafted(DRIVER, "Person", (Said("name", "Azamat Tilekov"),)),
}


@pytest.fixture(autouse=True)
def directory() -> None:
    load_network()
    say("before", *KNOWN.values())


def point(code: str) -> Drafted:
    """Return a crossing point, as every report that names it does."""
    return Drafted(key_of_entity("CrossingPoint", code), "CrossingPoint", (Said("code", code),))


def seen(
    name: str, day: str, code: str, *who: str, schema: str = "Seizure", marking: Marking = ALL,
    **said: str,
) -> None:  # fmt: skip
    """Let a report tell of an event at a crossing point and of who was involved in it."""
    at = point(code)
    ties = (drafted(name, "Involvement", one, entity=one, event=key(name)) for one in who)
    event = drafted(name, schema, name=name, date=day, crossing=at.key, **said)
    say(name, at, event, *(KNOWN[one] for one in who), *ties, marking=marking)


def stays(reader: Any, of: str) -> list[tuple[str, str]]:
    """Return by what it is known where something was, and at which place."""
    return [(one["name"], one["place"]) for one in places_of(reader, [of], "en").get(of, [])]


def test_things_were_where_their_events_were_in_the_order_of_time() -> None:
    seen("later", "2026-05-15", "KG-DST", LORRY, DRIVER)
    seen("earlier", "2026-05-13", "KG-BDB", LORRY)
    seen("expected", "2026-05-14", "KG-KRM", LORRY, schema="Lookout")
    found = places_of(BORDER, [LORRY, DRIVER, key("later"), key("expected")], "en")
    assert [one["place"] for one in found[LORRY]] == ["Bor-Dobo", "Dostuk"]
    assert stays(BORDER, DRIVER) == [("later", "Dostuk")]
    first, last = found[LORRY]
    assert first["since"] < last["since"]
    assert (last["by"], last["sources"]) == (key("later"), 1)
    assert last["accuracy_km"] is not None
    (event,) = found[key("later")]
    assert (event["longitude"], event["latitude"]) == (last["longitude"], last["latitude"])
    assert event["by"] == point("KG-DST").key
    assert [one["place"] for one in found[key("expected")]] == ["Karamyk"]


def test_own_coordinates_come_first_and_are_as_exact_as_they_are_written() -> None:
    seen("seizure", "2026-05-15", "KG-DST", LORRY, latitude="40.5", longitude="72.75")
    (one,) = places_of(BORDER, [LORRY], "en")[LORRY]
    assert (one["longitude"], one["latitude"], one["place"]) == (72.75, 40.5, "Dostuk")
    assert one["accuracy_km"] == pytest.approx(0.556)
    (own,) = places_of(BORDER, [key("seizure")], "en")[key("seizure")]
    assert own["by"] == key("seizure")


def test_a_crossing_says_where_somebody_was_and_what_has_no_place_is_not_there() -> None:
    at = point("KG-DST")
    crossed = drafted("c", "Crossing", traveller=DRIVER, crossingPoint=at.key, date="2026-05-15")
    say("c", at, KNOWN[DRIVER], crossed)
    say("c again", at, KNOWN[DRIVER], Drafted(key("c again"), "Crossing", crossed.says))
    (one,) = places_of(BORDER, [DRIVER], "en")[DRIVER]
    assert (one["place"], one["by"], one["sources"]) == ("Dostuk", at.key, 2)
    assert set(places_of(BORDER, [DRIVER, LORRY, at.key], "en")) == {DRIVER, at.key}


def test_two_officers_see_what_each_may_know() -> None:
    seen("open", "2026-05-13", "KG-BDB", LORRY)
    seen("closed", "2026-05-15", "KG-DST", LORRY, marking=FOR_BORDER)
    assert stays(BORDER, LORRY) == [("open", "Bor-Dobo"), ("closed", "Dostuk")]
    assert stays(CUSTOMS, LORRY) == [("open", "Bor-Dobo")]
    assert places_of(CUSTOMS, [key("closed"), point("KG-DST").key], "en") == {}
    withdraw(source("closed"))
    assert stays(BORDER, LORRY) == [("open", "Bor-Dobo")]


def test_more_items_are_not_more_queries() -> None:
    for day in range(1, 9):
        seen(f"event {day}", f"2026-05-0{day}", "KG-DST", LORRY, DRIVER)
    asked = []
    for some in ([LORRY], [LORRY, DRIVER, *(key(f"event {day}") for day in range(1, 9))]):
        with one_look(), CaptureQueriesContext(connection) as queries:
            places_of(BORDER, some, "en")
        asked.append(len(queries))
    assert asked[1] <= asked[0] + 2


def test_the_page_asks_by_the_keys_of_items() -> None:
    seen("seizure", "2026-05-15", "KG-DST", LORRY)
    desk = looking(signed_in(officer()))
    asked = json.dumps({"keys": [LORRY, "0" * 32]})
    answer = desk.post("/charts/places/", asked, content_type="application/json")
    assert [one["place"] for one in answer.json()["places"][LORRY]] == ["Dostuk"]
    refused = desk.post("/charts/places/", '{"keys": 1}', content_type="application/json")
    assert refused.status_code == 409
