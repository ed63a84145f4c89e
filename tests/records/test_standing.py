"""A standing question tells its owner of what is new, once, and only of what he may know."""

import pytest
from django.utils.translation import override

from borderliaison.accounts.models import Account
from borderliaison.correspondence.models import Item
from borderliaison.feed.models import FeedEvent
from borderliaison.forms.finding.query import MAX_QUERY
from borderliaison.kernel.marking import Audience, Marking
from borderliaison.markings.services import intern
from borderliaison.records.models import Match, Standing, Statement
from borderliaison.records.search import standing
from borderliaison.records.search.errors import NothingAsked
from borderliaison.records.search.index.indexing import index_all
from borderliaison.records.search.question.asked import read_asked, read_question
from borderliaison.records.search.question.sentence import sentence
from borderliaison.records.statements.writing import withdraw
from borderliaison.reports.projection.keeping_up import catch_up
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import begin_draft, liaison, lookout, network, send

pytestmark = pytest.mark.django_db
ASKED = read_asked({"q": "Askarov", "kind": "Person"})


@pytest.fixture
def writer() -> Account:
    network()
    return liaison()


def _comes(writer: Account, name: str) -> Item:
    browser = signed_in(writer)
    item = send(browser, begin_draft(browser), lookout(names=name))
    catch_up()
    index_all()
    standing.ask_again()
    return item


def test_a_question_of_as_many_letters_as_one_may_write_is_kept(writer: Account) -> None:
    one = standing.keep_asking(writer, read_asked({"q": "ш" * 300}), "Ш")
    one.refresh_from_db()
    assert read_question(one.question).q == "ш" * MAX_QUERY
    assert len(one.question) <= Standing._meta.get_field("question").max_length


def test_what_is_there_is_not_new_and_what_comes_is_told_once(writer: Account) -> None:
    _comes(writer, "Bek Askarov")
    one = standing.keep_asking(writer, ASKED, "Askarovs")
    assert standing.new_for(writer) == 0
    _comes(writer, "Тимур Аскаров")
    _comes(writer, "Somebody Else")
    assert standing.new_for(writer) == 1
    assert FeedEvent.objects.filter(kind="match").count() == 1
    standing.note_seen(writer, one.key)
    assert (standing.new_for(writer), standing.ask_again()) == (0, 0)


def test_its_page_shows_what_is_new_and_ends_a_question_with_a_way_back(writer: Account) -> None:
    browser = signed_in(writer)
    kept = {"question": "q=Askarov&kind=Person", "name": "Askarovs"}
    assert "Askarovs" in browser.post("/records/standing/keep/", kept, follow=True).content.decode()
    item = _comes(writer, "Тимур Аскаров")
    assert "Тимур Аскаров" in browser.get("/records/standing/").content.decode()
    (one,) = standing.of(writer)
    ended = browser.post(f"/records/standing/{one.key}/end/", follow=True).content.decode()
    assert "Тимур Аскаров" not in ended
    browser.post(f"/records/standing/{one.key}/resume/")
    assert standing.new_for(writer) == 1
    withdraw(item.key)
    assert not Match.objects.exists()


def test_who_may_not_know_is_told_nothing(writer: Account) -> None:
    stranger = officer("stranger", office="UZ-DUS", agency="UZ-CUS", officer_id="UZ-DUS/0007")
    standing.keep_asking(stranger, ASKED, "Askarovs")
    _comes(writer, "Bek Askarov")
    assert standing.new_for(stranger) == 0
    assert signed_in(stranger).post("/records/standing/0123456789ab/end/").status_code == 404


def test_what_one_may_not_read_any_more_is_not_new(writer: Account) -> None:
    standing.keep_asking(writer, ASKED, "Askarovs")
    _comes(writer, "Bek Askarov")
    assert standing.new_for(writer) == 1
    elsewhere = intern(Marking(audience=Audience.of(("UZ-DUS", "*")))).pk
    Statement.objects.as_system("as if marked anew").update(marking=elsewhere)
    assert standing.new_for(writer) == 0


def test_nothing_is_no_question(writer: Account) -> None:
    with pytest.raises(NothingAsked):
        standing.keep_asking(writer, read_asked({}), "Everything")


def test_what_is_new_stands_on_every_page(writer: Account) -> None:
    standing.keep_asking(writer, ASKED, "Askarovs")
    _comes(writer, "Bek Askarov")
    assert "1 new" in signed_in(writer).get("/offices/").content.decode()


def test_a_question_that_cannot_be_asked_keeps_no_other_from_its_answer(
    writer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = standing.keep_asking(writer, ASKED, "broken")
    standing.keep_asking(writer, ASKED, "Askarovs")
    ask = standing._ask

    def ask_or_break(one: Standing) -> int:
        if one.pk == broken.pk:
            raise OverflowError
        return ask(one)

    monkeypatch.setattr(standing, "_ask", ask_or_break)
    _comes(writer, "Bek Askarov")
    assert standing.new_for(writer) == 1


def test_a_question_is_called_by_its_sentence_until_its_owner_calls_it_otherwise(
    writer: Account,
) -> None:
    browser = signed_in(writer)
    asked = read_asked({"kind": "Vehicle", "points": "2", "near": "Seizure"})
    said = "Vehicles, seen at 2 or more crossing points, within 3 days of an event there: Seizure"
    assert sentence(asked, "KG-BDB", "en") == said
    assert said in browser.get("/records/" + asked.address()).content.decode()
    one = standing.keep_asking(writer, asked, said)
    browser.post(f"/records/standing/{one.key}/name/", {"name": "  Near   seizures "})
    one.refresh_from_db()
    assert one.name == "Near seizures"
    browser.post(f"/records/standing/{one.key}/name/", {"name": " "})
    one.refresh_from_db()
    assert one.name == "Near seizures"
    assert signed_in(officer("askarova")).post(
        f"/records/standing/{one.key}/name/", {"name": "Mine"}
    ).status_code == 404  # fmt: skip


def test_a_sentence_says_all_that_is_asked_in_the_language_of_its_reader(writer: Account) -> None:
    asked = read_asked({
        "q": "Аскаров", "office": "KG-BDB", "crossing": "KG-DST", "handling": "H1", "near": "Seizure",
        "days": "1", "since": "2026-05-12", "until": "2026-05-14",
    })  # fmt: skip
    with override("ru"):
        said = sentence(asked, "KG-BDB", "ru")
    for part in ("«Аскаров»", "не далее 1 дня", "с пометкой H1", "с 12 мая 2026", "по 14 мая 2026"):
        assert part in said
