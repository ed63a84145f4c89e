"""Comparing everybody with everybody: the weights are learned from the set, the likely pairs kept."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Any, Final

import duckdb
from splink import DuckDBAPI, Linker, block_on
from splink.internals.blocking_rule_creator import BlockingRuleCreator
from splink.internals.exceptions import SplinkException

from borderliaison.records.models import Candidate
from borderliaison.records.ontology.model import schema
from borderliaison.records.resolution.bulk.model import CODES, settings
from borderliaison.records.resolution.bulk.table import fill
from borderliaison.records.resolution.comparing import weights

_FOLDER: Final = "resolve-"
_SEED: Final = 2026
_PAIRS_TO_LEARN: Final = 1_000_000
_AT_ONCE: Final = 500
_RECALL: Final = 0.6
"""How many of those who are one the two sure rules below are thought to find."""
_FEWEST: Final = 200
"""Rows. Fewer teach nothing: they are compared by the weights of ``weights.yaml``, report by report."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What comparing in bulk found.

    Attributes:
        rows: how many were compared.
        pairs: how many pairs are kept.
        weights: of each likeness, in bits, as they were learned.
    """

    rows: int
    pairs: int
    weights: dict[str, float]


def compare_all(private: Path, progress: Callable[[str, int], None]) -> Compared:
    """Compare all people and organisations of the records, and keep the likely pairs.

    Args:
        private: a directory for what is gone at the end.
        progress: told what is done, and how much of it.
    """
    for left in private.glob(f"{_FOLDER}*"):  # by a run that was ended in its midst
        rmtree(left)
    with TemporaryDirectory(dir=private, prefix=_FOLDER) as folder, _quiet():
        database = duckdb.connect(str(Path(folder) / "compared.duckdb"))
        try:
            rows = fill(database, lambda done: progress("read", done))
            if rows < _FEWEST:
                return Compared(rows, 0, {})
            linker = Linker(DuckDBAPI(connection=database).register("compared"), settings())
            progress("learn", rows)
            _learn(linker)
            found = linker.inference.predict(threshold_match_probability=weights().shown_from)
            progress("compare", rows)
            return _kept(database, found.physical_name, rows, progress)
        finally:
            database.close()


def _learn(linker: Linker) -> None:
    """Learn how much each likeness weighs; what the set does not show keeps the engine's own."""
    training = linker.training
    sure: list[str | BlockingRuleCreator] = [
        block_on("name", "born"),
        block_on("documents", arrays_to_explode=["documents"]),
    ]
    training.estimate_u_using_random_sampling(  # so few pairs are counted soonest all at once
        max_pairs=_PAIRS_TO_LEARN, seed=_SEED, num_chunks=1
    )
    for learn in (
        lambda: training.estimate_probability_two_random_records_match(sure, recall=_RECALL),
        lambda: training.estimate_parameters_using_expectation_maximisation(block_on("born")),
        lambda: training.estimate_parameters_using_expectation_maximisation(block_on("name")),
    ):
        with suppress(
            SplinkException
        ):  # the set is too small for this one: its weight stays as it was
            learn()


def _kept(
    database: duckdb.DuckDBPyConnection,
    table: str,
    rows: int,
    progress: Callable[[str, int], None],
) -> Compared:
    cursor = database.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the engine's own name
    columns = [one[0] for one in cursor.description or ()]
    learned: dict[str, float] = {}
    kept = 0
    while some := cursor.fetchmany(_AT_ONCE):
        found = [_candidate(dict(zip(columns, one, strict=True)), learned) for one in some]
        made = [one for one in found if one is not None]
        Candidate.objects.bulk_create(
            made,
            update_conflicts=True,
            unique_fields=["one", "other", "marking", "other_marking"],
            update_fields=["score", "before", "reasons"],
        )
        kept += len(made)
        progress("keep", kept)
    return Compared(rows, kept, dict(sorted(learned.items())))


def _candidate(found: dict[str, Any], learned: dict[str, float]) -> Candidate | None:
    """Return a pair as it is kept; None where two of one report, or of two kinds, cannot be one."""
    kinds = schema(found["kind_l"]), schema(found["kind_r"])
    is_one_report = found["report_l"] is not None and found["report_l"] == found["report_r"]
    if is_one_report or not (kinds[0].is_a(kinds[1].name) or kinds[1].is_a(kinds[0].name)):
        return None
    ends = sorted(tuple(map(int, found[f"id_{side}"].split(":"))) for side in "lr")
    (one, marking), (other, other_marking) = ends
    if one == other:
        return None
    reasons = list(_reasons(found))
    learned.update(reasons)
    return Candidate(
        one_id=one,
        other_id=other,
        marking_id=marking,
        other_marking_id=other_marking,
        score=found["match_probability"],
        before=round(found["match_weight"] - sum(bits for _, bits in _weighed(found)), 1),
        reasons=sorted(map(list, reasons), key=lambda reason: -abs(reason[1])),
    )


def _reasons(found: dict[str, Any]) -> Iterator[tuple[str, float]]:
    for code, bits in _weighed(found):
        if code:
            yield code, round(bits, 1)


def _weighed(found: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """Yield each comparison's level as its code, with its bits; what a side does not say weighs nothing."""
    for name, codes in CODES.items():
        level = found[f"gamma_{name}"]
        if level >= 0:
            yield _code(codes, level), found[f"mw_{name}"]


def _code(codes: Sequence[str], level: int) -> str:
    """Return the code of a level; the engine counts them from below."""
    return codes[len(codes) - 1 - level]


@contextmanager
def _quiet() -> Iterator[None]:
    """Let the engine say nothing: it prints how it learns, and its warnings name no one to act."""
    splink = logging.getLogger("splink")
    before = splink.level
    splink.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        splink.setLevel(before)
