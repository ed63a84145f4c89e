"""Messages through the pages: works, stranger, bad input, second officer."""

from datetime import UTC, datetime

import pytest

from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.correspondence.models import Dissemination, Item
from borderliaison.exchange.models import LinkRow
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import head, liaison, network, sent_lookout
from tests.correspondence.letters import report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


def test_a_lookout_is_sent_and_stands_in_its_thread() -> None:
    item = sent_lookout(liaison())
    page = signed_in(head()).get(f"/messages/{item.thread.key}/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "Grey lorry with trailer" in text.lower() or "grey lorry with trailer" in text
    assert "KG-BDB-" in text
    assert "Saved here" in text


def test_the_list_shows_the_thread_with_what_is_held() -> None:
    sent_lookout(liaison(), **{"cover.to": ["KG-DST", "UZ-DUS"]})
    text = signed_in(head()).get("/messages/").content.decode()
    assert "rey lorry" in text
    assert "held" in text


def test_the_list_can_be_narrowed_to_what_is_not_opened() -> None:
    account = liaison()
    sent_lookout(account)
    browser = signed_in(account)
    assert "Not opened yet" not in browser.get("/messages/").content.decode()
    receive_item(report("request"))
    came = Item.objects.as_system("test").exclude(letter="").get()
    page = browser.get("/messages/", {"unread": "1"})
    assert [one.key for one in page.context["threads"]] == [came.thread.key]
    browser.post(f"/items/{came.key}/opened/")
    left = browser.get("/messages/", {"unread": "1"})
    assert left.context["threads"] == []
    assert "You have opened everything." in left.content.decode()


def test_another_agency_outside_the_audience_gets_404() -> None:
    item = sent_lookout(liaison(), **{"cover.own": ["KG-BOR"]})
    customs = signed_in(head())
    assert customs.get(f"/messages/{item.thread.key}/").status_code == 404
    assert "rey lorry" not in customs.get("/messages/").content.decode()


def test_an_officer_without_clearance_gets_404() -> None:
    item = sent_lookout(liaison())
    uncleared = signed_in(officer("kalykov", clearance=0))
    assert uncleared.get(f"/messages/{item.thread.key}/").status_code == 404


def test_what_crosses_a_border_waits_for_a_second_officer() -> None:
    author = officer("zhumabekova", role="duty")
    item = sent_lookout(author, **{"cover.to": ["KG-DST", "UZ-DUS"]})
    free, held = item.disseminations.as_system("test").order_by("crosses_border")
    assert (free.state, held.state) == ("posted", "held")
    assert free.letter
    assert not held.letter

    alone = signed_in(author).post(
        f"/authorise/{held.key}/", {"legal_basis": "Agreement 12", "decision": "authorise"}
    )
    assert alone.status_code == 200
    assert b"A second officer decides" in alone.content

    answer = signed_in(head()).post(
        f"/authorise/{held.key}/", {"legal_basis": "Agreement 12, art. 5", "decision": "authorise"}
    )
    assert answer.status_code == 302
    after = Dissemination.objects.as_system("test").get(pk=held.pk)
    assert after.state == "posted"
    assert after.letter
    assert after.decided_by == "KG-BDB/0001"


def test_a_decision_is_taken_once() -> None:
    item = sent_lookout(liaison(), **{"cover.to": ["UZ-DUS"]})
    held = item.disseminations.as_system("test").get()
    second = signed_in(head())
    second.post(f"/authorise/{held.key}/", {"decision": "decline", "reason": "Not needed there"})
    again = second.post(f"/authorise/{held.key}/", {"legal_basis": "x", "decision": "authorise"})
    assert again.status_code == 200
    assert not Dissemination.objects.as_system("test").get(pk=held.pk).letter


def test_authorising_without_a_legal_basis_is_refused_in_words() -> None:
    item = sent_lookout(liaison(), **{"cover.to": ["UZ-DUS"]})
    held = item.disseminations.as_system("test").get()
    page = signed_in(head()).post(
        f"/authorise/{held.key}/", {"legal_basis": "  ", "decision": "authorise"}
    )
    assert b"under which agreement" in page.content


def test_a_message_that_waits_is_about_its_thread_in_the_words_of_who_reads() -> None:
    author = officer(agency="KG-MIA")
    item = sent_lookout(author)
    signed_in(author).post(
        f"/messages/{item.thread.key}/say/",
        {"about": item.key, "to": ["UZ-DUS"], "phrase": ["017"], "text": "From behind, please"},
    )
    second = head()
    second.language = "ru"
    second.save()
    reader = signed_in(second)
    key = Dissemination.objects.as_system("test").get(state="held").key
    waiting = reader.get("/authorise/").content.decode()
    assert "Наркотики КР → РУз" in waiting
    assert "From behind, please" in waiting
    for page in (waiting, reader.get(f"/authorise/{key}/").content.decode()):
        assert "Narcotics" not in page
        assert ", мВД" not in page
    assert ", МВД, " in page


def test_an_answer_goes_into_the_thread() -> None:
    author = liaison()
    item = sent_lookout(author)
    answer = signed_in(author).post(
        f"/messages/{item.thread.key}/say/",
        {"about": item.key, "to": ["KG-DST"], "phrase": ["017"], "text": "From behind, please"},
    )
    assert answer.status_code == 302
    message = Item.objects.as_system("test").get(payload_type="message")
    assert message.thread == item.thread
    assert message.content["phrases"] == ["017"]
    page = signed_in(head()).get(f"/messages/{item.thread.key}/").content.decode()
    assert "From behind, please" in page
    assert "photograph" in page


def test_an_empty_answer_is_refused_and_nothing_is_said() -> None:
    author = liaison()
    item = sent_lookout(author)
    page = signed_in(author).post(
        f"/messages/{item.thread.key}/say/", {"about": item.key, "to": ["KG-DST"]}
    )
    assert page.status_code == 422
    assert b"Choose a phrase" in page.content
    assert Item.objects.as_system("test").count() == 1


@pytest.mark.parametrize("path", ["/messages/{0}/say/", "/items/{0}/opened/", "/items/{0}/act/"])
def test_writing_pages_answer_only_to_post(path: str) -> None:
    assert signed_in(liaison()).get(path.format("0" * 32)).status_code == 405


@pytest.mark.parametrize("path", ["/messages/{0}/", "/authorise/{0}/"])
def test_what_does_not_exist_is_404(path: str) -> None:
    assert signed_in(liaison()).get(path.format("0" * 32)).status_code == 404


def test_an_observer_does_not_write() -> None:
    item = sent_lookout(liaison())
    observer = signed_in(officer("observer", role="observer"))
    page = observer.post(
        f"/messages/{item.thread.key}/say/", {"about": item.key, "to": ["KG-DST"], "text": "x"}
    )
    assert page.status_code == 422
    assert observer.post("/new/lookout/").status_code == 404


def test_a_thread_counts_of_what_waits_only_the_letters_that_the_reader_may_read() -> None:
    author, customs = liaison(), head()
    item = sent_lookout(author, **{"cover.to": ["KG-DST"]})
    sent_lookout(author, **{"cover.to": ["KG-DST"], "cover.own": ["KG-BOR"]})
    LinkRow.objects.create(peer="KG-DST", state="down", since=datetime.now(UTC))
    path = f"/messages/{item.thread.key}/"
    assert "No link: Dostuk; 2 letters wait" in signed_in(author).get(path).content.decode()
    assert "No link: Dostuk; 1 letter waits" in signed_in(customs).get(path).content.decode()
