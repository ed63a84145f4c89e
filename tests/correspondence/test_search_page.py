"""The page of search: what was found, why, and nothing of what one may not read."""

import re
from pathlib import Path

import pytest

from borderliaison.accounts.models import Account
from borderliaison.cli import Exit, run
from borderliaison.correspondence.models import Item, Posting
from tests.accounts.people import officer, signed_in
from tests.browser.office import arrives
from tests.correspondence.cast import liaison, network, sent_lookout

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


@pytest.fixture
def me() -> Account:
    return liaison()


@pytest.fixture
def item(me: Account) -> Item:
    return sent_lookout(me, subject="Серый грузовик Toqtosunovs")


def page(account: Account, **asked: str) -> str:
    """The page of what is asked for, without its space."""
    return " ".join(signed_in(account).get("/messages/search/", asked).content.decode().split())


def test_a_result_says_where_it_stands_and_why_it_was_found(item: Item, me: Account) -> None:
    text = page(me, q="токтосунов 7784")
    assert f'href="/messages/{item.thread.key}/#item-{item.key}"' in text
    assert "1 found" in text
    assert "<dt>Subject in a few words</dt><dd>Серый грузовик <mark>Toqtosunovs</mark></dd>" in text
    assert re.search(r"<dt>[^<]*</dt><dd><mark>KG 01 7784 AD</mark></dd>", text)


def test_a_code_is_shown_in_the_readers_language_by_whichever_label_it_was_found(
    item: Item, me: Account
) -> None:
    assert "<dd><mark>Search</mark></dd>" in page(me, q="досмотреть")


def test_a_long_text_is_shown_around_what_was_found(item: Item, me: Account) -> None:
    arrives(item, f"{'before ' * 60}Vermilion{' after' * 60}")
    text = page(me, q="vermilion")
    (found,) = re.findall(r"<dd>(…[^/]*<mark>Vermilion</mark>[^/]*…)</dd>", text)
    assert len(found) < 250


def test_what_somebody_wrote_is_text_and_no_markup(item: Item, me: Account) -> None:
    arrives(item, "<b>Vermilion</b> & more")
    assert "&lt;b&gt;<mark>Vermilion</mark>&lt;/b&gt; &amp; more" in page(me, q="vermilion")


def test_nothing_found_and_nothing_asked_say_what_can_be_done(item: Item, me: Account) -> None:
    assert "Nothing that you may read has all of this" in page(me, q="zanzibar")
    assert "Search without filters" in page(me, q="zanzibar", kind="message")
    empty = page(me)
    assert "Type a name, a plate" in empty
    assert item.key not in empty


@pytest.mark.parametrize(
    "asked",
    [
        {"since": "yesterday", "until": "0001-01-01", "way": "up", "page": "0", "q": "грузовик"},
        {"since": "2026-02-30", "page": "99999999999999", "q": "грузовик", "until": "9999-12-31"},
        {"page": "-1", "q": "грузовик" + " a" * 300},
    ],
)
def test_an_address_that_makes_no_sense_is_read_as_far_as_it_does(
    item: Item, me: Account, asked: dict[str, str]
) -> None:
    assert signed_in(me).get("/messages/search/", asked).status_code == 200


def test_the_field_of_every_page_leads_to_the_search(me: Account) -> None:
    for path in ("/messages/", "/me", "/health/"):
        text = signed_in(me).get(path).content.decode()
        assert re.search(r'href="/everything/"[^>]*data-key="/"', text), path
    assert 'href="/messages/search/' in signed_in(me).get("/everything/").content.decode()


def test_a_stranger_sees_the_same_page_whether_or_not_there_is_something(me: Account) -> None:
    stranger = officer("stranger", agency="KG-CUS")
    before = page(stranger, q="zanzibar lookout")
    sent_lookout(me, subject="Zanzibar", **{"cover.own": ["KG-BOR"], "cover.to": ["KG-DST"]})
    assert _plain(page(stranger, q="zanzibar lookout")) == _plain(before)


def _plain(text: str) -> str:
    return re.sub(r'(csrf\w+" value="|X-CSRFToken": "|after=|data-now=")[^"&]*', "", text).split(
        "</main>"
    )[0]


def test_the_index_is_made_again_by_a_command(
    item: Item,
    node_directory: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("BLO_NODE", str(node_directory))
    Posting.objects.as_system("test").all().delete()
    assert run(["search", "rebuild"]) == Exit.DONE
    assert capsys.readouterr().out == "1\n"
    assert Posting.objects.as_system("test").filter(item=item).exists()
