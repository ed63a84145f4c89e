"""A profile is what one reader may know of an entity, and nothing betrays that there is more."""

from datetime import UTC, datetime, timedelta

import pytest

from borderliaison.kernel.marking import Audience, Grading, Marking
from borderliaison.kernel.policy import Reader
from borderliaison.markings.services import intern
from borderliaison.records.models import Entity
from borderliaison.records.profiles.profile import most_specific
from borderliaison.records.profiles.reading import profiles
from borderliaison.records.statements.drafted import Drafted, Origin, Said, key_of_entity
from borderliaison.records.statements.writing import write

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 12, 3, 30, tzinfo=UTC)
BOTH = Marking(
    audience=Audience.of(("KG-BDB", "*"), ("KG-DST", "*")), grading=Grading("4x4", "1", "B2")
)
THEIRS = Marking(audience=Audience.of(("KG-DST", "*")))
BORDER = Reader("KG-BDB", "KG-BOR", "KG")
THERE = Reader("KG-DST", "KG-BOR", "KG")
A, B = "a" * 32, "b" * 32
BEK = key_of_entity(A, "person")
DOSTUK = key_of_entity("CrossingPoint", "KG-DST")


def _origin(key: str = A, value: Marking = BOTH, later: int = 0) -> Origin:
    at = AT + timedelta(days=later)
    return Origin(key, "report", "KG-BDB", at, at, "KG", intern(value).pk)


def _number(key: str) -> int:
    return Entity.objects.get(key=key).pk


def test_a_value_stands_with_the_source_office_grade_marking_and_time_that_say_it() -> None:
    write(_origin(), [Drafted(BEK, "Person", (Said("name", "Бек Аскаров", "ru"),))])
    (found,) = profiles(BORDER, [_number(BEK)]).values()
    (value,) = found.values
    (saying,) = value.sayings
    assert (found.key, found.schema, found.caption) == (BEK, "Person", "Бек Аскаров")
    assert (value.prop, value.value, value.language) == ("name", "Бек Аскаров", "ru")
    assert (saying.source, saying.office, saying.grading.value) == (A, "KG-BDB", "B2")
    assert (saying.marking, saying.first_seen) == (BOTH, AT)


def test_two_readers_see_the_same_thing_with_different_facts() -> None:
    write(_origin(), [Drafted(DOSTUK, "CrossingPoint", (Said("code", "KG-DST"),))])
    more = (Said("code", "KG-DST"), Said("notes", "hers alone"))
    write(_origin(B, THEIRS, later=1), [Drafted(DOSTUK, "CrossingPoint", more)])
    number = _number(DOSTUK)
    ours, theirs = (profiles(one, [number])[number] for one in (BORDER, THERE))
    assert [one.prop for one in ours.values] == ["code"]
    assert len(ours.of("code")[0].sayings) == 1
    assert [one.source for one in theirs.of("code")[0].sayings] == [A, B]
    assert [one.value for one in theirs.of("notes")] == ["hers alone"]


def test_what_a_reader_may_read_nothing_of_is_not_there() -> None:
    write(_origin(value=THEIRS), [Drafted(BEK, "Person", (Said("name", "Bek"),))])
    assert profiles(BORDER, [_number(BEK), 10**9]) == {}
    assert list(profiles(THERE, [_number(BEK)])) == [_number(BEK)]


def test_what_nothing_names_is_called_by_its_kind() -> None:
    write(_origin(), [Drafted(BEK, "Person", (Said("birthDate", "1987"),))])
    (found,) = profiles(BORDER, [_number(BEK)]).values()
    assert (found.caption, found.named("en"), found.named("ru")) == (
        "",
        "Person",
        "Физическое лицо",
    )


def test_what_is_featured_comes_first() -> None:
    said = (Said("email", "bek@example.org"), Said("name", "Bek"), Said("citizenship", "kg"))
    write(_origin(), [Drafted(BEK, "Person", said)])
    (found,) = profiles(BORDER, [_number(BEK)]).values()
    assert [prop.name for prop, _ in found.by_property()] == ["name", "citizenship", "email"]


def test_hundreds_are_read_in_a_handful_of_queries(django_assert_max_num_queries) -> None:
    keys = [key_of_entity(A, str(number)) for number in range(300)]
    write(_origin(), [Drafted(key, "Person", (Said("name", f"No {key[:6]}"),)) for key in keys])
    pks = list(Entity.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(16):
        assert len(profiles(BORDER, pks)) == len(keys)


def test_of_several_kinds_the_one_that_says_most_is_told() -> None:
    assert most_specific(["Vehicle", "RailVehicle", "Vehicle"]).name == "RailVehicle"
    assert most_specific(["LegalEntity", "Company"]).name == "Company"


def test_what_is_one_by_its_number_is_one_profile_with_what_each_source_says() -> None:
    lorry, same = key_of_entity(A, "vehicle"), key_of_entity(B, "vehicle")
    plate = (Said("registrationNumber", "KG 01 7784 AD"), Said("registeredIn", "kg"))
    write(_origin(), [Drafted(lorry, "Vehicle", (*plate, Said("type", "lorry")))])
    write(_origin(B, later=1), [Drafted(same, "Vehicle", (*plate, Said("make", "MAN")))])
    found = profiles(BORDER, [_number(lorry), _number(same)])
    one = found[_number(lorry)]
    assert one is found[_number(same)]
    assert one.key == min(lorry, same)
    assert [len(value.sayings) for value in one.of("registrationNumber")] == [2]
    assert {value.prop for value in one.values} >= {"type", "make"}
