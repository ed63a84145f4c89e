"""Filters stand in the address: what it says is shown, what it does not know counts as not said."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

import pytest
from django.test import Client

from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.correspondence.models import Item
from borderliaison.exchange.core.entry import Lane as Sent
from borderliaison.exchange.models import LinkRow
from borderliaison.markings.services import forget
from borderliaison.web.board.filters import Filters, Lane, Whose, read_filters
from borderliaison.web.board.levels import LEVELS, Level, Panel, Scope
from tests.accounts.people import signed_in
from tests.correspondence.cast import liaison, network, sent_lookout
from tests.correspondence.letters import message, report

pytestmark = pytest.mark.django_db
BLO = Level(Scope.PAIR)


@pytest.fixture(autouse=True)
def _network() -> Iterator[None]:
    network()
    forget()
    yield
    forget()


@pytest.fixture
def browser() -> Client:
    """An office with a lookout of its own, a request and a message from Dostuk, and a link that is down."""
    author = liaison()
    sent_lookout(author)
    now = datetime.now(UTC)
    receive_item(report("request", received_at=now))
    receive_item(message("Zebra", received_at=now, lane=Sent.URGENT))
    LinkRow.objects.create(peer="KG-DST", state="down", why="peer_away", since=now)
    return signed_in(author)


def kinds(browser: Client, query: str = "") -> set[str]:
    page = browser.get(f"/board/{query}").content.decode()
    titles = re.findall(r'<h3 class="feed-title">(?:<a [^>]+>)?([^<]+)', page)
    return {one.strip() for one in titles}


ALL = {"Lookout", "Request for information", "Message", "Link lost"}


WANTED: dict[str, set[str]] = {
    "": ALL,
    "?hours=6": ALL,
    "?kind=lookout": {"Lookout"},
    "?kind=message": {"Message"},
    "?kind=link": {"Link lost"},
    "?office=KG-BDB": {"Lookout"},
    "?office=KG-DST": ALL - {"Lookout"},
    "?country=KG": ALL,
    "?country=UZ": set(),
    "?lane=urgent": {"Message", "Lookout"},
    "?lane=routine": {"Request for information"},
    "?lane=routine&kind=lookout": set(),
    "?whose=level": {"Lookout", "Message"},
    "?kind=nothing&office=XX-XXX&lane=fast&hours=5&whose=us&country=ZY&view=globe": ALL,
}


def test_the_feed_shows_what_the_address_wants(browser: Client) -> None:
    assert {query: kinds(browser, query) for query in WANTED} == WANTED


def test_a_level_says_what_it_leaves_out_and_never_leaves_out_what_is_urgent(
    browser: Client,
) -> None:
    page = browser.get("/board/?whose=level").content.decode()
    assert "1 event of other offices is not shown." in page
    assert "Zebra" in page, "it is urgent"


def test_what_is_older_than_the_window_is_in_a_longer_one(browser: Client) -> None:
    earlier = datetime.now(UTC) - timedelta(hours=30)
    Item.objects.as_system("test").update(created_at=earlier, arrived_at=earlier)
    assert kinds(browser) == {"Link lost"}
    assert kinds(browser, "?hours=72") == ALL


def test_bars_and_table_are_of_the_same_filters(browser: Client) -> None:
    page = browser.get("/board/?kind=lookout&view=offices").content.decode()
    assert "1 in 24 h" in page
    (row,) = re.findall(r'data-key-of="KG-DST">.*?</tr>', page, re.DOTALL)
    assert row.count('<td class="num"') == 2
    assert row.rstrip().endswith("–</td>\n</tr>"), "none of it is from there"


@pytest.mark.parametrize("level", LEVELS.values())
def test_an_address_names_what_differs_and_reads_back_the_same(level: Level) -> None:
    network()
    wanted = Filters(72, Whose.LEVEL, "lookout", "KG-DST", "KG", Lane.URGENT, Panel.OFFICES)
    query = wanted.query(level)
    assert read_filters(dict(parse_qsl(query[1:])), level) == wanted
    usual = read_filters({}, level)
    assert usual.query(level) == "?"
    assert usual.query(level, kind="lookout") == "?kind=lookout"


def test_each_filter_that_is_on_can_be_taken_off_by_itself(browser: Client) -> None:
    page = browser.get("/board/?kind=lookout&office=KG-BDB").content.decode()
    off = re.findall(r'<a class="chip" aria-current="true" href="([^"]+)"', page)
    assert set(off) == {"?office=KG-BDB", "?kind=lookout"}


def test_the_form_sends_what_it_shows_without_a_script(browser: Client) -> None:
    page = browser.get("/board/?lane=urgent&view=offices").content.decode()
    form = page[page.index('<form class="board-filters"') :]
    form = form[: form.index("</form>")]
    assert 'method="get"' in form
    assert '<option value="urgent" selected>' in form
    assert '<input type="hidden" name="view" value="offices">' in form
