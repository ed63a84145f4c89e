"""Search: an item is found from the commit that keeps it, by those who may read it, and by nobody else."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from borderliaison.accounts.models import Account
from borderliaison.correspondence.acting import Said, reply
from borderliaison.correspondence.models import Item, Posting
from borderliaison.correspondence.search.finding import Wanted, Way, found
from borderliaison.correspondence.search.indexing import rebuild, unindexed
from borderliaison.forms.finding.query import read_query
from tests.accounts.people import officer, signed_in
from tests.browser.office import arrives
from tests.correspondence.cast import (
    acting,
    begin_draft,
    liaison,
    lookout,
    network,
    send,
    sent_lookout,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


def finds(account: Account, typed: str, **wanted: object) -> list[str]:
    """Return the keys of what an officer finds, the latest first."""
    return [one.key for one in found(acting(account), Wanted(read_query(typed), **wanted))]  # type: ignore[arg-type]


@pytest.fixture
def me() -> Account:
    return liaison()


@pytest.fixture
def item(me: Account) -> Item:
    return sent_lookout(me, subject="Серый грузовик Toqtosunovs")


SAID = (
    *(
        "токтосун",
        "KG017784",
        "7784 ad",
        '"changed at sary"',
        "ориентировка",
        "текшерип",
        "korikdan",
    ),
    *("gözden geçirmek", "Dostuk", "Достук", "Ош Бишкек"),
)
NOT_SAID = ("zanzibar", '"sary changed"', "toktosun karimov", "7785")


def test_an_item_is_found_by_what_it_says_in_any_script(item: Item, me: Account) -> None:
    assert {one: finds(me, one) for one in SAID} == {one: [item.key] for one in SAID}
    assert {one: finds(me, one) for one in NOT_SAID} == {one: [] for one in NOT_SAID}


def test_a_message_that_arrived_is_found_by_its_words_and_by_its_phrase(
    item: Item, me: Account
) -> None:
    key = arrives(item, "Пломба нарушена", "ru")
    assert finds(me, "plomba") == [key]
    assert finds(me, "units tightened") == finds(me, "041") == [key]


def test_a_draft_is_not_found(me: Account) -> None:
    desk = signed_in(me)
    draft = begin_draft(desk)
    desk.post(f"/drafts/{draft.key}/save/", {**lookout(), "revision": draft.revision})
    assert finds(me, "lorry") == []
    assert not Posting.objects.as_system("test").exists()


def test_who_may_not_read_an_item_finds_and_counts_nothing(item: Item, me: Account) -> None:
    strangers = (
        officer("one", office="KG-OSH"),
        officer("two", agency="KG-CUS"),
        officer("three", clearance=0),
        officer("four", realm="exercise:seal-2026"),
    )
    closed = sent_lookout(
        me, subject="Zanzibar", **{"cover.own": ["KG-BOR"], "cover.to": ["KG-DST"]}
    )
    assert finds(me, "zanzibar") == [closed.key]
    for one in strangers:
        query = found(acting(one), Wanted(read_query("zanzibar")))
        assert (list(query), query.count()) == ([], 0)


def test_what_is_wanted_is_asked_for_in_one_query(item: Item, me: Account) -> None:
    officer_at_work = acting(me)
    with CaptureQueriesContext(connection) as asked:
        list(found(officer_at_work, Wanted(read_query('lorry "at sary" 01 7784'), kind="lookout")))
    of_items = [one["sql"] for one in asked if "correspondence_item" in one["sql"]]
    assert len(of_items) == 1
    assert "marking_id" in of_items[0]


def test_filters_narrow_what_is_found(item: Item, me: Account) -> None:
    answer = arrives(item, "We see it")
    later = item.created_at
    assert finds(me, "", way=Way.INCOMING) == [answer]
    assert finds(me, "", way=Way.OUTGOING) == [item.key]
    assert finds(me, "", kind="lookout") == [item.key]
    assert finds(me, "", kind="message") == [answer]
    assert finds(me, "", office="KG-OSH") == [item.key]
    assert finds(me, "", office="KG-DST") == [answer, item.key]
    assert finds(me, "", since=later) == [answer, item.key]
    assert finds(me, "", until=later) == []


def test_what_is_not_kept_is_not_indexed(item: Item, me: Account) -> None:
    before = Posting.objects.as_system("test").count()
    with transaction.atomic():
        reply(acting(me), item, Said(text="Vermilion"), ("KG-DST",))
        transaction.set_rollback(True)
    assert Posting.objects.as_system("test").count() == before


def test_what_an_item_is_found_by_goes_with_it(item: Item, me: Account) -> None:
    said = arrives(item, "Vermilion")
    Item.objects.as_system("test").filter(key=said).delete()
    assert not Posting.objects.as_system("test").exclude(item=item).exists()


def test_an_index_that_was_lost_is_made_again_and_said_how_far_it_is(
    item: Item, me: Account
) -> None:
    said = arrives(item, "Vermilion")
    whole = _all()
    Posting.objects.as_system("test").filter(item=item).delete()
    assert [one.pk for one in unindexed()] == [item.pk]
    assert rebuild() == 1
    assert _all() == whole
    steps: list[tuple[int, int]] = []
    assert rebuild(everything=True, progress=lambda *how_far: steps.append(how_far)) == 2
    assert steps == [(2, 2)]
    assert _all() == whole
    assert rebuild() == 0
    assert finds(me, "vermilion") == [said]


def _all() -> set[tuple[object, ...]]:
    rows = Posting.objects.as_system("test").values_list("item_id", "marking_id", "word", "place")
    return {(item, marking, bytes(word), place) for item, marking, word, place in rows}


def test_a_report_of_a_form_that_is_not_here_is_found_by_its_plain_words(me: Account) -> None:
    desk = signed_in(me)
    item = send(desk, begin_draft(desk), lookout())
    item.content = {
        **item.content,
        "form": "unheard_of",
        "values": {"what": ["Vermilion", {"a": 1}]},
    }
    item.save()
    rebuild(everything=True)
    assert finds(me, "vermilion") == [item.key]
