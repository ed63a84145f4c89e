"""A network in which groups are planted: most lines stay within a group, and in each few have very many."""

import random
from collections.abc import Iterator

_LARGEST = 12
"""The largest group is this part of all; the next is smaller, and so on."""
_INSIDE = 0.93


def grouped(items: int, lines: int) -> Iterator[tuple[int, int]]:
    """Yield so many lines between items numbered from 0, the same each time; no item is left without.

    Args:
        items: how many.
        lines: how many, at least as many as items.
    """
    chance = random.Random(7)  # noqa: S311 - drawn alike each time
    groups = _groups(items)
    of = [group for group in groups for _ in group]
    for one in range(items):
        group = of[one]
        yield one, chance.randrange(group.start, one) if one > group.start else _any(chance, items)
    for _ in range(lines - items):
        group = of[chance.randrange(items)]
        one, other = _many(chance, group), _many(chance, group)
        if one == other or chance.random() > _INSIDE:
            other = _any(chance, items)
        yield one, other


def _groups(items: int) -> list[range]:
    found, start, size = [], 0, max(8, items // _LARGEST)
    while start < items:
        found.append(range(start, min(items, start + size)))
        start, size = start + size, max(8, int(size * 0.93))
    return found


def _many(chance: random.Random, group: range) -> int:
    """Return one of a group, those that come first by far the most often."""
    return group.start + int(chance.random() ** 2.5 * len(group))


def _any(chance: random.Random, items: int) -> int:
    return chance.randrange(items)
