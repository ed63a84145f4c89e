"""Who is the same as whom for a reader: by what he may read, and back again when it is gone."""

from collections.abc import Iterable
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from borderliaison.kernel.marking import Marking
from borderliaison.kernel.policy import Reader
from borderliaison.markings.services import intern
from borderliaison.records.models import Entity, Identity, Judgement
from borderliaison.records.resolution.canonical import members, samenesses
from borderliaison.records.statements.writing import withdraw
from tests.records import cast
from tests.records.cast import ALL, BORDER, CUSTOMS, FOR_BORDER, FOR_CUSTOMS, lorry, person

pytestmark = pytest.mark.django_db


def _judge(verdict: str, one: int, other: int, marking: Marking = ALL) -> None:
    Judgement.objects.create(
        key=uuid4().hex,
        one_id=one,
        other_id=other,
        verdict=verdict,
        reason="as told",
        officer="KG-BDB-07",
        at=cast.AT,
        marking=intern(marking),
    )


def _groups(reader: Reader, pks: Iterable[int]) -> set[frozenset[int]]:
    """Return the groups among some entities, and see that both ways of asking answer alike."""
    asked = members(reader, list(pks))
    by_query = {frozenset(some) for some in asked.values()}
    of = {one: {one} for one in asked}
    for one, other in samenesses(reader):
        joined = of.setdefault(one, {one}) | of.setdefault(other, {other})
        for each in joined:
            of[each] = joined
    assert {frozenset(of[one]) for one in asked} == by_query
    return by_query


def test_a_vehicle_with_the_same_plate_is_one_and_a_person_with_the_same_name_is_not() -> None:
    a, b, c = lorry("a", "01KG742ABC"), lorry("b", "01 кг 742 авс"), lorry("c", "01KG742ABC", "uz")
    bek, other = person("d", "Бек Аскаров"), person("e", "Бек Аскаров")
    assert _groups(BORDER, [a, b, c, bek, other]) == {
        frozenset({a, b}),
        *(frozenset({one}) for one in (c, bek, other)),
    }


def test_the_lowest_key_stands_first() -> None:
    pks = [lorry(name, "01KG742ABC") for name in "abcd"]
    (found,) = set(members(BORDER, pks).values())
    keys = [Entity.objects.get(pk=one).key for one in found]
    assert keys == sorted(keys)


def test_what_a_reader_may_not_read_joins_nothing_for_him() -> None:
    a, b = lorry("a", "01KG742ABC"), lorry("b", "01KG742ABC", marking=FOR_BORDER)
    assert _groups(BORDER, [a, b]) == {frozenset({a, b})}
    assert members(CUSTOMS, [a, b]) == {a: (a,)}
    bek, bek_2 = person("c", "Бек"), person("d", "Bek")
    _judge("same", bek, bek_2, FOR_CUSTOMS)
    assert _groups(CUSTOMS, [bek, bek_2]) == {frozenset({bek, bek_2})}
    assert _groups(BORDER, [bek, bek_2]) == {frozenset({bek}), frozenset({bek_2})}


def test_two_are_one_by_way_of_a_third_only_for_who_may_read_the_third() -> None:
    a, b = person("a", "Бек"), person("b", "Bek A.")
    third = person("c", "Bek", marking=FOR_BORDER)
    _judge("same", a, third)
    _judge("same", third, b)
    assert _groups(BORDER, [a, b]) == {frozenset({a, b, third})}
    assert _groups(CUSTOMS, [a, b]) == {frozenset({a}), frozenset({b})}


def test_who_was_judged_different_is_cut_out_of_what_a_number_joins() -> None:
    a, b, c = (lorry(name, "01KG742ABC") for name in "abc")
    _judge("different", a, b, FOR_BORDER)
    assert _groups(BORDER, [a, b, c]) == {frozenset({a, c}), frozenset({b})}
    assert _groups(CUSTOMS, [a, b, c]) == {frozenset({a, b, c})}


def test_a_judgement_that_was_taken_back_and_one_that_is_unsure_join_nothing() -> None:
    a, b, c = (person(name, "Бек") for name in "abc")
    _judge("same", a, b)
    _judge("unsure", b, c)
    assert _groups(BORDER, [a, b, c]) == {frozenset({a, b}), frozenset({c})}
    Judgement.objects.as_system("test").update(undone_at=cast.AT)
    assert len(_groups(BORDER, [a, b, c])) == 3


def test_what_is_withdrawn_takes_its_numbers_and_judgements_with_it() -> None:
    a, b, c = (lorry(name, "01KG742ABC") for name in "abc")
    _judge("different", a, b)
    _judge("same", b, c)
    withdraw(cast.source("b"))
    assert _groups(BORDER, [a, b, c]) == {frozenset({a, c})}
    assert not Judgement.objects.as_system("test").exists()
    assert set(Identity.objects.as_system("test").values_list("entity_id", flat=True)) == {a, c}


NAMES = "abcde"
MARKINGS = {"all": ALL, "border": FOR_BORDER, "customs": FOR_CUSTOMS}
STEPS = st.one_of(
    st.tuples(
        st.just("say"),
        st.sampled_from(NAMES),
        st.sampled_from(["01KG001AAA", "01KG002BBB"]),
        st.sampled_from(sorted(MARKINGS)),
    ),
    st.tuples(st.just("withdraw"), st.sampled_from(NAMES)),
    st.tuples(
        st.sampled_from(["same", "different"]),
        st.sampled_from(NAMES),
        st.sampled_from(NAMES),
        st.sampled_from(sorted(MARKINGS)),
    ),
    st.tuples(st.just("undo"), st.integers(0, 3)),
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=14))
def test_whatever_was_judged_and_taken_back_the_answer_follows_from_what_stands(
    steps: list[tuple[str, ...]],
) -> None:
    """Merge, unmerge, correct, retract and erase in any order, for each reader."""
    for name in NAMES:
        withdraw(cast.source(name))
    for what, *how in steps:
        _do(what, how)
    pks = list(Entity.objects.values_list("pk", flat=True))
    for reader in (BORDER, CUSTOMS):
        found = _groups(reader, pks)
        judged = Judgement.objects.readable_by(reader).filter(undone_at=None, verdict="different")
        apart = [{one.one_id, one.other_id} for one in judged]
        assert [pair for pair in apart for group in found if pair <= group] == []
    for one in Judgement.objects.as_system("test").filter(undone_at=None):
        Judgement.objects.as_system("test").filter(pk=one.pk).update(undone_at=cast.AT)
    for reader in (BORDER, CUSTOMS):
        by_number: dict[str, set[int]] = {}
        for key, one in Identity.objects.readable_by(reader).values_list("key", "entity_id"):
            by_number.setdefault(key, set()).add(one)
        assert _groups(reader, pks) == {frozenset(some) for some in by_number.values()}


def _do(what: str, how: list[str]) -> None:
    if what == "say":
        lorry(how[0], how[1], marking=MARKINGS[how[2]])
    elif what == "withdraw":
        withdraw(cast.source(how[0]))
    elif what == "undo":
        standing = Judgement.objects.as_system("test").order_by("pk")[int(how[0]) : int(how[0]) + 1]
        Judgement.objects.as_system("test").filter(pk__in=[one.pk for one in standing]).update(
            undone_at=cast.AT
        )
    else:
        ends = [Entity.objects.filter(key=cast.key(name)).first() for name in how[:2]]
        if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
            _judge(what, ends[0].pk, ends[1].pk, MARKINGS[how[2]])
