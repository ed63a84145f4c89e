"""Who is one with whom, from numbers and judgements."""

from hypothesis import given
from hypothesis import strategies as st

from borderliaison.records.resolution.grouping import Facts, groups

WHO = st.integers(1, 8)
PAIRS = st.lists(st.tuples(WHO, WHO).filter(lambda pair: pair[0] != pair[1]), max_size=6)
NUMBERS = st.lists(st.lists(WHO, min_size=1, max_size=5, unique=True), max_size=4)


def _made(facts: Facts) -> set[frozenset[int]]:
    return {frozenset(one) for one in groups(facts)}


def test_whoever_shares_a_number_is_one_also_by_a_third() -> None:
    assert _made(Facts(numbers=[[1, 2], [2, 3], [4, 5], [6]])) == {
        frozenset({1, 2, 3}),
        frozenset({4, 5}),
    }


def test_who_is_cut_out_leaves_alone_whoever_has_the_lower_number() -> None:
    numbers = [[1, 2, 3]]
    assert _made(Facts(different=[(3, 1)], numbers=numbers)) == {frozenset({2, 3})}
    assert _made(Facts(different=[(1, 3)], numbers=numbers)) == {frozenset({1, 2})}


def test_a_number_does_not_bring_together_what_was_judged_different_by_way_of_others() -> None:
    facts = Facts(same=[(1, 2), (3, 4)], different=[(1, 4)], numbers=[[2, 3]])
    assert _made(facts) == {frozenset({1, 2}), frozenset({3, 4})}


@given(same=PAIRS, different=PAIRS, numbers=NUMBERS)
def test_no_group_holds_two_that_were_judged_different(
    same: list[tuple[int, int]], different: list[tuple[int, int]], numbers: list[list[int]]
) -> None:
    made = _made(Facts(same, different, numbers))
    assert [one for one in made for pair in different if set(pair) <= one] == []
    assert sum(map(len, made)) == len(set().union(*made)) if made else True


@given(same=PAIRS, numbers=NUMBERS, order=st.randoms(use_true_random=False))
def test_without_a_difference_the_order_does_not_matter(
    same: list[tuple[int, int]], numbers: list[list[int]], order: object
) -> None:
    made = _made(Facts(same, (), numbers))
    order.shuffle(same)  # type: ignore[attr-defined]
    order.shuffle(numbers)  # type: ignore[attr-defined]
    assert _made(Facts(same, (), numbers)) == made
