"""The demo's year: the same from the same seed, true to its figures, and its truths can be found again."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from borderliaison.node.demo.year import plants
from borderliaison.node.demo.year.beside import USUAL
from borderliaison.node.demo.year.drawing import draw
from borderliaison.node.demo.year.figures import yearly
from borderliaison.node.demo.year.happenings import Happening, Kind, Place
from borderliaison.node.demo.year.plants import Plant
from borderliaison.node.demo.year.rhythm import share_of

DAY = date(2026, 11, 21)
HOME = ("KG-OSH", "KG-BIS")
PLACES = (
    Place("KG-BDB", "Asia/Bishkek", "TJ", home=("KG-DST", *HOME), onward="KG-DST"),
    Place("KG-DST", "Asia/Bishkek", "UZ", home=HOME, facing=("UZ-DUS",), onward="UZ-DUS"),
    Place("UZ-DUS", "Asia/Tashkent", "KG", facing=("KG-DST",), onward="KG-DST"),
)


@pytest.fixture(scope="module")
def year() -> list[Happening]:
    return draw(PLACES, DAY)


def test_the_same_seed_and_day_give_the_same_year(year: list[Happening]) -> None:
    assert draw(PLACES, DAY) == year
    assert draw(PLACES, DAY, seed=1) != year


def test_a_year_is_52_weeks_and_ends_before_this_one(year: list[Happening]) -> None:
    monday = datetime(2026, 11, 16, tzinfo=UTC)
    written = [one.at for one in year if not one.rests_on and one.kind is not Kind.WEEK]
    assert monday - timedelta(weeks=52, days=6) <= min(written)
    assert max(written) < monday
    assert [one.at for one in year] == sorted(one.at for one in year)
    assert len({one.name for one in year}) == len(year)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.office)
def test_seizures_add_up_to_the_offices_part_of_the_figures(
    year: list[Happening], place: Place
) -> None:
    seized: Counter[str] = Counter()
    for one in year:
        if one.kind is Kind.SEIZURE and one.place == place:
            assert one.load is not None
            assert one.load.amount > 0
            seized[one.load.substance] += one.load.amount  # type: ignore[assignment]
    expected = yearly(place.country, share_of(place.office))
    for figure, total in expected.items():
        assert abs(seized[figure.substance] - total) <= Decimal("0.5")


def test_on_a_monday_the_last_weeks_summary_is_not_yet_written() -> None:
    monday = date(2026, 11, 16)
    assert max(one.at for one in draw(PLACES, monday)) < datetime(2026, 11, 16, tzinfo=UTC)


def test_every_answer_follows_what_it_answers(year: list[Happening]) -> None:
    by_name = {one.name: one for one in year}
    answers = [one for one in year if one.rests_on]
    assert answers
    for one in answers:
        asked = by_name[one.rests_on]
        assert asked.at < one.at
        assert one.place.office in asked.to
        assert one.to == (asked.place.office,)


def test_in_season_hashish_and_opium_come_several_times_as_often() -> None:
    in_season = others = 0
    for seed in range(8):
        for one in draw(PLACES, DAY, seed=seed):
            load = one.load if one.kind is Kind.SEIZURE else None
            if load is not None and load.substance in plants.SEASON_SUBSTANCES:
                high = one.at.isocalendar().week in plants.SEASON_WEEKS
                in_season, others = in_season + high, others + (not high)
    weeks = len(plants.SEASON_WEEKS)
    assert in_season / weeks > 2 * others / (52 - weeks)


def test_a_lorry_of_the_route_is_seen_before_it_is_stopped(year: list[Happening]) -> None:
    journeys = [one for one in year if Plant.ROUTE in one.plants]
    seen = {one.subject.plate: one for one in journeys if one.kind is Kind.LOOKOUT}
    stopped = [one for one in journeys if one.kind is Kind.SEIZURE]
    assert len(stopped) == len(journeys) // 2
    for one in stopped:
        before = seen[one.subject.plate]
        assert before.place.office == plants.ROUTE[0]
        assert timedelta(days=plants.ROUTE_DAYS[0]) <= one.at - before.at
        assert one.at - before.at <= timedelta(days=plants.ROUTE_DAYS[1] + 1)
        assert one.subject.hidden == plants.ROUTE_HIDDEN


def test_every_form_of_the_rhythm_is_written_and_the_truths_are_in_none_of_them(
    year: list[Happening],
) -> None:
    beside = [one for one in year if one.kind in USUAL]
    assert {one.kind for one in beside} == set(USUAL)
    assert not any(one.plants for one in beside)
    assert 80 < len(beside) < 220
    for one in beside:
        assert set(one.to) <= {*one.place.home, *one.place.facing}


def test_snow_restricts_the_pass_in_winter_alone(year: list[Happening]) -> None:
    snow = [one for one in year if one.subject.kind == "weather"]
    assert snow
    assert {one.place.office for one in snow} == {"KG-BDB"}
    assert {one.at.month for one in snow} <= {11, 12, 1, 2, 3, 4}


def test_without_the_broker_the_group_falls_apart(year: list[Happening]) -> None:
    together = [set(one.subject.names) for one in year if Plant.GROUP in one.plants]
    north, south = set(plants.CELL_NORTH), set(plants.CELL_SOUTH)
    assert any(plants.BROKER in names and names & north for names in together)
    assert any(plants.BROKER in names and names & south for names in together)
    assert not any(names & north and names & south for names in together)


def test_the_centre_reads_all_that_names_the_group_and_lookouts_name_each_of_it(
    year: list[Happening],
) -> None:
    group = [one for one in year if Plant.GROUP in one.plants]
    assert len(group) == plants.GROUP_MEETINGS
    assert all(plants.GROUP_READ_AT in one.to for one in group)
    named = {name for one in group if one.kind is Kind.LOOKOUT for name in one.subject.names}
    assert named == {*plants.CELL_NORTH, *plants.CELL_SOUTH, plants.BROKER}


def test_the_risky_firms_consignments_are_worth_opening(year: list[Happening]) -> None:
    by_name = {one.name: one for one in year}
    opened: Counter[bool] = Counter()
    hits: Counter[bool] = Counter()
    for one in year:
        firm = by_name[one.rests_on].subject.consignor if one.kind is Kind.RESULT else ""
        if firm:
            opened[firm == plants.CONSIGNOR] += 1
            hits[firm == plants.CONSIGNOR] += one.found
    assert opened[True] == plants.CONSIGNMENTS
    assert hits[True] == plants.CONSIGNOR_HITS
    assert hits[False] / opened[False] < 0.2


def test_a_summary_counts_what_its_office_wrote_that_week(year: list[Happening]) -> None:
    summaries = [one for one in year if one.week is not None]
    assert len(summaries) == 52 * len(PLACES)
    for place in PLACES:
        counted: Counter[Kind] = Counter()
        for one in summaries:
            if one.place == place and one.week is not None:
                counted.update(one.week.counts)
        said = Counter(one.kind for one in year if one.place.office == place.office)
        assert counted[Kind.SEIZURE] == said[Kind.SEIZURE]
    nil = [one.week.is_nil for one in summaries if one.week and one.place.office == "KG-BDB"]
    assert sum(nil) > 10
