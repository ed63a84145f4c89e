"""A text cut where what was looked for begins and ends. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_AROUND: Final = 60
_LONG: Final = 160


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of text, and whether it is what was looked for."""

    text: str
    is_match: bool = False


def fragments(
    text: str, spans: Sequence[tuple[int, int]], *, is_match: bool = False
) -> Iterator[Fragment]:
    """Yield the pieces of a text, those that were looked for marked; a long text around the first of them.

    Args:
        text: the text.
        spans: where what was looked for begins and ends, in any order.
        is_match: where there are no spans, whether the text is meant as a whole: a code's label in another
            language than was typed.
    """
    if not spans:
        yield Fragment(text[:_LONG], is_match=is_match)
        return
    merged = _merged(spans)
    begin, end = _window(text, merged[0][0])
    if begin:
        yield Fragment("… ")
    at = begin
    for start, stop in merged:
        if start >= end:
            break
        if start > at:
            yield Fragment(text[at:start])
        yield Fragment(text[start:stop], is_match=True)
        at = stop
    if at < end:
        yield Fragment(text[at:end])
    if end < len(text):
        yield Fragment(" …")


def _window(text: str, first: int) -> tuple[int, int]:
    if len(text) <= _LONG:
        return 0, len(text)
    begin = 0 if first <= _AROUND else text.find(" ", first - _AROUND, first) + 1 or first
    end = min(len(text), begin + _LONG)
    space = text.rfind(" ", begin + _LONG - _AROUND, end)
    return begin, end if end == len(text) or space < first else space


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found
