"""The one graph of this process, brought up to date with the database each time it is asked for."""

import threading
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from borderliaison.records.changes import BEGINNING, JUDGEMENTS, changes_since
from borderliaison.records.graph.reading import Numbering, read_lines, read_schemata
from borderliaison.records.graph.segment import Columns, Ints, Segment
from borderliaison.records.graph.whole import Nodes, Whole, with_lines

_TOO_MANY: Final = 2000
"""Changed sources after which everything is read again."""


@dataclass(slots=True)
class _Kept:
    """What this process has read."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    place: int = BEGINNING
    whole: Whole | None = None
    numbering: Numbering = field(default_factory=Numbering)


_kept = _Kept()


def current() -> tuple[Whole, int]:
    """Return the graph as the database has it now, and the place among the changes that it has come to."""
    with _kept.lock:
        changes = changes_since(_kept.place)
        sources = changes.sources - {JUDGEMENTS}
        if _kept.whole is None or len(sources) > _TOO_MANY:
            _kept.numbering = Numbering()
            _kept.whole = _everything(_kept.numbering)
        elif sources:
            _kept.whole = _changed(_kept.whole, _kept.numbering, np.array(sorted(sources)))
        _kept.place = changes.place
        return _kept.whole, _kept.place


def forget() -> None:
    """Read everything anew; for a process whose database was exchanged beneath it (a test)."""
    with _kept.lock:
        _kept.whole, _kept.place = None, BEGINNING


def _everything(numbering: Numbering) -> Whole:
    lines = read_lines(numbering)
    pks = np.unique(np.concatenate([lines.begin, lines.end]))
    nodes = Nodes(pks, len(pks), {}, read_schemata(numbering, pks))
    return _whole(nodes, numbering, (Segment.of(_numbered(lines, nodes), len(nodes)),))


def _changed(whole: Whole, numbering: Numbering, sources: Ints) -> Whole:
    came = read_lines(numbering, sources.tolist())
    nodes = _with_nodes(whole.nodes, numbering, np.unique(np.concatenate([came.begin, came.end])))
    standing = tuple(one.without(sources) for one in whole.segments)
    return _whole(nodes, numbering, with_lines(standing, _numbered(came, nodes), len(nodes)))


def _with_nodes(nodes: Nodes, numbering: Numbering, pks: Ints) -> Nodes:
    new = pks[nodes.numbers(pks) < 0]
    if not len(new):
        return nodes
    numbers = range(len(nodes), len(nodes) + len(new))
    return Nodes(
        np.concatenate([nodes.pks, new]),
        nodes.in_order,
        {**nodes.later, **dict(zip(new.tolist(), numbers, strict=True))},
        np.concatenate([nodes.schema, read_schemata(numbering, new)]),
    )


def _numbered(lines: Columns, nodes: Nodes) -> Columns:
    """Return lines whose ends are nodes."""
    begin, end = (nodes.numbers(one).astype(np.int32) for one in (lines.begin, lines.end))
    others = (lines.kind, lines.marking, lines.since, lines.lasting, lines.entity, lines.source)
    return Columns(begin, end, *others)


def _whole(nodes: Nodes, numbering: Numbering, segments: tuple[Segment, ...]) -> Whole:
    durations = np.array([one or 0 for one in numbering.durations], np.uint32)
    return Whole(
        nodes,
        tuple(numbering.kinds),
        tuple(numbering.schemata),
        tuple(numbering.markings),
        durations,
        segments,
    )
