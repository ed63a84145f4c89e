"""A judgement on whom a corrected report does not speak of any more is shown, and holds of nobody."""

import pytest
from django.test import Client

from borderliaison.records.models import Judgement, Lapsed
from borderliaison.records.profiles.reading import profiles
from borderliaison.records.resolution.canonical import members
from borderliaison.records.resolution.earlier import earlier_of
from borderliaison.records.resolution.judging import Judge, Why, judge, take_back
from borderliaison.records.resolution.models import Basis, Verdict
from borderliaison.records.resolution.offered import offered
from borderliaison.records.statements.drafted import Drafted, Said
from borderliaison.records.statements.writing import withdraw
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import network
from tests.records import cast
from tests.records.cast import ALL, BORDER, CUSTOMS, FOR_BORDER, key, person, pk, say

pytestmark = pytest.mark.django_db
WHO = Judge(BORDER, "KG-BDB-07", writes=True)
PAGE = "/records/duplicates/"


def _corrected(*instead: str, marking: object = ALL) -> None:
    """Let the report that spoke of somebody speak of others, who may have taken the place."""
    some = [
        Drafted(
            key("a", one), "Person", (Said("name", f"Nurlan Saparov {one}"),), frozenset({key("a")})
        )
        for one in instead
    ]
    say("a", *some, marking=marking)  # type: ignore[arg-type]


def _judged(verdict: Verdict = Verdict.SAME) -> Judgement:
    person("a", "Бек Аскаров")
    person("b", "ASKAROV BEK")
    return judge(WHO, key("a"), key("b"), verdict, Why(Basis.PICTURES, "the same scar"))


def _pairs(reader: object = BORDER) -> set[frozenset[int]]:
    found = offered(reader).pairs  # type: ignore[arg-type]
    return {frozenset((*pair.one, *pair.other)) for pair in found if pair.has_lapsed}


def test_it_joins_nobody_and_the_pair_is_offered_anew_until_it_is_judged() -> None:
    _judged()
    _corrected("he", "she")
    assert Judgement.objects.as_system("test").count() == 0
    b, he, she = pk("b"), pk("a", "he"), pk("a", "she")
    assert members(BORDER, {b}) == {b: (b,)}
    assert _pairs() == {frozenset({b, he}), frozenset({b, she})}
    made = judge(WHO, key("a", "he"), key("b"), Verdict.DIFFERENT, Why(Basis.RECORDS))
    assert _pairs() == {frozenset({b, she})}
    take_back(WHO, made.key, "not looked at the papers")
    assert _pairs() == {frozenset({b, he}), frozenset({b, she})}


def test_it_follows_further_corrections_and_goes_with_the_report() -> None:
    _judged(Verdict.DIFFERENT)
    _corrected("he")
    say(
        "a",
        Drafted(key("a", "it"), "Person", (Said("name", "Timur"),), frozenset({key("a", "he")})),
    )
    (kept,) = Lapsed.objects.as_system("test").all()
    assert (kept.one_id, kept.other_id, kept.verdict) == (pk("a"), pk("b"), "different")
    withdraw(cast.source("a"))
    assert Lapsed.objects.as_system("test").count() == 0


def test_who_may_not_read_both_is_shown_nothing() -> None:
    _judged()
    _corrected("he", marking=FOR_BORDER)
    assert _pairs() == {frozenset({pk("b"), pk("a", "he")})}
    assert _pairs(CUSTOMS) == set()


def test_the_page_says_who_judged_what_before_the_correction() -> None:
    network()
    desk: Client = signed_in(officer())
    _judged()
    _corrected("he")
    page = desk.get(PAGE)
    text = page.content.decode()
    assert page.context["rows"][0].has_lapsed
    assert "judged before a correction" in text
    assert "speaks of Nurlan Saparov he where it spoke of another" in text
    assert "the same scar" in text


def test_a_report_that_more_may_read_now_tells_them_nothing_of_what_was_judged_before() -> None:
    person("a", "Бек Аскаров", marking=FOR_BORDER)
    person("b", "ASKAROV BEK")
    judge(WHO, key("a"), key("b"), Verdict.SAME, Why(Basis.PICTURES))
    _corrected("he")
    assert _pairs() == {frozenset({pk("b"), pk("a", "he")})}
    assert _pairs(CUSTOMS) == set()
    known = profiles(BORDER, [pk("a", "he"), pk("b")])
    (row,) = earlier_of(BORDER, *known.values(), "en")
    assert row.marking == ALL.join(FOR_BORDER)
