"""Officers judge who is the same, and take it back; the records stay as they were written."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from borderliaison.audit.models import AuditLine
from borderliaison.kernel.policy import Reader
from borderliaison.records.changes import JUDGEMENTS, changes_since
from borderliaison.records.models import Judgement, Statement
from borderliaison.records.resolution.canonical import members, taken_back
from borderliaison.records.resolution.errors import (
    AlreadyOne,
    DoesNotJudge,
    JudgedDifferent,
    JudgedTheSame,
    JudgingError,
    KindsDiffer,
    NoSuchJudgement,
    NoSuchRecord,
    OwnReasonMissing,
)
from borderliaison.records.resolution.judging import Judge, Why, judge, take_back
from borderliaison.records.resolution.models import Basis, Verdict
from borderliaison.records.statements.writing import withdraw
from tests.records import cast
from tests.records.cast import ALL, BORDER, CUSTOMS, FOR_BORDER, drafted, key, lorry, person, say

pytestmark = pytest.mark.django_db
WHO = Judge(BORDER, "KG-BDB-07", writes=True)
SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE


def _judge(one: str, other: str, verdict: Verdict = SAME, who: Judge = WHO) -> Judgement:
    return judge(who, key(one), key(other), verdict, Why(Basis.RECORDS, "the same scar"))


def _groups(reader: Reader, *pks: int) -> set[frozenset[int]]:
    return {frozenset(some) for some in members(reader, pks).values()}


def test_a_judgement_joins_and_taking_it_back_parts_again() -> None:
    a, b = person("a", "Бек"), person("b", "Bek A.")
    said = set(Statement.objects.as_system("test").values_list("pk", "value"))
    made = _judge("a", "b")
    assert _groups(BORDER, a, b) == {frozenset({a, b})}
    assert JUDGEMENTS in changes_since(0).sources
    back = take_back(WHO, made.key, "another birthmark")
    assert _groups(BORDER, a, b) == {frozenset({a}), frozenset({b})}
    assert set(Statement.objects.as_system("test").values_list("pk", "value")) == said
    assert (back.reason, back.undone_reason) == ("the same scar", "another birthmark")
    lines = AuditLine.objects.filter(subject=made.key).order_by("pk")
    assert [one.action for one in lines] == ["record.judged", "record.judgement_taken_back"]
    assert lines[0].ids == {"one": key("a"), "other": key("b"), "verdict": "same"}


def test_a_judgement_is_read_by_whoever_may_read_all_that_the_officer_saw() -> None:
    a, b = person("a", "Бек"), person("b", "Bek")
    hidden = person("c", "Bek", marking=FOR_BORDER)
    _judge("b", "c")
    made = _judge("a", "b")
    assert made.marking.value == ALL.join(FOR_BORDER)
    assert _groups(BORDER, a, b) == {frozenset({a, b, hidden})}
    assert _groups(CUSTOMS, a, b) == {frozenset({a}), frozenset({b})}


def test_what_a_reader_cannot_see_he_cannot_judge() -> None:
    person("a", "Бек")
    person("b", "Bek", marking=FOR_BORDER)
    with pytest.raises(NoSuchRecord):
        _judge("a", "b", who=Judge(CUSTOMS, "KG-BDB-08", writes=True))
    with pytest.raises(NoSuchRecord):
        _judge("a", "nowhere")
    made = _judge("a", "b")
    with pytest.raises(NoSuchJudgement):
        take_back(Judge(CUSTOMS, "KG-BDB-08", writes=True), made.key, "no")
    with pytest.raises(DoesNotJudge):
        take_back(Judge(BORDER, "KG-BDB-09", writes=False), made.key, "no")


@pytest.mark.parametrize("reason", ["", " \n", "x" * 501])
def test_a_judgement_without_a_reason_is_refused(reason: str) -> None:
    person("a", "Бек")
    person("b", "Bek")
    with pytest.raises(OwnReasonMissing):
        judge(WHO, key("a"), key("b"), SAME, Why(Basis.OTHER, reason))
    assert not Judgement.objects.as_system("test").exists()


def test_what_contradicts_an_earlier_judgement_is_refused_until_that_is_taken_back() -> None:
    a, b, c = person("a", "Бек"), person("b", "Bek"), person("c", "Bek A.")
    apart = _judge("a", "b", DIFFERENT)
    joined = _judge("b", "c")
    with pytest.raises(JudgedDifferent):
        _judge("c", "a")
    with pytest.raises(AlreadyOne):
        _judge("c", "b")
    with pytest.raises(JudgedTheSame):
        _judge("c", "b", DIFFERENT)
    with pytest.raises(AlreadyOne):
        _judge("a", "a")
    take_back(WHO, apart.key, "looked again")
    _judge("c", "a")
    assert _groups(BORDER, a, b, c) == {frozenset({a, b, c})}
    with pytest.raises(NoSuchJudgement):
        take_back(WHO, apart.key, "again")
    assert Judgement.objects.as_system("test").get(pk=joined.pk).undone_at is None


def test_one_that_shares_a_plate_is_cut_out_and_comes_back() -> None:
    a, b, c = (lorry(name, "01KG742ABC") for name in "abc")
    made = _judge("a", "b", DIFFERENT)
    assert _groups(BORDER, a, b, c) == {frozenset({a, c}), frozenset({b})}
    now, then = taken_back(BORDER, made)
    assert (now, then) == ([{a, c}, {b}], [{a, b, c}])
    take_back(WHO, made.key, "the same lorry after all")
    assert _groups(BORDER, a, b, c) == {frozenset({a, b, c})}


def test_what_is_of_kinds_that_cannot_be_one_is_not_judged_the_same() -> None:
    say("a", drafted("a", "LegalEntity", name="Somebody"))
    say("b", drafted("b", "Person", name="Bek"))
    say("c", drafted("c", "Company", name="Firm"))
    _judge("a", "b")
    for other in ("a", "b"):
        with pytest.raises(KindsDiffer):
            _judge("c", other)
    assert _judge("c", "b", DIFFERENT).verdict == DIFFERENT


def test_what_would_split_is_told_before() -> None:
    a, b, c, d = (person(name, "Бек") for name in "abcd")
    _judge("a", "b")
    bridge = _judge("b", "c")
    _judge("c", "d")
    now, then = taken_back(BORDER, bridge)
    assert now == [{a, b, c, d}]
    assert then == [{a, b}, {c, d}]
    take_back(WHO, bridge.key, "no")
    assert _groups(BORDER, a, b, c, d) == set(map(frozenset, then))


def test_who_was_unsure_and_decides_later_has_decided_once() -> None:
    a, b = person("a", "Бек"), person("b", "Bek")
    unsure = _judge("a", "b", UNSURE)
    assert len(_groups(BORDER, a, b)) == 2
    _judge("b", "a")
    assert len(_groups(BORDER, a, b)) == 1
    standing = Judgement.objects.as_system("test").filter(undone_at=None)
    assert [one.verdict for one in standing] == [SAME]
    lines = AuditLine.objects.filter(subject=unsure.key).order_by("pk")
    assert [one.action for one in lines] == ["record.judged", "record.judgement_taken_back"]


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["same", "different", "unsure", "back", "withdraw"]),
        st.sampled_from("abcd"),
        st.sampled_from("abcd"),
    ),
    max_size=8,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_taking_back_the_last_judgement_leaves_all_as_it_was_before(
    deeds: list[tuple[str, str, str]],
) -> None:
    for name in "abcd":
        withdraw(cast.source(name))
    pks = [
        lorry("a", "01KG742ABC"),
        lorry("b", "01KG742ABC"),
        person("c", "Bek"),
        person("d", "Бек"),
    ]
    for what, one, other in deeds:
        before = _groups(BORDER, *pks)
        try:
            if what == "back":
                last = Judgement.objects.readable_by(BORDER).filter(undone_at=None).last()
                take_back(WHO, last.key if last else "", "tried")
            elif what == "withdraw":
                withdraw(cast.source(one))
            else:
                made = _judge(one, other, Verdict(what))
                now, then = taken_back(BORDER, made)
                touched = {pk for group in now for pk in group}
                assert {frozenset(some) for some in then} == {
                    some for some in before if some & touched
                }
        except JudgingError:
            assert _groups(BORDER, *pks) == before
