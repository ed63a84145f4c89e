import itertools

import pytest

from borderliaison.forms.errors import BadFile, NoConversion, UnknownGrading
from borderliaison.forms.gradings import (
    Line,
    convert,
    known_scales,
    line,
    load_scale,
    meaning,
    parse_scale,
)
from borderliaison.kernel.marking import Grading


def every_value(name):
    scale = load_scale(name)
    needed = [list(axis.values) for axis in scale.axes if not axis.optional]
    return [scale.grade("".join(signs)) for signs in itertools.product(*needed)]


def test_all_four_schemes_are_there_and_4x4_first():
    assert known_scales() == ("4x4", "3x5x2", "5x5x5", "admiralty")


def test_b2_means_what_the_regulation_says():
    found = meaning(Grading("4x4", "1", "B2"), "en")
    assert found.scheme == "4×4"
    assert [part.text for part in found.parts] == [
        "Reliable in most instances",
        "Known personally to the source, not known personally to the official passing it on",
    ]
    assert meaning(Grading("4x4", "1", "B2"), "ru").parts[0].label == "Источник"


def test_e_is_untested_unreliable_or_false_by_scheme():
    assert meaning(Grading("5x5x5", "1", "E1"), "en").parts[0].text == "Untested"
    assert meaning(Grading("admiralty", "1", "E1"), "en").parts[0].text == "Unreliable"
    assert meaning(Grading("3x5x2", "1", "1E"), "en").parts[1].text == "Suspected to be false"


def test_three_is_corroborated_in_4x4_and_only_possible_in_admiralty():
    assert "corroborated" in meaning(Grading("4x4", "1", "A3"), "en").parts[1].text
    assert meaning(Grading("admiralty", "1", "A3"), "en").parts[1].text == "Possibly true"


def test_nothing_graded_is_said_so():
    assert meaning(Grading(), "ru").text == "Не оценено"
    assert line(Grading()) is Line.DASHED


@pytest.mark.parametrize(
    "grading",
    [
        Grading("4x4", "1", "B"),
        Grading("4x4", "1", "B2X"),
        Grading("4x4", "1", "E2"),
        Grading("4x4", "9", "B2"),
        Grading("4x4", "²", "B2"),
        Grading("7x7", "1", "B2"),
        Grading("../4x4", "1", "B2"),
        Grading("3x5x2", "1", "1AX"),
    ],
)
def test_a_grading_that_is_not_known_is_refused(grading):
    with pytest.raises(UnknownGrading):
        meaning(grading, "en")


def test_every_value_has_its_meaning_in_both_languages_and_its_line():
    for name in known_scales():
        for one in every_value(name):
            assert meaning(one, "en").text != meaning(one, "ru").text
            assert line(one) in Line


def test_grades_one_and_two_are_solid_three_and_four_dashed():
    lines = {value: line(Grading("4x4", "1", f"A{value}")) for value in "1234"}
    assert lines == {"1": "solid", "2": "solid", "3": "dashed", "4": "dashed"}


def test_conditions_of_3x5x2_may_be_written_or_not():
    assert len(meaning(Grading("3x5x2", "1", "1A"), "en").parts) == 2
    assert len(meaning(Grading("3x5x2", "1", "1AP"), "en").parts) == 3


def test_a_conversion_is_a_proposal_that_shows_what_differs():
    found = convert(Grading("5x5x5", "1", "E3"), "4x4", "en")
    assert found.original == Grading("5x5x5", "1", "E3")
    assert found.proposed == Grading("4x4", "1", "X3")
    assert found.lossy
    assert [(one.before.text, one.after.text) for one in found.changed] == [
        ("Untested", "Reliability cannot be assessed")
    ]


def test_a_part_without_a_place_is_named_as_dropped():
    found = convert(Grading("3x5x2", "1", "2BC"), "4x4", "en")
    assert found.proposed.value == "X3"
    assert [one.axis for one in found.dropped] == ["conditions"]


@pytest.mark.parametrize(
    ("grading", "scheme"),
    [
        (Grading("admiralty", "1", "A3"), "4x4"),
        (Grading("5x5x5", "1", "B5"), "4x4"),
        (Grading("admiralty", "1", "B2"), "5x5x5"),
        (Grading("4x4", "1", "B2"), "4x4"),
    ],
)
def test_what_has_no_counterpart_is_not_converted(grading, scheme):
    with pytest.raises(NoConversion):
        convert(grading, scheme, "en")


def test_every_conversion_is_lossy_or_refused_and_leads_to_a_real_value():
    for old, new in itertools.permutations(known_scales(), 2):
        for grading in every_value(old):
            try:
                found = convert(grading, new, "ru")
            except NoConversion:
                continue
            assert found.lossy
            assert meaning(found.proposed, "ru").parts


def test_where_the_meaning_is_the_same_the_way_back_leads_to_the_start():
    for name in ("5x5x5", "3x5x2", "admiralty"):
        for grading in every_value(name):
            try:
                there = convert(grading, "4x4", "en")
                back = convert(there.proposed, name, "en")
            except NoConversion:
                continue
            if not there.changed and not there.dropped:
                assert back.proposed == grading


def test_a_scheme_file_that_breaks_its_schema_is_named_with_its_line():
    with pytest.raises(BadFile, match=r"x\.v1\.yaml:3: axes: expected"):
        parse_scale("scale: x\nversion: 1\naxes: []\n", "x.v1.yaml")
