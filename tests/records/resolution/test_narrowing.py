"""Pairs are looked at from a likelihood on, and of one imported set."""

from pathlib import Path

import pytest
from django.test import Client

from borderliaison.accounts.models import Account
from borderliaison.kernel.marking import Audience, Marking
from borderliaison.records.interchange.items import Item, Told
from borderliaison.records.models import Candidate, ImportSet
from borderliaison.records.resolution import narrowing
from borderliaison.records.resolution.candidates import compare_some
from borderliaison.records.resolution.narrowing import (
    EVERYTHING,
    Narrowing,
    narrowing_of,
    steps,
)
from borderliaison.records.resolution.offered import offered, unjudged
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import network
from tests.records.cast import BORDER, CUSTOMS, key, person
from tests.records.interchange.cast import OURS, taken

pytestmark = pytest.mark.django_db
PAGE = "/records/duplicates/"
KARIM = Item("k", "Person", (Told("name", "Шавкат Каримов"), Told("birthDate", "1975-02-03")))


@pytest.fixture
def account() -> Account:
    network()
    return officer()


@pytest.fixture
def desk(account: Account) -> Client:
    return signed_in(account)


def _three() -> None:
    person("a", "Бек Аскаров", "1987-05-12")
    person("b", "ASKAROV BEK", "1987-05-12")
    person("c", "Askarov Bek")


def _set(folder: Path, marking: Marking = OURS) -> str:
    """Take in a set of one who stands in the records too; return its key."""
    person("d", "Karimov Shavkat", "1975-02-03")
    taken(folder, KARIM, marking=marking)
    while compare_some():
        pass
    return str(ImportSet.objects.as_system("test").get().key)


def test_what_an_address_does_not_say_rightly_narrows_nothing() -> None:
    for lowest, of_set in (("", ""), ("x", "y"), ("0.95", ""), ("nan", ""), ("0.1", "")):
        assert narrowing_of(lowest, of_set) == EVERYTHING
    asked = narrowing_of("0.9", "a" * 32)
    assert asked == Narrowing(0.9, "a" * 32)
    assert asked.query() == f"from=0.9&set={'a' * 32}"


def test_the_page_offers_pairs_from_a_likelihood_on_and_says_how_many_each_gives(
    desk: Client,
) -> None:
    _three()
    page = desk.get(f"{PAGE}?from=0.9")
    assert len(page.context["rows"]) == 1
    counts = {value: step.pairs for value, _percent, step in page.context["steps"]}
    assert counts == {"0.1": 3, "0.3": 3, "0.5": 3, "0.7": 3, "0.9": 1, "0.99": 0}
    assert '<option value="0.9" selected>90 % · 1 pair</option>' in page.content.decode()
    assert "No pair is so likely here" in desk.get(f"{PAGE}?from=0.99").content.decode()


def test_what_was_asked_for_stays_from_pair_to_pair(desk: Client) -> None:
    _three()
    page = desk.get(f"{PAGE}?from=0.7").content.decode()
    assert "?from=0.7&amp;pair=" in page
    said = {"one": key("a"), "other": key("b"), "verdict": "same", "basis": "records"}
    assert 'name="back" value="/records/duplicates/?from=0.7"' in page
    answer = desk.post(f"{PAGE}judge/", said | {"back": f"{PAGE}?from=0.7"})
    assert answer["Location"] == f"{PAGE}?from=0.7"
    assert "?sample&amp;from=0.7" in page


def test_pairs_and_the_sample_are_narrowed_to_a_set(desk: Client, tmp_path: Path) -> None:
    _three()
    kept = _set(tmp_path)
    assert len(desk.get(PAGE).context["rows"]) == 4
    for show in ("", "&sample"):
        (row,) = desk.get(f"{PAGE}?set={kept}{show}").context["rows"]
        assert {row.one.name, row.other.name} == {"Шавкат Каримов", "Karimov Shavkat"}
    assert desk.get(f"{PAGE}?set={'0' * 32}").context["rows"] == []


def test_a_set_that_one_may_not_read_is_not_named_and_narrows_to_nothing(tmp_path: Path) -> None:
    network()
    kept = _set(
        tmp_path, Marking(audience=Audience.of(("KG-BDB", "KG-BOR")), originator=OURS.originator)
    )
    assert len(offered(BORDER, narrowing=Narrowing(of_set=kept)).pairs) == 1
    assert offered(CUSTOMS, narrowing=Narrowing(of_set=kept)).pairs == ()
    customs = signed_in(officer("abdyrakhmanova", agency="KG-CUS"))
    assert customs.get(f"{PAGE}?set={kept}").context["sets"] == []


def test_more_pairs_than_are_counted_are_said_to_be_more(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    _three()
    monkeypatch.setattr(narrowing, "MOST_COUNTED", 2)
    assert Candidate.objects.as_system("test").count() == 3
    first, *_others = steps(unjudged(account.reader()))
    assert (first.pairs, first.has_more) == (2, True)
