"""A chart is spread by kinds and a time, and what that leaves out is counted."""

from datetime import UTC, datetime

import pytest

from borderliaison.charts.network.kinds import every_kind, item_kinds, kinds_around, link_kinds
from borderliaison.charts.network.spreading import By, expanded
from tests.charts.cast import grey_lorry, key
from tests.records.cast import BORDER, CUSTOMS, FOR_BORDER
from tests.records.cast import key as key_of
from tests.records.graph.cast import uses

pytestmark = pytest.mark.django_db


def test_it_is_spread_by_kinds_of_links_and_items_and_the_rest_is_counted() -> None:
    grey_lorry()
    lorry = [key("lorry")]
    every = expanded(BORDER, lorry, lorry, 25, "en")
    assert (len(every.items), every.other_kinds, every.outside) == (9, 0, 0)
    users = expanded(BORDER, lorry, lorry, 25, "en", by=By(links=frozenset({"Use"})))
    assert {one.name for one in users.items} == {"Azamat Tilekov", "Rustam Holov"}
    assert (users.left_out, users.other_kinds) == (0, 7)
    events = expanded(BORDER, lorry, lorry, 1, "en", by=By(items=frozenset({"Event"})))
    assert (len(events.items), events.left_out, events.other_kinds) == (1, 2, 6)


def test_it_is_spread_over_links_of_a_time_and_the_others_are_counted() -> None:
    grey_lorry()
    lorry = [key("lorry")]
    by = By(frozenset({"Involvement"}), since=datetime(2026, 5, 15, tzinfo=UTC))
    late = expanded(BORDER, lorry, lorry, 25, "en", by=by)
    assert [one.key for one in late.items] == [key("seizure")]
    assert (late.left_out, late.other_kinds, late.outside) == (0, 6, 2)


def test_the_kinds_that_lead_on_are_counted_in_what_the_reader_may_read() -> None:
    grey_lorry()
    lorry = [key("lorry")]
    found = kinds_around(BORDER, lorry, [*lorry, key("holov")], "en")
    links = {one.words: one.count for one in found.links}
    assert links["Involved in"] == 3
    assert links["Uses"] == 1
    items = {one.name: one.count for one in found.items}
    assert (items["Person"], items["CrossingPoint"]) == (1, 2)
    assert [one.count for one in found.links] == sorted(links.values(), reverse=True)
    uses("a", "Bek", "02KG742ABC", marking=FOR_BORDER)
    uses("b", "Askar", "02KG742ABC")
    for reader, count in ((BORDER, 2), (CUSTOMS, 1)):
        of = kinds_around(reader, [key_of("b", "lorry 02KG742ABC")], (), "en")
        assert [one.count for one in of.links] == [count]


def test_every_kind_has_its_words_in_both_languages() -> None:
    english, russian = every_kind("en"), every_kind("ru")
    assert {one.name for one in english["items_of"]} <= item_kinds()
    assert {one.name for one in russian["links"]} <= link_kinds()
    assert {one.name: one.words for one in russian["items_of"]}[
        "Vehicle"
    ] == "Транспортные средства"
