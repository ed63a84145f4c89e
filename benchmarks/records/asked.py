"""What the measurement of the network asks, of ours and of the others."""

import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import igraph
import numpy as np

from benchmarks.figures import quantile, ratios, spread
from benchmarks.records.drawn import Drawn, drawn
from benchmarks.records.filling import READ, READER, database
from benchmarks.records.weighing import resident_mb
from borderliaison.kernel.remembering import one_look
from borderliaison.markings.services import intern
from borderliaison.records.graph import store
from borderliaison.records.graph.measures.centrality import betweenness as ours_betweenness
from borderliaison.records.graph.measures.edges import Edges
from borderliaison.records.graph.network import Network, network
from borderliaison.records.models import Entity
from borderliaison.records.statements.drafted import Drafted, Origin, Said, key_of_entity
from borderliaison.records.statements.writing import write

Say = Callable[[str], None]
REPORTS = 20
BETWEEN_NODES, BETWEEN_LINES = 8_000, 24_000
LONGEST = 12
TWO_HOPS = """
WITH one(n) AS (
  SELECT end_id FROM records_link WHERE begin_id = :start
  UNION SELECT begin_id FROM records_link WHERE end_id = :start
  UNION SELECT :start
)
SELECT id, begin_id, end_id, kind, since, until, entity_id, source_id
  FROM records_link WHERE begin_id IN one
UNION
SELECT id, begin_id, end_id, kind, since, until, entity_id, source_id
  FROM records_link WHERE end_id IN one
"""


def seen() -> Network:
    """Return the network as a page asks for it."""
    with one_look():
        return network(READER)


def load(rounds: int, say: Say) -> dict[str, Any]:
    """Load the network, and write reports until it has them."""
    before = resident_mb()
    began = time.perf_counter()
    whole = store.current().whole
    load_s = time.perf_counter() - began
    say(f"loaded in {load_s:.1f} s")
    grown = resident_mb() - before
    arrivals = [
        [_arrival_ms(f"{number}/{one}") for one in range(REPORTS)] for number in range(rounds)
    ]
    return {
        "load_s": round(load_s, 1),
        "held_mb": round(whole.nbytes / 2**20, 1),
        "grown_mb": round(grown, 1),
        "arrival_ms": spread([quantile(some, 0.5) for some in arrivals]),
        "arrival_p99_ms": spread([quantile(some, 0.99) for some in arrivals]),
    }


def two_hops(asked: Drawn, folder: Path, rounds: int, count: int, say: Say) -> dict[str, Any]:
    """Ask what is two lines away, with the filter, and of SQLite without."""
    base = sqlite3.connect(database(folder))
    starts = _chosen(asked, count)
    ours, theirs = [], []
    for number in range(rounds):
        say(f"two hops, round {number + 1} of {rounds}")
        took: tuple[list[float], list[float]] = ([], [])
        for start in starts:
            took[0].append(_ms(lambda start=start: seen().expand([start], depth=2, limit=None)))
            took[1].append(
                _ms(lambda start=start: base.execute(TWO_HOPS, {"start": start}).fetchall())
            )
        ours.append(took[0])
        theirs.append(took[1])
    base.close()
    result: dict[str, Any] = {}
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        one, other = ([quantile(some, share) for some in each] for each in (ours, theirs))
        result |= {
            f"ours_{name}_ms": spread(one), f"sqlite_{name}_ms": spread(other),
            f"{name}_ratio": ratios(one, other),
        }  # fmt: skip
    return result


def shortest(asked: Drawn, rounds: int, count: int, say: Say) -> dict[str, Any]:
    """Ask for a shortest way, with the filter, and igraph without."""
    ends = np.stack([asked.begin, asked.end], axis=1)
    graph = igraph.Graph(asked.entities + 1, ends.tolist())
    starts = _chosen(asked, 2 * count)
    pairs = list(zip(starts[:count], starts[count:], strict=True))
    ours, theirs = [], []
    for number in range(rounds):
        say(f"shortest ways, round {number + 1} of {rounds}")
        took: tuple[list[float], list[float]] = ([], [])
        for one, other in pairs:
            took[0].append(
                _ms(lambda one=one, other=other: seen().shortest(one, other, longest=LONGEST))
            )
            took[1].append(_ms(lambda one=one, other=other: graph.get_shortest_path(one, other)))
        ours.append(quantile(took[0], 0.5))
        theirs.append(quantile(took[1], 0.5))
    return {"ours_ms": spread(ours), "igraph_ms": spread(theirs), "ratio": ratios(ours, theirs)}


def betweenness(rounds: int, say: Say) -> dict[str, Any]:
    """Measure the betweenness of each of 8,000, and let igraph do so."""
    asked = drawn(BETWEEN_NODES, BETWEEN_LINES)
    lines = list(zip(asked.begin.tolist(), asked.end.tolist(), strict=True))
    edges = Edges.of(range(BETWEEN_NODES + 1), lines)
    graph = igraph.Graph(edges.count, edges.pairs.tolist())
    ours, theirs = [], []
    for number in range(rounds):
        say(f"betweenness, round {number + 1} of {rounds}")
        ours.append(_ms(lambda: ours_betweenness(edges)) / 1000)
        theirs.append(_ms(graph.betweenness) / 1000)
    return {
        "nodes": BETWEEN_NODES, "lines": len(edges.pairs), "ours_s": spread(ours),
        "igraph_s": spread(theirs), "ratio": ratios(ours, theirs),
    }  # fmt: skip


def _arrival_ms(name: str) -> float:
    """Write a report of two persons, and look until the network has them; return how long that took."""
    source = key_of_entity("benchmark", name)
    one, other, line = (key_of_entity(source, what) for what in ("one", "other", "line"))
    known = (Said("person", one), Said("associate", other), Said("relationship", "knows"))
    at = datetime(2026, 5, 12, tzinfo=UTC)
    origin = Origin(source, "report", "KG-BDB", at, at, "KG", intern(READ).pk)
    began = time.perf_counter()
    write(origin, [
        Drafted(one, "Person", (Said("name", "Bek"),)),
        Drafted(other, "Person", (Said("name", "Askar"),)),
        Drafted(line, "Associate", known),
    ])  # fmt: skip
    pk = Entity.objects.get(key=one).pk
    while len(seen().expand([pk]).nodes) < 2:
        pass
    return (time.perf_counter() - began) * 1000


def _chosen(asked: Drawn, count: int) -> list[int]:
    """Return entities that have a line for the reader, the same each time."""
    lines = np.flatnonzero(asked.is_read[asked.source])
    chance = np.random.default_rng(11)
    found: list[int] = asked.begin[chance.choice(lines, count)].tolist()
    return found


def _ms(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000
