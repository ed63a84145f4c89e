"""An officer chooses in which language forms speak, beside the language of pages."""

import pytest
from django.test import Client

from borderliaison.accounts.models import Account
from borderliaison.forms.load import load_form
from tests.accounts.people import signed_in
from tests.correspondence.cast import begin_draft, liaison, lookout, network, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    network()
    found = liaison()
    found.language = "ru"
    found.save(update_fields=["language"])
    return found


def choose(browser: Client, language: str) -> None:
    browser.post("/me/form-language", {"form_language": language})


def labels(language: str) -> list[str]:
    """Return the labels of the parts of a lookout."""
    return [part.label.text(language) for part in load_form("lookout").parts]


def test_forms_speak_the_language_that_was_chosen_and_pages_stay(account: Account) -> None:
    browser = signed_in(account)
    choose(browser, "ky")
    draft = begin_draft(browser)
    page = browser.get(f"/drafts/{draft.key}/").content.decode()
    assert all(one in page for one in labels("ky"))
    assert 'class="form-grid" lang="ky"' in page
    assert '<html lang="ru"' in page
    assert "Кто это прочитает" in page


def test_a_report_is_shown_in_it_as_well(account: Account) -> None:
    browser = signed_in(account)
    item = send(browser, begin_draft(browser), lookout())
    kind = load_form("lookout").label
    before = browser.get(f"/messages/{item.thread.key}/").content.decode()
    assert kind.text("ru") in before
    choose(browser, "uz")
    after = browser.get(f"/messages/{item.thread.key}/").content.decode()
    assert kind.text("uz") in after


def test_without_a_choice_forms_speak_as_pages_do(account: Account) -> None:
    browser = signed_in(account)
    choose(browser, "tg")
    choose(browser, "")
    draft = begin_draft(browser)
    page = browser.get(f"/drafts/{draft.key}/").content.decode()
    assert all(one in page for one in labels("ru"))


def test_a_language_that_there_is_not_is_not_kept(account: Account) -> None:
    browser = signed_in(account)
    choose(browser, "fr")
    account.refresh_from_db()
    assert account.form_language == ""
