"""Requests for information: what each office owes, from the side that asks and the side that is asked."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from borderliaison.correspondence.acting import open_item
from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.correspondence.authorisation import (
    Because,
    Passage,
    Permit,
    Verdict,
    rule,
    use_rule,
)
from borderliaison.correspondence.errors import MalformedPayload, MoveHeldBack
from borderliaison.correspondence.models import Asked, Dissemination, Item, Move
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.requests.moves_received import receive_move
from borderliaison.correspondence.requests.moving import resume, withdraw
from borderliaison.correspondence.requests.refusals import careful_codes
from borderliaison.correspondence.shown.known import known_of
from borderliaison.correspondence.shown.ladder import LadderRow, Rung, RungState, ladder
from borderliaison.exchange.models import Delivery, LetterRow
from borderliaison.forms.codes import load_codes
from borderliaison.kernel.ids import OfficeCode
from tests.accounts.people import signed_in
from tests.correspondence.cast import (
    acting,
    begin_reply,
    head,
    liaison,
    local,
    network,
    reply,
    sent_request,
)
from tests.correspondence.letters import DOSTUK, moment, move, report

pytestmark = pytest.mark.django_db
DUSTLIK = OfficeCode("UZ-DUS")
OSH = OfficeCode("KG-OSH")


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


def state_of(item: Item, office: str) -> str:
    return Asked.objects.as_system("test").get(item=item, office=office).state


def letter_of(item: Item) -> str:
    """The letter that took an own item away."""
    return Dissemination.objects.as_system("test").exclude(letter="").get(item=item).letter


def ladder_of(item: Item, officer: Acting) -> tuple[LadderRow, ...]:
    """The ladder of an item as an officer sees it."""
    return ladder(officer, item, known_of([item], officer))


def came(form: str = "request", office: OfficeCode = DOSTUK, **more: object) -> Item:
    """Let a report come; return its item."""
    receive_item(report(form, office, **more))  # type: ignore[arg-type]
    return Item.objects.as_system("test").latest("id")


def moves_posted() -> list[str]:
    rows = LetterRow.objects.as_system("test").filter(payload_type="move")
    return sorted(Delivery.objects.filter(letter__in=rows).values_list("recipient", flat=True))


def in_part() -> dict[str, Any]:
    """What an answer says that leaves something open."""
    return {
        "outcome": "partly",
        "summary": "One crossing",
        "answer": "On 13 May",
        "still_missing": "The seal",
        "rest_by": moment(72),
    }


def test_each_office_that_is_asked_owes_an_answer_by_the_deadline() -> None:
    item = sent_request(liaison())
    asked = Asked.objects.as_system("test").filter(item=item)
    assert {one.office: one.state for one in asked} == {"KG-DST": "open", "KG-OSH": "open"}
    left = asked[0].due_at - datetime.now(UTC)
    assert timedelta(hours=23) < left <= timedelta(hours=24)
    assert LetterRow.objects.as_system("test").get().kind == "request"


def test_an_office_abroad_owes_nothing_before_the_second_officer_has_let_the_request_go() -> None:
    item = sent_request(liaison(), **{"cover.to": ["UZ-DUS"]})
    assert not Asked.objects.as_system("test").exists()
    held = item.disseminations.as_system("test").get()
    typed = {"legal_basis": "Agreement 12", "decision": "authorise"}
    signed_in(head()).post(f"/authorise/{held.key}/", typed)
    assert state_of(item, "UZ-DUS") == "open"


def test_an_answer_that_comes_closes_what_its_office_owes() -> None:
    item = sent_request(liaison())
    answer = came("answer", about=letter_of(item))
    assert state_of(item, "KG-DST") == "answered"
    assert state_of(item, "KG-OSH") == "open"
    assert Move.objects.as_system("test").get().reply == answer.key


def test_an_answer_in_part_says_until_when_the_rest_follows() -> None:
    item = sent_request(liaison())
    came("answer", values=in_part(), about=letter_of(item))
    row = Asked.objects.as_system("test").get(item=item, office="KG-DST")
    assert row.state == "partly"
    assert row.due_at - datetime.now(UTC) > timedelta(hours=71)


def test_a_refusal_and_a_new_deadline_come_with_their_reports_or_before_them() -> None:
    item = sent_request(liaison())
    due = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=60)
    receive_move(move(item.key, "extend", due_at=due))
    assert Asked.objects.as_system("test").get(office="KG-DST").due_at == due
    receive_move(move(item.key, "refuse", minutes=1, code="too_broad"))
    row = Asked.objects.as_system("test").get(office="KG-DST")
    assert (row.state, row.code) == ("refused", "too_broad")
    came("refusal", office=OSH, about=letter_of(item))
    assert state_of(item, "KG-OSH") == "refused"


def test_the_code_and_the_report_of_one_refusal_are_one_move() -> None:
    item = sent_request(liaison())
    at = datetime.now(UTC).replace(microsecond=0)
    code = move(item.key, "refuse", code="too_broad", at=at)
    words = report("refusal", about=letter_of(item), created=at)
    receive_move(code)
    receive_item(words)
    receive_move(code)
    kept = Move.objects.as_system("test").get(item=item)
    assert kept.reply == Item.objects.as_system("test").latest("id").key
    assert state_of(item, "KG-DST") == "refused"


def test_a_request_that_comes_is_owed_by_everyone_addressed() -> None:
    item = came()
    asked = Asked.objects.as_system("test").filter(item=item)
    assert {one.office for one in asked} == {"KG-BDB", "KG-BIS"}


def test_a_reply_that_comes_before_its_request_is_counted_when_that_comes() -> None:
    letter = report("request")
    came("answer", office=OfficeCode("KG-BIS"), about=letter.letter_id.hex())
    receive_item(letter)
    request = Item.objects.as_system("test").latest("id")
    assert state_of(request, "KG-BIS") == "answered"
    assert state_of(request, "KG-BDB") == "open"


def test_answering_inside_the_country_closes_it_at_once() -> None:
    request = came()
    answer = reply(liaison(), "answer", request.key)
    assert answer.about == request.letter
    assert state_of(request, "KG-BDB") == "answered"
    assert moves_posted() == []


def test_an_answer_that_waits_for_the_second_officer_leaves_it_owed() -> None:
    request = came(office=DUSTLIK)
    author, second = liaison(), head()
    answer = reply(author, "answer", request.key, **{"cover.to": ["UZ-DUS"]})
    assert state_of(request, "KG-BDB") == "open"
    held = answer.disseminations.as_system("test").get()
    typed = {"legal_basis": "Agreement 12", "decision": "authorise"}
    signed_in(second).post(f"/authorise/{held.key}/", typed)
    assert state_of(request, "KG-BDB") == "answered"


@pytest.mark.parametrize(("purpose", "state"), [("refuse", "refused"), ("extend", "extended")])
def test_the_code_crosses_the_border_at_once_and_the_words_wait(purpose: str, state: str) -> None:
    request = came(office=DUSTLIK)
    said = reply(liaison(), purpose, request.key, **{"cover.to": ["UZ-DUS"]})
    assert state_of(request, "KG-BDB") == state
    assert moves_posted() == ["UZ-DUS"]
    assert said.disseminations.as_system("test").get().state == "held"
    (letter,) = LetterRow.objects.as_system("test").filter(payload_type="move")
    assert letter.kind == "receipt"
    assert not letter.authorised_by


@pytest.mark.parametrize("reason", sorted(careful_codes()))
def test_a_code_that_could_endanger_somebody_waits_for_the_second_officer(reason: str) -> None:
    request, second = came(office=DUSTLIK), head()
    sent = {"cover.to": ["UZ-DUS"], "reason": reason, "explanation": "", "would_help": ""}
    said = reply(liaison(), "refuse", request.key, **sent)
    assert state_of(request, "KG-BDB") == "open"
    assert moves_posted() == []
    assert not LetterRow.objects.as_system("test").exists()
    held = said.disseminations.as_system("test").get(state="held")
    typed = {"legal_basis": "Agreement 12", "decision": "authorise"}
    signed_in(second).post(f"/authorise/{held.key}/", typed)
    assert state_of(request, "KG-BDB") == "refused"
    (letter,) = LetterRow.objects.as_system("test").all()
    assert letter.payload_type == "item/report"
    assert letter.authorised_by


def test_a_code_that_could_endanger_somebody_is_told_at_once_inside_the_country() -> None:
    request = came()
    sent = {"reason": "source_protection", "explanation": "", "would_help": ""}
    reply(liaison(), "refuse", request.key, **sent)
    assert state_of(request, "KG-BDB") == "refused"


def test_the_codes_that_wait_are_codes_of_the_list() -> None:
    assert careful_codes() == {"political_or_asylum", "human_rights", "source_protection"}
    assert careful_codes() <= load_codes("refusal").codes.keys()


class _NothingUnseen:
    """A country whose rule lets nothing cross a border without a second officer."""

    def decide(self, passage: Passage) -> Permit:
        if passage.sender[:2] == passage.recipient[:2]:
            return Permit(Verdict.FREE, Because.SAME_COUNTRY)
        return Permit(Verdict.SECOND_OFFICER, Because.CROSSES_BORDER)


@pytest.fixture
def _strict() -> Iterator[None]:
    before = rule()
    use_rule(_NothingUnseen())
    yield
    use_rule(before)


@pytest.mark.usefixtures("_strict")
def test_a_country_may_demand_that_no_receipt_and_no_move_crosses_alone() -> None:
    request, author = came(office=DUSTLIK), liaison()
    open_item(acting(author), request.key)
    reply(author, "extend", request.key, **{"cover.to": ["UZ-DUS"]})
    assert state_of(request, "KG-BDB") == "open"
    assert set(Delivery.objects.values_list("recipient", flat=True)) == {"KG-BIS"}


@pytest.mark.usefixtures("_strict")
def test_where_moves_may_not_cross_a_withdrawal_is_refused_and_not_half_told() -> None:
    author, second = liaison(), head()
    item = sent_request(author, **{"cover.to": ["KG-DST", "UZ-DUS"]})
    held = item.disseminations.as_system("test").get(state="held")
    typed = {"legal_basis": "Agreement 12", "decision": "authorise"}
    signed_in(second).post(f"/authorise/{held.key}/", typed)
    with pytest.raises(MoveHeldBack):
        withdraw(acting(author), item.key)
    assert moves_posted() == []
    assert state_of(item, "KG-DST") == "open"


def test_with_a_reason_that_could_endanger_somebody_no_words_cross_the_border() -> None:
    request = came(office=DUSTLIK)
    browser = signed_in(liaison())
    draft = begin_reply(browser, "refuse", request.key)
    typed = {
        "reason": "political_or_asylum",
        "explanation": "He asked for asylum here in March",
        "text_language": "en",
        "cover.level": "1",
        "cover.to": ["UZ-DUS"],
        "revision": "0",
        "send": "1",
    }
    answer = browser.post(f"/drafts/{draft.key}/", typed)
    assert answer.status_code == 422
    assert "E-COR-22" in answer.content.decode()
    assert not LetterRow.objects.as_system("test").exists()
    assert not Item.objects.as_system("test").filter(letter="").exists()
    page = browser.post(f"/drafts/{draft.key}/", {**typed, "explanation": "", "revision": "1"})
    assert page.status_code == 302
    assert state_of(request, "KG-BDB") == "open"


def test_what_is_answered_is_not_answered_again_but_corrected() -> None:
    request = came()
    author = liaison()
    reply(author, "answer", request.key)
    browser = signed_in(author)
    draft = begin_reply(browser, "refuse", request.key)
    typed = {"reason": "too_broad", "text_language": "en", "cover.level": "1"}
    answer = browser.post(
        f"/drafts/{draft.key}/", {**typed, "cover.to": ["KG-DST"], "revision": "0", "send": "1"}
    )
    assert answer.status_code == 422
    assert "E-COR-18" in answer.content.decode()


def test_a_corrected_answer_takes_the_place_of_the_first() -> None:
    item = sent_request(liaison())
    first = came("answer", about=letter_of(item))
    partly = {
        "outcome": "partly",
        "summary": "One",
        "answer": "One",
        "still_missing": "All",
        "rest_by": moment(72),
    }
    came("answer", about=letter_of(item), corrects=first.key, values=partly)
    assert state_of(item, "KG-DST") == "partly"


def test_a_deadline_is_only_moved_to_a_later_time() -> None:
    request = came()
    browser = signed_in(liaison())
    draft = begin_reply(browser, "extend", request.key)
    typed = {
        "answer_by": local(2),
        "why": "Sooner",
        "text_language": "en",
        "cover.level": "1",
        "cover.to": ["KG-DST"],
        "revision": "0",
        "send": "1",
    }
    answer = browser.post(f"/drafts/{draft.key}/", typed)
    assert "E-COR-21" in answer.content.decode()


def test_a_reply_goes_to_the_office_that_asked() -> None:
    request = came()
    browser = signed_in(liaison())
    draft = begin_reply(browser, "refuse", request.key)
    typed = {"reason": "too_broad", "text_language": "en", "cover.level": "1"}
    answer = browser.post(
        f"/drafts/{draft.key}/", {**typed, "cover.to": ["KG-BIS"], "revision": "0", "send": "1"}
    )
    assert "E-COR-20" in answer.content.decode()


def test_withdrawing_is_told_to_everyone_asked_and_can_be_taken_back() -> None:
    author = liaison()
    item = sent_request(author)
    withdraw(acting(author), item.key)
    assert state_of(item, "KG-DST") == "withdrawn"
    assert moves_posted() == ["KG-DST", "KG-OSH"]
    resume(acting(author), item.key)
    assert state_of(item, "KG-DST") == "open"


def test_what_is_withdrawn_is_not_authorised_any_more() -> None:
    author, second = liaison(), head()
    item = sent_request(author, **{"cover.to": ["KG-DST", "UZ-DUS"]})
    withdraw(acting(author), item.key)
    held = item.disseminations.as_system("test").get(state="held")
    typed = {"legal_basis": "Agreement 12", "decision": "authorise"}
    page = signed_in(second).post(f"/authorise/{held.key}/", typed).content.decode()
    assert "E-COR-18" in page


def test_a_withdrawal_comes_from_the_office_that_asked_alone() -> None:
    item = came()
    with pytest.raises(MalformedPayload):
        receive_move(move(item.key, "withdraw", OfficeCode("KG-BIS")))
    receive_move(move(item.key, "withdraw"))
    assert state_of(item, "KG-BDB") == "withdrawn"


def test_a_refusal_is_taken_back_with_one_move() -> None:
    request = came()
    author = liaison()
    reply(author, "refuse", request.key)
    resume(acting(author), request.key)
    assert state_of(request, "KG-BDB") == "open"
    assert moves_posted() == ["KG-BIS", "KG-DST"]


def test_nobody_moves_a_request_that_was_not_put_to_him() -> None:
    item = sent_request(liaison(), **{"cover.to": ["KG-DST"]})
    with pytest.raises(MalformedPayload):
        receive_move(move(item.key, "refuse", OSH, code="other"))
    came("answer", office=OSH, about=letter_of(item))
    assert {one.office for one in Asked.objects.as_system("test")} == {"KG-DST"}


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("answer", {}),
        ("refuse", {}),
        ("extend", {}),
        ("resume", {"code": "other"}),
        ("extend", {"due_at": datetime.now(UTC) + timedelta(days=2000)}),
        ("burn", {}),
    ],
)
def test_a_move_that_is_not_in_its_form_is_refused(kind: str, more: dict[str, object]) -> None:
    item = sent_request(liaison())
    with pytest.raises(MalformedPayload):
        receive_move(move(item.key, kind, **more))
    assert state_of(item, "KG-DST") == "open"


def test_what_an_office_abroad_does_is_told_to_the_own_country() -> None:
    author, second = liaison(), head()
    item = sent_request(author, **{"cover.to": ["KG-BIS", "UZ-DUS"]})
    held = item.disseminations.as_system("test").get(state="held")
    typed = {"legal_basis": "Agreement 12", "decision": "authorise"}
    signed_in(second).post(f"/authorise/{held.key}/", typed)
    letter = Dissemination.objects.as_system("test").get(pk=held.pk).letter
    came("answer", office=DUSTLIK, about=letter)
    assert moves_posted() == ["KG-BIS"]


def test_the_asker_tells_its_own_country_of_an_office_abroad() -> None:
    item = came()
    said = move(item.key, "answer", DUSTLIK, issuer=DOSTUK)
    receive_move(said)
    receive_move(said)
    assert state_of(item, "UZ-DUS") == "answered"
    with pytest.raises(MalformedPayload):
        receive_move(move(item.key, "answer", DUSTLIK, issuer=OfficeCode("KG-BIS")))


def last_step(browser: Client, item: Item, office: str) -> str:
    """What the ladder of a request says of its answer, as it is read."""
    page = browser.get(f"/messages/{item.thread.key}/").content.decode()
    row = page[page.index(f'aria-label="Receipts, {office}"') :]
    last = row[: row.index("</ol>")].rpartition("rung-label")[2]
    return " ".join(re.sub("<[^>]*>", " ", last.partition(">")[2]).split())


def test_the_last_step_of_a_request_is_its_answer() -> None:
    author = liaison()
    item, browser = sent_request(author), signed_in(author)
    assert last_step(browser, item, "Dostuk") == "Answered not yet"
    due = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=60)
    receive_move(move(item.key, "extend", due_at=due))
    assert last_step(browser, item, "Dostuk") == "Answered more time"
    receive_move(move(item.key, "refuse", OSH, code="too_broad"))
    assert last_step(browser, item, "Osh sector").endswith("refused")
    came("answer", values=in_part(), about=letter_of(item))
    assert last_step(browser, item, "Dostuk").endswith("in part")
    came("answer", about=letter_of(item))
    page = browser.get(f"/messages/{item.thread.key}/").content.decode()
    assert "rung-acted" in page
    assert "Acted" not in page[page.index("ladder-head") : page.index("</ol>")]
    other = sent_request(author)
    withdraw(acting(author), other.key)
    assert last_step(browser, other, "Osh sector") == "Answered withdrawn"


def test_an_answer_shows_that_the_request_was_opened() -> None:
    author = liaison()
    item = sent_request(author)
    came("answer", about=letter_of(item))
    (dostuk,) = [one for one in ladder_of(item, acting(author)) if one.office == "KG-DST"]
    assert dostuk.state(Rung.OPENED) is RungState.DONE
    assert dostuk.state(Rung.ACTED) is RungState.DONE
