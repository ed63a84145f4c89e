"""Who may be one is found as reports are written, and gone with them."""

import pytest

from borderliaison.records.models import Candidate, Clue
from borderliaison.records.resolution import candidates
from borderliaison.records.statements.writing import withdraw
from tests.records import cast
from tests.records.cast import drafted, person, pk, say

pytestmark = pytest.mark.django_db


def _found() -> set[frozenset[int]]:
    rows = Candidate.objects.as_system("test").values_list("one_id", "other_id")
    return {frozenset(pair) for pair in rows}


def test_the_same_name_in_another_script_is_offered_with_its_reasons() -> None:
    a, b, _ = person("a", "Бек Аскаров"), person("b", "ASKAROV BEK"), person("c", "Aida Karimova")
    assert _found() == {frozenset({a, b})}
    one = Candidate.objects.as_system("test").get()
    assert [code for code, _ in one.reasons] == ["name_same_2", "born_agrees"]
    assert 0.5 < one.score < 1
    assert (one.one_id, one.other_id) == (min(a, b), max(a, b))


def test_two_who_share_a_document_are_offered_whatever_they_are_called() -> None:
    for name, called in (("a", "Бек Аскаров"), ("b", "Nurlan Saparov")):
        say(
            name,
            drafted(name, "Person", "who", name=called),
            drafted(
                name,
                "TravelDocument",
                "paper",
                number="ID1234567",
                country="kg",
                holder=cast.key(name, "who"),
            ),
        )
    assert _found() == {frozenset({pk("a", "who"), pk("b", "who")})}
    reasons = Candidate.objects.as_system("test").get().reasons
    assert [code for code, _ in reasons] == ["document_same", "name_differs"]


def test_two_of_one_report_are_two() -> None:
    say(
        "a",
        drafted("a", "Person", "one", name="Бек Аскаров"),
        drafted("a", "Person", "other", name="Бек Аскаров"),
    )
    assert _found() == set()


def test_a_plate_whose_country_nobody_noted_is_offered_with_one_that_has_it() -> None:
    say("a", drafted("a", "Vehicle", registrationNumber="01KG742ABC", registeredIn="kg"))
    say("b", drafted("b", "Vehicle", registrationNumber="01 КГ 742 АВС"))
    assert _found() == {frozenset({pk("a"), pk("b")})}


def test_a_correction_is_compared_anew_and_what_is_withdrawn_leaves_nothing() -> None:
    a, b = person("a", "Бек Аскаров"), person("b", "ASKAROV BEK")
    person("b", "Нурлан Сапаров")
    assert _found() == set()
    person("b", "Аскаров Бек")
    assert _found() == {frozenset({a, b})}
    withdraw(cast.source("b"))
    assert _found() == set()
    assert set(Clue.objects.as_system("test").values_list("entity_id", flat=True)) == {a}


def test_a_clue_that_too_many_have_leads_to_none_but_with_the_year_of_birth(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(candidates, "MOST_WITH_A_CLUE", 3)
    for n in range(4):
        person(f"old {n}", "Бек Аскаров", f"196{n}-01-0{n + 1}")
    a, b = person("a", "Бек Аскаров", "1987-05-12"), person("b", "Bek Askarov", "1987")
    assert frozenset({a, b}) in _found()
    assert not [pair for pair in _found() if b in pair and a not in pair]
