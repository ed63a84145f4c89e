"""What a hostile office, or a hand-made request, tries: it is refused, and no page falls over it."""

from dataclasses import replace

import pytest

from borderliaison.accounts.models import Account
from borderliaison.correspondence.acting import Said, act_on, open_item
from borderliaison.correspondence.arrivals.items import MAX_AUDIENCE, receive_item
from borderliaison.correspondence.arrivals.receiving import (
    note,
    receive_progress,
    receive_receipt,
)
from borderliaison.correspondence.cover import Cover
from borderliaison.correspondence.errors import (
    ItemNotHere,
    MalformedPayload,
    Superseded,
    UnseenCharacter,
)
from borderliaison.correspondence.models import Dissemination, Item, Receipt
from borderliaison.correspondence.payloads import ITEM, PROGRESS, ItemPayload, StepPayload, item_key
from borderliaison.correspondence.people import Author
from borderliaison.correspondence.sending import authorise
from borderliaison.correspondence.telling import MAX_TOLD
from borderliaison.exchange.core.letter import LetterKind
from borderliaison.exchange.models import Delivery, LetterRow
from borderliaison.exchange.registry import ReceivedLetter
from borderliaison.kernel.ids import AgencyCode, OfficeCode, OfficerId
from borderliaison.kernel.marking import (
    Audience,
    Grading,
    Handling,
    HandlingCodes,
    Marking,
)
from borderliaison.kernel.realm import Realm
from borderliaison.offices.services import office_names
from borderliaison.reports.drafting import Desk, begin_answer, begin_passing_on
from borderliaison.reports.filing import file_report
from borderliaison.reports.models import Draft
from borderliaison.reports.surroundings import NETWORK
from tests.accounts.people import signed_in
from tests.correspondence.cast import (
    acting,
    begin_draft,
    head,
    liaison,
    lookout,
    network,
    send,
    sent_lookout,
)
from tests.correspondence.letters import DOSTUK, MARKING, NOW, letter, message, receipt

pytestmark = pytest.mark.django_db
H2 = HandlingCodes(frozenset({Handling.H2}))


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


def _item(key: bytes) -> Item:
    return Item.objects.as_system("test").get(key=item_key(DOSTUK, key.hex()))


def _author(officer: str = "KG-DST/0003") -> Author:
    return Author(OfficerId(officer), "G. Saparalieva", "duty", DOSTUK, AgencyCode("KG-CUS"))


def _report(
    author: Account, key: bytes, corrects: str = "", marking: Marking = MARKING, **changes: object
) -> ReceivedLetter:
    """A lookout with what one of Bor-Dobo says, as Dostuk would send it."""
    sent = sent_lookout(author)
    payload = ItemPayload(key.hex(), "A lookout", _author(), NOW, sent.content, corrects)
    return letter(f"{ITEM}/report", payload.encode(), marking=marking, **changes)


def test_an_author_is_an_officer_of_the_office_that_signs() -> None:
    content = {"phrases": ["041"], "text": "", "language": "en", "about": ""}
    payload = ItemPayload("11" * 16, "A message", _author("KG-BDB/0001"), NOW, content)
    with pytest.raises(MalformedPayload):
        receive_item(letter(f"{ITEM}/message", payload.encode()))


def test_an_office_corrects_only_its_own_items() -> None:
    author = liaison()
    own = sent_lookout(author)
    with pytest.raises(MalformedPayload):
        receive_item(_report(author, b"c" * 16, corrects=own.key))


def test_a_correction_that_came_before_anothers_item_does_not_outdate_it() -> None:
    osh = OfficeCode("KG-OSH")
    theirs = ItemPayload(
        "6b" * 16,
        "A message",
        replace(_author("KG-OSH/0001"), office=osh),
        NOW,
        {"phrases": ["041"], "text": "Still true", "language": "en", "about": ""},
    )
    receive_item(_report(liaison(), b"c" * 16, corrects=theirs.key))
    receive_item(letter(f"{ITEM}/message", theirs.encode(), issuer=osh))
    item = Item.objects.as_system("test").get(key=theirs.key)
    page = signed_in(head()).get(f"/messages/{item.thread.key}/")
    assert page.status_code == 200
    assert "Still true" in page.content.decode()


def test_a_report_that_corrects_a_message_takes_no_page_down() -> None:
    receive_item(message())
    receive_item(_report(liaison(), b"c" * 16, corrects=item_key(DOSTUK, (b"k" * 16).hex())))
    browser = signed_in(head())
    assert browser.get("/messages/").status_code == 200
    assert browser.get(f"/messages/{_item(b'c' * 16).thread.key}/").status_code == 200


def test_a_grading_that_nobody_here_knows_takes_no_page_down() -> None:
    receive_item(message(marking=replace(MARKING, grading=Grading("9x9", "1", "Z9"))))
    browser = signed_in(head())
    assert browser.get("/messages/").status_code == 200
    assert browser.get(f"/messages/{_item(b'k' * 16).thread.key}/").status_code == 200


def test_an_item_that_its_package_cannot_read_any_more_takes_no_list_down() -> None:
    receive_item(message())
    item = _item(b"k" * 16)
    item.content, item.payload_type = {"form": "gone"}, "report"
    item.save()
    browser = signed_in(head())
    assert browser.get("/messages/").status_code == 200
    assert browser.get(f"/messages/{item.thread.key}/").status_code == 200


def test_an_audience_without_end_is_refused() -> None:
    lines = [("KG-BDB", f"KG-{n}") for n in range(MAX_AUDIENCE + 1)]
    with pytest.raises(MalformedPayload):
        receive_item(message(marking=replace(MARKING, audience=Audience.of(*lines))))


def test_a_receipt_stays_in_its_realm() -> None:
    item = sent_lookout(liaison())
    drill = replace(MARKING, realm=Realm("seal-2026"))
    with pytest.raises(MalformedPayload):
        receive_receipt(receipt(item.key, marking=drill))


def test_a_receipt_that_comes_before_its_item_waits_for_it() -> None:
    with pytest.raises(ItemNotHere):
        receive_receipt(receipt(item_key(DOSTUK, (b"k" * 16).hex())))


def test_an_office_that_the_network_does_not_know_gets_no_receipt() -> None:
    receive_item(message(to=(OfficeCode("KG-BDB"), OfficeCode("KG-ZZZ"))))
    held = _item(b"k" * 16)
    assert held.held_by == ["KG-DST", "KG-ZZZ"]
    open_item(acting(liaison()), held.key)
    assert [one.recipient for one in Delivery.objects.all()] == ["KG-DST"]


def test_nobody_tells_of_an_office_that_tells_of_itself() -> None:
    receive_item(message())
    for office in ("KG-BDB", "KG-BIS"):
        said = StepPayload(
            item_key(DOSTUK, (b"k" * 16).hex()), OfficeCode(office), "acted", NOW
        ).encode()
        with pytest.raises(MalformedPayload):
            receive_progress(letter(PROGRESS, said))


def test_h2_is_not_lost_by_passing_on_by_hand() -> None:
    author = liaison()
    receive_item(_report(author, b"h" * 16, marking=replace(MARKING, handling=H2)))
    browser = signed_in(author)
    answer = browser.post(f"/begin/pass-on/{item_key(DOSTUK, (b'h' * 16).hex())}/")
    draft = Draft.objects.as_system("test").get(key=answer.url.strip("/").split("/")[-1])
    typed = {
        **lookout(),
        "cover.handling": [],
        "cover.to": ["KG-OSH"],
        "revision": "0",
        "send": "1",
    }
    answer = browser.post(f"/drafts/{draft.key}/", typed)
    assert answer.status_code == 422
    assert "E-COR-06" in answer.content.decode()


def test_the_title_of_an_h2_report_goes_nowhere_by_an_answer_to_an_answer() -> None:
    receive_item(message(marking=replace(MARKING, handling=H2)))
    first = _item(b"k" * 16)
    browser = signed_in(liaison())
    url = f"/messages/{first.thread.key}/say/"
    assert browser.post(url, {"about": first.key, "to": "KG-DST", "text": "Yes"}).status_code == 302
    own = Item.objects.as_system("test").latest("id")
    answer = browser.post(url, {"about": own.key, "to": "KG-OSH", "text": "Look"})
    assert answer.status_code == 422
    assert "E-COR-06" in answer.content.decode()


def test_a_phrase_that_is_not_offered_is_not_said() -> None:
    receive_item(message())
    first = _item(b"k" * 16)
    typed = {"about": first.key, "to": "KG-DST", "phrase": ["x" * 400, "041"]}
    signed_in(liaison()).post(f"/messages/{first.thread.key}/say/", typed)
    assert Item.objects.as_system("test").latest("id").content["phrases"] == ["041"]


def test_nobody_writes_what_he_could_not_read_himself() -> None:
    browser = signed_in(liaison())
    draft = begin_draft(browser)
    typed = lookout(**{"cover.own": ["KG-CUS"]})
    answer = browser.post(f"/drafts/{draft.key}/", {**typed, "revision": "0", "send": "1"})
    assert answer.status_code == 422
    assert "E-COR-12" in answer.content.decode()
    assert Draft.objects.as_system("test").filter(key=draft.key).exists()
    assert not LetterRow.objects.as_system("test").exists()


def test_what_a_correction_has_overtaken_is_not_authorised() -> None:
    author = liaison()
    item = sent_lookout(author, **{"cover.to": ["KG-OSH", "UZ-DUS"]})
    held = Dissemination.objects.as_system("test").get(item=item, state="held")
    browser = signed_in(author)
    answer = browser.post(f"/begin/correct/{item.key}/")
    draft = Draft.objects.as_system("test").get(key=answer.url.strip("/").split("/")[-1])
    send(browser, draft, lookout(subject="Blue lorry", **{"cover.to": ["KG-OSH", "UZ-DUS"]}))
    with pytest.raises(Superseded):
        authorise(acting(head()), held.key, "Agreement of 2019, article 4")


def test_an_offices_own_word_replaces_what_another_told_of_it() -> None:
    item = sent_lookout(liaison())
    note(item, StepPayload(item.key, DOSTUK, "acted", NOW, "", "001"), OfficeCode("KG-OSH"))
    note(item, StepPayload(item.key, DOSTUK, "acted", NOW, "", "002"), DOSTUK)
    note(item, StepPayload(item.key, DOSTUK, "acted", NOW, "", "003"), OfficeCode("KG-OSH"))
    kept = Receipt.objects.as_system("test").get(item=item, office=DOSTUK)
    assert (kept.phrase, kept.told_by) == ("002", DOSTUK)


def test_a_draft_that_was_just_sent_is_not_sent_again() -> None:
    account = liaison()
    browser = signed_in(account)
    draft = begin_draft(browser)
    send(browser, draft, lookout())
    desk = Desk(acting(account), NETWORK, "en")
    with pytest.raises(Draft.DoesNotExist):
        file_report(desk, draft.key)
    assert Item.objects.as_system("test").count() == 1


def test_passing_on_and_answering_begin_with_the_agencies_that_the_author_chose() -> None:
    account = liaison()
    lines = (("KG-BDB", "KG-BOR"), ("KG-DST", "KG-CUS"), ("KG-BIS", "*"))
    receive_item(
        _report(account, b"a" * 16, marking=replace(MARKING, audience=Audience.of(*lines)))
    )
    desk = Desk(acting(account), NETWORK, "en")
    for draft in (
        begin_passing_on(desk, item_key(DOSTUK, (b"a" * 16).hex())),
        begin_answer(desk, item_key(DOSTUK, (b"a" * 16).hex()), "result"),
    ):
        cover = Cover.from_data(draft.cover)
        assert cover.own == ("KG-BOR",)
        assert {"KG-DST:KG-CUS", "KG-BIS"} <= set(cover.to)
        assert "KG-DST" not in cover.to


def test_nothing_is_declined_without_a_reason() -> None:
    item = sent_lookout(liaison(), **{"cover.to": ["UZ-DUS"]})
    held = Dissemination.objects.as_system("test").get(item=item)
    answer = signed_in(head()).post(f"/authorise/{held.key}/", {"decision": "decline"})
    assert "Say why" in answer.content.decode()
    held = Dissemination.objects.as_system("test").get(item=item)
    assert held.state == "held"


def test_an_item_does_not_cross_a_border_as_a_receipt() -> None:
    with pytest.raises(MalformedPayload):
        receive_item(message(kind=LetterKind.RECEIPT))


def test_progress_is_not_told_across_a_border() -> None:
    dustlik = OfficeCode("UZ-DUS")
    author = replace(_author("UZ-DUS/0001"), office=dustlik)
    content = {"phrases": ["041"], "text": "", "language": "en", "about": ""}
    payload = ItemPayload("22" * 16, "A message", author, NOW, content)
    receive_item(letter(f"{ITEM}/message", payload.encode(), issuer=dustlik))
    said = StepPayload("22" * 16, OfficeCode("UZ-TAS"), "opened", NOW)
    with pytest.raises(MalformedPayload):
        receive_progress(letter(PROGRESS, said.encode(), issuer=dustlik))


def test_a_letter_that_names_every_office_makes_no_office_tell_them_all() -> None:
    everyone = tuple(OfficeCode(one) for one in office_names("en") if one != DOSTUK)
    assert len(everyone) > 2 * MAX_TOLD
    receive_item(message(to=everyone))
    item = _item(b"k" * 16)
    author = liaison()
    open_item(acting(author), item.key)
    act_on(acting(author), item.key, Said(("041",)))
    for receipt_row in LetterRow.objects.as_system("test").filter(issuer="KG-BDB"):
        told = Delivery.objects.filter(letter=receipt_row)
        assert 1 <= told.count() <= MAX_TOLD
        assert "KG-DST" in {one.recipient for one in told}
        assert {one.recipient[:2] for one in told} == {"KG"}
    assert not Dissemination.objects.as_system("test").filter(state="held").exists()


def test_measures_are_reported_although_an_unknown_office_holds_the_item() -> None:
    receive_item(_report(liaison(), b"u" * 16, to=(OfficeCode("KG-BDB"), OfficeCode("KG-ZZZ"))))
    item = _item(b"u" * 16)
    answer = signed_in(head()).post(f"/items/{item.key}/act/", {"phrase": "041"}, follow=True)
    assert answer.status_code == 200
    assert "KG-ZZZ" in answer.content.decode()
    said = Item.objects.as_system("test").latest("id")
    assert said.held_by == ["KG-DST"]


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\u202e", "\u2066"])
def test_a_sign_that_cannot_be_seen_is_refused_where_it_is_typed_and_where_it_comes(
    sign: str,
) -> None:
    with pytest.raises(UnseenCharacter):
        Said(text=f"Stop{sign}it").content()
    with pytest.raises(MalformedPayload):
        receive_item(message(f"Stop{sign}it"))


def test_the_page_names_a_sign_that_cannot_be_seen() -> None:
    author = liaison()
    item = sent_lookout(author)
    answer = signed_in(author).post(
        f"/messages/{item.thread.key}/say/",
        {"about": item.key, "to": ["KG-DST"], "text": "Stop\u202eit"},
    )
    assert answer.status_code == 422
    assert "E-COR-15" in answer.content.decode()


def test_a_text_that_is_too_long_is_named_and_nothing_of_it_cut_off() -> None:
    author = liaison()
    item = sent_lookout(author)
    answer = signed_in(author).post(
        f"/messages/{item.thread.key}/say/",
        {"about": item.key, "to": ["KG-DST"], "text": "x" * 4001},
    )
    assert "E-COR-16" in answer.content.decode()
    assert Item.objects.as_system("test").count() == 1
