"""Saved views: an own page with its filters under a name, an officer's own or for his office."""

import pytest

from borderliaison.accounts.models import Account, SavedView
from borderliaison.accounts.saved_views.errors import NameMissing, NotSavable, TooManyViews
from borderliaison.accounts.saved_views.keeping import MAX_VIEWS, save_view, views_of
from borderliaison.accounts.saved_views.pages import clean_address
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import network

pytestmark = pytest.mark.django_db
SEARCH = "/messages/search/?q=lorry&kind=lookout"


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


@pytest.fixture
def me() -> Account:
    return officer()


def names(account: Account) -> list[str]:
    return [one.name for one in views_of(account).own]


def test_a_view_is_kept_from_its_page_and_leads_back_to_it(me: Account) -> None:
    desk = signed_in(me)
    said = {"name": " Lorries  of May ", "address": f"{SEARCH}&page=3"}
    answer = desk.post("/me/views/keep", said, follow=True)
    assert answer.redirect_chain == [(SEARCH, 302)]
    text = answer.content.decode()
    assert "Kept as “Lorries of May”." in text
    assert 'href="/messages/search/?q=lorry&amp;kind=lookout" aria-current="page"' in text
    assert (
        'href="/messages/search/?q=lorry&amp;kind=lookout"'
        in desk.get("/messages/").content.decode()
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/messages/",
        "//elsewhere.example/messages/",
        "javascript:alert(1)",
        "/\\elsewhere",
        "/me",
        "/me/views/keep",
        "/no/such/page/",
        "/messages/" + "0" * 32 + "/",
        "/messages/search/?" + "q=a&" * 50,
        "/messages/search/?q=" + "a" * 700,
        "/messages/search/?q=\n",
        "",
    ],
)
def test_only_addresses_of_own_pages_are_kept(address: str) -> None:
    with pytest.raises(NotSavable):
        clean_address(address)


def test_an_address_that_is_refused_leads_nowhere_else(me: Account) -> None:
    said = {"name": "Elsewhere", "address": "//elsewhere.example/messages/"}
    answer = signed_in(me).post("/me/views/keep", said)
    assert answer.url == "/me/views"
    assert not SavedView.objects.exists()


def test_a_name_is_one_line_and_the_same_name_takes_the_place_of_the_earlier(me: Account) -> None:
    for name in ("", " ", "x" * 61, "a\u202eb"):
        with pytest.raises(NameMissing):
            save_view(me, name, SEARCH, is_shared=False)
    save_view(me, "May", SEARCH, is_shared=False)
    save_view(me, "May", "/messages/search/?q=van", is_shared=False)
    assert [one.address for one in views_of(me).own] == ["/messages/search/?q=van"]


def test_there_are_only_so_many(me: Account) -> None:
    for number in range(MAX_VIEWS):
        save_view(me, f"View {number}", SEARCH, is_shared=False)
    with pytest.raises(TooManyViews):
        save_view(me, "One more", SEARCH, is_shared=False)


def test_views_are_moved_removed_and_brought_back_to_their_place(me: Account) -> None:
    desk = signed_in(me)
    keys = {one: save_view(me, one, SEARCH, is_shared=False).key for one in "ABC"}
    desk.post(f"/me/views/{keys['C']}/move", {"way": "up"})
    desk.post(f"/me/views/{keys['A']}/move", {"way": "up"})
    assert names(me) == ["A", "C", "B"]
    answer = desk.post(f"/me/views/{keys['C']}/remove", follow=True)
    assert names(me) == ["A", "B"]
    assert f'action="/me/views/{keys["C"]}/restore"' in answer.content.decode()
    desk.post(f"/me/views/{keys['C']}/restore")
    assert names(me) == ["A", "C", "B"]


def test_what_is_shared_is_seen_by_the_office_and_changed_by_its_owner_alone(me: Account) -> None:
    mine = save_view(me, "Mine", SEARCH, is_shared=False)
    ours = save_view(me, "Ours", SEARCH, is_shared=True)
    colleague = officer("colleague", agency="KG-CUS")
    assert [one.name for one in views_of(colleague).shared] == ["Ours"]
    assert views_of(officer("far", office="KG-OSH")).shared == ()
    assert views_of(officer("drill", realm="exercise:seal-2026")).shared == ()
    desk = signed_in(colleague)
    for key in (mine.key, ours.key, "0" * 12):
        for doing in ("move", "remove", "restore"):
            assert desk.post(f"/me/views/{key}/{doing}").status_code == 404
    assert "Ours" in desk.get("/me/views").content.decode()
    assert "Mine" not in desk.get("/me/views").content.decode()
