import pytest

from borderliaison.forms.codes import load_codes, parse_codes
from borderliaison.forms.errors import BadFile, UnknownForm
from borderliaison.forms.load import known_forms, load_form, parse_form
from borderliaison.forms.source import read_source
from borderliaison.forms.store import versions

GOOD = """form: small
version: 1
label: {en: Small, ru: Малая}
title:
  - {field: kind}
parts:
  - name: first
    label: {en: First, ru: Первая}
    fields:
      - name: kind
        type: code
        codes: lane.v1
        label: {en: Kind, ru: Вид}
      - name: span
        type: window
        label: {en: Span, ru: Период}
      - name: end
        type: datetime_local
        not_before: span.until
        required: {field: kind, is: [in]}
        label: {en: End, ru: Конец}
"""


def problems(text: str) -> list[str]:
    with pytest.raises(BadFile) as caught:
        parse_form(text, "small.v1.yaml")
    return str(caught.value).split("\n")


def test_the_newest_version_is_loaded_unless_told():
    assert load_form("lookout") is not None
    assert load_form("lookout").version == max(known_forms()["lookout"])
    for wrong in ("nothing", "../data/lookout", "lookout.v1", ""):
        with pytest.raises(UnknownForm):
            load_form(wrong)
    with pytest.raises(UnknownForm):
        load_form("lookout", 99)


def test_a_good_file_is_a_form():
    form = parse_form(GOOD, "small.v1.yaml")
    assert [one.name for one in form.fields()] == ["kind", "span", "end"]
    with pytest.raises(KeyError):
        form.field("nothing")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("type: window", "type: txt", "small.v1.yaml:15: parts[0].fields[1].type: 'txt' is not"),
        ("ru: Вид", "xx: Вид", "small.v1.yaml:13: parts[0].fields[0].label: the ru words"),
        ("lane.v1", "lane.v9", "small.v1.yaml:12: parts[0].fields[0].codes: codes: no 'lane'"),
        ("[in]", "[up]", "small.v1.yaml:20: parts[0].fields[2].required.is[0]: 'kind' has no code"),
        ("span.until", "kind", "small.v1.yaml:19: parts[0].fields[2].not_before: 'kind' is not"),
        ("{field: kind}", "{field: x}", "small.v1.yaml:5: title[0].field: there is no field 'x'"),
        ("name: span", "name: kind", "small.v1.yaml:14: parts[0].fields[1].name: there is a field"),
        ("version: 1", "version: 01", "small.v1.yaml:2: version: '01' is not a whole number"),
        ("form: small", "form: other", "small.v1.yaml:1: form: form and version differ"),
        ("type: window", "type: window\n        rows: 3", "small.v1.yaml:16: parts[0].fields[1]"),
        ("- name: first\n    label", "- label", "small.v1.yaml:7: parts[0]: the key 'name'"),
    ],
)
def test_a_problem_is_named_with_file_line_and_path(old, new, said):
    assert old in GOOD
    assert any(one.startswith(said) for one in problems(GOOD.replace(old, new))), problems(
        GOOD.replace(old, new)
    )


def test_all_problems_are_named_at_once():
    text = GOOD.replace("type: window", "type: txt").replace("[in]", "[]")
    assert len(problems(text)) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x 1\nb: *x", "anchors"),
        ("a: 1\na: 2", "twice"),
        ("a: !!python/object:os.system x", "tags"),
        ("a: [1", "f.yaml:"),
        ("? [1]\n: 2", "a key must be text"),
    ],
)
def test_surprises_of_yaml_are_refused(text, said):
    with pytest.raises(BadFile, match=said):
        read_source(text, "f.yaml")


def test_yaml_that_looks_like_something_else_stays_text():
    data = read_source("a: no\nb: 041\nc: 12\nd: true\ne: '1'\nf: 2026-05-14\ng:", "f.yaml").data
    assert data == {
        "a": "no",
        "b": "041",
        "c": 12,
        "d": True,
        "e": "1",
        "f": "2026-05-14",
        "g": "",
    }


@pytest.mark.parametrize("text", ["", "[]", "7", "form: x"])
def test_what_is_no_form_is_refused_and_not_a_crash(text):
    assert problems(text)


def test_every_form_and_list_that_is_there_loads():
    for name, numbers in known_forms().items():
        for number in numbers:
            assert load_form(name, number).version == number
    for name, numbers in versions("codes").items():
        for number in numbers:
            assert load_codes(name, number).codes


def test_a_code_list_in_a_file_of_another_name_is_refused():
    text = "list: a\nversion: 1\nlabel: {en: A, ru: А}\ncodes:\n  x:\n    label: {en: X, ru: Икс}\n"
    assert parse_codes(text, "a.v1.yaml").text("x", "ru") == "Икс"
    with pytest.raises(BadFile, match="differ"):
        parse_codes(text, "b.v1.yaml")
