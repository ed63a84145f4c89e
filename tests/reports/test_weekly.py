"""The weekly summary: filled in from the week's own reports, nil by one key, missing weeks named."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from borderliaison.accounts.models import Account
from borderliaison.correspondence.models import Item
from borderliaison.forms.types.weeks import first_day, week_of
from borderliaison.reports.models import Draft
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import ZONE, liaison, network, send, sent_lookout

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


def week_back(weeks: int) -> str:
    return week_of((datetime.now(UTC).astimezone(ZONE) - timedelta(weeks=weeks)).date())


def written_back(item: Item, weeks: int, hours: float = 12) -> None:
    """Let a report have been written some hours into an earlier week."""
    monday = datetime.combine(first_day(week_back(weeks)), datetime.min.time(), ZONE)
    at = monday + timedelta(hours=hours)
    Item.objects.as_system("test").filter(pk=item.pk).update(created_at=at)


def begin_week(browser: Client, week: str) -> Draft:
    answer = browser.post(f"/weeks/{week}/")
    assert answer.status_code == 302, answer.content
    return Draft.objects.as_system("test").get(key=answer.url.strip("/").split("/")[-1])


def an_office_two_weeks_old() -> tuple[Account, Client]:
    """Two lookouts two weeks ago, nothing last week."""
    account = liaison()
    for hours in (0.5, 167.5):
        written_back(sent_lookout(account), 2, hours)
    return account, signed_in(account)


def test_weeks_that_are_over_and_not_sent_are_named() -> None:
    _account, browser = an_office_two_weeks_old()
    page = browser.get("/new/").content.decode()
    assert page.count("is not yet sent") == 2
    assert "2 reports of that week" in page
    assert "No reports of that week" in page


def test_an_office_that_has_just_begun_owes_nothing() -> None:
    assert b"is not yet sent" not in signed_in(liaison()).get("/new/").content
    account = officer("second", officer_id="KG-BDB/0007")
    sent_lookout(account)
    assert b"is not yet sent" not in signed_in(account).get("/new/").content


def test_the_summary_begins_with_the_counts_of_the_week_in_the_offices_zone() -> None:
    _account, browser = an_office_two_weeks_old()
    draft = begin_week(browser, week_back(2))
    assert draft.values["week"] == week_back(2)
    assert draft.values["kind"] == "ordinary"
    assert draft.values["count_lookout"] == "2"
    assert draft.values["count_seizure"] == "0"
    page = browser.get(f"/drafts/{draft.key}/").content.decode()
    assert "from the reports: 2" in page


def test_what_was_counted_stands_beside_what_the_officer_changes() -> None:
    _account, browser = an_office_two_weeks_old()
    draft = begin_week(browser, week_back(2))
    typed = {"week": week_back(2), "agencies": ["KG-BOR"], "kind": "ordinary", "count_lookout": "3"}
    browser.post(f"/drafts/{draft.key}/save/", {**typed, "revision": 0})
    page = browser.get(f"/drafts/{draft.key}/").content.decode()
    assert 'name="count_lookout" value="3"' in page
    assert "from the reports: 2" in page


def test_a_correction_is_not_counted_again() -> None:
    _account, browser = an_office_two_weeks_old()
    first = Item.objects.as_system("test").earliest("created_at")
    Item.objects.as_system("test").exclude(pk=first.pk).update(corrects=first.key)
    assert begin_week(browser, week_back(2)).values["count_lookout"] == "1"


def test_a_nil_return_is_sent_by_one_press_and_can_be_corrected() -> None:
    _account, browser = an_office_two_weeks_old()
    answer = browser.post(f"/weeks/{week_back(1)}/", {"nil": "1"})
    assert answer.status_code == 302
    item = Item.objects.as_system("test").latest("id")
    assert item.content["values"] == {
        "week": week_back(1), "agencies": ["KG-BOR"], "kind": "nil"
    }  # fmt: skip
    assert "KG-OSH" in item.held_by
    assert not Draft.objects.as_system("test").exists()
    page = browser.get("/new/").content.decode()
    assert page.count("is not yet sent") == 1
    assert browser.post(f"/begin/correct/{item.key}/").status_code == 302


def test_the_summary_of_a_week_without_reports_begins_as_a_nil_return_that_can_be_sent() -> None:
    _account, browser = an_office_two_weeks_old()
    draft = begin_week(browser, week_back(1))
    assert draft.values["kind"] == "nil"
    assert "count_lookout" not in draft.values
    page = browser.get(f"/drafts/{draft.key}/").content.decode()
    assert "Ready to send" in page


def test_a_week_with_reports_is_no_nil_return() -> None:
    _account, browser = an_office_two_weeks_old()
    answer = browser.post(f"/weeks/{week_back(2)}/", {"nil": "1"})
    assert answer.status_code == 409
    assert b"E-REP-09" in answer.content
    assert not Draft.objects.as_system("test").exists()


@pytest.mark.parametrize("week", ["2026-W99", "tomorrow", "2019-W01"])
def test_a_week_that_is_none_is_refused_by_name(week: str) -> None:
    answer = signed_in(liaison()).post(f"/weeks/{week}/", {"nil": "1"})
    assert answer.status_code == 409
    assert b"E-REP-10" in answer.content


def test_a_week_is_summed_up_once() -> None:
    _account, browser = an_office_two_weeks_old()
    draft = begin_week(browser, week_back(2))
    typed: dict[str, object] = {
        "week": week_back(2), "agencies": ["KG-BOR"], "kind": "ordinary", "count_lookout": "2",
        "cover.level": "1", "cover.to": ["KG-OSH"],
    }  # fmt: skip
    send(browser, draft, typed)
    assert b"E-REP-08" in browser.post(f"/weeks/{week_back(2)}/").content
    again = browser.post("/new/weekly_summary/").url.strip("/").split("/")[-1]
    page = browser.post(f"/drafts/{again}/", {**typed, "revision": 0, "send": "1"})
    assert page.status_code == 422
    assert b"E-REP-08" in page.content


def test_reports_of_another_agency_alone_are_not_counted_for_a_stranger() -> None:
    _account, _browser = an_office_two_weeks_old()
    stranger = signed_in(
        officer("stranger", agency="KG-CUS", officer_id="KG-BDB/0009", realm="exercise:seal-2026")
    )
    assert b"is not yet sent" not in stranger.get("/new/").content
