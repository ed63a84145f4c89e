"""Who was seen where, near to what: the database is asked for that alone, and each result says it."""

from datetime import UTC, datetime, timedelta

import pytest

from borderliaison.kernel.marking import Audience, Marking
from borderliaison.kernel.policy import Reader
from borderliaison.markings.services import intern
from borderliaison.records.models import Entity
from borderliaison.records.profiles.reading import profiles
from borderliaison.records.search.found.seen import Seen, seen, sightings
from borderliaison.records.search.found.told import MOST, Why, why_seen
from borderliaison.records.statements.drafted import Drafted, Origin, Said, key_of_entity
from borderliaison.records.statements.writing import write

pytestmark = pytest.mark.django_db
OURS, THEIRS = Reader("KG-BDB", "KG-BOR", "KG"), Reader("KG-DST", "KG-BOR", "KG")
BOTH = Marking(audience=Audience.of(("KG-BDB", "*"), ("KG-DST", "*")))
FOR_US = Marking(audience=Audience.of(("KG-BDB", "*")))
NEAR = Seen(points=2, near=frozenset({"Seizure"}), days=3)
MAY = datetime(2026, 5, 1, tzinfo=UTC)


def _happens(
    name: str, day: int, point: str, plate: str, kind: str = "Sighting", marking: Marking = BOTH
) -> int:
    """Let a lorry be seen in May at a crossing point; return its number."""
    source = key_of_entity("source", name)
    event, lorry = key_of_entity(source, "event"), key_of_entity(source, "lorry")
    at, there = (MAY + timedelta(days=day - 1)).date().isoformat(), key_of_entity("point", point)
    origin = Origin(source, "report", "KG-BDB", MAY, MAY, "KG", intern(marking).pk)
    what = (Said("name", name), Said("date", at), Said("crossing", there))
    how = (Said("registrationNumber", plate), Said("registeredIn", "kg"))
    write(origin, [
        Drafted(there, "CrossingPoint", (Said("code", point),)),
        Drafted(event, kind, what),
        Drafted(lorry, "Vehicle", how),
        Drafted(key_of_entity(source, "part"), "Involvement",
                (Said("entity", lorry), Said("event", event))),
    ])  # fmt: skip
    return int(Entity.objects.get(key=lorry).pk)


def _a_month() -> tuple[int, int]:
    """Return the numbers under which a lorry that was near two seizures is spoken of."""
    _happens("heroin", 20, "KG-BDB", "KG 09 9999 ZZ", "Seizure")
    _happens("gold", 2, "KG-BDB", "KG 09 8888 ZZ", "Seizure")
    _happens("late", 30, "KG-BDB", "KG 02 1111 AA")
    _happens("early", 13, "KG-DST", "KG 02 1111 AA")
    one = _happens("cash", 12, "KG-DST", "KG 01 7784 AD", "Seizure")
    return one, _happens("passed", 22, "KG-BDB", "KG 01 7784 AD")


@pytest.mark.parametrize(("spans", "events"), [(200, 5000), (0, 5000), (200, 0)])
def test_much_is_asked_of_the_database_in_few_spans_and_finds_the_same(
    spans: int, events: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("borderliaison.records.search.found.seen._SPANS", spans)
    monkeypatch.setattr("borderliaison.records.search.found.seen._EVENTS", events)
    both = _a_month()
    assert seen(OURS, NEAR, ["Vehicle"]) == set(both)
    assert len(seen(OURS, Seen(points=2), ["Vehicle"])) == 4


def test_a_sighting_names_its_nearest_event() -> None:
    both = _a_month()
    found = sightings(OURS, NEAR, both)
    assert [(one.at.day, (one.near.at - one.at).days) for one in found if one.at and one.near] == [
        (22, -2),
        (12, 0),
    ]
    assert {one.thing for one in found} == set(both)


def test_where_nothing_of_the_kind_happened_nobody_was_near() -> None:
    _happens("early", 13, "KG-DST", "KG 02 1111 AA")
    assert seen(OURS, NEAR, ["Vehicle"]) == set()


def test_nobody_was_seen_near_to_what_one_may_not_read() -> None:
    _happens("heroin", 20, "KG-BDB", "KG 09 9999 ZZ", "Seizure", FOR_US)
    lorry = _happens("passed", 22, "KG-BDB", "KG 01 7784 AD")
    once = Seen(near=frozenset({"Seizure"}))
    assert lorry in seen(OURS, once, ["Vehicle"])
    assert seen(THEIRS, once, ["Vehicle"]) == set()
    assert sightings(THEIRS, once, [lorry]) == []


def _why(reader: Reader, wanted: Seen, pk: int) -> Why:
    known = profiles(reader, [pk])
    return why_seen(reader, wanted, list(known.values()), "en")[known[pk].key]


def test_a_result_says_where_and_when_it_was_seen_and_near_to_what() -> None:
    why = _why(OURS, NEAR, _a_month()[0])
    assert [(one.at, one.near, one.near_at) for one in why.told] == [
        ("22 May 2026", "Seizure, heroin", "20 May 2026"),
        ("12 May 2026", "Seizure, cash", "12 May 2026"),
    ]
    assert (why.more, why.markings) == (0, {BOTH})


def test_a_result_never_names_an_event_that_its_reader_may_not_read() -> None:
    lorry = _a_month()[1]
    _happens("secret", 22, "KG-BDB", "KG 09 7777 ZZ", "Seizure", FOR_US)
    ours, theirs = (_why(reader, NEAR, lorry) for reader in (OURS, THEIRS))
    assert ours.told[0].near == "Seizure, secret"
    assert FOR_US in ours.markings
    assert [one.near for one in theirs.told] == ["Seizure, heroin", "Seizure, cash"]
    assert FOR_US not in theirs.markings


def test_of_many_sightings_each_crossing_point_is_told_and_the_rest_counted() -> None:
    for day in range(10, 10 + MOST + 1):
        _happens(f"day {day}", day, "KG-BDB", "KG 01 7784 AD")
    lorry = _happens("before", 2, "KG-DST", "KG 01 7784 AD")
    why = _why(OURS, Seen(points=2), lorry)
    assert (len(why.told), why.more) == (MOST, 2)
    assert (why.told[0].at, why.told[-1].at) == ("14 May 2026", "2 May 2026")
