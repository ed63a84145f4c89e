"""What was filled and does not belong to the report is left out, and never without being said."""

import pytest

from borderliaison.correspondence.models import Item
from borderliaison.reports.models import Draft
from tests.accounts.people import signed_in
from tests.correspondence.cast import begin_draft, liaison, lookout, network

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


def saved(draft: Draft) -> Draft:
    return Draft.objects.as_system("test").get(pk=draft.pk)


def test_a_field_that_does_not_apply_says_so_and_the_draft_keeps_it() -> None:
    browser = signed_in(liaison())
    draft = begin_draft(browser, "lookout")
    typed = {**lookout(), "subject_kind": "person", "trailer_plate": "KG 1", "revision": 0}
    browser.post(f"/drafts/{draft.key}/save/", typed)
    page = browser.get(f"/drafts/{draft.key}/").content.decode()
    assert 'id="f-trailer_plate-notice"' in page
    assert "Left out of the report. Choose Vehicle, Consignment" in page
    assert '<input type="hidden" name="left_out" value="trailer_plate">' in page
    assert saved(draft).values["trailer_plate"] == "KG 1"


def test_a_report_is_sent_only_after_the_page_has_said_what_is_left_out() -> None:
    browser = signed_in(liaison())
    draft = begin_draft(browser, "lookout")
    typed = {**lookout(), "subject_kind": "person", "trailer_plate": "KG 1", "send": "1"}
    answer = browser.post(f"/drafts/{draft.key}/", {**typed, "revision": 0})
    assert answer.status_code == 422
    assert b"E-REP-11" in answer.content
    told = {**typed, "revision": saved(draft).revision, "left_out": "trailer_plate"}
    answer = browser.post(f"/drafts/{draft.key}/", told)
    assert answer.status_code == 302
    item = Item.objects.as_system("test").get()
    assert "trailer_plate" not in item.content["values"]
