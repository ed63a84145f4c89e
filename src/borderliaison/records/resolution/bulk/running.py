"""Comparing everybody with everybody: the weights are learned from the set, the likely pairs kept."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
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
from borderliaison.records.resolution.bulk.table import fill, sources_of
from borderliaison.records.resolution.comparing import weights

_FOLDER: Final = "resolve-"
_SEED: Final = 2026
_PAIRS_TO_LEARN: Final = 1_000_000
_AT_ONCE: Final = 500
_RECALL: Final = 0.6
"""How many of those who are one the two sure rules below are thought to find."""
_EVEN: Final = 0.5
_NOT_SHOWN: Final = (SplinkException, ValueError, ArithmeticError)
"""What the engine raises where a set is too small for a step, or all in it are alike."""
FEWEST: Final = 200
"""Rows. Fewer teach nothing: they are compared by the weights of ``weights.yaml``, report by report."""


class Step(StrEnum):
    """What is learned from a set, one after the other."""

    BEFORE = "before"
    """How likely two at random are one."""
    BY_BIRTH = "by_birth"
    """What each likeness weighs, from those who are born on the same day."""
    BY_NAME = "by_name"
    """The same, from those who have the same name: what the birth weighs."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be compared, and what is kept.

    Attributes:
        of_set: the key of an imported set: only pairs of which one is in it; None for all.
        lowest: how likely a pair is at least that is kept, from 0 to 1; None for ``weights.yaml``'s.
    """

    of_set: str | None = None
    lowest: float | None = None


EVERYTHING: Final = Wish()


@dataclass(frozen=True, slots=True)
class Compared:
    """What comparing in bulk found.

    Attributes:
        rows: how many were compared.
        pairs: how many pairs are kept.
        weights: of each likeness, in bits, as they were learned.
        not_learned: what the set does not show: there the engine's own stays, or ``weights.yaml``'s.
    """

    rows: int
    pairs: int
    weights: dict[str, float]
    not_learned: tuple[Step, ...] = ()


def compare_all(
    private: Path, progress: Callable[[str, int], None], wish: Wish = EVERYTHING
) -> Compared:
    """Compare all people and organisations of the records, and keep the likely pairs.

    Args:
        private: a directory for what is gone at the end.
        progress: told what is done, and how much of it.
        wish: which pairs.

    Raises:
        UnknownSet: there is no set with this key.
    """
    of = None if wish.of_set is None else sources_of(wish.of_set)
    lowest = weights().shown_from if wish.lowest is None else wish.lowest
    for left in private.glob(f"{_FOLDER}*"):  # by a run that was ended in its midst
        rmtree(left)
    with TemporaryDirectory(dir=private, prefix=_FOLDER) as folder, _quiet():
        database = duckdb.connect(str(Path(folder) / "compared.duckdb"))
        try:
            rows = fill(database, lambda done: progress("read", done), of)
            if rows < FEWEST:
                return Compared(rows, 0, {}, tuple(Step))
            progress("learn", rows)
            linker, not_learned = _learned(DuckDBAPI(connection=database).register("compared"))
            found = linker.inference.predict(threshold_match_probability=lowest)
            progress("compare", rows)
            knows_names = Step.BY_BIRTH not in not_learned
            pairs, bits = _kept(database, found.physical_name, progress, renews=knows_names)
            return Compared(rows, pairs, bits, not_learned)
        finally:
            database.close()


def _learned(table: Any) -> tuple[Linker, tuple[Step, ...]]:
    """Return who has learned how much each likeness weighs, and what the set does not show."""
    before = _before_looking(table)
    odds = 2.0 ** weights().before_looking
    linker = Linker(table, settings(before or odds / (1 + odds)), log_level=None)
    linker.training.estimate_u_using_random_sampling(  # so few pairs are counted soonest all at once
        max_pairs=_PAIRS_TO_LEARN, seed=_SEED, num_chunks=1
    )
    not_learned = [] if before else [Step.BEFORE]
    for step, on in ((Step.BY_BIRTH, "born"), (Step.BY_NAME, "name")):
        model = linker.misc.save_model_to_json()
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(on))
        except _NOT_SHOWN:
            # A step that ends so leaves a linker that does not compare any more what the step is by.
            linker = Linker(table, model, log_level=None)
            not_learned.append(step)
    return linker, tuple(not_learned)


def _before_looking(table: Any) -> float | None:
    """Return how likely two at random are one, by two sure rules; None where these find nobody, or all."""
    sure: list[str | BlockingRuleCreator] = [
        block_on("name", "born"),
        block_on("documents", arrays_to_explode=["documents"]),
    ]
    linker = Linker(table, settings(_EVEN), log_level=None)
    try:
        linker.training.estimate_probability_two_random_records_match(sure, recall=_RECALL)
    except _NOT_SHOWN:
        return None
    found = float(linker.misc.save_model_to_json()["probability_two_random_records_match"])
    return found if 0 < found < 1 else None


def _kept(
    database: duckdb.DuckDBPyConnection,
    table: str,
    progress: Callable[[str, int], None],
    *,
    renews: bool,
) -> tuple[int, dict[str, float]]:
    """Keep the pairs; of those found before, the likelihood is renewed where one was learned."""
    cursor = database.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the engine's own name
    columns = [one[0] for one in cursor.description or ()]
    learned: dict[str, float] = {}
    kept = 0
    while some := cursor.fetchmany(_AT_ONCE):
        found = [_candidate(dict(zip(columns, one, strict=True)), learned) for one in some]
        made = [one for one in found if one is not None]
        if renews:
            Candidate.objects.bulk_create(
                made,
                update_conflicts=True,
                unique_fields=["one", "other", "marking", "other_marking"],
                update_fields=["score", "before", "reasons"],
            )
        else:
            Candidate.objects.bulk_create(made, ignore_conflicts=True)
        kept += len(made)
        progress("keep", kept)
    return kept, dict(sorted(learned.items()))


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
