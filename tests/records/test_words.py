"""A record is called as its reader says it, where anybody said it so; nothing is put into other letters."""

from datetime import UTC, datetime

import pytest

from borderliaison.kernel.marking import Marking
from borderliaison.records.profiles.profile import Profile, Saying, Value, made
from borderliaison.records.shown.words import name_of

AT = datetime(2026, 5, 12, 3, 30, tzinfo=UTC)


def _said(value: str, language: str = "", times: int = 1, prop: str = "name") -> Value:
    sayings = tuple(
        Saying(pk, 1, f"source {pk}", "report", "KG-BDB", AT, Marking(), AT, AT, "")
        for pk in range(times)
    )
    return Value(prop, value, language, sayings)


def _of(*values: Value, schema: str = "Person") -> Profile:
    return made("a" * 32, (1,), [schema], list(values))


@pytest.mark.parametrize(
    ("said", "english", "russian"),
    [
        ([("Бек Аскаров", "", 3), ("Bek Askarov", "", 1)], "Bek Askarov", "Бек Аскаров"),
        ([("Bek Askarov", "en", 3), ("Бек Аскаров", "ru", 1)], "Bek Askarov", "Бек Аскаров"),
        ([("Bek Askarov", "eng", 3), ("Бек Аскаров", "rus", 1)], "Bek Askarov", "Бек Аскаров"),
        ([("Bek Askarov", "", 3), ("B. Askarov", "en", 1)], "Bek Askarov", "Bek Askarov"),
        ([("Жээнбек", "ky", 3), ("Жеенбек", "ru", 1)], "Жээнбек", "Жеенбек"),
        ([("Jeenbek", "", 3), ("Жээнбек", "ky", 1)], "Jeenbek", "Жээнбек"),
        ([("Jeenbek", "ru", 3), ("Жээнбек", "ru", 1)], "Jeenbek", "Жээнбек"),
        ([("別克", "", 3), ("Bek", "", 1)], "Bek", "別克"),
        ([("Бек Аскаров", "", 1)], "Бек Аскаров", "Бек Аскаров"),
    ],
)
def test_of_several_names_the_readers_own_is_shown_else_the_most_said(
    said: list[tuple[str, str, int]], english: str, russian: str
) -> None:
    profile = _of(*(_said(*one) for one in said))
    assert (name_of(profile, "en"), name_of(profile, "ru")) == (english, russian)
    assert {one.value for one in profile.of("name")} == {value for value, _, _ in said}


def test_a_plate_is_the_same_in_every_language() -> None:
    plates = (
        _said("А742ВС", times=2, prop="registrationNumber"),
        _said("01KG742ABC", prop="registrationNumber"),
    )
    vehicle = _of(*plates, schema="Vehicle")
    assert name_of(vehicle, "en") == name_of(vehicle, "ru") == "А742ВС"


def test_what_is_called_otherwise_does_not_stand_for_its_name() -> None:
    person = _of(_said("Бек Аскаров"), _said("Bek", prop="alias"))
    assert name_of(person, "en") == "Бек Аскаров"
