"""The pages on which officers judge who is the same: what they show, and to whom."""

import pytest
from django.test import Client

from borderliaison.accounts.models import Account
from borderliaison.audit.models import AuditLine
from borderliaison.records.models import Judgement
from borderliaison.records.resolution.canonical import members
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import network
from tests.records.cast import BORDER, CUSTOMS, FOR_BORDER, key, lorry, person, pk

pytestmark = pytest.mark.django_db
PAGE = "/records/duplicates/"


@pytest.fixture
def account() -> Account:
    network()
    return officer()


@pytest.fixture
def desk(account: Account) -> Client:
    return signed_in(account)


def _judge(desk: Client, one: str, other: str, verdict: str = "same", **more: str) -> str:
    data = {"one": key(one), "other": key(other), "verdict": verdict, "basis": "records", **more}
    return str(desk.post(f"{PAGE}judge/", data, follow=True).content.decode())


def test_the_likeliest_pair_stands_side_by_side_with_what_speaks_for_it(desk: Client) -> None:
    person("a", "Бек Аскаров", "1987-05-12")
    person("b", "ASKAROV BEK", "1987-05-12")
    person("c", "Askarov Bek Talantovich", "1991")
    page = desk.get(PAGE)
    text = page.content.decode()
    (best, *_others) = page.context["rows"]
    assert {best.one.name, best.other.name} == {"Бек Аскаров", "ASKAROV BEK"}
    assert "The same in two parts, in any script and order" in text
    assert "+9.5" in text
    assert f"{best.percent} %" in text
    line = AuditLine.objects.get(action="record.compared")
    assert {line.subject, line.ids["other"]} == {key("a"), key("b")}


def test_who_may_not_read_both_is_offered_nothing_and_finds_nothing(desk: Client) -> None:
    person("a", "Бек Аскаров")
    person("b", "ASKAROV BEK", marking=FOR_BORDER)
    customs = signed_in(officer("abdyrakhmanova", agency="KG-CUS"))
    assert len(desk.get(PAGE).context["rows"]) == 1
    assert customs.get(PAGE).context["rows"] == []
    assert customs.get(f"{PAGE}?pair={key('a')}.{key('b')}").status_code == 404
    assert "There is no such record" in _judge(customs, "a", "b")
    _judge(desk, "a", "b")
    made = Judgement.objects.as_system("test").get()
    assert customs.get(f"/records/judgements/{made.key}/").status_code == 404
    assert customs.get("/records/judgements/").context["rows"] == []
    assert len(members(CUSTOMS, [pk("a")])[pk("a")]) == 1


def test_a_pair_that_was_judged_is_not_offered_again_and_comes_back_when_it_is_taken_back(
    desk: Client,
) -> None:
    for name, called in (("a", "Бек Аскаров"), ("b", "ASKAROV BEK"), ("c", "Askerov Bek")):
        person(name, called)
    assert len(desk.get(PAGE).context["rows"]) == 3
    said = _judge(desk, "a", "b")
    made = Judgement.objects.as_system("test").get()
    assert f'Judged the same. <a href="/records/judgements/{made.key}/">Take back</a>' in said
    (left,) = desk.get(PAGE).context["rows"]
    assert {left.one.sources, left.other.sources} == {1, 2}
    _judge(desk, "a", "c", "different")
    assert desk.get(PAGE).context["rows"] == []
    _judge(desk, "b", "c", "unsure")
    assert desk.get(f"{PAGE}?unsure").context["rows"] != []
    first = Judgement.objects.as_system("test").get(verdict="same")
    page = desk.get(f"/records/judgements/{first.key}/")
    assert [len(group) for group in page.context["then"]] == [1, 1]
    assert "E-RES-03" in desk.post(f"/records/judgements/{first.key}/", {}).content.decode()
    desk.post(f"/records/judgements/{first.key}/", {"reason": "Another birthmark"})
    assert "Another birthmark" in desk.get(f"/records/judgements/{first.key}/").content.decode()
    assert len(desk.get("/records/judgements/").context["rows"]) == 3
    pairs = {frozenset((one.one.key, one.other.key)) for one in desk.get(PAGE).context["rows"]}
    assert frozenset((key("a"), key("b"))) in pairs


@pytest.mark.parametrize("verdict", ["different", "unsure"])
def test_without_a_judgement_that_joins_nobody_no_record_falls_apart(
    desk: Client, verdict: str
) -> None:
    person("a", "Бек Аскаров")
    person("b", "ASKAROV BEK")
    _judge(desk, "a", "b", verdict)
    made = Judgement.objects.as_system("test").get()
    said = desk.get(f"/records/judgements/{made.key}/").content.decode()
    assert "No record joins or falls apart." in said
    assert "numbers or other judgements say the same" not in said


def test_a_record_says_why_it_is_one_and_lets_one_that_shares_the_number_be_cut_out(
    desk: Client,
) -> None:
    pks = [lorry(name, "01KG742ABC") for name in "abc"]
    keys = sorted(key(name) for name in "abc")
    page = desk.get(f"/records/{keys[0]}/same/")
    assert [one.numbers for one in page.context["one"].members] == [("KG 01KG742ABC",)] * 3
    back = f"/records/{keys[0]}/same/"
    data = {"one": keys[0], "other": keys[1], "verdict": "different", "back": back}
    answer = desk.post(f"{PAGE}judge/", {**data, "basis": "other", "reason": "Another colour"})
    assert answer.headers["Location"] == back
    assert {len(some) for some in members(BORDER, pks).values()} == {1, 2}
    evil = desk.post(f"{PAGE}judge/", {**data, "basis": "other", "back": "https://example.org/"})
    assert evil.headers["Location"].startswith(PAGE)


def test_an_observer_reads_and_does_not_judge() -> None:
    network()
    desk = signed_in(officer(role="observer"))
    person("a", "Бек Аскаров")
    person("b", "ASKAROV BEK")
    assert 'name="verdict"' not in desk.get(PAGE).content.decode()
    assert "E-RES-07" in _judge(desk, "a", "b")


def test_a_person_and_a_vehicle_are_not_judged_the_same_and_the_page_says_so(desk: Client) -> None:
    person("a", "Бек Аскаров")
    lorry("b", "01KG742ABC")
    assert "E-RES-09" in _judge(desk, "a", "b")
    together = {"record": [key("a"), key("b")], "verdict": "same", "basis": "papers"}
    said = desk.post(f"{PAGE}{key('a')}/judge/", together, follow=True).content.decode()
    assert "These are of kinds that cannot be one, as a person and a vehicle are" in said
    assert not Judgement.objects.as_system("test").exists()
    assert "E-RES-09" not in _judge(desk, "a", "b", "different")


def test_without_a_pair_the_page_says_what_would_be_there(desk: Client) -> None:
    for path in (PAGE, f"{PAGE}?unsure", "/records/judgements/"):
        assert "state-empty" in desk.get(path).content.decode()
    for pair in ("x", f"{key('a')}.{key('b')}", "."):
        assert desk.get(f"{PAGE}?pair={pair}").status_code == 404
    assert desk.post(f"{PAGE}judge/", {"verdict": "perhaps"}).status_code == 404


def test_a_sample_of_each_likelihood_tells_how_far_a_score_can_be_trusted(desk: Client) -> None:
    person("a", "Бек Аскаров", "1987-05-12")
    person("b", "ASKAROV BEK", "1987-05-12")
    person("c", "Askarov Bek")
    rows = desk.get(f"{PAGE}?sample").context["rows"]
    assert sorted(one.percent for one in rows) == [80, 80, 98]
    _judge(desk, "a", "b")
    _judge(desk, "a", "c", "different")
    said = desk.get("/records/judgements/").content.decode()
    assert "from 90 %, 1 of 1 were the same; from 70 %, 0 of 1 were the same" in said
