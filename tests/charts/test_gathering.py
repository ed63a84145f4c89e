"""A chart shows each reader just what he may know, however it was saved."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from borderliaison.charts.errors import TooManyToConnect
from borderliaison.charts.network.finding import Wish, found
from borderliaison.charts.network.gathering import gathered
from borderliaison.charts.network.measuring import measures_of
from borderliaison.charts.network.sayings import told_of
from borderliaison.charts.network.spreading import expanded
from borderliaison.kernel.marking import Marking
from borderliaison.records.graph.measures.measuring import Measure
from borderliaison.records.statements.drafted import Drafted, Said
from borderliaison.records.statements.writing import withdraw
from tests.charts.cast import grey_lorry, key
from tests.records.cast import ALL, BORDER, CUSTOMS, FOR_BORDER, say, source
from tests.records.cast import key as key_of
from tests.records.graph.cast import uses
from tests.ui.test_icons import sprite

pytestmark = pytest.mark.django_db


def wish(what: str, *names: str, depth: int = 4, in_time: bool = False) -> Wish:
    return Wish(what, tuple(key(one) for one in names), (), depth, True, in_time, None)


def seized(name: str, *how_much: tuple[str, str], marking: Marking = ALL) -> None:
    """Let a source say that heroin was seized at the one event that all sources speak of."""
    ends = (Said("event", key_of("event")), Said("substance", key_of("heroin")))
    quantity = (Said(prop, value) for prop, value in how_much)
    say(
        name,
        Drafted(key_of("event"), "Seizure", (Said("name", "Seizure 0231"),)),
        Drafted(key_of("heroin"), "Substance", (Said("code", "heroin"),)),
        Drafted(key_of(name), "SeizedQuantity", (*ends, *quantity)),
        marking=marking,
    )


def test_items_have_their_names_signs_and_links() -> None:
    piece = gathered(BORDER, grey_lorry(), (), "en")
    items = {one.key: one for one in piece.items}
    assert len(items) == 17
    lorry, seizure = items[key("lorry")], items[key("seizure")]
    assert (lorry.name, lorry.icon, lorry.shape) == ("KG 01 7784 AD", "truck", "square")
    assert (seizure.shape, seizure.under) == ("diamond", "15 May 2026")
    assert lorry.facts["registrationNumber"] == ["KG 01 7784 AD"]
    assert piece.words["registrationNumber"] == "Registration number"
    ends = [(one.begin, one.end, one.label) for one in piece.links]
    assert (key("holov"), key("lorry"), "uses") in ends
    certain = {(one.begin, one.certainty) for one in piece.links if one.kind == "Involvement"}
    assert {(key("holov"), "confirmed"), (key("holov"), "unconfirmed")} <= certain
    assert (key("lorry"), "tentative") in certain


def test_more_items_are_not_more_queries() -> None:
    keys = grey_lorry()
    gathered(BORDER, keys, (), "en")
    asked = []
    few = [key(one) for one in ("lorry", "phone", "other phone", "seizure", "heroin")]
    for some in (few, keys):
        with CaptureQueriesContext(connection) as queries:
            gathered(BORDER, some, (), "en")
        asked.append(len(queries))
    assert asked[1] <= asked[0] + 2


def test_what_is_one_stands_once_and_its_other_keys_lead_to_it() -> None:
    uses("a", "Bek", "01KG742ABC")
    uses("b", "Askar", "01KG742ABC")
    lorries = [key_of(name, "lorry 01KG742ABC") for name in ("a", "b")]
    people = [key_of("a", "person Bek"), key_of("b", "person Askar")]
    piece = gathered(BORDER, [*lorries, *people], (), "en")
    assert len(piece.items) == 3
    known = min(lorries)
    assert piece.aliases == {max(lorries): known}
    assert {(one.begin, one.end) for one in piece.links} == {(one, known) for one in people}


def test_what_one_may_not_read_is_not_there() -> None:
    uses("a", "Bek", "01KG742ABC", marking=FOR_BORDER)
    uses("b", "Askar", "01KG742ABC")
    lorry, bek = key_of("b", "lorry 01KG742ABC"), key_of("a", "person Bek")
    assert {one.name for one in expanded(BORDER, [lorry], [lorry], 25, "en").items} == {
        "Bek",
        "Askar",
    }
    there = expanded(CUSTOMS, [lorry], [lorry], 25, "en")
    assert ({one.name for one in there.items}, there.left_out) == ({"Askar"}, 0)
    assert gathered(CUSTOMS, [lorry, bek], (), "en").items[0].degree == 1
    assert told_of(CUSTOMS, bek, lorry, "en") is None
    assert told_of(BORDER, bek, lorry, "en") is not None


def test_what_is_said_of_a_link_beside_its_ends_is_told_with_who_says_it() -> None:
    seized("a", ("kgEquivalent", "14.6"), ("packages", "12"))
    told = told_of(BORDER, key_of("event"), key_of("heroin"), "en")
    assert told is not None
    (record,) = told.records
    said = {fact.label: [value.words for value in fact.values] for fact in record.facts}
    assert (record.key, record.label, said["In kg"]) == (key_of("a"), "seized", ["14.6"])
    assert all(value.sources for fact in record.facts for value in fact.values)
    assert told_of(CUSTOMS, key_of("event"), key_of("heroin"), "en") is not None


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ([("summary", "brother")], "brother"),
        ([("role", "driver"), ("summary", "brother")], "driver"),
        ([("summary", "met at the tea house behind the northern market twice")], 40),
        ([], "linked to"),
    ],
)
def test_along_a_line_stands_its_role_or_its_label_of_i2(
    said: list[tuple[str, str]], label: str | int
) -> None:
    ends = (Said("subject", key_of("bek")), Said("object", key_of("olim")))
    say(
        "chart",
        Drafted(key_of("bek"), "Person", (Said("name", "Bek"),)),
        Drafted(key_of("olim"), "Person", (Said("name", "Olim"),)),
        Drafted(key_of("link"), "UnknownLink", (*ends, *(Said(*one) for one in said))),
    )
    (link,) = gathered(BORDER, [key_of("bek"), key_of("olim")], (), "en").links
    assert (link.label if isinstance(label, str) else len(link.label)) == label


def test_what_is_withdrawn_is_gone_from_a_chart() -> None:
    uses("a", "Bek", "01KG742ABC")
    keys = [key_of("a", "lorry 01KG742ABC"), key_of("a", "person Bek")]
    assert len(gathered(BORDER, keys, (), "en").items) == 2
    withdraw(source("a"))
    assert gathered(BORDER, keys, (), "en").items == ()


def test_of_what_is_linked_some_comes_and_the_rest_is_counted() -> None:
    grey_lorry()
    piece = expanded(BORDER, [key("lorry")], [key("lorry")], 3, "en")
    assert (len(piece.items), piece.left_out) == (3, 6)
    shown = [key("lorry"), *(one.key for one in piece.items)]
    again = expanded(BORDER, [key("lorry")], shown, 25, "en")
    assert (len(again.items), again.left_out) == (6, 0)


def test_ways_rings_and_what_connects_are_found_past_places() -> None:
    grey_lorry()
    way = found(BORDER, wish("shortest", "tilekov", "nazarova"), "en").ways
    assert way == (
        (key("tilekov"), key("lorry"), key("holov"), key("earlier"), key("car"), key("nazarova")),
    )
    assert len(found(BORDER, wish("paths", "tilekov", "holov"), "en").ways) > 1
    rings = found(BORDER, wish("cycles", "lorry"), "en").ways
    assert {key("lorry"), key("holov"), key("seizure")} in [set(one) for one in rings]
    connecting = found(BORDER, wish("connecting", "tilekov", "consignee", "nazarova"), "en")
    assert key("lorry") in connecting.ways[0]
    assert connecting.apart == ()
    most = found(BORDER, wish("most"), "en")
    assert most.ways[0] == (key("lorry"),)
    assert list(most.values) == sorted(most.values, reverse=True)
    seized = found(BORDER, wish("most_kg"), "en")
    assert [len(way) for way in seized.ways] == [1] * len(seized.values)
    assert sum(seized.values) == pytest.approx(0)
    assert found(BORDER, wish("most_s"), "en").ways == ()
    with pytest.raises(TooManyToConnect):
        found(BORDER, replace(wish("connecting"), keys=tuple("abcdefghijklmnopqrstu")), "en")
    around = found(BORDER, wish("around", "tilekov", depth=1), "en")
    assert set(around.ways[0]) == {key("tilekov"), key("lorry"), key("phone")}


def test_who_says_that_two_are_linked() -> None:
    grey_lorry()
    told = told_of(BORDER, key("phone"), key("other phone"), "en")
    assert told is not None
    assert sorted(one.when for one in told.facts) == ["12 May 2026", "13 May 2026"]
    assert sum(len(one.sources) for one in told.facts) == 3


def test_measures_are_of_what_is_shown() -> None:
    found_ = measures_of(4, [(0, 1), (1, 2), (2, 1), (3, 3)])
    assert found_["values"]["betweenness"] == [0, pytest.approx(1 / 3), 0, 0]
    assert found_["values"]["degree"] == [1, 2, 1, 0]
    assert found_["values"]["bridges"] == [1, 2, 1, 0]
    assert found_["component"] == [0, 0, 0, 1]
    assert (found_["estimated"], found_["left_out"]) == ({}, [])
    assert measures_of(4, [(0, 1)], [Measure.DEGREE])["values"] == {"degree": [1, 1, 0, 0]}


def test_what_was_seized_stands_on_the_link_and_at_the_event_once() -> None:
    for name in ("a", "b"):
        seized(name, ("quantity", "4.6"), ("unit", "kg"), ("kgEquivalent", "4.6"))
    seized("c", ("kgEquivalent", "0.4"))
    piece = gathered(BORDER, [key_of("event"), key_of("heroin")], (), "en")
    items = {one.name: one for one in piece.items}
    assert items["Seizure 0231"].amounts == {"kg": 5.0}
    assert sorted((one.label, one.amounts, one.sources) for one in piece.links) == [
        ("4.6", {"kg": 4.6}, 2),
        ("seized", {"kg": 0.4}, 1),
    ]


def test_an_amount_that_one_may_not_read_is_in_no_sum() -> None:
    seized("a", ("kgEquivalent", "4.6"))
    seized("b", ("kgEquivalent", "3"), marking=FOR_BORDER)
    asked = [key_of("event"), key_of("heroin")]
    for reader, sum_kg in ((BORDER, 7.6), (CUSTOMS, 4.6)):
        piece = gathered(reader, asked, (), "en")
        assert [one.amounts for one in piece.items if one.shape == "diamond"] == [{"kg": sum_kg}]


def test_values_beneath_items_are_in_the_readers_words() -> None:
    piece = gathered(BORDER, grey_lorry(), (), "ru")
    assert piece.said["Vehicle:registeredIn"]["kg"] == "Кыргызстан"
    assert piece.signs["birthDate"] == "calendar"
    assert set(piece.signs) | {one.kind for one in piece.links} == set(piece.words)
    assert piece.words["Use"] == "пользуется"
    assert set(piece.signs.values()) <= sprite()


def test_a_frame_says_where_an_event_was_to_whoever_may_know_the_place() -> None:
    for name, marking in (("a", ALL), ("b", FOR_BORDER)):
        at = Drafted(key_of(name, "point"), "CrossingPoint", (Said("name", "Dostuk"),))
        event = Drafted(key_of(name), "Seizure", (Said("crossing", at.key),))
        say(name, event, marking=ALL)
        say(f"{name} point", at, marking=marking)
    keys = [key_of("a"), key_of("b")]
    assert [one.place for one in gathered(BORDER, keys, (), "en").items] == ["Dostuk", "Dostuk"]
    there = {one.key: one.place for one in gathered(CUSTOMS, keys, (), "en").items}
    assert there == {key_of("a"): "Dostuk", key_of("b"): ""}
