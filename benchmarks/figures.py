"""Figures of repeated rounds: the middle one, and how far the rounds lie apart."""

import statistics
from collections.abc import Sequence
from typing import Any


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of the values lies; no interpolation beyond the largest."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def spread(values: Sequence[float]) -> dict[str, float]:
    """Return the median of some rounds, the smallest and the largest."""
    return {
        "median": round(statistics.median(values), 3),
        "low": round(min(values), 3),
        "high": round(max(values), 3),
    }


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> dict[str, float]:
    """Return ours divided by theirs, round by round: a slow moment of the machine is slow for both."""
    return spread([one / other for one, other in zip(ours, theirs, strict=True)])


def shown(figure: dict[str, float], unit: str = "") -> str:
    """Return a figure for a table: the median, and from where to where the rounds lie."""
    return f"{_plain(figure['median'])}{unit} ({_plain(figure['low'])}–{_plain(figure['high'])})"


def _plain(number: float) -> str:
    return f"{number:.0f}" if abs(number) >= 100 else f"{number:.2f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return lines in columns."""
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    lines = [
        "  "
        + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (head, *rows)
    ]
    return "\n".join(lines)


def of_rounds(rounds: Sequence[dict[str, float]]) -> dict[str, Any]:
    """Return the spread of each figure over the rounds."""
    return {name: spread([one[name] for one in rounds]) for name in rounds[0]}
