"""Groups of what is the same, from numbers and judgements. Pure.

Judgements come first, in the order in which they were made; then the numbers. Whatever would bring together
two that were judged different joins nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one reader may use of some entities and of whoever is the same as one of them.

    Attributes:
        same: pairs that were judged the same, in the order of the judgements.
        different: pairs that were judged different: who keeps the number they share, who is cut out.
        numbers: the entities that go by one number, number by number in their order.
    """

    same: Sequence[tuple[int, int]] = ()
    different: Collection[tuple[int, int]] = ()
    numbers: Sequence[Sequence[int]] = ()


def groups(facts: Facts) -> list[set[int]]:
    """Return the groups of two and more that the facts make."""
    found = _Groups(facts.different)
    for one, other in facts.same:
        found.join(one, other)
    cut_out = {other for _, other in facts.different}
    for members in facts.numbers:
        center, *rest = sorted(members, key=lambda one: (one in cut_out, one))
        for one in rest:
            found.join(center, one)
    return found.all()


def joined(pairs: Iterable[tuple[int, int]]) -> list[set[int]]:
    """Return the groups of two and more that pairs of the same make."""
    found = _Groups(())
    for one, other in pairs:
        found.join(one, other)
    return found.all()


def star(group: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of a group: the lowest with each other."""
    center, *rest = sorted(group)
    for one in rest:
        yield center, one


@dataclass(slots=True)
class _Groups:
    different: Collection[tuple[int, int]]
    _of: dict[int, set[int]] = field(default_factory=dict)
    _apart: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for one, other in self.different:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def join(self, one: int, other: int) -> None:
        ours, theirs = (self._of.setdefault(each, {each}) for each in (one, other))
        if ours is theirs or self._are_apart(ours, theirs):
            return
        small, large = sorted((ours, theirs), key=len)
        large |= small
        for each in small:
            self._of[each] = large

    def all(self) -> list[set[int]]:
        found = {id(group): group for group in self._of.values() if len(group) > 1}
        return list(found.values())

    def _are_apart(self, ours: set[int], theirs: set[int]) -> bool:
        small, large = sorted((ours, theirs), key=len)
        return any(not large.isdisjoint(self._apart.get(each, ())) for each in small)
