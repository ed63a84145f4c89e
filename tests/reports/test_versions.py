"""Offices on different versions of a form understand each other, and what a correction changes."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from borderliaison.accounts.models import Account
from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.payloads import ITEM, ItemPayload
from borderliaison.exchange.core.letter import LetterKind
from borderliaison.forms import foreign, load
from borderliaison.forms.load import load_form
from borderliaison.forms.store import read_file
from borderliaison.reports.content import BadReport
from tests.accounts.people import signed_in
from tests.correspondence.cast import head, liaison, network, sent_lookout
from tests.correspondence.letters import DOSTUK, author_at, letter

pytestmark = pytest.mark.django_db

HERE = max(load.known_forms()["lookout"])
NEWER = HERE + 1


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


@pytest.fixture
def values() -> dict[str, Any]:
    """What Bor-Dobo has once checked: a lookout of the newest version that is here."""
    return dict(sent_lookout(liaison()).content["values"])


@pytest.fixture
def newer_here(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This office has a newer version of the lookout, with one field more."""
    _file, text = read_file("data", "lookout", HERE)
    more = "      - {name: convoy, type: text, label: {en: Convoy, ru: Колонна}, max_length: 40}\n"
    newer = text.replace(f"version: {HERE}", f"version: {NEWER}", 1) + more

    def read(folder: str, name: str, version: int | None) -> tuple[str, str]:
        if (folder, name) == ("data", "lookout") and version in (None, NEWER):
            return f"lookout.v{NEWER}.yaml", newer
        return read_file(folder, name, version)

    monkeypatch.setattr(load, "read_file", read)
    both = {**load.known_forms(), "lookout": tuple(range(1, NEWER + 1))}
    for module in (load, foreign):
        monkeypatch.setattr(module, "known_forms", lambda: both)
    monkeypatch.setattr("borderliaison.reports.showing.known_forms", lambda: both)
    load.read_form.cache_clear()
    yield
    load.read_form.cache_clear()


def arrives(nonce: str, corrects: str = "", **content: Any) -> Item:
    """Let a report of Dostuk arrive."""
    said = {"number": "KG-DST-2026-0031", "revision": 1, "source": "", **content}
    payload = ItemPayload(
        nonce * 32, "A report of Dostuk", author_at(DOSTUK), datetime.now(UTC), said, corrects
    )
    receive_item(letter(f"{ITEM}/report", payload.encode(), kind=LetterKind.REPORT))
    return Item.objects.as_system("test").latest("id")


def page_of(item: Item, language: str = "en") -> str:
    known = Account.objects.filter(login="abdyrakhmanova").first()
    reader = known or head()
    reader.language = language
    reader.save()
    browser: Client = signed_in(reader)
    return browser.get(f"/messages/{item.thread.key}/").content.decode()


def test_a_newer_version_is_shown_as_far_as_it_is_known_and_the_rest_by_name(
    values: dict[str, Any],
) -> None:
    later = values | {"convoy_size": 3, "action": "shadow", "routes": [{"via": "Sary-Tash"}]}
    page = page_of(arrives("a", form="lookout", version=NEWER, values=later))
    said = f"Filled in with version {NEWER} of the form; this office has version {HERE}."
    assert said in page
    assert "Driver changed at Sary-Tash" in page
    assert "Registration plate" in page or "KG 01 7784 AD" in page
    assert "Convoy size" in page
    assert "shadow" in page
    assert "Sary-Tash" in page
    assert "Pass on" not in page


def test_an_office_with_the_newer_version_shows_the_older_as_what_it_is(
    values: dict[str, Any], newer_here: None
) -> None:
    assert load_form("lookout").version == NEWER
    page = page_of(arrives("b", form="lookout", version=HERE, values=values))
    assert "Filled in with version" not in page
    assert "KG 01 7784 AD" in page
    page = page_of(
        arrives("c", form="lookout", version=NEWER, values=values | {"convoy": "3 lorries"})
    )
    assert "Convoy" in page
    assert "3 lorries" in page


def test_a_form_that_is_not_known_at_all_is_shown_by_its_fields(values: dict[str, Any]) -> None:
    item = arrives("d", form="drone_sighting", version=1, values={"flew_from": "south", "count": 2})
    page = page_of(item, "ru")
    assert "Эта форма здесь неизвестна" in page
    assert "A report of Dostuk" in page
    assert "Flew from" in page
    assert "south" in page


@pytest.mark.parametrize(
    "bad",
    [
        {"form": "Lookout", "version": NEWER, "values": {}},
        {"form": "lookout", "version": 0, "values": {}},
        {"form": "lookout", "version": NEWER, "values": {"a": "x\x00y"}},
        {"form": "lookout", "version": NEWER, "values": {"a\u202eb": "x"}},
        {"form": "lookout", "version": NEWER, "values": {"a": [[[[[["deep"]]]]]]}},
        {"form": "lookout", "version": NEWER, "values": {f"f{n}": 1 for n in range(501)}},
        {"form": "lookout", "version": NEWER, "values": {"a": "x" * 10_001}},
        {"form": "lookout", "version": HERE, "values": {"convoy": "x"}},
    ],
)
def test_what_no_form_of_any_version_says_is_refused(bad: dict[str, Any]) -> None:
    with pytest.raises(BadReport):
        arrives("e", **bad)


def test_the_receiver_of_a_correction_sees_field_by_field_what_changed(
    values: dict[str, Any],
) -> None:
    first = arrives("1", form="lookout", version=HERE, values=values)
    new = values | {"plate": "KG 01 7785 AD", "lane": "out"}
    second = arrives("2", first.key, form="lookout", version=HERE, values=new, revision=2)
    arrives("3", second.key, form="lookout", version=HERE, values=new | {"lane": "in"}, revision=3)
    page = page_of(first)
    assert "<del>KG 01 7784 AD</del>" in page
    assert "<ins>KG 01 7785 AD</ins>" in page
    assert "was empty" in page
    assert f'<a href="#item-{first.key}">1</a>' in page
    assert page.count(f'href="#item-{second.key}">2</a>') == 1


def test_a_correction_of_what_is_not_here_says_so(values: dict[str, Any]) -> None:
    item = arrives("f", "9" * 32, form="lookout", version=HERE, values=values, revision=2)
    assert "corrects a report that you do not have here" in page_of(item)


def test_a_correction_in_a_newer_version_is_compared_with_the_older(values: dict[str, Any]) -> None:
    first = arrives("1", form="lookout", version=HERE, values=values)
    new = values | {"plate": "KG 01 7785 AD", "convoy_size": 3}
    arrives("2", first.key, form="lookout", version=NEWER, values=new, revision=2)
    page = page_of(first)
    assert "<ins>KG 01 7785 AD</ins>" in page
    assert "<ins>3</ins>" in page
