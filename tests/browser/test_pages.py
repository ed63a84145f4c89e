"""The officers' pages in Chromium: open to everybody, in Russian, by keyboard, and live."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from borderliaison.correspondence.models import Item, Opening
from borderliaison.forms.codes import load_codes
from borderliaison.reports.models import Draft
from tests.browser.chromium import chromium
from tests.browser.office import (
    DESK,
    PHONE,
    ZOOMED,
    Looks,
    Office,
    Stream,
    arrives,
    barriers,
    meanwhile,
    office_at_work,
    overflow,
)
from tests.correspondence.cast import local, network

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MODES = [
    pytest.param("en", "live", "light", DESK, id="light"),
    pytest.param("en", "live", "dark", DESK, id="dark"),
    pytest.param("en", "live", "light", PHONE, id="360 px"),
    pytest.param("ru", "live", "dark", PHONE, id="Russian, dark, 360 px"),
    pytest.param("ru", "live", "light", DESK, id="Russian"),
    pytest.param("en", "live", "light", ZOOMED, id="200 % zoom"),
    pytest.param("en", "exercise:seal-2026", "light", DESK, id="exercise"),
    pytest.param("ru", "exercise:seal-2026", "dark", PHONE, id="exercise, Russian, dark, 360 px"),
]

LOOKED_AT_WHOLE = [("en", "live", "light", DESK), ("ru", "live", "dark", PHONE)]
"""The modes in which the pages that share their parts with others are looked at as well."""

LATIN = re.compile(r"[A-Za-z]{2,}")
CODES = {"UTC", "CAP", "KG", "KZ", "UZ", "TJ", "TM", "ZZ", "BDB", "DST", "OSH", "BIS", "DUS", "CAR"}
KEYS = {"Ctrl", "Alt", "Enter", "Esc"}
PROGRAMS = {"SQLite", "PostgreSQL", "Python", "Django", "Excel"}
FORMATS = {"JPEG", "PNG", "HEIC", "PDF", "CAP", "XML", "OpenAPI"}
CURRENCIES = {code for code in load_codes("currency").codes if code.isupper()}
LOGIN = "toktosunov"
KNOWN_LATIN = CODES | KEYS | PROGRAMS | FORMATS | CURRENCIES | {LOGIN, "EXERCISE"}
"""Codes, keys, names of programs and of formats, which are the same in every language."""

WORDS_OF_PAGE = """() => {
  const said = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const russian = (e) => e.closest('[lang]').lang === 'ru' && !e.closest('script, style, kbd, .code');
  while (walk.nextNode()) if (russian(walk.currentNode.parentElement)) said.push(walk.currentNode.data);
  for (const e of document.querySelectorAll('[aria-label], [placeholder], [title], [data-label]'))
    if (russian(e)) for (const name of ['aria-label', 'placeholder', 'title', 'data-label'])
      said.push(e.getAttribute(name) ?? '');
  said.push(document.title);
  return said;
}"""


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


def complaints(page: Page) -> list[str]:
    return list(page.complaints)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("language", "realm", "theme", "size"), MODES)
def test_every_page_is_open_to_everybody_and_fits(
    live_server: Any, language: str, realm: str, theme: Any, size: Any
) -> None:
    office = office_at_work(language, realm)
    looks = Looks(live_server, office.author, office.second)
    options = {"viewport": size, "color_scheme": theme, "has_touch": size == PHONE}
    paths = office.paths()
    if (language, realm, theme, size) in LOOKED_AT_WHOLE:
        paths |= office.other_paths()
    with chromium() as browser:
        for name, (account, path) in paths.items():
            with looks.page(browser, account, **options) as page:
                page.goto(path)
                assert "\n".join(barriers(page)) == "", name
                assert overflow(page) == 0, name
                assert complaints(page) == [], name


def test_in_russian_no_page_has_a_foreign_word(live_server: Any) -> None:
    office = office_at_work("ru")
    looks = Looks(live_server, office.author, office.second)
    found: dict[str, set[str]] = {}
    with chromium() as browser:
        for name, (account, path) in (office.paths() | office.other_paths()).items():
            with looks.page(browser, account, viewport=DESK) as page:
                page.goto(path)
                page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
                said = " ".join(page.evaluate(WORDS_OF_PAGE))
                found[name] = set(LATIN.findall(said)) - KNOWN_LATIN
    foreign = [f"{name}: {' '.join(sorted(words))}" for name, words in found.items() if words]
    assert "\n".join(foreign) == ""


def test_an_exercise_is_unmistakable_on_every_page(live_server: Any) -> None:
    office = office_at_work("en", "exercise:seal-2026")
    looks = Looks(live_server, office.author, office.second)
    with chromium() as browser:
        for _name, (account, path) in (office.paths() | office.other_paths()).items():
            with looks.page(browser, account, viewport=DESK) as page:
                page.goto(path)
                expect(page).to_have_title(re.compile("^EXERCISE · "))
                band = page.get_by_role("region", name="Realm and marking of this page")
                expect(band).to_contain_text("УЧЕНИЕ")
                expect(band).to_contain_text("No real data here")
                assert page.locator("html").get_attribute("data-realm") == "exercise"
                for button in page.get_by_role("button", name=re.compile("^Send")).all():
                    expect(button).to_contain_text("in the exercise")


def test_a_lookout_is_written_and_sent_by_keyboard_alone(live_server: Any) -> None:
    office = office_at_work()
    looks = Looks(live_server, office.author)
    with chromium() as browser, looks.page(browser, office.author, viewport=DESK) as page:
        page.goto("/messages/")
        page.keyboard.press("n")
        page.wait_for_url("**/new/")
        page.get_by_role("button", name="Lookout").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/drafts/*/")
        part = page.locator(":focus")
        page.keyboard.press("Alt+2")
        expect(part).to_have_attribute("name", "subject_kind")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")
        page.keyboard.type("Grey lorry with trailer")
        page.keyboard.press("Alt+3")
        page.keyboard.press("Space")
        page.keyboard.press("Alt+4")
        page.keyboard.type("Dos")
        _write(page, "Expected window, from", local(2))
        _write(page, "Expected window, until", local(20))
        page.keyboard.press("Tab")
        expect(page.get_by_label("Expires", exact=True)).not_to_have_value("")
        page.keyboard.press("Alt+5")
        page.keyboard.press("Space")
        page.keyboard.press("Alt+6")
        page.keyboard.type("Driver changed at Sary-Tash")
        for label, letter in (("Urgency", "I"), ("Severity", "S"), ("Certainty", "L")):
            page.get_by_role("combobox", name=label, exact=True).focus()
            page.keyboard.type(letter)
        page.keyboard.press("Alt+9")
        expect(page.get_by_role("checkbox", name="Osh sector")).to_be_checked()
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**/messages/*/")
        expect(page.locator("#thread-title")).to_contain_text("grey lorry with trailer")
    assert Item.objects.as_system("test").filter(payload_type="report").count() == 2


def _write(page: Page, label: str, words: str) -> None:
    page.get_by_label(label, exact=True).focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def test_a_message_arrives_while_an_officer_types_and_nothing_is_lost(live_server: Any) -> None:
    office = office_at_work()
    looks = Looks(live_server, office.author)
    with chromium() as browser, looks.page(browser, office.author, viewport=DESK) as page:
        stream = Stream(page)
        page.goto(f"/messages/{office.thread}/")
        more = page.locator("details.card-more").first
        more.locator("summary").click()
        field = page.get_by_label("Text", exact=True)
        field.click()
        page.keyboard.type("We tighten the cont")
        page.evaluate("document.querySelector('[data-thread]').scrollTop = 60")
        field.evaluate("e => e.setSelectionRange(3, 3)")
        meanwhile(arrives, office.item, "It has passed the weighbridge")
        stream.tell("thread")
        expect(page.get_by_text("It has passed the weighbridge", exact=True)).to_be_visible()
        expect(field).to_be_focused()
        expect(field).to_have_value("We tighten the cont")
        assert field.evaluate("e => e.selectionStart") == 3
        assert page.evaluate("document.querySelector('[data-thread]').scrollTop") == 60
        assert more.evaluate("e => e.open")
        assert complaints(page) == []


def test_what_is_typed_outlives_a_lost_page(live_server: Any) -> None:
    office = office_at_work()
    looks = Looks(live_server, office.author)
    with chromium() as browser, looks.page(browser, office.author, viewport=DESK) as page:
        page.goto(f"/messages/{office.thread}/")
        page.get_by_label("Text", exact=True).fill("We tighten the control")
        page.get_by_role("button", name="001").click()
        page.reload()
        expect(page.get_by_label("Text", exact=True)).to_have_value("We tighten the control")
        expect(page.get_by_role("list", name="Phrases chosen")).to_contain_text("understood")


def test_a_phrase_is_found_by_number_and_by_a_word_of_any_language(live_server: Any) -> None:
    office = office_at_work()
    looks = Looks(live_server, office.author)
    with chromium() as browser, looks.page(browser, office.author, viewport=DESK) as page:
        page.goto(f"/messages/{office.thread}/")
        page.keyboard.press("#")
        page.keyboard.type("017")
        page.keyboard.press("Enter")
        page.get_by_role("combobox", name="Find a phrase").fill("нарядам")
        page.keyboard.press("Enter")
        chosen = page.get_by_role("list", name="Phrases chosen")
        expect(chosen.get_by_role("listitem")).to_have_count(2)
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**/messages/*/#item-*")
    said = Item.objects.as_system("test").filter(payload_type="message").latest("id")
    assert said.content["phrases"] == ["017", "041"]


def test_opening_is_confirmed_by_what_stands_on_the_screen(live_server: Any) -> None:
    office = office_at_work()
    looks = Looks(live_server, office.author)
    with chromium() as browser, looks.page(browser, office.author, viewport=DESK) as page:
        with page.expect_response("**/opened/") as answer:
            page.goto(f"/messages/{office.thread}/")
        assert answer.value.status == 204
    assert Opening.objects.filter(officer=office.author.officer_id).count() == 1


def test_measures_are_reported_behind_one_key(live_server: Any) -> None:
    office = office_at_work()
    looks = Looks(live_server, office.second)
    item = Item.objects.as_system("test").get(pk=office.item.pk)
    item.letter, item.office, item.held_by = "a" * 32, "KG-OSH", ["KG-OSH"]
    item.save()
    with chromium() as browser, looks.page(browser, office.second, viewport=DESK) as page:
        page.goto(f"/messages/{office.thread}/")
        expect(page.get_by_label("What was done")).to_be_hidden()
        page.keyboard.press("a")
        expect(page.get_by_label("What was done")).to_be_focused()
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**/messages/*/#item-*")
        expect(page.locator(".rung-acted")).to_have_count(1)


def test_another_window_saved_since_and_the_officer_decides_which_holds(live_server: Any) -> None:
    office = office_at_work()
    looks = Looks(live_server, office.author)
    with chromium() as browser, looks.page(browser, office.author, viewport=DESK) as page:
        page.clock.install()
        page.goto(f"/drafts/{office.draft.key}/")
        meanwhile(_saved_elsewhere, office)
        page.get_by_label("Subject in a few words").fill("Blue bus")
        state = page.locator("[data-draft-state]")
        expect(state).to_contain_text("from another window", timeout=8_000)
        tries: list[str] = []
        page.on(
            "request", lambda one: tries.append(one.url) if one.url.endswith("/save/") else None
        )
        page.get_by_label("Subject in a few words").fill("Blue bus with a hidden compartment")
        page.clock.run_for(6_000)
        assert tries == []
        page.get_by_role("button", name="Keep what is typed here").click()
        expect(state).to_contain_text("Draft saved here", timeout=8_000)
        assert complaints(page) == []
    kept = Draft.objects.as_system("test").get(pk=office.draft.pk)
    assert kept.values["subject"] == "Blue bus with a hidden compartment"


def _saved_elsewhere(office: Office) -> None:
    draft = Draft.objects.as_system("test").get(pk=office.draft.pk)
    draft.revision, draft.page, draft.values = 7, "f" * 32, {"subject": "A red car"}
    draft.save()


def test_after_a_save_the_page_says_what_is_left_and_who_will_read(live_server: Any) -> None:
    office = office_at_work()
    looks = Looks(live_server, office.author)
    with chromium() as browser, looks.page(browser, office.author, viewport=DESK) as page:
        page.goto(f"/drafts/{office.draft.key}/")
        page.get_by_label("Subject in a few words").fill("Blue bus")
        expect(page.locator("#draft-title")).to_have_text("Lookout, blue bus", timeout=8_000)
        page.get_by_text("Other countries").click()
        page.get_by_label("Find an office").fill("Тегеран")
        expect(page.locator("#far-offices .addressee:visible")).to_have_count(0)
        page.get_by_label("Find an office").fill("Дустл")  # in whichever script it is typed
        page.get_by_role("checkbox", name="Dustlik").check()
        readers = page.get_by_role("complementary", name="Who will read this")
        expect(readers).to_contain_text("After a second officer authorises")


def test_j_and_k_move_in_the_list_and_enter_opens(live_server: Any) -> None:
    office = office_at_work()
    looks = Looks(live_server, office.author)
    with chromium() as browser, looks.page(browser, office.author, viewport=DESK) as page:
        page.goto("/messages/")
        page.keyboard.press("j")
        expect(page.locator("a.thread-item:focus")).to_contain_text("rey lorry")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/messages/{office.thread}/")


def test_on_a_phone_the_arrow_leads_from_a_thread_to_the_list(live_server: Any) -> None:
    office = office_at_work()
    looks = Looks(live_server, office.author)
    options = {"viewport": PHONE, "has_touch": True}
    with chromium() as browser, looks.page(browser, office.author, **options) as page:
        page.goto(f"/messages/{office.thread}/")
        expect(page.get_by_role("navigation", name="Messages")).to_be_hidden()
        page.get_by_role("link", name="Back to the messages").click()
        page.wait_for_url("**/messages/")
        expect(page.get_by_role("navigation", name="Messages")).to_be_visible()
