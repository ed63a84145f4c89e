"""How likely two are one, and why."""

import pytest

from borderliaison.records.resolution.clues import clues_of
from borderliaison.records.resolution.comparing import compared, weights
from borderliaison.records.resolution.portraits import (
    Around,
    Portrait,
    Told,
    are_comparable,
    portrait,
)


def _person(name: str = "", born: str = "", *belongings: str, **more: str) -> Portrait:
    said = {"name": name, "birthDate": born, **more}
    told = [Told(prop, value) for prop, value in said.items() if value]
    return portrait(1, 1, "Person", told, Around(belongings=frozenset(belongings)))


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("Аскаров Бек", "ASKAROV Bek", "name_same_2"),
        ("Аскаров Бек Талантович", "Bek Talantovich Askarov", "name_same_3"),
        ("Аскаров Бек", "Аскаров Бек Талантович", "name_part"),
        ("Аскаров Бек", "Askerov Bek", "name_like"),
        ("Аскаров Б.", "Askarov Bek", "name_like"),
        ("Бек Талант уулу", "Bek Talant", "name_same_2"),
        ("Karimov Shavkat Oʻgʻli", "Каримов Шавкат", "name_same_2"),
        ("Аскаров Бек Талантович", "Askerov Bek Talantovich", "name_like_3"),
        ("Аскаров Бек Талантович", "Askarov Bek Nurlanovich", "name_shares_2"),
        ("Аскаров Бек", "Аскаров Нурлан", "name_shares"),
        ("Аскаров Бек", "Каримов Шавкат", "name_differs"),
        ("Бек", "Bek", "name_same_1"),
    ],
)
def test_names_are_compared_in_any_script_and_order(one: str, other: str, code: str) -> None:
    for first, second in ((one, other), (other, one)):
        (reason,) = compared(_person(first), _person(second)).reasons
        assert reason.code == code


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("1987-05-12", "1987-05-12", "born_same"),
        ("1987", "1987-05-12", "born_agrees"),
        ("1987", "1987", "born_agrees"),
        ("1987-05-12", "1987-12-05", "born_swapped"),
        ("1987-05-12", "1987-05-17", "born_near"),
        ("1987-05-12", "1990-01-01", "born_differs"),
        ("1987", "1988", "born_differs"),
    ],
)
def test_dates_of_birth_are_compared_as_far_as_both_say(one: str, other: str, code: str) -> None:
    for first, second in ((one, other), (other, one)):
        (reason,) = compared(_person("", first), _person("", second)).reasons
        assert reason.code == code


def test_what_speaks_for_and_against_adds_up() -> None:
    bek = _person("Аскаров Бек", "1987-05-12", "document kg ID1234567", gender="M")
    same = compared(bek, _person("Askarov Bek", "1987", "document kg ID1234567", gender="M"))
    assert [one.code for one in same.reasons][:2] == ["document_same", "name_same_2"]
    assert same.probability > 0.99
    sister = compared(bek, _person("Аскарова Бермет", "1990-01-01", gender="F"))
    assert sister.probability < weights().shown_from


def test_another_sex_or_a_date_that_differs_speaks_against_a_name_alone() -> None:
    alone = compared(_person("Аскаров Бек"), _person("Askarov Bek")).probability
    differs = compared(_person("Аскаров Бек", "1987"), _person("Askarov Bek", "1961")).probability
    assert differs < weights().shown_from < alone


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Аскаров Бек", "Askerov Bek Talantovich"),
        ("Жолдошбекова Гүлнара", "Joldoshbekova Gulnara"),
        ("Ходжаев Улугбек", "Xo‘jayev Ulug‘bek"),
    ],
)
def test_names_that_sound_alike_share_a_clue(one: str, other: str) -> None:
    assert set(clues_of(_person(one))) & set(clues_of(_person(other)))


def test_a_firm_is_known_by_its_name_without_its_legal_form() -> None:
    firms = [
        portrait(1, 1, "Company", [Told("name", name)], Around())
        for name in ("ОсОО «Ак-Жол Транс»", "AK JOL TRANS LLC")
    ]
    assert firms[0].names & firms[1].names or set(clues_of(firms[0])) & set(clues_of(firms[1]))


def test_only_what_could_be_one_is_compared() -> None:
    person, firm = _person("Бек"), portrait(2, 1, "Company", [Told("name", "Бек")], Around())
    owner = portrait(3, 1, "LegalEntity", [Told("name", "Бек")], Around())
    assert not are_comparable(person, firm)
    assert are_comparable(person, owner)
    plates = [
        portrait(4, 1, "Vehicle", [], Around(identities=frozenset({number})))
        for number in ("plate kg 01KG742ABC", "plate kg 01KG743ABC", "vin 1M8GDM9AXKP042788")
    ]
    assert not are_comparable(plates[0], plates[0])
    assert not are_comparable(plates[0], plates[1])
    assert are_comparable(plates[0], plates[2])
