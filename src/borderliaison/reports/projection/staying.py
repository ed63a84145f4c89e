"""Who in a corrected report is who was in it before: by what stays of him. Pure.

Whoever stays keeps his key, and with it what officers judged. Of whoever may be another it is only said
whose place he may have taken.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

_ENOUGH: Final = 2
"""Of the fields by which somebody is known: birth and paper, where the name is spelled anew."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody or something in a row of a report.

    Attributes:
        thing: its name in the form's rules.
        number: of the row.
        said: the filled fields by which it is known.
        naming: those of them that say which one it is; a country does not.
    """

    thing: str
    number: int
    said: Mapping[str, str]
    naming: AbstractSet[str]


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody or something as one state of a report knows it.

    Attributes:
        seen: where and as whom.
        key: of its entity.
        instead_of: the keys of those in earlier states whose place it may have taken.
    """

    seen: Seen
    key: str
    instead_of: frozenset[str] = frozenset()


def stayed(before: Sequence[Known], now: Sequence[Seen]) -> dict[int, Known]:
    """Return who of the things of one name was there before, by the rows in which they are now.

    First those of whom nothing has changed; then whoever is surely one with one other, and this with no
    second.
    """
    found: dict[int, Known] = {}
    left = list(before)
    for one in now:
        same = next((known for known in left if known.seen.said == one.said), None)
        if same is not None:
            found[one.number] = same
            left.remove(same)
    rest = [one for one in now if one.number not in found]
    for one in rest:
        sure = [known for known in left if _is_surely(known.seen, one)]
        if len(sure) == 1 and sum(_is_surely(sure[0].seen, other) for other in rest) == 1:
            found[one.number] = sure[0]
    return found


def maybe_instead_of(before: Sequence[Known], one: Seen) -> frozenset[str]:
    """Return the keys of those that are not there any more whose place somebody may have taken."""
    there = [known for known in before if _may_be(known.seen, one)]
    return frozenset({known.key for known in there}.union(*(known.instead_of for known in there)))


def _is_surely(one: Seen, other: Seen) -> bool:
    """Whether enough stays, or one of both says nothing that the other does not say too."""
    ours, theirs = one.said.items(), other.said.items()
    same = _same(one, other)
    return len(same) >= _ENOUGH or (bool(same) and (ours <= theirs or theirs <= ours))


def _may_be(one: Seen, other: Seen) -> bool:
    return one.number == other.number or bool(_same(one, other))


def _same(one: Seen, other: Seen) -> AbstractSet[str]:
    """Return the fields that say which one it is, and say the same of both."""
    return {name for name, _ in one.said.items() & other.said.items() if name in other.naming}
