"""Every form that begins a thread: written on its page, sent, and shown to who gets it."""

import pytest
from django.test import Client

from borderliaison.correspondence.meaning import Warned
from borderliaison.forms.catalogue import load_catalogue
from borderliaison.forms.describe import spread
from borderliaison.forms.load import load_form
from borderliaison.reports.asking import meaning_of_report
from borderliaison.reports.content import ReportContent
from tests.accounts.people import signed_in
from tests.correspondence.cast import begin_draft, liaison, local, network, send
from tests.forms.filled import filled

pytestmark = pytest.mark.django_db

FORMS = sorted(one.form for group in load_catalogue().groups for one in group.forms)
NAMES = {"HERE": "KG-BDB", "THERE": "KG-DST", "OFFICE": "KG-DST", "AGENCY": "KG-BOR"}
COVER = {"cover.level": "1", "cover.to": ["KG-OSH"]}


@pytest.fixture
def browser() -> Client:
    network()
    return signed_in(liaison())


def posted(name: str) -> dict[str, object]:
    """Return a filled form as a browser posts it."""
    typed = filled(name, local, NAMES | {"THIS_WEEK": "2026-W01"})
    return {**spread(load_form(name), typed, "Asia/Bishkek"), **COVER}


def test_every_form_that_says_how_severe_and_certain_it_is_warns_and_wants_to_be_opened_soon() -> (
    None
):
    warning = {"urgency", "severity", "certainty"}
    for name in FORMS:
        warns = warning <= {one.name for one in load_form(name).fields()}
        values = {"urgency": "Immediate", "answer_by": {"utc": "2026-05-14T00:00:00Z"}}
        content = ReportContent(name, load_form(name).version, "KG-BDB-2026-0001", values)
        assert (meaning_of_report(content.to_data()) == Warned("Immediate")) is warns, name


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_written_sent_and_shown(name: str, browser: Client) -> None:
    draft = begin_draft(browser, name)
    page = browser.get(f"/drafts/{draft.key}/").content.decode()
    form = load_form(name)
    for part in form.parts:
        assert part.label.text("en") in page
        for field in part.fields:
            assert field.derived or field.fields or f'name="{field.name}' in page, field.name
    item = send(browser, draft, posted(name))
    assert item.content["form"] == name
    shown = browser.get(f"/messages/{item.thread.key}/")
    assert shown.status_code == 200
    assert form.label.text("en") in shown.content.decode()


@pytest.mark.parametrize("named", ["citizenship", "origin"])
def test_a_referral_never_goes_to_the_country_that_the_person_fears(
    named: str, browser: Client
) -> None:
    draft = begin_draft(browser, "referral")
    typed = {**posted("referral"), named: "UZ", "cover.to": ["KG-OSH", "UZ-DUS"], "send": "1"}
    shown = browser.post(f"/drafts/{draft.key}/readers/", typed).content.decode()
    assert "never told to a country that it names (Uzbekistan)" in shown
    before, _, refused = shown.partition("Will not be able to read")
    assert "Never: this report names its country" in refused
    assert "Dustlik" not in before.partition("notice-warning")[2].partition("</div>")[2]
    answer = browser.post(f"/drafts/{draft.key}/", {**typed, "revision": draft.revision})
    assert answer.status_code == 422
    assert b"E-REP-12" in answer.content


def test_nothing_is_warned_of_where_nobody_of_that_country_is_addressed(browser: Client) -> None:
    draft = begin_draft(browser, "referral")
    typed = {**posted("referral"), "citizenship": "UZ", "cover.to": ["KG-OSH"]}
    shown = browser.post(f"/drafts/{draft.key}/readers/", typed).content.decode()
    assert "never told to a country" not in shown
