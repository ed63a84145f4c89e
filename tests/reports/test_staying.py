"""Who a corrected report speaks of: whoever stays keeps his key, whoever may be another does not."""

from typing import Any

import pytest

from borderliaison.forms.load import load_form
from borderliaison.forms.recorded import recorded
from borderliaison.reports.content import ReportContent
from borderliaison.reports.projection.drawing import Told, draw, known_in
from borderliaison.reports.projection.staying import Known

Rows = list[dict[str, Any]]
BEK = {"names": "Bek Askarov", "born": "1987-05-12", "document": {"number": "ID1234567"}}
AIDA = {"names": "Aida Karimova", "born": "1991", "document": {"number": "AC7654321"}}


def _people(*states: Rows) -> list[dict[str, tuple[str, frozenset[str]]]]:
    """Return of each state of a report the key of each person, and whose place he may have taken."""
    form = load_form("suspicious_person")
    rules = recorded("suspicious_person", form.version)
    assert rules is not None
    found, known = [], tuple[Known, ...]()
    for rows in states:
        content = ReportContent("suspicious_person", form.version, "", {"persons": rows})
        told = Told("a" * 32, "KG-BDB", "", content)
        drawn = draw(told, form, rules, known)
        known = known_in(told, form, rules, known)
        found.append(
            {
                next(said.value for said in one.says if said.prop == "name"): (
                    one.key,
                    one.instead_of,
                )
                for one in drawn
                if one.schema == "Person"
            }
        )
    return found


@pytest.mark.parametrize(
    "change",
    [
        {"names": "Bek Asqarov"},
        {"born": "1987-12-05"},
        {"document": {"number": "ID1234568"}},
        {"document": None},
        {"born": None, "document": None},
    ],
)
def test_who_has_enough_left_stays_who_he_is_also_from_another_row(change: dict[str, Any]) -> None:
    before, after = _people([BEK, AIDA], [AIDA, BEK | change])
    called = str(change.get("names", "Bek Askarov"))
    assert after[called] == (before["Bek Askarov"][0], frozenset())
    assert after["Aida Karimova"] == before["Aida Karimova"]


def test_a_name_alone_that_is_another_is_another_and_says_whose_place_it_takes() -> None:
    hasty = {"names": "Bek Askarov", "born": "1987"}
    before, after, later = _people(
        [hasty], [hasty | {"names": "Nurlan Saparov"}], [hasty | {"names": "Timur Isakov"}]
    )
    was, is_now, at_last = before["Bek Askarov"], after["Nurlan Saparov"], later["Timur Isakov"]
    assert is_now == (is_now[0], frozenset({was[0]}))
    assert len({was[0], is_now[0], at_last[0]}) == 3
    assert at_last[1] == {was[0], is_now[0]}


def test_of_two_who_could_both_be_he_neither_is() -> None:
    twins = [BEK | {"names": name} for name in ("Bek Asqarov", "Beken Askarov")]
    before, after = _people([BEK], twins)
    assert all(
        key != before["Bek Askarov"][0] and instead == {before["Bek Askarov"][0]}
        for key, instead in after.values()
    )


def test_nobody_is_given_the_key_that_another_has_kept() -> None:
    renamed = BEK | {"names": "Bek Asqarov"}
    _, after, later = _people([BEK], [renamed], [renamed, BEK | {"born": "1940"}])
    assert later["Bek Asqarov"] == after["Bek Asqarov"]
    assert later["Bek Askarov"][0] != after["Bek Asqarov"][0]
