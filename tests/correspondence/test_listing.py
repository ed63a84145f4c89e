"""Times in the list of threads: as short as they can be understood."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from borderliaison.correspondence.shown.listing import short_time

NOW = datetime(2026, 5, 14, 15, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("back", "said"),
    [
        (timedelta(minutes=1), "21:41"),
        (timedelta(hours=21), "00:42"),
        (timedelta(hours=22), "Wed"),
        (timedelta(days=5), "Sat"),
        (timedelta(days=7), "7 May"),
        (timedelta(days=365), "14.05.2025"),
    ],
)
def test_the_hour_today_the_weekday_this_week_else_the_date(back: timedelta, said: str) -> None:
    with timezone.override(ZoneInfo("Asia/Bishkek")), translation.override("en"):
        assert short_time(NOW - back, NOW) == said


def test_what_comes_from_a_clock_that_is_ahead_has_its_date() -> None:
    with timezone.override(ZoneInfo("Asia/Bishkek")), translation.override("en"):
        assert short_time(NOW + timedelta(days=1), NOW) == "15 May"
