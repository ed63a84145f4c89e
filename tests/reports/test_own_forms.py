"""An office's own forms on its pages: what a form declares is drawn and checked, with no code for it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from borderliaison.correspondence.models import Item
from borderliaison.forms import adding
from borderliaison.offices.models import CrossingPoint
from borderliaison.reports.content import ReportContent
from borderliaison.reports.models import Draft
from tests.accounts.people import signed_in
from tests.correspondence.cast import begin_draft, liaison, lookout, network, send
from tests.forms import own_forms
from tests.forms.own_forms import own_folder

pytestmark = pytest.mark.django_db
TRAIN = """
form: train_check
version: 1000
label: {en: Check of a train, ru: Проверка поезда}
about: {en: After each train, ru: После каждого поезда}
cover: {level: 0, handling: [H2]}
not_to_country_of: [asks_refuge_from, persons.claims]
title:
  - {field: wagon}
parts:
  - name: wagons
    label: {en: Wagons, ru: Вагоны}
    fields:
      - {name: wagon, type: identifier, scheme: wagon, label: {en: Wagon, ru: Вагон}}
      - name: load
        type: decimal
        codes: quantity_unit.v1
        places: 3
        shown_in: kg
        label: {en: Load, ru: Груз}
      - {name: opened, type: boolean, label: {en: Opened, ru: Вскрыт}}
      - name: seal
        type: identifier
        scheme: seal
        when: {field: opened, is: ["no"]}
        label: {en: Seal, ru: Пломба}
  - name: road
    label: {en: Road, ru: Дорога}
    point_kinds: [road]
    fields:
      - {name: lane, type: text, max_length: 20, required: true, label: {en: Lane, ru: Полоса}}
  - name: people
    label: {en: People, ru: Люди}
    fields:
      - {name: asks_refuge_from, type: code, codes: country.v1, as: search, label: {en: From, ru: От}}
      - name: through
        type: codes
        codes: country.v1
        as: search
        label: {en: Through, ru: Через}
      - name: persons
        type: rows
        max: 5
        row: {en: Person, ru: Лицо}
        add: {en: Add, ru: Добавить}
        line: [claims]
        label: {en: Persons, ru: Лица}
        fields:
          - {name: claims, type: code, codes: country.v1, label: {en: Claims, ru: Просит}}
"""


@pytest.fixture(autouse=True)
def node(tmp_path: Path) -> Iterator[Path]:
    network()
    with own_folder(tmp_path) as folder:
        yield folder


def add(path: Path) -> None:
    adding.add(adding.examine(path), datetime.now(UTC))


def train(kinds: list[str], node: Path) -> tuple[Client, Draft]:
    """A draft of the form of a train, at an office whose crossing point is of these kinds."""
    CrossingPoint.objects.filter(pk="KG-BDB").update(kinds=kinds)
    add(own_forms.written(node, "train_check.v1000.yaml", TRAIN))
    browser = signed_in(liaison())
    return browser, begin_draft(browser, "train_check")


def saved(draft: Draft) -> Draft:
    return Draft.objects.as_system("test").get(pk=draft.pk)


def page_of(browser: Client, draft: Draft) -> str:
    return browser.get(f"/drafts/{draft.key}/").content.decode()


def save(browser: Client, draft: Draft, **typed: Any) -> str:
    revision = saved(draft).revision
    answer = browser.post(f"/drafts/{draft.key}/save/", {**typed, "revision": revision})
    assert answer.status_code == 200
    return page_of(browser, draft)


def test_old_reports_and_drafts_keep_the_version_in_which_they_were_begun(node: Path) -> None:
    account = liaison()
    browser = signed_in(account)
    old = send(browser, begin_draft(browser, "lookout"), lookout())
    begun = begin_draft(browser, "lookout")
    add(own_forms.lookout(node))
    assert 'name="convoy"' not in page_of(browser, begun)
    new = begin_draft(browser, "lookout")
    assert 'name="convoy"' in page_of(browser, new)
    sent = send(browser, new, {**lookout(), "convoy": "Three lorries"})
    assert ReportContent.from_data(old.content).version < 1000
    assert ReportContent.from_data(sent.content).version == 1000
    assert "Three lorries" in browser.get(f"/messages/{sent.thread.key}/").content.decode()
    assert "Grey lorry" in browser.get(f"/messages/{old.thread.key}/").content.decode()


def test_a_form_of_this_office_is_offered_until_it_is_withdrawn(node: Path) -> None:
    browser, _ = train(["rail"], node)
    assert "After each train" in browser.get("/new/").content.decode()
    adding.withdraw("train_check", 1000)
    assert "After each train" not in browser.get("/new/").content.decode()


def test_the_cover_begins_as_the_form_says(node: Path) -> None:
    _, draft = train(["rail"], node)
    assert saved(draft).cover["level"] == 0
    assert saved(draft).cover["handling"] == ["H2"]


def test_fields_for_another_kind_of_point_are_folded_away_and_not_needed(node: Path) -> None:
    browser, draft = train(["rail"], node)
    page = page_of(browser, draft)
    folded = page.index("For other kinds of crossing point")
    assert page.index('name="lane"') > folded
    assert page.index('name="wagon.number"') < folded
    page = save(browser, draft, lane="3")
    assert "For other kinds of crossing point" not in page
    assert 'name="lane"' in page


def test_at_their_own_kind_of_point_they_stand_openly_and_are_needed(node: Path) -> None:
    browser, draft = train(["road", "rail"], node)
    assert "For other kinds of crossing point" not in page_of(browser, draft)
    answer = browser.post(f"/drafts/{draft.key}/", {"revision": 0, "send": "1"})
    assert 'id="f-lane-error"' in answer.content.decode()


def test_a_wrong_wagon_is_named_and_kept_as_written_where_an_officer_says_so(node: Path) -> None:
    browser, draft = train(["rail"], node)
    page = page_of(browser, draft)
    assert "So written on the thing" not in page
    page = save(browser, draft, **{"wagon.number": "4548 8856"})
    assert "Compare the number with the thing: its check digit is 6 and should be 5" in page
    assert 'name="wagon.as_written" value="yes"><span>So written on the thing' in page
    typed = {"wagon.number": "4548 8856", "wagon.as_written": "yes", "cover.to": ["KG-OSH"]}
    item = send(browser, saved(draft), {**typed, "cover.level": "0"})
    assert item.content["values"]["wagon"] == {"number": "4548 8856", "as_written": True}
    shown = browser.get(f"/messages/{item.thread.key}/").content.decode()
    assert "4548 8856 (so written on the thing)" in shown


def test_a_quantity_is_shown_in_the_unit_that_the_form_wants(node: Path) -> None:
    browser, draft = train(["rail"], node)
    page = save(browser, draft, **{"load.amount": "61,5", "load.unit": "t"})
    assert '<span class="field-aside" id="f-load-amount-aside" data-anew>= 61' in page
    assert "500 kg</span>" in page


def test_without_a_script_every_field_is_there_and_the_server_decides(node: Path) -> None:
    browser, draft = train(["rail"], node)
    page = page_of(browser, draft)
    assert 'name="seal.number"' in page
    page = save(browser, draft, **{"opened": "yes", "seal.number": "KZ 44"})
    assert "Left out of the report. Choose No in “Opened”" in page
    page = save(browser, draft, **{"opened": "no", "seal.number": "KZ 44"})
    assert "Left out of the report" not in page
    assert saved(draft).values["seal"] == {"number": "KZ 44"}


def test_several_are_chosen_from_a_long_list_by_boxes_without_a_script(node: Path) -> None:
    browser, draft = train(["rail"], node)
    page = save(browser, draft, through=["KG", "UZ"])
    assert 'class="combobox picks" data-combobox data-words-url="/forms/words/country/1/"' in page
    assert page.count('name="through"') > 20
    assert saved(draft).values["through"] == ["KG", "UZ"]
    words = browser.get("/forms/words/country/1/")
    assert "Узбекистан" in words.json()["UZ"]
    assert browser.get("/forms/words/country/99/").status_code == 404


@pytest.mark.parametrize("named", ["asks_refuge_from", "persons.0.claims"])
def test_what_names_a_country_is_never_told_to_its_offices(node: Path, named: str) -> None:
    browser, draft = train(["rail"], node)
    typed = {named: "UZ", "cover.to": ["KG-OSH", "UZ-DUS"], "cover.level": "0", "send": "1"}
    answer = browser.post(f"/drafts/{draft.key}/", {**typed, "revision": 0})
    assert answer.status_code == 422
    assert b"E-REP-12" in answer.content
    home = {**typed, "cover.to": ["KG-OSH"], "revision": saved(draft).revision}
    assert browser.post(f"/drafts/{draft.key}/", home).status_code == 302
    assert Item.objects.as_system("test").count() == 1
