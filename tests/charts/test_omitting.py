"""What is left out of a question that follows links is left out of all its answer, and named there."""

from dataclasses import replace

import pytest

from borderliaison.charts.network.finding import Found, Wish, found
from borderliaison.charts.network.omitting import Omitted
from tests.charts.cast import grey_lorry, key
from tests.records.cast import BORDER, CUSTOMS, FOR_BORDER, drafted, say
from tests.records.cast import key as key_of
from tests.records.graph.cast import uses

pytestmark = pytest.mark.django_db


def asked(what: str, *names: str, without: Omitted, depth: int = 4) -> Found:
    keys = tuple(key(one) for one in names)
    wish = Wish(what, keys, (), depth, True, False, None, without=without)
    return found(BORDER, wish, "en")


@pytest.mark.parametrize("what", ["shortest", "paths", "connecting", "cycles", "around"])
def test_nobody_comes_to_what_is_left_out(what: str) -> None:
    grey_lorry()
    names = ("holov",) if what in ("cycles", "around") else ("holov", "tilekov")
    free = asked(what, *names, without=Omitted())
    assert any(key("lorry") in way for way in free.ways)
    assert "KG 01 7784 AD" not in free.without
    without = Omitted((key("lorry"),))
    answer = asked(what, *names, without=without)
    assert not any(key("lorry") in way for way in answer.ways)
    assert answer.without[0] == "KG 01 7784 AD"
    assert "Border crossing points" in answer.without


def test_kinds_of_items_and_links_are_left_out_and_named() -> None:
    grey_lorry()
    past = asked("shortest", "tilekov", "holov", without=Omitted(items=("Vehicle",)))
    assert past.ways == (tuple(key(one) for one in ("tilekov", "phone", "other phone", "holov")),)
    assert "Vehicles" in past.without
    nothing = asked("shortest", "tilekov", "holov", without=Omitted(links=("Use",)))
    assert (nothing.ways, nothing.goes_on, nothing.without[-1]) == ((), False, "Uses")


def test_what_was_asked_for_is_not_left_out_nor_named_and_what_one_may_not_know_is_not_named() -> (
    None
):
    grey_lorry()
    answer = asked("shortest", "tilekov", "lorry", without=Omitted((key("lorry"),)))
    assert len(answer.ways) == 1
    assert "KG 01 7784 AD" not in answer.without
    uses("a", "Bek", "01KG742ABC", marking=FOR_BORDER)
    wish = Wish("most", (), (), 2, False, False, None)
    without = Omitted((key_of("a", "person Bek"),))
    assert found(CUSTOMS, replace(wish, without=without), "en").without == ()
    assert found(BORDER, replace(wish, without=without), "en").without == ("Bek",)


def test_gaps_are_told_by_the_parts_that_hang_together() -> None:
    grey_lorry()
    names = ("tilekov", "holov", "nazarova", "consignee")
    without = Omitted((key("earlier"), key("load")))
    answer = asked("connecting", *names, without=without)
    parts = [{key("tilekov"), key("holov")}, {key("nazarova")}, {key("consignee")}]
    assert [set(one) for one in answer.groups] == parts
    assert set(answer.apart) == {key("nazarova"), key("consignee")}
    assert (answer.longest, answer.goes_on) == (6, False)


def test_of_all_ways_as_many_come_as_are_wished_and_where_longer_ones_lead_on_it_is_said() -> None:
    grey_lorry()
    keys = (key("tilekov"), key("holov"))
    wish = Wish("paths", keys, (), 4, True, False, None, limit=1)
    one = found(BORDER, wish, "en")
    assert (len(one.ways), one.are_all) == (1, False)
    every = found(BORDER, replace(wish, limit=100, depth=6), "en")
    assert (len(every.ways) > 1, every.are_all, every.longest) == (True, True, 6)
    short = found(BORDER, replace(wish, depth=1), "en")
    assert (short.ways, short.longest, short.goes_on) == ((), 1, True)


def test_most_by_value_says_the_unit_of_each_and_weights_are_added() -> None:
    people = [drafted("a", "Person", name, name=name) for name in ("Bek", "Askar")]
    both = (key_of("a", "Bek"), key_of("a", "Askar"))
    paid = drafted(
        "a", "Payment", "p", payer=both[0], beneficiary=both[1], amount="9", currency="USD"
    )
    link = drafted("a", "UnknownLink", "l", subject=both[0], object=both[1], weight="52.0")
    say("a", *people, paid, link)
    money = found(BORDER, Wish("most_money", (), (), 2, False, False, None), "en")
    assert dict(zip(money.ways, money.values, strict=True)) == {(both[0],): -9, (both[1],): 9}
    assert money.units == ("USD", "USD")
    weight = found(BORDER, Wish("most_weight", (), (), 2, False, False, None), "en")
    assert (weight.values, weight.units) == ((52, 52), ("weight", "weight"))
