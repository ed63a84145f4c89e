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


@dataclass(frozen=True, slots=True)
class Moment:
    """The graph as it was at a moment.

    Attributes:
        place: among the changes, up to which it has come.
        loaded: how often this process had read everything.
        whole: the graph itself.
    """

    place: int
    loaded: int
    whole: Whole = field(compare=False)


@dataclass(slots=True)
class _Kept:
    """What this process has read."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    moment: Moment | None = None
    loaded: int = 0
    numbering: Numbering = field(default_factory=Numbering)


_kept = _Kept()


def current() -> Moment:
    """Return the graph as the database has it now."""
    with _kept.lock:
        before = _kept.moment
        changes = changes_since(before.place if before is not None else BEGINNING)
        sources = changes.sources - {JUDGEMENTS}
        if before is None or len(sources) > _TOO_MANY:
            _kept.numbering = Numbering()
            _kept.loaded += 1
            whole = _everything(_kept.numbering)
        elif sources:
            whole = _changed(before.whole, _kept.numbering, np.array(sorted(sources)))
        else:
            whole = before.whole
        _kept.moment = Moment(changes.place, _kept.loaded, whole)
        return _kept.moment


def forget() -> None:
    """Read everything anew; for a process whose database was exchanged beneath it (a test)."""
    with _kept.lock:
        _kept.moment = None


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
    """Return lines whose ends are nodes; none from a node to itself."""
    lines = lines.at(lines.begin != lines.end)
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
