"""The notice that the same was asked before: found however it is written, and nothing of it betrayed."""

import pytest

from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.requests.subjects import documents, persons, plates
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import begin_draft, liaison, network, request, sent_request
from tests.correspondence.letters import report

NOTICE = "Asked before about the same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (plates(["KG 01 7784 AD"]), plates(["kg-01-7784-ad"])),
        (plates(["01 КС 7784"]), plates(["01KC7784"])),
        (documents(["AH 1234567"]), documents(["АН-1234567", "x"])),
        (persons(["Asanov, Bakyt"], "1984"), persons(["BAKYT  ASANOV"], "1984")),
        (persons(["Семёнов Пётр"], "1984"), persons(["петр семенов"], "1984")),
    ],
)
def test_the_same_thing_is_found_however_it_is_written(one: frozenset, other: frozenset) -> None:
    assert one
    assert one & other


def test_what_is_not_certain_to_be_the_same_is_not_said_to_be() -> None:
    assert not plates(["KG 01 ?784 AD"])
    assert not persons(["ASANOV Bakyt"], "")
    assert not persons(["ASANOV Bakyt"], "1984") & persons(["ASANOV Bakyt"], "1985")
    assert not documents(["12"])


@pytest.mark.django_db
class TestNotice:
    @pytest.fixture(autouse=True)
    def _network(self) -> None:
        network()

    def test_while_it_is_written_a_link_leads_to_the_earlier_request(self) -> None:
        receive_item(report("request"))
        earlier = Item.objects.as_system("test").get()
        browser = signed_in(liaison())
        draft = begin_draft(browser, "request")
        typed = {**request(plate="kg017784ad"), "revision": draft.revision}
        live = browser.post(f"/drafts/{draft.key}/readers/", typed).content.decode()
        browser.post(f"/drafts/{draft.key}/save/", typed)
        page = browser.get(f"/drafts/{draft.key}/").content.decode()
        for shown in (live, page):
            assert NOTICE in shown
            assert f"/messages/{earlier.thread.key}/#item-{earlier.key}" in shown

    def test_the_receiver_sees_it_on_the_card_and_the_first_request_does_not(self) -> None:
        author = liaison()
        first = sent_request(author)
        receive_item(report("request"))
        second = Item.objects.as_system("test").latest("id")
        browser = signed_in(author)
        assert NOTICE in browser.get(f"/messages/{second.thread.key}/").content.decode()
        assert NOTICE not in browser.get(f"/messages/{first.thread.key}/").content.decode()

    def test_nothing_is_said_of_what_the_officer_may_not_read(self) -> None:
        sent_request(liaison(), **{"cover.own": ["KG-BOR"]})
        customs = signed_in(officer("customs", agency="KG-CUS"))
        draft = begin_draft(customs, "request")
        typed = {**request(), "revision": draft.revision}
        assert NOTICE not in customs.post(f"/drafts/{draft.key}/readers/", typed).content.decode()
        receive_item(report("request"))
        item = Item.objects.as_system("test").latest("id")
        assert NOTICE not in customs.get(f"/messages/{item.thread.key}/").content.decode()
