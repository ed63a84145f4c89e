"""The list of everything: what an officer may do and reach, and nothing else."""

import re
from typing import Any

import pytest
from django.test import Client

from borderliaison.ui.parts.everything import Entry, EntryGroup
from borderliaison.web.everything.finding import found
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import begin_draft, lookout, network, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


def groups_of(browser: Client, query: str = "") -> dict[str, list[str]]:
    answer = browser.get("/everything/", {"q": query} if query else {})
    return {one.key: [entry.label for entry in one.entries] for one in answer.context["groups"]}


def test_pages_forms_drafts_threads_offices_and_settings_are_listed() -> None:
    browser = signed_in(officer())
    send(browser, begin_draft(browser), lookout())
    begin_draft(browser)
    listed = groups_of(browser)
    assert "Incoming register" in listed["pages"]
    assert "Lookout" in listed["forms"]
    assert len(listed["drafts"]) == 1
    assert len(listed["threads"]) == 1
    assert "Dostuk" in listed["offices"]
    assert {"Night", "Русский", "Sign out"} <= set(listed["settings"])


def test_an_observer_is_offered_no_form_and_nobody_anothers_drafts() -> None:
    browser = signed_in(officer())
    begin_draft(browser)
    observer = signed_in(officer("observer", role="observer", officer_id="KG-BDB/0077"))
    listed = groups_of(observer)
    assert "forms" not in listed
    assert "drafts" not in listed
    assert "New" not in listed["pages"]


def test_a_thread_of_another_agency_is_in_no_entry_and_no_number() -> None:
    browser = signed_in(officer())
    send(browser, begin_draft(browser), lookout(**{"cover.own": ["KG-BOR"]}))
    stranger = signed_in(
        officer("stranger", agency="KG-MIA", officer_id="KG-BDB/0078", role="duty")
    )
    page = stranger.get("/everything/").content.decode()
    assert "threads" not in groups_of(stranger)
    assert not re.search(r"grey lorry", page, re.IGNORECASE)


def test_an_office_is_found_in_any_script() -> None:
    browser = signed_in(officer())
    for query in ("dostuk", "ДОСТУК", "kg-dst"):
        assert groups_of(browser, query)["offices"] == ["Dostuk"], query
    assert groups_of(browser, "Дўстлик")["offices"] == ["Dustlik"]


def test_each_word_begins_a_word() -> None:
    entries = (Entry("Lookout", "/", "x", "Warn other offices"), Entry("Cash", "/", "x", "Money"))
    group = EntryGroup("forms", "Forms", entries)
    assert [one.label for one in found([group], "warn look")[0].entries] == ["Lookout"]
    assert found([group], "ookout") == ()
    assert found([group], " ") == (group,)


def test_another_page_gets_the_list_alone() -> None:
    browser = signed_in(officer())
    part = browser.get("/everything/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'formaction="/new/lookout/"' in part


def test_a_setting_is_changed_from_the_list() -> None:
    account: Any = officer()
    browser = signed_in(account)
    browser.post("/ui/display/theme", {"theme": "dark"})
    account.refresh_from_db()
    assert account.theme == "dark"
    group = next(
        one for one in browser.get("/everything/").context["groups"] if one.key == "settings"
    )
    assert [one.label for one in group.entries if one.is_current] == ["Night", "English"]
