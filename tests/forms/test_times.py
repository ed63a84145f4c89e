from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderliaison.forms import times
from borderliaison.forms.schema import Refused
from borderliaison.forms.sentences import sentence

ZONES = [
    "Asia/Bishkek",
    "Asia/Almaty",
    "Asia/Tashkent",
    "Asia/Samarkand",
    "Asia/Dushanbe",
    "Asia/Ashgabat",
]


def refusal(text: str, zone: str) -> Refused:
    with pytest.raises(Refused) as caught:
        times.read_typed(text, zone)
    return caught.value


@given(
    local=st.datetimes(min_value=datetime(2006, 1, 1), max_value=datetime(2090, 1, 1)),
    zone=st.sampled_from(ZONES),
)
def test_local_time_and_utc_belong_together(local, zone):
    local = local.replace(microsecond=0)
    try:
        value = times.read_typed(f"{local:%d.%m.%Y %H:%M:%S}", zone)
    except Refused as refused:
        if refused.code in ("time_twice", "time_skipped"):  # Kazakhstan, 1 March 2024
            return
        raise
    assert times.local_of(value) == local
    assert times.utc_of(value["utc"]).astimezone(times.zone_of(zone)).replace(tzinfo=None) == local
    assert times.read_kept(value) == value
    assert times.is_moment(value)


def test_kazakhstan_is_five_hours_from_utc_since_march_2024():
    assert times.read_typed("2024-02-28 12:00", "Asia/Almaty")["utc"] == "2024-02-28T06:00:00Z"
    assert times.read_typed("2024-03-02 12:00", "Asia/Almaty")["utc"] == "2024-03-02T07:00:00Z"


def test_a_time_that_comes_twice_is_named_and_an_offset_settles_it():
    refused = refusal("2024-02-29 23:30", "Asia/Almaty")
    assert sentence(refused.code, refused.params, "en").startswith(
        "Add +06:00 (earlier) or +05:00 (later) after the time"
    )
    earlier = times.read_typed("2024-02-29 23:30 +06:00", "Asia/Almaty")
    later = times.read_typed("2024-02-29 23:30+0500", "Asia/Almaty")
    gap = times.utc_of(later["utc"]) - times.utc_of(earlier["utc"])
    assert gap == timedelta(hours=1)
    assert times.read_kept(earlier) == earlier
    assert times.typed(earlier, "Asia/Almaty") == "2024-02-29 23:30 +06:00"


def test_a_time_that_does_not_exist_is_named_with_the_next_that_does():
    refused = refusal("2026-03-29 02:30", "Europe/Berlin")
    assert refused.code == "time_skipped"
    assert sentence(refused.code, refused.params, "en").startswith("Enter 29 Mar 2026 03:30")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("tomorrow", "not_time"),
        ("2026-05-14", "not_time"),
        ("٢٠٢٦-05-14 22:00", "not_time"),
        ("2026-02-30 10:00", "no_such_time"),
        ("2026-05-14 24:00", "no_such_time"),
        ("1926-05-14 22:00", "year_outside"),
        ("2026-05-14 22:00 +05:00", "other_offset"),
        ("2026-05-14 22:00" + " " * 100, "not_time"),
    ],
)
def test_what_is_no_time_is_refused(text, code):
    assert refusal(text, "Asia/Bishkek").code == code


def test_a_zone_that_does_not_exist_is_refused():
    for zone in ("", "Asia", "../../etc/passwd", "Asia/Nowhere", "\0"):
        assert refusal("2026-05-14 22:00", zone).code == "unknown_zone"


def test_a_kept_time_that_contradicts_its_utc_is_refused():
    value = times.read_typed("2026-05-14 22:00", "Asia/Bishkek")
    with pytest.raises(Refused) as caught:
        times.read_kept(value | {"utc": "2026-05-14T17:00:00Z"})
    assert caught.value.code == "times_disagree"


def test_a_received_time_of_another_table_of_zones_is_taken_as_it_is():
    value = {"local": "2030-05-14T22:00", "zone": "Asia/New_Zone", "utc": "2030-05-14T18:00:00Z"}
    assert times.read_received(value) == value
    with pytest.raises(Refused):
        times.read_received(value | {"utc": "2030-05-16T18:00:00Z"})


def test_times_are_written_in_words():
    assert times.say_time(datetime(2026, 5, 14, 22, 0), "en") == "14 May 2026 22:00"
    assert times.say_time(datetime(2026, 5, 14, 22, 0), "ru", year=False) == "14 мая 22:00"
    assert times.say_time(datetime(2026, 5, 14, 22, 0), "ky") == "14 мая 2026 22:00"
    kept = times.as_value(datetime(2026, 5, 14, 16, 0, tzinfo=UTC), "UTC")
    assert times.zone_text(kept) == "UTC+0"
    kathmandu = times.read_typed("2026-05-14 22:00", "Asia/Kathmandu")
    assert times.zone_text(kathmandu) == "UTC+5:45"
    new_york = times.read_typed("2026-05-14 22:00", "America/New_York")
    assert times.zone_text(new_york) == "UTC-4"


def test_a_time_of_another_zone_is_typed_in_ours():
    value = times.read_typed("2026-05-14 22:00", "Asia/Bishkek")
    assert times.typed(value, "Asia/Tashkent") == "2026-05-14 21:00"
    assert times.typed(value, "") == "2026-05-14 22:00"
