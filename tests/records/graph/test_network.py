"""The network in memory says to each reader just what the records say to him, and follows them."""

from datetime import UTC, datetime, timedelta

import pytest

from borderliaison.records.graph.flowing import Flow
from borderliaison.records.graph.network import network
from borderliaison.records.graph.which import Which
from borderliaison.records.models import Entity
from borderliaison.records.statements.writing import withdraw
from tests.records.cast import (
    BORDER,
    CUSTOMS,
    FOR_BORDER,
    FOR_CUSTOMS,
    drafted,
    key,
    person,
    pk,
    say,
    source,
)  # fmt: skip
from tests.records.graph.cast import drawn, uses

pytestmark = pytest.mark.django_db


def test_what_two_sources_say_of_one_lorry_links_their_persons() -> None:
    bek, lorry = uses("a", "Bek", "01KG742ABC")
    askar, same = uses("b", "Askar", "01KG742ABC")
    known_as = network(BORDER).nodes([lorry])[lorry]
    assert known_as in {lorry, same}
    one = network(BORDER).expand([bek])
    assert drawn(one) == {(bek, "Use", known_as)}
    two = network(BORDER).expand([bek], depth=2)
    assert drawn(two) == {(bek, "Use", known_as), (askar, "Use", known_as)}
    assert (two.nodes, two.all_nodes, two.all_ties) == ((bek, known_as, askar), 3, 2)
    assert drawn(network(BORDER).between([bek, askar, same])) == drawn(two)


def test_a_reader_goes_along_no_line_that_he_may_not_read() -> None:
    bek, _ = uses("a", "Bek", "01KG742ABC", marking=FOR_BORDER)
    askar, lorry = uses("b", "Askar", "01KG742ABC")
    _, customs = uses("c", "Cholpon", "01KG742ABC", marking=FOR_CUSTOMS)
    for_border, for_customs = (network(one).expand([lorry], depth=2) for one in (BORDER, CUSTOMS))
    assert {bek, askar} < set(for_border.nodes)
    assert bek not in for_customs.nodes
    assert (for_border.all_nodes, for_customs.all_nodes) == (3, 3)
    assert customs not in for_border.nodes
    assert network(CUSTOMS).expand([bek]).nodes == ()


def test_the_network_follows_the_sources() -> None:
    bek, lorry = uses("a", "Bek", "01KG742ABC")
    assert drawn(network(BORDER).expand([bek])) == {(bek, "Use", lorry)}
    askar, _ = uses("b", "Askar", "02KG111ABC")
    uses("a", "Bek", "02KG111ABC")
    assert askar in network(BORDER).expand([bek], depth=2).nodes
    withdraw(source("b"))
    assert network(BORDER).expand([bek], depth=2).all_nodes == 2
    withdraw(source("a"))
    assert not Entity.objects.exists()
    assert network(BORDER).expand([bek]).nodes == ()


def test_somebody_without_lines_is_there_alone() -> None:
    alone = person("a", "Bek")
    found = network(BORDER).expand([alone])
    assert (found.nodes, len(found.ties), found.all_nodes) == ((alone,), 0, 1)


def test_of_too_many_those_with_the_most_lines_are_kept_and_all_are_counted() -> None:
    bek, often = uses("a", "Bek", "01KG742ABC")
    for number in range(4):
        uses("a", "Bek", "01KG742ABC")
        uses(f"b{number}", "Askar", f"0{number}KG111ABC")
    assert network(BORDER).expand([bek], limit=1).nodes == (bek, often)
    found = network(BORDER).expand([bek, often], limit=0)
    assert (set(found.nodes), found.all_nodes, found.all_ties) == ({bek, often}, 2, 1)


def test_only_lines_and_nodes_that_are_asked_for_are_followed() -> None:
    bek, lorry = uses("a", "Bek", "01KG742ABC", "2026-05-12")
    everything = network(BORDER)
    assert lorry in everything.expand([bek], Which(kinds={"Use"})).nodes
    assert lorry in everything.expand([bek], Which(schemata={"Thing"})).nodes
    none = [
        Which(kinds={"Family"}),
        Which(schemata={"Person"}),
        Which(but_not={"Vehicle"}),
        Which(without={lorry}),
        Which(since=datetime(2026, 5, 13, tzinfo=UTC)),
        Which(until=datetime(2026, 5, 11, tzinfo=UTC)),
    ]
    assert [everything.expand([bek], one).nodes for one in none] == [(bek,)] * len(none)
    tie = everything.expand([bek], Which(since=datetime(2026, 5, 12, tzinfo=UTC))).ties[0]
    assert (tie.since, tie.kind) == (datetime(2026, 5, 12, tzinfo=UTC), "Use")


def test_two_who_use_one_lorry_are_connected_by_it() -> None:
    bek, lorry = uses("a", "Bek", "01KG742ABC", "2026-05-01")
    askar, _ = uses("b", "Askar", "01KG742ABC", "2026-05-12")
    alone = person("c", "Cholpon")
    here = network(BORDER)
    middle = here.nodes([lorry])[lorry]
    assert here.shortest(bek, askar) == (bek, middle, askar)
    paths = here.paths(bek, askar)
    assert (paths.ways, paths.are_all) == (((bek, middle, askar),), True)
    assert drawn(paths.part) == {(bek, "Use", middle), (askar, "Use", middle)}
    connecting = here.connecting([bek, askar, alone])
    assert {frozenset(one) for one in connecting.groups} == {
        frozenset((bek, askar)),
        frozenset((alone,)),
    }
    assert set(connecting.part.nodes) == {bek, middle, askar, alone}
    assert here.shortest(bek, alone) == ()
    assert here.paths(bek, alone).ways == here.cycles(bek).ways == here.cycles(alone).ways == ()
    assert here.most_connected(limit=1) == ((middle, 2),)
    assert here.shortest(bek, askar, Which(but_not={"Vehicle"})) == ()
    assert here.shortest(bek, lorry, Which(but_not={"Vehicle"})) == (bek, middle)


def test_what_goes_to_a_node_less_what_goes_from_it_is_told() -> None:
    amounts = {"one": "12.5", "other": "2", "third": "much"}
    said = [
        drafted(
            "a", "Payment", name, payer=key("a", "Bek"), beneficiary=key("a", "Askar"), amount=much
        )
        for name, much in amounts.items()
    ]
    people = [drafted("a", "Person", name, name=name) for name in ("Bek", "Askar")]
    say("a", *people, *said, marking=FOR_BORDER)
    bek, askar = pk("a", "Bek"), pk("a", "Askar")
    assert set(network(BORDER).most_by_value("amount")) == {(askar, 14.5), (bek, -14.5)}
    assert network(CUSTOMS).most_by_value("amount") == ()
    assert network(BORDER).most_by_value("amount", Which(kinds={"Use"})) == ()


def test_time_goes_from_the_earlier_use_to_the_later_alone() -> None:
    bek, lorry = uses("a", "Bek", "01KG742ABC", "2026-05-01")
    askar, _ = uses("b", "Askar", "01KG742ABC", "2026-05-12")
    here = network(BORDER)
    middle = here.nodes([lorry])[lorry]
    assert set(here.advancing([bek]).nodes) == {bek, middle, askar}
    assert set(here.advancing([askar]).nodes) == {askar, middle}
    assert set(here.advancing([bek], gap=timedelta(days=10)).nodes) == {bek, middle}


def test_what_is_next_to_somebody_is_counted_by_kind_and_by_what_it_is_once() -> None:
    bek, lorry = uses("a", "Bek", "01KG742ABC")
    uses("b", "Bek", "01KG742ABC")
    askar, _ = uses("c", "Askar", "01KG742ABC", marking=FOR_BORDER)
    around = network(BORDER).around([lorry])
    assert (around.by_line, around.by_schema) == ({"Use": 3}, {"Person": 3})
    assert network(BORDER).around([lorry], Which(without={askar})).by_line == {"Use": 2}
    assert network(CUSTOMS).around([lorry]).by_line == {"Use": 2}
    assert network(BORDER).around([bek, askar, lorry], Which(not_kinds={"Use"})).by_line == {}


def test_money_is_summed_by_its_currency_and_none_is_added_to_another() -> None:
    people = [drafted("a", "Person", name, name=name) for name in ("Bek", "Askar")]
    ends = {"payer": key("a", "Bek"), "beneficiary": key("a", "Askar")}
    paid = {
        "one": {"amount": "10", "currency": "USD"},
        "two": {"amount": "5", "currency": "usd"},
        "three": {"amount": "7000", "currency": "KGS"},
        "four": {"amount": "1"},
        "five": {"amount": "2", "currency": "somoni"},
        "six": {"amount": "Infinity", "currency": "USD"},
    }
    said = [drafted("a", "Payment", name, **ends, **what) for name, what in paid.items()]
    say("a", *people, *said, marking=FOR_BORDER)
    bek, askar = pk("a", "Bek"), pk("a", "Askar")
    money = network(BORDER).most_money()
    assert list(money) == ["KGS", "USD"]
    assert set(money["KGS"]) == {(askar, 7000), (bek, -7000)}
    assert set(money["USD"]) == {(askar, 15), (bek, -15)}
    assert network(CUSTOMS).most_money() == {}


def test_weights_of_links_without_a_direction_are_added_and_those_of_persons_are_none() -> None:
    people = [drafted("a", "Person", name, name=name, weight="80") for name in ("Bek", "Askar")]
    ends = {"subject": key("a", "Bek"), "object": key("a", "Askar")}
    said = [drafted("a", "UnknownLink", name, **ends, weight=name) for name in ("52.0", "3")]
    say("a", *people, *said)
    say("b", *(drafted("a", "UnknownLink", "3", **ends, weight="3"), *people))
    found = network(BORDER).most_by_value("weight", flow=Flow.BOTH)
    assert set(found) == {(pk("a", "Bek"), 55), (pk("a", "Askar"), 55)}


def test_whether_longer_ways_may_lead_on_is_said() -> None:
    bek, lorry = uses("a", "Bek", "01KG742ABC")
    askar, _ = uses("b", "Askar", "01KG742ABC")
    here = network(BORDER)
    assert not here.paths(bek, lorry, longest=1).goes_on
    assert not here.paths(bek, askar).goes_on
    cut = here.paths(bek, askar, longest=1)
    assert (cut.ways, cut.are_all, cut.goes_on) == ((), True, True)
