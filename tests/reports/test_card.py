"""The card of a report: what matters first, everything else under "More", nothing left out."""

from datetime import UTC, datetime
from importlib.resources import files

import pytest

from borderliaison.forms.context import EMPTY_DIRECTORY
from borderliaison.forms.load import known_forms, load_form
from borderliaison.reports.card import card_of, layout_of

LAYOUTS = [
    path.name.removesuffix(".yaml")
    for path in files("borderliaison.reports.cards").iterdir()
    if path.name.endswith(".yaml")
]
VALUES = {
    "subject": "Grey lorry with trailer",
    "plate": "KG 01 7784 AD",
    "action": "search",
    "grounds": "Driver changed at Sary-Tash",
    "text_language": "en",
    "urgency": "Immediate",
    "cases": ["ЕРП 03-158-2026-000041"],
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_names_fields_that_its_form_has(name: str) -> None:
    layout = layout_of(name)
    assert layout is not None
    assert name in known_forms()
    fields = {one.name for one in load_form(name).fields()}
    named = [field for fact in layout.facts for field in fact.fields]
    assert set(named) | layout.head <= fields
    assert len(named) == len(set(named))
    assert not layout.due or layout.due in named
    assert {fact.side for fact in layout.facts} <= {"left", "right"}
    assert all({"en", "ru"} <= set(fact.label.texts) for fact in layout.facts)


def test_the_subject_comes_first_with_its_plate_in_the_code_face() -> None:
    view = card_of(load_form("lookout"), VALUES, "en", EMPTY_DIRECTORY)
    first = view.left[0]
    assert (first.label, first.rank) == ("Subject", 1)
    assert [(one.text, one.kind) for one in first.pieces] == [
        ("Grey lorry with trailer", "text"),
        ("KG 01 7784 AD", "code"),
    ]
    (action,) = view.right[0].pieces
    assert (action.text, action.kind, action.icon) == ("Search", "tag", "zoom-scan")


def test_everything_that_is_filled_is_shown_once() -> None:
    view = card_of(load_form("lookout"), VALUES, "en", EMPTY_DIRECTORY)
    more = [row.name for part in view.more for row in part.rows]
    assert more == ["cases", "text_language"]
    assert view.rest == 2


def test_rows_stand_as_things_with_the_sign_of_their_code_or_of_their_kind() -> None:
    quantity = {"amount": "85.505", "unit": "kg"}
    seized = [{"substance": "heroin", "quantity": quantity, "tested": "field_positive"}]
    vehicles = [{"kind": "bus", "plate": "01 7784 AD", "make": "Isuzu"}, {"kind": "other"}]
    detained = [{"count": 1, "sex": "male"}]
    values = {"seized": seized, "vehicles": vehicles, "detained": detained}
    view = card_of(load_form("seizure"), values, "en", EMPTY_DIRECTORY)
    found = {
        one.label: [(thing.icon, thing.title) for thing in piece.rows]
        for one in (*view.left, *view.right)
        for piece in one.pieces
    }
    assert found["Seized"] == [("vaccine", "Heroin 85.505 kg")]
    assert [icon for icon, _ in found["Carried"]] == ["bus", "car"]
    assert [icon for icon, _ in found["Detained"]] == ["users"]
    (heroin,) = next(one for one in view.left if one.label == "Seized").pieces[0].rows
    assert [one.text for one in heroin.known] == ["Field kit, positive"]


def test_the_deadline_is_the_moment_at_which_it_expires() -> None:
    form = load_form("lookout")
    kept = {"utc": "2026-05-18T00:00:00Z", "local": "2026-05-18T06:00", "zone": "Asia/Bishkek"}
    view = card_of(form, VALUES | {"expires": kept}, "en", EMPTY_DIRECTORY)
    due = [one.due_at for one in view.right if one.due_at]
    assert due == [datetime(2026, 5, 18, tzinfo=UTC)]


def test_words_of_the_author_carry_his_language() -> None:
    view = card_of(load_form("lookout"), VALUES | {"text_language": "ru"}, "en", EMPTY_DIRECTORY)
    why = next(one for one in view.left if one.label == "Why")
    assert why.pieces[0].lang == "ru"
