from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from borderliaison.kernel.marking import Grading
from borderliaison.ui.parts.due import Nearness, due, span
from borderliaison.ui.parts.marks import GradingLabel, Marks
from borderliaison.ui.parts.times import face
from borderliaison.ui.shell import MarkingLabels
from tests.ui.rendering import NOW, draw


def test_markings_stand_in_their_order() -> None:
    marks = Marks(
        GradingLabel(("B", "2"), "4×4"),
        MarkingLabels(
            "For official use", is_open=False, handling=("H1", "H2"), audience="4 offices"
        ),
    )
    html = draw("{% marks m %}", m=marks)
    places = [html.index(word) for word in ("4×4", "For official use", "H1", "H2", "4 offices")]
    assert places == sorted(places)


def test_an_open_classification_is_an_outline() -> None:
    assert "cls-open" in draw("{% classification 'Open' is_open=True %}")
    assert "cls-open" not in draw("{% classification 'For official use' %}")


def test_a_grading_keeps_its_scheme_and_its_cells() -> None:
    html = draw("{% grading g %}", g=Grading("3x5x2", "1", "1AP"))
    assert "3×5×2" in html
    assert all(f"<span>{cell}</span>" in html for cell in "1AP")


@pytest.mark.parametrize(
    ("value", "icon"), [("immediate", "alert-triangle"), ("expected", "clock")]
)
def test_an_urgency_is_never_colour_alone(value: str, icon: str) -> None:
    html = draw("{% urgency v %}", v=value)
    assert f"#{icon}" in html
    assert value.capitalize() in html


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1, "1 min"), (59, "59 min"), (60, "1 h"), (200, "3 h 20 min"), (60 * 52, "2 d 4 h")],
)
def test_a_span_says_its_two_largest_units(minutes: int, words: str) -> None:
    assert span(timedelta(minutes=minutes)) == words


@pytest.mark.parametrize(
    ("left", "nearness"),
    [
        (timedelta(minutes=31), Nearness.FAR),
        (timedelta(minutes=30), Nearness.NEAR),
        (timedelta(0), Nearness.NEAR),
        (timedelta(seconds=-1), Nearness.LATE),
    ],
)
def test_a_deadline_turns_amber_in_its_last_quarter_and_then_red(
    left: timedelta, nearness: Nearness
) -> None:
    at = NOW + left
    assert due(at, NOW, since=at - timedelta(hours=2)).nearness is nearness


def test_a_deadline_is_never_said_without_its_hour() -> None:
    html = draw("{% due at %}", at=NOW - timedelta(minutes=20))
    assert "20 min late" in html
    assert ">15:22<" in html
    assert "due-late" in html


def test_a_time_is_said_here_and_in_utc_with_the_date_where_it_is_another() -> None:
    with timezone.override(ZoneInfo("Asia/Bishkek")):
        today = face(datetime(2026, 5, 14, 15, 41, tzinfo=UTC), NOW)
        night = face(datetime(2026, 5, 14, 20, 18, tzinfo=UTC), NOW)
        old = face(datetime(2025, 5, 14, 6, 0, tzinfo=UTC), NOW)
    assert (today.local_date, today.local, today.utc_date, today.utc) == ("", "21:41", "", "15:41")
    assert (night.local_date, night.local) == ("15 May", "02:18")
    assert (night.utc_date, night.utc) == ("14 May", "20:18")
    assert old.local_date == "14 May 2025"


def test_a_time_can_be_read_by_a_machine() -> None:
    html = draw("{% time at %}", at=NOW)
    assert 'datetime="2026-05-14T15:42:00Z"' in html
    assert "15:42 UTC" in html


def test_dates_are_russian_in_russian() -> None:
    with translation.override("ru"):
        assert face(datetime(2026, 3, 2, 6, 0, tzinfo=UTC), NOW).local_date == "2 мар"
