"""Several that hang together are judged by one act, and each judgement is taken back by itself."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from borderliaison.kernel.policy import Reader
from borderliaison.records.models import Entity, Judgement
from borderliaison.records.resolution.canonical import members, taken_back
from borderliaison.records.resolution.errors import (
    FewOrManyChosen,
    JudgingError,
    NoSuchJudgement,
    NoSuchRecord,
)
from borderliaison.records.resolution.judging import Judge, Why, judge, take_back, take_back_act
from borderliaison.records.resolution.models import Basis, Verdict
from borderliaison.records.resolution.offered import offered
from borderliaison.records.resolution.several import Ruling, judge_pairs, judge_several, several
from borderliaison.records.statements.writing import withdraw
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import network
from tests.records import cast
from tests.records.cast import BORDER, CUSTOMS, FOR_BORDER, key, lorry, person, pk

pytestmark = pytest.mark.django_db
WHO = Judge(BORDER, "KG-BDB-07", writes=True)
WHY = Why(Basis.RECORDS)
SAME, DIFFERENT = Verdict.SAME, Verdict.DIFFERENT


def _named_alike(names: str) -> list[int]:
    return [person(name, "Бек Аскаров", "1987-05-12") for name in names]


def _groups(*pks: int, reader: Reader = BORDER) -> set[frozenset[int]]:
    return {frozenset(some) for some in members(reader, pks).values()}


def _standing() -> list[Judgement]:
    return list(Judgement.objects.as_system("test").filter(undone_at=None).order_by("pk"))


def test_all_that_hang_together_are_told_the_record_asked_for_first() -> None:
    pks = _named_alike("abcdefgh")
    found = several(BORDER, pks[2])
    assert found.records[0] == (pks[2],)
    assert {one for (one,) in found.records} == set(pks)
    assert (found.scores[0], found.are_more) == (None, False)
    assert min(one for one in found.scores if one is not None) > 0.5


def test_more_than_stand_side_by_side_are_not_told_and_that_is_said() -> None:
    found = several(BORDER, _named_alike("abcdefghijklmn")[0])
    assert (len(found.records), found.are_more) == (12, True)


def test_what_a_reader_may_not_read_hangs_together_with_nothing() -> None:
    a, b = _named_alike("ab")
    hidden = person("c", "Бек Аскаров", "1987-05-12", marking=FOR_BORDER)
    assert len(several(BORDER, a).records) == 3
    assert set(several(CUSTOMS, a).records) == {(a,), (b,)}
    with pytest.raises(NoSuchRecord):
        several(CUSTOMS, hidden)
    with pytest.raises(NoSuchRecord):
        judge_several(Judge(CUSTOMS, "KG-BDB-08", writes=True), [key("a"), key("c")], SAME, WHY)


def test_one_act_empties_the_queue_and_each_judgement_parts_one_record_again() -> None:
    pks = _named_alike("abcd")
    assert len(offered(BORDER).pairs) == 6
    made = judge_several(WHO, [key(name) for name in "abcd"], SAME, WHY)
    assert len(made) == 3
    assert _groups(*pks) == {frozenset(pks)}
    assert offered(BORDER).pairs == ()
    now, then = taken_back(BORDER, made[1])
    assert (now, then) == ([set(pks)], [set(pks) - {pk("c")}, {pk("c")}])
    take_back(WHO, made[1].key, "another birthmark")
    assert _groups(*pks) == {frozenset(set(pks) - {pk("c")}), frozenset({pk("c")})}


def test_one_undo_takes_the_whole_act_back_after_it_told_what_would_split() -> None:
    pks = _named_alike("abcd")
    alone = judge(WHO, key("a"), key("d"), SAME, WHY)
    made = judge_several(WHO, [key(name) for name in "abc"], SAME, WHY)
    assert {one.act for one in made} == {made[0].act}
    assert (len(made[0].act), alone.act) == (32, "")
    now, then = taken_back(BORDER, *made)
    ours = {pk("a"), pk("d")}
    assert (now, then) == ([set(pks)], [ours, {pk("b")}, {pk("c")}])
    take_back(WHO, made[0].key, "this one first")
    gone = take_back_act(WHO, made[0].act, "the wrong list")
    assert gone == [made[1]]
    assert _groups(*pks) == {frozenset(ours), frozenset({pk("b")}), frozenset({pk("c")})}
    kept = Judgement.objects.as_system("test").filter(act=made[0].act).order_by("pk")
    assert [one.undone_reason for one in kept] == ["this one first", "the wrong list"]
    for act in (made[0].act, "0" * 32, ""):
        with pytest.raises(NoSuchJudgement):
            take_back_act(WHO, act, "again")
    assert _standing() == [alone]


def test_of_an_act_that_one_reads_in_part_that_part_is_taken_back() -> None:
    _named_alike("ab")
    person("c", "Бек Аскаров", "1987-05-12", marking=FOR_BORDER)
    made = judge_several(WHO, [key(name) for name in "abc"], SAME, WHY)
    customs = Judge(CUSTOMS, "KG-BDB-08", writes=True)
    assert [one.key for one in take_back_act(customs, made[0].act, "two")] == [made[0].key]
    assert _standing() == [made[1]]


def test_several_pairs_are_judged_all_or_none() -> None:
    _named_alike("abcd")
    said = [Ruling(key("a"), key("b"), SAME, WHY), Ruling(key("c"), key("d"), DIFFERENT, WHY)]
    with pytest.raises(JudgingError):
        judge_pairs(WHO, [*said, Ruling(key("a"), key("b"), SAME, WHY)])
    assert Judgement.objects.as_system("test").count() == 0
    made = judge_pairs(WHO, said)
    assert [one.verdict for one in made] == [SAME, DIFFERENT]
    assert len({one.act for one in made}) == 1


def test_all_different_judges_each_two_that_nobody_has_judged_so_and_what_is_not_chosen_stays() -> (
    None
):
    _named_alike("abcd")
    judge(WHO, key("a"), key("b"), DIFFERENT, WHY)
    made = judge_several(WHO, [key(name) for name in "abc"], DIFFERENT, WHY)
    pairs = [{one.one_id, one.other_id} for one in made]
    assert pairs == [{pk("a"), pk("c")}, {pk("b"), pk("c")}]
    left = {frozenset((*one.one, *one.other)) for one in offered(BORDER).pairs}
    assert left == {frozenset({pk(name), pk("d")}) for name in "abc"}


def test_one_that_contradicts_refuses_the_whole_act() -> None:
    _named_alike("abc")
    judge(WHO, key("a"), key("c"), DIFFERENT, WHY)
    with pytest.raises(JudgingError):
        judge_several(WHO, [key(name) for name in "abc"], SAME, WHY)
    assert len(_standing()) == 1


@pytest.mark.parametrize(
    ("names", "verdict"), [("", SAME), ("a", SAME), ("ab", Verdict.UNSURE), ("abcdefghijklm", SAME)]
)
def test_too_few_too_many_and_unsure_are_refused(names: str, verdict: Verdict) -> None:
    with pytest.raises(FewOrManyChosen):
        judge_several(WHO, [key(one) for one in names], verdict, WHY)


NAMES = "abcde"
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from([SAME, DIFFERENT]), st.lists(st.sampled_from(NAMES), max_size=5)),
        st.tuples(st.sampled_from(["withdraw", "correct"]), st.sampled_from(NAMES)),
    ),
    max_size=6,
)


def _made_anew() -> None:
    for name in NAMES:
        withdraw(cast.source(name))
    for name in NAMES[:2]:
        lorry(name, "01KG742ABC")
    _named_alike(NAMES[2:])


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS, order=st.randoms(use_true_random=False))
def test_whatever_was_judged_at_once_is_as_it_was_when_each_judgement_is_taken_back(
    deeds: list[tuple[str, list[str]]], order: object
) -> None:
    """Merge and unmerge several, correct, retract and erase in any order; what is left follows."""
    _made_anew()
    for what, how in deeds:
        pks = list(Entity.objects.values_list("pk", flat=True))
        before, stood = _groups(*pks), {one.pk for one in _standing()}
        if what == "withdraw":
            withdraw(cast.source(str(how)))
        elif what == "correct" and Entity.objects.filter(key=key(str(how))).exists():
            _named_alike(str(how)) if how in NAMES[2:] else lorry(str(how), "01KG742ABC")
        elif what in (SAME, DIFFERENT):
            try:
                made = judge_several(WHO, [key(one) for one in how], Verdict(what), WHY)
            except JudgingError:
                assert {one.pk for one in _standing()} == stood
                assert _groups(*pks) == before
                continue
            if order.random() < 0.5:  # type: ignore[attr-defined]
                for one in order.sample(made, len(made)):  # type: ignore[attr-defined]
                    take_back(WHO, one.key, "tried")
                assert _groups(*pks) == before
            elif made and order.random() < 0.5:  # type: ignore[attr-defined]
                for one in order.sample(made, order.randint(0, len(made) - 1)):  # type: ignore[attr-defined]
                    take_back(WHO, one.key, "tried")
                take_back_act(WHO, made[0].act, "all of it")
                assert _groups(*pks) == before
        there = set(Entity.objects.values_list("pk", flat=True))
        assert {end for one in _standing() for end in (one.one_id, one.other_id)} <= there
    for one in _standing():
        take_back(WHO, one.key, "all of it")
    pks = list(Entity.objects.values_list("pk", flat=True))
    lorries = frozenset(Entity.objects.filter(schema="Vehicle").values_list("pk", flat=True))
    alone = {frozenset({one}) for one in pks if one not in lorries}
    assert _groups(*pks) == alone | ({lorries} if lorries else set())


@pytest.fixture
def desk() -> Client:
    network()
    return signed_in(officer())


def test_the_page_shows_them_side_by_side_and_one_press_judges_those_that_are_chosen(
    desk: Client,
) -> None:
    pks = _named_alike("abcd")
    queue = desk.get("/records/duplicates/")
    first = queue.context["one"].key
    assert f"/records/duplicates/{first}/" in queue.content.decode()
    page = desk.get(f"/records/duplicates/{first}/")
    assert {row.line.key for row in page.context["rows"]} == {key(name) for name in "abcd"}
    assert "12 May 1987" in page.content.decode()
    keys = [row.line.key for row in page.context["rows"]]
    data = {"record": keys[:3], "verdict": "same", "basis": "papers"}
    said = desk.post(f"/records/duplicates/{first}/judge/", data, follow=True).content.decode()
    assert "2 judgements kept" in said
    assert {len(group) for group in _groups(*pks)} == {1, 3}
    assert {one.basis for one in _standing()} == {"papers"}


def test_the_page_refuses_what_cannot_be_judged_so_and_is_not_there_for_others(
    desk: Client,
) -> None:
    _named_alike("ab")
    person("c", "Бек Аскаров", "1987-05-12", marking=FOR_BORDER)
    path = f"/records/duplicates/{key('c')}/"
    customs = signed_in(officer("abdyrakhmanova", agency="KG-CUS"))
    assert customs.get(path).status_code == 404
    assert customs.get(f"/records/duplicates/{key('a')}/").status_code == 302
    few = {"record": [key("a")], "verdict": "same", "basis": "records"}
    assert "E-RES-08" in desk.post(f"{path}judge/", few, follow=True).content.decode()
    assert desk.post(f"{path}judge/", {"verdict": "perhaps"}).status_code == 404
    watching = signed_in(officer("watcher", role="observer"))
    assert 'name="record"' not in watching.get(path).content.decode()
    both = {**few, "record": [key("a"), key("c")]}
    assert "E-RES-07" in watching.post(f"{path}judge/", both, follow=True).content.decode()
    assert _standing() == []


def test_the_page_of_an_act_shows_what_would_split_and_takes_all_of_it_back(desk: Client) -> None:
    pks = _named_alike("abc")
    path = f"/records/duplicates/{key('a')}/judge/"
    data = {"record": [key(name) for name in "abc"], "verdict": "same", "basis": "papers"}
    said = desk.post(path, data, follow=True).content.decode()
    (act,) = {one.act for one in _standing()}
    address = f"/records/judgements/at-once/{act}/"
    assert f'<a href="{address}">Take all back</a>' in said
    assert address in desk.get("/records/judgements/").content.decode()
    assert address in desk.get(f"/records/judgements/{_standing()[0].key}/").content.decode()
    page = desk.get(address)
    assert [len(group) for group in page.context["now"]] == [3]
    assert [len(group) for group in page.context["then"]] == [1, 1, 1]
    assert "Take 2 judgements back" in page.content.decode()
    refused = desk.post(address, {"reason": " "})
    assert (refused.status_code, "E-RES-03" in refused.content.decode()) == (409, True)
    watching = signed_in(officer("watcher", role="observer"))
    assert "<textarea" not in watching.get(address).content.decode()
    assert watching.post(address, {"reason": "no"}).status_code == 409
    assert len(_standing()) == 2
    done = desk.post(address, {"reason": "another list"}, follow=True).content.decode()
    assert "2 judgements were taken back." in done
    assert "These judgements join and part nothing any more" in done
    assert len(_groups(*pks)) == 3
    customs = signed_in(officer("abdyrakhmanova", agency="KG-CUS"))
    assert customs.get(address).status_code == 200
    assert desk.get(f"/records/judgements/at-once/{'0' * 32}/").status_code == 404
