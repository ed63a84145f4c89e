import json
from dataclasses import asdict

from borderliaison.forms.check import check
from borderliaison.forms.conditions import Condition
from borderliaison.forms.describe import begin, collect, describe, spread


def widgets(form, lang, directory):
    return {one.name: one for part in describe(form, lang, directory) for one in part.fields}


def test_every_field_is_described_for_a_template(lookout, directory):
    found = widgets(lookout, "ru", directory)
    assert list(found) == [one.name for one in lookout.fields()]
    assert found["window"].inputs == ("window.from", "window.until")
    assert found["where"].options[1].label == "Достук"
    assert found["action"].choose_as == "radio"
    assert found["action"].options[0].note
    assert found["trailer_plate"].depends_on == (
        Condition("subject_kind", ("vehicle", "consignment")),
    )
    assert found["grounds"].rows == 4
    assert found["subject"].maxlength == 80
    assert found["status"].derived
    json.dumps([asdict(part) for part in describe(lookout, "ru", directory)])


def test_columns_fill_a_grid_of_twelve(lookout, result, directory):
    for form in (lookout, result):
        for part in describe(form, "en", directory):
            taken = 0
            for one in part.fields:
                taken = one.columns if taken + one.columns > 12 else taken + one.columns
                assert 1 <= taken <= 12


def test_the_russian_description_holds_no_english(lookout, result, directory):
    for form in (lookout, result):
        for one in widgets(form, "ru", directory).values():
            for text in (one.label, one.hint, *(option.label for option in one.options)):
                latin = [x for x in text.split() if x[0].isascii() and x[0].isalpha()]
                assert not [x for x in latin if x.strip("();,.?:") not in ("UTC", "CAP", "KG")], (
                    text
                )


def test_an_empty_form_begins_with_what_is_known(lookout, context):
    raw = begin(lookout, context)
    assert raw == {
        "event_at": "2026-05-14 20:51",
        "crossing": "bor-dobo",
        "agencies": ["KG-BOR"],
        "category": ["Security"],
        "text_language": "en",
    }
    assert not check(lookout, raw, context).wrong


def test_what_a_browser_sends_becomes_what_check_takes(lookout, context, grey_lorry):
    sent = spread(lookout, grey_lorry)
    assert sent["window.until"] == ["2026-05-18 06:00"]
    raw = collect(lookout, sent | {"hostile": ["1"]})
    assert raw["window"] == grey_lorry["window"]
    assert set(check(lookout, raw, context).errors) == {"hostile"}


def test_a_draft_with_anything_in_it_can_be_put_back_into_its_inputs(lookout):
    draft = {"subject": 7, "window": "soon", "cases": ["ЕРП 1"], "names": [1], "weight": None}
    texts = spread(lookout, draft)
    assert texts["subject"] == ["7"]
    assert texts["window.from"] == ["soon"]
    assert texts["cases"] == ["ЕРП 1"]
    assert spread(lookout, None) == {}
