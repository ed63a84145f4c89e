"""Narrowing the list by words typed in any script; ``frontend/src/everything.ts`` does the same. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from borderliaison.forms.folding import folded
from borderliaison.ui.parts.everything import Entry, EntryGroup


def found(groups: Iterable[EntryGroup], query: str) -> tuple[EntryGroup, ...]:
    """Return the entries in which each word of the query begins a word; all without a query."""
    wanted = folded(query).split()
    kept = (
        replace(group, entries=tuple(one for one in group.entries if _has(one, wanted)))
        for group in groups
    )
    return tuple(group for group in kept if group.entries)


def _has(entry: Entry, wanted: list[str]) -> bool:
    words = folded(f"{entry.label} {entry.note} {entry.words}").split()
    return all(any(word.startswith(part) for word in words) for part in wanted)
