"""What an administrator corrects: with its source and history, undone exactly, kept by every load."""

from collections.abc import Callable
from datetime import date

import pytest

from borderliaison.audit.models import AuditLine
from borderliaison.offices.correcting import editing
from borderliaison.offices.correcting.changes import undo
from borderliaison.offices.correcting.editing import Position
from borderliaison.offices.correcting.history import BeforeAfter, history_of
from borderliaison.offices.errors import (
    BadSpelling,
    ChangedSince,
    NoCrossingPoint,
    NoSuchLine,
    NotAcrossBorder,
    NotAPlace,
    NothingToCorrect,
    OfficesError,
    SameOffice,
    SourceMissing,
    UnknownChange,
    UnknownOffice,
)
from borderliaison.offices.kinds import CrossingStatusKind, OfficeStatusKind
from borderliaison.offices.models import (
    Counterpart,
    CrossingPoint,
    CrossingStatus,
    NetworkChange,
    OfficeStatus,
    ReportingLine,
)
from borderliaison.offices.network.loading import load_rows
from borderliaison.offices.network.shipped import Shipped, shipped_rows
from borderliaison.offices.services import counterparts_of, load_network, reporting_line

pytestmark = pytest.mark.django_db

DAY = date(2026, 2, 3)
HEAD = "KG-BDB/0001"
SAID = {"source": "Order 12 of 1 February 2026", "actor": HEAD}
HERE = Position(39.51, 73.24, 1)

Correct = Callable[[], NetworkChange]
CORRECTIONS: dict[str, Correct] = {
    "place": lambda: editing.correct_place("KG-BDB", HERE, **SAID),
    "status": lambda: editing.note_office_status("KG-BDB", OfficeStatusKind.SUSPENDED, DAY, **SAID),
    "crossing": lambda: editing.note_crossing_status(
        "KG-BDB", CrossingStatusKind.CLOSED, DAY, **SAID
    ),
    "line": lambda: editing.draw_reporting_line("KG-BDB", "KG-BIS", DAY, **SAID),
    "no line": lambda: editing.end_reporting_lines("KG-BDB", DAY, **SAID),
    "counterpart": lambda: editing.draw_counterpart("KG-BDB", "TJ-TJV", DAY, **SAID),
    "no counterpart": lambda: editing.end_counterpart("KG-BDB", "TJ-KZA", DAY, **SAID),
    "spelling": lambda: editing.add_spelling("KG-BDB", "Bor Dobo", "en", **SAID),
    "no spelling": lambda: editing.remove_spelling("KG-BDB", "Бордобо", **SAID),
}
every_correction = pytest.mark.parametrize("correct", CORRECTIONS.values(), ids=CORRECTIONS)


@pytest.fixture(autouse=True)
def network() -> None:
    load_network()


def state() -> list[list[tuple[object, ...]]]:
    """Everything that a correction can touch; ids of rows are left out."""
    return [
        list(CrossingPoint.objects.order_by("pk").values_list()),
        sorted(ReportingLine.objects.values_list("office", "to", "since", "until"), key=str),
        sorted(Counterpart.objects.values_list("one", "other", "since", "until"), key=str),
        sorted(OfficeStatus.objects.values_list("office", "status", "since"), key=str),
        sorted(CrossingStatus.objects.values_list("crossing", "status", "since"), key=str),
    ]


@every_correction
def test_a_correction_is_kept_by_a_load_and_undone_exactly(correct: Correct) -> None:
    before = state()
    change = correct()
    corrected = state()
    assert corrected != before
    loaded = load_network()
    assert (loaded.added, loaded.changed, loaded.kept) == (0, 0, [])
    assert state() == corrected
    undo(change.pk, office="KG-BDB", actor=HEAD)
    assert state() == before
    again = load_network()
    assert (again.added, again.changed) == (0, 0)


@every_correction
def test_the_history_says_who_when_on_whose_word_and_what_before_and_after(
    correct: Correct,
) -> None:
    change = correct()
    (shown,) = history_of("KG-BDB").changes
    assert (shown.number, shown.who, shown.source) == (change.pk, HEAD, SAID["source"])
    assert any(row.before or row.after for row in shown.rows)
    assert shown.can_undo
    assert AuditLine.objects.filter(actor=HEAD, subject="KG-BDB").count() == 1
    undone = undo(change.pk, office="KG-BDB", actor="system")
    last, first = history_of("KG-BDB").changes
    assert (last.number, last.undoes, last.who) == (
        undone.pk, change.pk, "administrator at the server",
    )  # fmt: skip
    assert first.is_undone
    assert not first.can_undo
    assert [(row.after, row.before) for row in reversed(last.rows)] == [
        (row.before, row.after) for row in first.rows
    ]


@every_correction
def test_saying_the_same_again_corrects_nothing(correct: Correct) -> None:
    correct()
    with pytest.raises((NothingToCorrect, NoSuchLine, BadSpelling)):
        correct()
    assert NetworkChange.objects.count() == 1
    assert AuditLine.objects.filter(actor=HEAD).count() == 1


def test_a_correction_says_where_it_is_known_from() -> None:
    with pytest.raises(SourceMissing):
        editing.correct_place("KG-BDB", HERE, source=" ", actor=HEAD)
    assert CrossingPoint.objects.get(pk="KG-BDB").latitude == 39.53


def test_what_was_corrected_again_is_not_undone_out_of_order() -> None:
    first = editing.correct_place("KG-BDB", HERE, **SAID)
    second = editing.correct_place("KG-BDB", Position(39.512, 73.241, 0.1), **SAID)
    with pytest.raises(ChangedSince):
        undo(first.pk, office="KG-BDB", actor=HEAD)
    undo(second.pk, office="KG-BDB", actor=HEAD)
    undo(first.pk, office="KG-BDB", actor=HEAD)
    assert CrossingPoint.objects.get(pk="KG-BDB").place_source == "digest"
    with pytest.raises(ChangedSince):
        undo(first.pk, office="KG-BDB", actor=HEAD)


def test_an_undoing_is_undone_too() -> None:
    change = CORRECTIONS["line"]()
    back = undo(change.pk, office="KG-BDB", actor=HEAD)
    undo(back.pk, office="KG-BDB", actor=HEAD)
    assert reporting_line("KG-BDB", on=DAY) == ("KG-BIS",)


def test_a_correction_of_another_office_is_not_undone_here() -> None:
    change = CORRECTIONS["place"]()
    for number, office in ((change.pk, "KG-DST"), (change.pk + 1, "KG-BDB")):
        with pytest.raises(UnknownChange):
            undo(number, office=office, actor=HEAD)


def test_a_shipped_value_that_changes_meanwhile_does_not_undo_a_correction() -> None:
    CORRECTIONS["place"]()
    CORRECTIONS["spelling"]()
    changed = [
        Shipped(one.table, one.key, {**one.values, "latitude": 39.6, "aliases": []})
        if (one.table, one.key) == ("CrossingPoint", {"code": "KG-BDB"})
        else one
        for one in shipped_rows()
    ]
    loaded = load_rows(changed)
    assert {one.field for one in loaded.kept} == {"latitude", "aliases"}
    point = CrossingPoint.objects.get(pk="KG-BDB")
    assert (point.latitude, point.longitude, point.accuracy_km) == (39.51, 73.24, 1)
    assert {"text": "Bor Dobo", "lang": "en"} in point.aliases


def test_the_words_of_a_position_and_of_a_line() -> None:
    CORRECTIONS["place"]()
    CORRECTIONS["line"]()
    line, place = history_of("KG-BDB").changes
    assert place.rows == (BeforeAfter("39.5300, 73.2600 ± 15 km", "39.5100, 73.2400 ± 1 km"),)
    assert line.rows[-1] == BeforeAfter("", "BLO Coordination Centre Bishkek since 3 February 2026")


def test_a_new_reporting_line_ends_the_old_one() -> None:
    CORRECTIONS["line"]()
    assert reporting_line("KG-BDB", on=date(2026, 2, 2)) == ("KG-OSH", "KG-BIS")
    assert reporting_line("KG-BDB", on=DAY) == ("KG-BIS",)
    editing.end_reporting_lines("KG-BDB", date(2026, 3, 1), **SAID)
    assert reporting_line("KG-BDB", on=date(2026, 3, 1)) == ()
    editing.draw_reporting_line("KG-BDB", "KG-BIS", DAY, **SAID)
    assert reporting_line("KG-BDB", on=date(2026, 3, 1)) == ("KG-BIS",)


def test_a_circle_of_reporting_lines_comes_to_an_end() -> None:
    editing.draw_reporting_line("KG-BIS", "KG-BDB", date(2026, 1, 1), **SAID)
    assert reporting_line("KG-BDB", on=date(2026, 2, 1)) == ("KG-OSH", "KG-BIS")


def test_counterparts_are_ended_and_drawn_again() -> None:
    editing.end_counterpart("TJ-KZA", "KG-BDB", DAY, **SAID)
    assert counterparts_of("KG-BDB", on=DAY) == ()
    editing.draw_counterpart("KG-BDB", "TJ-KZA", date(2026, 3, 1), **SAID)
    assert counterparts_of("KG-BDB", on=date(2026, 3, 1)) == ("TJ-KZA",)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda: editing.correct_place("KG-BDB", Position(139, 73, 1), **SAID), NotAPlace),
        (lambda: editing.correct_place("KG-BDB", Position(39, 73, 0), **SAID), NotAPlace),
        (lambda: editing.correct_place("KG-BDB", Position(float("nan"), 73, 1), **SAID), NotAPlace),
        (lambda: editing.correct_place("KG-ZZZ", HERE, **SAID), UnknownOffice),
        (lambda: editing.draw_reporting_line("KG-BDB", "KG-BDB", DAY, **SAID), SameOffice),
        (lambda: editing.draw_reporting_line("KG-BDB", "KG-ZZZ", DAY, **SAID), UnknownOffice),
        (lambda: editing.draw_counterpart("KG-BDB", "KG-DST", DAY, **SAID), NotAcrossBorder),
        (lambda: editing.end_counterpart("KG-BDB", "UZ-DUS", DAY, **SAID), NoSuchLine),
        (lambda: editing.end_reporting_lines("KG-BIS", DAY, **SAID), NoSuchLine),
        (lambda: editing.add_spelling("KG-BDB", " ", "en", **SAID), BadSpelling),
        (lambda: editing.add_spelling("KG-BDB", "x" * 81, "en", **SAID), BadSpelling),
        (lambda: editing.add_spelling("KG-BDB", "Bor Dobo", "xx", **SAID), BadSpelling),
        (lambda: editing.remove_spelling("KG-BDB", "Bor Dobo", **SAID), BadSpelling),
        (
            lambda: editing.note_crossing_status("KG-BIS", CrossingStatusKind.OPEN, DAY, **SAID),
            NoCrossingPoint,
        ),
    ],
)
def test_what_cannot_be_so_is_refused(wrong: Correct, error: type[OfficesError]) -> None:
    before = state()
    with pytest.raises(error):
        wrong()
    assert state() == before
    assert not NetworkChange.objects.exists()
