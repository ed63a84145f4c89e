"""Figures in the text that Prometheus reads, written strictly.

Source: Prometheus documentation, "Exposition formats", text format 0.0.4.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

Sample = tuple[tuple[str, ...], float]
"""The values of the family's labels, in their order, and the figure."""


@dataclass(frozen=True, slots=True)
class Family:
    """One figure, for each of the things that its labels tell apart. All of ours are gauges.

    Attributes:
        name: with its unit: ``blo_disk_free_bytes``.
        words: what it is, in one sentence.
        labels: the names of its labels.
    """

    name: str
    words: str
    labels: tuple[str, ...] = ()


def write(measured: Iterable[tuple[Family, Sequence[Sample]]]) -> str:
    """Return the text. A family without a figure is left out: what was not measured is not nought."""
    lines: list[str] = []
    for family, samples in measured:
        if not samples:
            continue
        lines.append(f"# HELP {family.name} {_escaped(family.words)}")
        lines.append(f"# TYPE {family.name} gauge")
        lines += [
            f"{family.name}{_labels(family, values)} {_number(number)}"
            for values, number in samples
        ]
    return "\n".join([*lines, ""])


def _labels(family: Family, values: tuple[str, ...]) -> str:
    if not values and not family.labels:
        return ""
    pairs = [
        f'{name}="{_quoted(value)}"' for name, value in zip(family.labels, values, strict=True)
    ]
    return "{" + ",".join(pairs) + "}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("\n", r"\n")


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', r"\"")


def _number(number: float) -> str:
    return str(number) if isinstance(number, int) else repr(float(number))
