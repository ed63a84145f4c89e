"""The page of the registers: own agency alone, numbers that stay, finding, paging, the table."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from borderliaison.accounts.models import Account
from borderliaison.audit.models import AuditLine
from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.registers.lines import PAGE
from borderliaison.correspondence.registers.models import Register
from borderliaison.kernel.marking import Audience, Marking
from borderliaison.markings.services import intern
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import (
    begin_reply,
    head,
    liaison,
    lookout,
    network,
    send,
    sent_lookout,
)
from tests.correspondence.letters import message, report
from tests.correspondence.test_registering import YEAR, acting, comes, says

NUMBERS = re.compile(r"(?:EX-)?KG-BDB-[A-Z]{3}/(?:IN|OUT)/\d{4}(?:/R[\d-]+)?/\d{4}")


@pytest.fixture(autouse=True)
def _network(db: None) -> None:
    network()


def page(who: Account | Client, **asked: object) -> str:
    client = signed_in(who) if isinstance(who, Account) else who
    answer = client.get("/messages/register/", asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def numbers(text: str) -> list[str]:
    """Return the numbers in the table."""
    heads = " ".join(re.findall(r'<th scope="row">.*?</th>', text, re.DOTALL))
    return NUMBERS.findall(re.sub(r"<[^>]+>", "", heads))


def test_what_came_and_what_went_out_stand_in_two_registers() -> None:
    writer = liaison()
    item = sent_lookout(writer)
    receive_item(report("request"))
    came, went = page(writer), page(writer, way="out")
    assert numbers(came) == [f"KG-BDB-BOR/IN/{YEAR}/0001"]
    assert "KG-DST-2026-0007" in came, "their number"
    assert "G. Saparalieva" in came
    assert "Dostuk" in came
    assert numbers(went) == [f"KG-BDB-BOR/OUT/{YEAR}/0001"]
    assert item.content["number"] in went
    assert f"/messages/{item.thread.key}/#item-{item.key}" in went
    assert "UTC" in went


def test_an_officer_sees_the_registers_of_his_own_agency_alone() -> None:
    says(acting(liaison()))
    customs = head()
    assert numbers(page(customs, way="out")) == []
    receive_item(comes("KG-CUS"))
    assert numbers(page(customs)) == [f"KG-BDB-CUS/IN/{YEAR}/0001"]
    assert numbers(page(officer("mamatov", role="head"))) == []


def test_what_is_above_an_officers_clearance_is_not_there_for_him() -> None:
    receive_item(comes("KG-BOR"))
    assert numbers(page(officer("uncleared", clearance=0))) == []
    assert numbers(page(officer("cleared", clearance=1))) != []


def test_the_number_stays_where_the_document_cannot_be_read_any_more() -> None:
    receive_item(comes("KG-BOR"))
    item = Item.objects.as_system("test").get()
    elsewhere = Marking(audience=Audience.of(("KG-BDB", "KG-CUS")))
    Item.objects.as_system("test").filter(pk=item.pk).update(marking=intern(elsewhere))
    text = page(liaison())
    assert numbers(text) == [f"KG-BDB-BOR/IN/{YEAR}/0001"]
    assert "you cannot read the document" in text
    for said in (item.title, "Seen", item.key, item.author_name):
        assert said not in text
    assert numbers(page(signed_in(officer("again")), q="message")) == []


def test_in_an_exercise_there_is_the_register_of_the_exercise_alone() -> None:
    says(acting(liaison()))
    player = officer("player", realm="exercise:seal-2026", officer_id="KG-BDB/0009")
    says(acting(player))
    text = page(player, way="out")
    assert numbers(text) == [f"EX-KG-BDB-BOR/OUT/{YEAR}/0001"]


def test_a_correction_is_named_in_the_line_of_what_it_corrects() -> None:
    writer = liaison()
    item = sent_lookout(writer)
    browser = signed_in(writer)
    send(browser, begin_reply(browser, "correct", item.key), lookout(subject="White lorry"))
    text = page(writer, way="out")
    assert numbers(text) == [f"KG-BDB-BOR/OUT/{YEAR}/0001"]
    assert "corrected, state 2" in text
    assert "hite lorry" in text


def test_a_line_says_how_far_the_document_has_come() -> None:
    writer = liaison()
    sent_lookout(writer, **{"cover.to": ["KG-DST"]})
    assert "Not delivered yet" in page(writer, way="out")
    sent_lookout(writer, **{"cover.to": ["KG-DST", "UZ-DUS"]})
    receive_item(comes("KG-BOR"))
    assert "Not sent: waits for authorisation" in page(writer, way="out")
    assert "Not opened yet" in page(writer)
    key = Item.objects.as_system("test").latest("id").key
    signed_in(writer).post(f"/items/{key}/opened/")
    assert "Opened by duty" in page(writer)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("0002", [2]),
        ("sealed TANK", [2]),
        ("dostuk", [3, 2, 1]),
        ("KG-DST-2026-0007", [3]),
        ("xyz", []),
    ],
)
def test_a_line_is_found_by_number_subject_office_or_their_number(
    query: str, found: list[int]
) -> None:
    for letter in (comes("KG-BOR"), _titled("A sealed tank wagon"), report("request")):
        receive_item(letter)
    said = [int(one[-4:]) for one in numbers(page(liaison(), q=query))]
    assert said == found


def test_cyrillic_is_found_in_capitals_too() -> None:
    receive_item(_titled("Серый грузовик"))
    assert len(numbers(page(liaison(), q="СЕРЫЙ"))) == 1


def test_where_nothing_is_found_the_page_leads_back_to_all_lines() -> None:
    receive_item(comes("KG-BOR"))
    text = page(liaison(), q="nothing like it")
    assert "No line has these words" in text
    assert f'href="?way=in&amp;year={YEAR}"' in text


def test_an_empty_register_says_what_would_be_there() -> None:
    writer = liaison()
    assert "numbered here as it arrives" in page(writer)
    assert "numbered here as it is sent" in page(writer, way="out")


def test_a_long_register_is_paged_and_says_how_much_there_is() -> None:
    for _ in range(PAGE + 1):
        receive_item(comes("KG-BOR"))
    browser = signed_in(liaison())
    first, second = page(browser), page(browser, page=2)
    assert len(numbers(first)) == PAGE
    assert numbers(second) == [f"KG-BDB-BOR/IN/{YEAR}/0001"]
    assert f"1–{PAGE} of {PAGE + 1}" in first
    assert f"?way=in&amp;year={YEAR}&amp;page=2" in first


def test_earlier_years_are_offered_and_what_is_no_year_is_this_year() -> None:
    receive_item(comes("KG-BOR"))
    Register.objects.update(year=YEAR - 1)
    browser = signed_in(liaison())
    assert numbers(page(browser)) == []
    assert numbers(page(browser, year=YEAR - 1)) == [f"KG-BDB-BOR/IN/{YEAR - 1}/0001"]
    for odd in ("", "1", "x" * 400, "²"):
        assert numbers(page(browser, year=odd, page=odd, way=odd)) == []


def test_what_was_made_before_a_loss_says_that_paper_may_differ() -> None:
    receive_item(comes("KG-BOR"))
    now = datetime.now(UTC)
    Register.objects.update(volume="R1122-0131", opened_at=now + timedelta(hours=1))
    text = page(liaison())
    assert numbers(text) == [f"KG-BDB-BOR/IN/{YEAR}/R1122-0131/0001"]
    assert "on paper it may have another number" in text


def test_the_thread_shows_our_number_and_theirs() -> None:
    receive_item(report("request"))
    item = Item.objects.as_system("test").get()
    text = signed_in(liaison()).get(f"/messages/{item.thread.key}/").content.decode()
    assert "Our incoming number" in text
    assert f"KG-BDB-BOR/IN/{YEAR}/0001" in text
    assert "Their number" in text
    assert "KG-DST-2026-0007" in text
    customs = signed_in(head()).get(f"/messages/{item.thread.key}/").content.decode()
    assert f"KG-BDB-CUS/IN/{YEAR}/0001" in customs
    assert f"KG-BDB-BOR/IN/{YEAR}/0001" not in customs


def test_the_table_is_marked_whole_and_audited() -> None:
    for title in ("First", "=2+2"):
        receive_item(_titled(title))
    writer = liaison()
    answer = signed_in(writer).post("/messages/register/table/", {"way": "in", "year": YEAR})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert f"KG-BDB-BOR-IN-{YEAR}.csv" in answer["Content-Disposition"]
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert "official use" in rows[0][0].casefold()
    assert [row[0] for row in rows[2:]] == [f"KG-BDB-BOR/IN/{YEAR}/000{n}" for n in (2, 1)]
    assert not any(cell.startswith("=") for row in rows for cell in row)
    line = AuditLine.objects.get(action="register.exported")
    assert (line.actor, line.subject) == (writer.officer_id, f"KG-BDB-BOR/IN/{YEAR}")
    assert line.ids == {"lines": "2"}


def test_the_table_is_asked_for_by_a_form_alone() -> None:
    assert signed_in(liaison()).get("/messages/register/table/").status_code == 405


def test_the_messages_lead_to_the_register() -> None:
    assert 'href="/messages/register/"' in signed_in(liaison()).get("/messages/").content.decode()


def _titled(text: str) -> object:
    """Return a message from Dostuk that says this."""
    letter = comes("KG-BOR")
    return message(text, key=letter.letter_id, marking=letter.marking, refs=letter.refs)


def test_a_page_of_many_lines_asks_the_database_no_more_often_than_one_of_few() -> None:
    browser = signed_in(liaison())
    asked = []
    for more in (3, 30):
        for _ in range(more):
            receive_item(report("request"))
        with CaptureQueriesContext(connection) as queries:
            assert len(numbers(page(browser))) >= more
        asked.append(len(queries))
    assert asked[0] == asked[1]
