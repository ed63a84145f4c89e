"""``blo records``: who and what the reports speak of."""

import json
import sys
from dataclasses import asdict
from functools import partial
from typing import Any

import click

from borderliaison.cli import say
from borderliaison.cli.options import as_json, with_node
from borderliaison.cli.records_erasing import ERASING
from borderliaison.cli.records_files import FILES
from borderliaison.cli.records_search import search
from borderliaison.cli.records_workspace import workspace

_NOT_LEARNED = {
    "before": "These records do not show how many of them are one; the estimate of weights.yaml stands.",
    "by_birth": "Nothing was learned from those born on the same day: what names weigh is the engine's own,"
    " and pairs that were found before stay as likely as they were.",
    "by_name": "Nothing was learned from those of the same name; the engine's own weights stand.",
}

_WIDTH = 24
_ROW = "{:>8}  {:>9}  {:>6}  {:>5}  {:>9}  {:>6}"


@click.group
def records() -> None:
    """Who and what the reports speak of."""


@records.command("draw")
@with_node
def draw(_config: Any, /) -> None:
    """Draw records from the reports that came since the last time. Prints how many were looked at.

    It may be stopped and begun again, and the office works meanwhile. Where the rules of a form were
    changed, all reports are drawn again.
    """
    from borderliaison.records.search.index.indexing import index_all  # noqa: PLC0415  # wants Django started
    from borderliaison.reports.projection.keeping_up import catch_up  # noqa: PLC0415

    found = catch_up(lambda done: click.echo(f"\r{done}", err=True, nl=False))
    if found:
        click.echo(file=sys.stderr)
    index_all()
    click.echo(found)


@records.command("resolve")
@click.option(
    "--set", "of_set", metavar="SET", help="Only pairs of which one is in this imported set."
)
@click.option(
    "--from",
    "lowest",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    metavar="LIKELIHOOD",
    help="Keep pairs that are at least so likely one: `0.9`; without it, 0.1.",
)
@click.option("--measure", is_flag=True, help="Only say what officers judged of the pairs.")
@as_json
@with_node
def resolve(
    config: Any, /, of_set: str | None, lowest: float | None, measure: bool, as_json: bool
) -> None:
    """Look in all records for people and organisations that may be one.

    Officers judge the pairs under Records, Duplicates; nothing is joined by itself. How much each likeness
    weighs is learned from the records (Splink on DuckDB, the extra `bulk`); fewer than 200 teach nothing,
    and what they do not show is said. `--set` learns from all records too: a set alone seldom shows who
    stands in it twice. Pairs that were kept before stay. Prints what was compared and kept, of each
    likelihood how many pairs were judged the same, and what pairs from it on would give: how many, which
    part is the same (precision), which part of those judged the same is among them (recall).
    """
    from borderliaison.records.models import Candidate, Judgement  # noqa: PLC0415  # wants Django started
    from borderliaison.records.resolution.candidates import compare_what_was_not  # noqa: PLC0415
    from borderliaison.records.resolution.measuring import cuts, measured  # noqa: PLC0415

    why = "an administrator asks how many there are; no record is shown"
    answer: dict[str, Any] = {}
    if not measure:
        compare_what_was_not(partial(_tell, "reports"))
        try:
            from borderliaison.records.resolution.bulk import running  # noqa: PLC0415
        except ModuleNotFoundError as error:
            raise click.ClickException(
                f"{error.name} is not installed; pip install 'borderliaison[bulk]'"
            ) from error
        done = running.compare_all(config.directory, _tell, running.Wish(of_set, lowest))
        answer = {"compared": done.rows, "kept": done.pairs, "weights": done.weights}
        answer["not_learned"] = list(done.not_learned)
        if sys.stderr.isatty():
            click.echo(err=True)
        for step in done.not_learned:
            say(_NOT_LEARNED[step])
    judgements = Judgement.objects.as_system(why).filter(undone_at=None)
    found = Candidate.objects.as_system(why)
    bands = measured(judgements, found)
    answer["thresholds"] = [asdict(one) for one in cuts(bands, found)]
    answer["judged"] = [
        {"from": one.lowest, "judged": one.judged, "same": one.same} for one in bands
    ]
    if as_json:
        click.echo(json.dumps(answer))
        return
    if not measure:
        click.echo(f"{answer['compared']} compared, {answer['kept']} pairs kept")
    for one in bands:
        click.echo(f"from {one.lowest:.0%}: {one.same} of {one.judged} judged were the same")
    click.echo(_ROW.format("at least", "pairs", "judged", "same", "precision", "recall"))
    for cut in answer["thresholds"]:
        parts = (_part(cut["precision"]), _part(cut["recall"]))
        counts = (cut["pairs"], cut["judged"], cut["same"])
        click.echo(_ROW.format(f"{cut['lowest']:.0%}", *counts, *parts))


def _part(part: float | None) -> str:
    return "" if part is None else f"{part:.0%}"


def _tell(what: str, done: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{what} {done}".ljust(_WIDTH), err=True, nl=False)


for command in (*FILES, *ERASING, search, workspace):
    records.add_command(command)
