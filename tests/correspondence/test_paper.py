"""Threads, reports and registers on paper: what the page says, in two languages, and who took it."""

import hashlib

import pytest
from django.test import Client

from borderliaison.accounts.models import Account
from borderliaison.audit.models import AuditLine
from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.files.models import Attachment
from borderliaison.printing import typesetting
from tests.accounts.people import exercise, officer, signed_in
from tests.architecture.scene import picture
from tests.correspondence.cast import (
    begin_reply,
    head,
    liaison,
    lookout,
    network,
    send,
    sent_lookout,
    sent_request,
)
from tests.correspondence.letters import report
from tests.printing.samples import pages_of, squeezed

HOSTILE = '#read("/etc/passwd") *bold* = head <label> $x$ \\ `raw`'


@pytest.fixture(autouse=True)
def _network(db: None) -> None:
    network()


@pytest.fixture
def writer() -> Account:
    return liaison()


def taken(who: Account | Client, address: str, **asked: str) -> list[str]:
    """Return the pages of a PDF that an officer takes."""
    client = signed_in(who) if isinstance(who, Account) else who
    answer = client.get(address, asked)
    assert answer.status_code == 200, answer.content.decode()
    assert answer.headers["Content-Type"] == "application/pdf"
    return pages_of(answer.content)


def holds(pages: list[str], *words: str) -> None:
    """Expect words, wherever lines were broken."""
    said = squeezed("".join(pages))
    assert [one for one in words if squeezed(one) not in said] == []


def test_a_thread_says_on_paper_what_its_page_says(writer: Account) -> None:
    desk = signed_in(writer)
    item = sent_lookout(writer, grounds=HOSTILE)
    picture(writer, item)
    typed = {
        "about": item.key,
        "to": ["KG-OSH"],
        "phrase": ["041"],
        "text": "Ждём у шлагбаума",
        "quoted": item.key,
        "quote": "Grey lorry with trailer",
    }
    desk.post(f"/messages/{item.thread.key}/say/", typed)
    pages = taken(desk, f"/messages/{item.thread.key}/pdf/", second="ky")
    file = Attachment.objects.as_system("test").get()
    holds(
        pages,
        "Narcotics KG → UZ, grey lorry with trailer",
        "Багыттама",  # "Lookout" in Kyrgyz
        HOSTILE,
        "KG 01 7784 AD",
        item.content["number"],
        "Our outgoing number",
        "KG-BDB-BOR/OUT/",
        "A. Toktosunov",
        "Bor-Dobo, border service, liaison officer",
        "Reliable in most instances",  # what B of the grading means
        "Passed to the units on duty",
        "Ждём у шлагбаума",
        "Grey lorry with trailer A. Toktosunov, Bor-Dobo",
        file.original_hash,
        "Osh sector",
        "Opened by duty",
        "Waits to be sealed.",
        "Received by",
    )
    for number, page in enumerate(pages, start=1):
        assert page.count("For official use") >= 2
        assert page.count("H1") >= 2
        assert f"Page {number} of {len(pages)}" in page
        assert "Printed by A. Toktosunov, " in page


def test_a_report_alone_has_lines_to_sign_and_its_register_number_on_each_sheet(
    writer: Account,
) -> None:
    item = sent_lookout(writer)
    pages = taken(writer, f"/items/{item.key}/pdf/")
    holds(pages, "Drawn up by", "Received by", "name, signature")
    assert all("KG-BDB-BOR/OUT/" in page for page in pages)


def test_a_correction_says_what_stood_before(writer: Account) -> None:
    desk = signed_in(writer)
    item = sent_lookout(writer)
    later = send(desk, begin_reply(desk, "correct", item.key), lookout(subject="White lorry"))
    pages = taken(desk, f"/items/{later.key}/pdf/", second="ru")
    holds(pages, "Correction, state 2", "What the correction changes", "Что изменено")
    holds(pages, "Grey lorry with trailer", "White lorry")
    holds(taken(desk, f"/items/{item.key}/pdf/"), "Corrected below")


def test_a_request_says_who_owes_an_answer_until_when(writer: Account) -> None:
    item = sent_request(writer)
    pages = taken(writer, f"/items/{item.key}/pdf/")
    holds(pages, "Answer owed", "Osh sector", "Did it leave with its seal intact on 13 May?")


def test_the_language_that_was_chosen_once_is_taken_again(writer: Account) -> None:
    desk = signed_in(writer)
    item = sent_lookout(writer)
    address = f"/items/{item.key}/pdf/"
    assert "Ориентировка" not in "".join(taken(desk, address))
    assert "Ориентировка" in "".join(taken(desk, address, second="ru"))
    assert "Ориентировка" in "".join(taken(desk, address))
    page = desk.get(f"/messages/{item.thread.key}/").content.decode()
    assert '<option value="ru" lang="ru" selected>' in page
    assert f'href="{address}"' in page
    assert "Ориентировка" not in "".join(taken(desk, address, second="none"))
    assert taken(desk, address, second="../../etc") != []


def test_the_reader_of_russian_pages_takes_russian_paper(writer: Account) -> None:
    desk = signed_in(writer)
    desk.post("/ui/display/language", {"language": "ru"})
    item = sent_lookout(writer)
    pages = taken(desk, f"/items/{item.key}/pdf/", second="en")
    holds(pages, "Ориентировка · Lookout", "Составил", "Drawn up by", "Для служебного пользования")
    assert f"Страница 1 из {len(pages)}" in pages[0]


def test_forms_speak_the_language_chosen_for_them_and_the_pages_own_may_be_the_second(
    writer: Account,
) -> None:
    item = sent_lookout(writer)
    writer.form_language = "ky"
    writer.save()
    pages = taken(writer, f"/items/{item.key}/pdf/", second="en")
    holds(pages, "Багыттама · Lookout", "Our outgoing number", "Action asked for")
    assert "Багыттама · Lookout" not in "".join(
        taken(writer, f"/items/{item.key}/pdf/", second="ky")
    )


def test_every_sheet_of_an_exercise_says_so_and_the_files_name_too() -> None:
    player = officer("player", officer_id="KG-BDB/0009", realm="exercise:seal-2026")
    drill = exercise("seal-2026", player)
    desk, item = signed_in(player), sent_lookout(player)
    answer = desk.get(f"/messages/{item.thread.key}/pdf/")
    for page in pages_of(answer.content):
        assert page.count("УЧЕНИЕ · EXERCISE") >= 2
        assert drill.title in page
    assert f'filename="exercise-{item.thread.key}.pdf"' in answer.headers["Content-Disposition"]


def test_who_took_what_is_audited_by_ids_and_hash_alone(writer: Account) -> None:
    item = sent_lookout(writer)
    answer = signed_in(head()).get(f"/items/{item.key}/pdf/")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{item.key}.pdf"'
    line = AuditLine.objects.filter(action="paper.taken").get()
    assert (line.actor, line.subject) == ("KG-BDB/0001", item.key)
    assert line.ids == {"sha256": hashlib.sha256(answer.content).hexdigest()}


def test_a_register_is_a_book_from_its_first_number_on(writer: Account) -> None:
    for number in range(3):
        sent_lookout(writer, subject=f"Lorry number {number}")
    receive_item(report("request"))
    pages = taken(writer, "/messages/register/pdf/", way="out", second="ru")
    said = squeezed("".join(pages))
    places = [said.index(f"lorrynumber{number}") for number in range(3)]
    assert places == sorted(places)
    holds(pages, "Register of outgoing documents", "Report number", "Номер донесения")
    holds(pages, "Register kept by", "Not delivered yet")
    assert "KG-BDB-BOR/OUT/" in pages[0]
    found = taken(writer, "/messages/register/pdf/", way="out", q="lorry number 1")
    holds(found, "lorry number 1")
    assert "lorrynumber2" not in squeezed("".join(found))
    holds(taken(writer, "/messages/register/pdf/", way="in"), "KG-BDB-BOR/IN/", "Their number")
    holds(taken(writer, "/messages/register/pdf/", way="in", q="nowhere"), "No lines")


def test_what_needs_action_is_a_list_to_hand_over(writer: Account) -> None:
    assert taken(writer, "/messages/needs/pdf/") != []
    receive_item(report("request"))
    page = signed_in(writer).get("/messages/").content.decode()
    assert 'action="/messages/needs/pdf/"' in page
    pages = taken(writer, "/messages/needs/pdf/", second="ru")
    holds(pages, "Needs action", "Answer Dostuk", "Handed over by", "Сдал", "For official use")


def test_too_much_is_said_in_a_sentence(writer: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "MAX_DATA_BYTES", 10)
    item = sent_lookout(writer)
    answer = signed_in(writer).get(f"/items/{item.key}/pdf/")
    assert answer.status_code == 409
    assert "This is too much for one PDF." in answer.content.decode()
    assert not AuditLine.objects.filter(action="paper.taken").exists()
