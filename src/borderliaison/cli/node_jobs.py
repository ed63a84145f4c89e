"""``blo node jobs``."""

import json
from datetime import UTC, datetime
from typing import Any

import click

from borderliaison.cli import Exit
from borderliaison.cli.options import as_json, with_node


@click.command
@click.option("--run", "name", help="Run this job now, due or not.")
@as_json
@with_node
def jobs(config: Any, /, name: str | None, as_json: bool) -> int:
    """List what the node does by itself: when it ran last, how it ended, when it is due.

    `blo serve` runs what is due, one job after the other. Exit code 1 where one of those that are
    listed failed.
    """
    from borderliaison.node.jobs import registered, run_now  # noqa: PLC0415  # wants Django started
    from borderliaison.node.timetable import Run, read_runs  # noqa: PLC0415

    now = datetime.now(UTC)
    runs = read_runs(config.directory)
    if name is not None:
        runs = {name: run_now(config, name, lambda: datetime.now(UTC))}
    names = [name] if name else [job.name for job in registered()]
    first = {job.name: Run.never(job.first(now)) for job in registered()}
    shown = [(one, runs.get(one, first[one])) for one in names]
    if as_json:
        click.echo(json.dumps([_data(one, run) for one, run in shown]))
    else:
        for one, run in shown:
            click.echo("\t".join(_cells(one, run)))
    return Exit.DONE if all(run.ok for _, run in shown) else Exit.FAILED


def _data(name: str, run: Any) -> dict[str, Any]:
    return {
        "job": name,
        "began": run.began.isoformat() if run.began else None,
        "ended": run.ended.isoformat() if run.ended else None,
        "outcome": _outcome(run),
        "said": run.said,
        "next": run.next.isoformat(),
    }


def _cells(name: str, run: Any) -> tuple[str, ...]:
    last = f"{run.began:%Y-%m-%d %H:%M} UTC" if run.began else "-"
    return name, last, _outcome(run), run.said, f"next {run.next:%Y-%m-%d %H:%M} UTC"


def _outcome(run: Any) -> str:
    if run.began is None:
        return "never ran"
    return "done" if run.ok else "failed"
