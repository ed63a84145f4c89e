"""A report is taken out of the records, or its term ends: what it said is gone, it itself is there."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from borderliaison.accounts.models import Account
from borderliaison.audit.models import AuditLine
from borderliaison.correspondence.models import Item
from borderliaison.forms import adding, store
from borderliaison.forms.schema import Term
from borderliaison.records.models import Source, Statement, Wording
from borderliaison.records.search.index.indexing import index_all
from borderliaison.reports.models import DrawnTo, KeptOut, Place
from borderliaison.reports.places import note_places
from borderliaison.reports.projection import terms
from borderliaison.reports.projection.keeping_up import catch_up
from borderliaison.reports.projection.taking_out import Decider, expire, put_back, take_out
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import begin_draft, head, liaison, lookout, network, send

pytestmark = pytest.mark.django_db
NAME = "Zanzibarov"
WHO = Decider("KG-BDB/0001", "N. Abdyrakhmanova")


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


@pytest.fixture
def writer() -> Account:
    return liaison()


@pytest.fixture
def report(writer: Account) -> Item:
    """A lookout that is in the records."""
    browser = signed_in(writer)
    item = send(browser, begin_draft(browser), lookout(names=f"Bek {NAME}"))
    _draw_all()
    assert _is_in()
    return item


@pytest.fixture
def term(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lookout says nothing in the records of this country after ten days."""
    kept = {"lookout": Term(10, "sent", "Order 7 of an invented office")}
    monkeypatch.setattr(terms, "term_of", kept.get)


def _draw_all() -> None:
    DrawnTo.objects.update(rules="of an earlier version")
    catch_up()
    index_all()


def _is_in() -> bool:
    return Statement.objects.as_system("test").filter(value__contains=NAME).exists()


def _age(item: Item, days: float) -> None:
    then = datetime.now(UTC) - timedelta(days=days)
    Item.objects.as_system("test").filter(pk=item.pk).update(created_at=then)


def _correction_of(item: Item, writer: Account) -> Item:
    browser = signed_in(writer)
    later = send(browser, begin_draft(browser), lookout(names=f"Bek {NAME}", plate="KG 01 7785 AD"))
    Item.objects.as_system("test").filter(pk=later.pk).update(corrects=item.key)
    later.refresh_from_db()
    return later


def test_what_was_taken_out_is_gone_and_not_drawn_again(report: Item) -> None:
    assert take_out(report, "Another person was meant", WHO)
    assert not take_out(report, "Once more", WHO)
    assert not Source.objects.exists()
    assert not Wording.objects.as_system("test").exists()
    assert not Place.objects.as_system("test").exists()
    _draw_all()
    assert not _is_in()
    line = AuditLine.objects.get(action="records.withdrawn")
    assert (line.subject, line.actor, line.ids) == (report.key, WHO.officer, {})
    assert Item.objects.as_system("test").filter(pk=report.pk).exists()


def test_a_later_correction_stays_out_and_all_states_come_back_together(
    report: Item, writer: Account
) -> None:
    take_out(report, "Another person was meant", WHO)
    later = _correction_of(report, writer)
    Place.objects.as_system("test").filter(item=later).delete()
    note_places([later])
    _draw_all()
    assert not _is_in()
    assert not Place.objects.as_system("test").exists()
    assert put_back(later, WHO)
    assert not put_back(later, WHO)
    plates = Statement.objects.as_system("test").filter(prop="registrationNumber")
    assert [one.value for one in plates] == ["KG 01 7785 AD"]
    assert Place.objects.as_system("test").count() == 2
    assert AuditLine.objects.get(action="records.put_back").subject == report.key


def test_taken_out_by_its_correction_is_the_whole_report(report: Item, writer: Account) -> None:
    later = _correction_of(report, writer)
    _draw_all()
    take_out(later, "Another person was meant", WHO)
    _draw_all()
    assert not _is_in()
    assert KeptOut.objects.as_system("test").get().report == report.key


def test_others_statements_stay(report: Item, writer: Account) -> None:
    browser = signed_in(writer)
    send(browser, begin_draft(browser), lookout(names=f"Bek {NAME}"))
    _draw_all()
    before = set(
        Statement.objects.as_system("test").exclude(source__key=report.key).values_list("pk")
    )
    take_out(report, "Another person was meant", WHO)
    assert set(Statement.objects.as_system("test").values_list("pk")) == before


@pytest.mark.usefixtures("term")
def test_what_reports_said_goes_when_their_term_is_over_and_stays_away(report: Item) -> None:
    now = datetime.now(UTC)
    assert expire(now) == {}
    assert [ending.form for _, _, ending in terms.ending_until(now + timedelta(days=30))] == [
        "lookout"
    ]
    _age(report, 9.9)
    assert expire(now) == {}
    _age(report, 10.1)
    assert expire(now) == {"lookout": 1}
    assert not _is_in()
    assert not Place.objects.as_system("test").exists()
    _draw_all()
    assert not _is_in()
    assert expire(now) == {}
    line = AuditLine.objects.get(action="records.expired")
    assert (line.subject, line.actor, line.ids) == (report.key, "system", {"form": "lookout"})


@pytest.mark.usefixtures("term")
def test_the_term_of_a_corrected_report_is_counted_from_its_first_state(
    report: Item, writer: Account
) -> None:
    _correction_of(report, writer)
    _draw_all()
    _age(report, 10.1)
    assert expire(datetime.now(UTC)) == {"lookout": 1}
    assert not _is_in()


@pytest.mark.usefixtures("term")
def test_put_back_after_its_term_it_stays_out(report: Item) -> None:
    take_out(report, "Another person was meant", WHO)
    _age(report, 10.1)
    assert put_back(report, WHO)
    assert not _is_in()
    assert not Place.objects.as_system("test").exists()


@pytest.fixture
def own_forms(tmp_path: Path) -> Iterator[Path]:
    """A node with forms of its own."""
    store.keep_own_in(tmp_path)
    yield tmp_path
    store.keep_own_in(None)


@pytest.mark.parametrize(
    ("country", "after", "gone"),
    [("KG", "sent", {"lookout": 1}), ("UZ", "sent", {}), ("KG", "closed", {})],
)
def test_the_newest_version_of_a_form_states_the_term_for_this_country(
    report: Item, own_forms: Path, country: str, after: str, gone: dict[str, int]
) -> None:
    newest = max(store.shipped("data")["lookout"])
    text = store.read_file("data", "lookout", newest)[1]
    text = text.replace(f"version: {newest}\n", "version: 1000\n", 1)
    stated = f"retention:\n  {country}: {{days: 10, after: {after}, source: Order 7}}\nparts:"
    path = own_forms / "lookout.v1000.yaml"
    path.write_text(text.replace("parts:", stated, 1), "utf-8")
    adding.add(adding.examine(path), datetime.now(UTC))
    _age(report, 10.1)
    assert expire(datetime.now(UTC)) == gone


def _page(item: Item) -> str:
    return f"/items/{item.key}/records/"


def _browsers() -> tuple[Client, Client]:
    return signed_in(head()), signed_in(
        officer("stranger", office="UZ-DUS", agency="UZ-CUS", officer_id="UZ-DUS/0007", role="head")
    )


def test_the_head_of_the_office_takes_it_out_with_a_reason_and_puts_it_back(report: Item) -> None:
    browser, _ = _browsers()
    assert "Take out of the records" in browser.get(_page(report)).content.decode()
    assert browser.post(_page(report), {"decision": "take_out", "why": " "}).status_code == 200
    assert _is_in()
    answer = browser.post(_page(report), {"decision": "take_out", "why": "Another was meant"})
    assert answer["Location"] == f"/messages/{report.thread.key}/#item-{report.key}"
    assert not _is_in()
    shown = browser.get(f"/messages/{report.thread.key}/").content.decode()
    assert "Not in the records since" in shown
    assert "N. Abdyrakhmanova: Another was meant" in shown
    browser.post(_page(report), {"decision": "put_back"})
    assert _is_in()
    assert "Not in the records" not in browser.get(_page(report)).content.decode()


def test_nobody_else_decides_it_and_a_stranger_learns_nothing(
    report: Item, writer: Account
) -> None:
    _, stranger = _browsers()
    for browser in (signed_in(writer), stranger):
        assert browser.get(_page(report)).status_code == 404
        assert browser.post(_page(report), {"decision": "take_out", "why": "x"}).status_code == 404
    assert _is_in()


@pytest.mark.usefixtures("term")
def test_the_report_says_that_its_term_is_over(report: Item, writer: Account) -> None:
    _age(report, 10.1)
    shown = signed_in(writer).get(f"/messages/{report.thread.key}/").content.decode()
    assert "the term of 10 days is over (Order 7 of an invented office)" in shown
