"""A chart is under the strictest marking of all that is seen on it, also of what stands off it."""

from dataclasses import replace

import pytest

from borderliaison.charts.kept.strictest import strictest
from borderliaison.kernel.marking import Marking
from borderliaison.records.statements.drafted import Drafted, Said
from tests.records.cast import ALL, BORDER, FOR_BORDER, drafted, key, say

pytestmark = pytest.mark.django_db
EVENT = drafted("event", "Seizure", name="Seizure 0231")
HEROIN = drafted("heroin", "Substance", code="heroin")
SEIZED = Drafted(
    key("seized"),
    "SeizedQuantity",
    (Said("event", EVENT.key), Said("substance", HEROIN.key), Said("kgEquivalent", "14.6")),
)


def audience(*keys: str) -> Marking:
    return Marking(audience=strictest(BORDER, keys).audience)


def test_how_much_was_seized_counts_where_the_event_alone_is_seen() -> None:
    say("a", EVENT, HEROIN)
    assert audience(EVENT.key) == ALL
    bare = [replace(one, says=()) for one in (EVENT, HEROIN)]
    say("b", *bare, SEIZED, marking=FOR_BORDER)
    assert audience(EVENT.key) == FOR_BORDER


def test_the_place_beneath_an_event_counts() -> None:
    point = drafted("point", "CrossingPoint", name="Dostuk")
    say("a", drafted("event", "Seizure", crossing=point.key))
    assert audience(EVENT.key) == ALL
    say("b", point, marking=FOR_BORDER)
    assert audience(EVENT.key) == FOR_BORDER


def test_words_on_a_line_count_where_both_its_ends_are_seen() -> None:
    bek, olim = drafted("bek", "Person", name="Bek"), drafted("olim", "Person", name="Olim")
    ends = (Said("subject", bek.key), Said("object", olim.key))
    say("a", bek, olim, Drafted(key("link"), "UnknownLink", ends))
    say("b", Drafted(key("link"), "UnknownLink", (Said("role", "brother"),)), marking=FOR_BORDER)
    assert audience(bek.key) == ALL
    assert audience(bek.key, olim.key) == FOR_BORDER
