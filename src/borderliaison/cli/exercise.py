"""``blo exercise``: the exercises in which this office takes part."""

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from borderliaison.cli import say
from borderliaison.cli.options import as_json, with_node

WHEN = click.DateTime(formats=["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"])
until_option = click.option(
    "--until", type=WHEN, metavar="'YYYY-MM-DD HH:MM'",
    help="When it ends by itself, by the office's own clock.",
)  # fmt: skip
with_option = click.option(
    "--with", "offices", multiple=True, metavar="OFFICE",
    help="Another office that takes part: UZ-DUS. Repeat it.",
)  # fmt: skip
member_option = click.option(
    "--member", "members", multiple=True, metavar="CODE",
    help="Who of this office takes part: an agency (KG-BOR) or an officer (KG-BDB/0003). Repeat it.",
)  # fmt: skip


@click.group()
def exercise() -> None:
    """The exercises in which this office takes part.

    An exercise is entered here only by its members, and its letters come and go only between the
    offices that are named. Each office that takes part opens it for itself, under the same name.
    """


@exercise.command("open")
@click.argument("name")
@until_option
@with_option
@member_option
@as_json
@with_node
def open_one(
    config: Any, /, name: str, until: datetime | None, offices: tuple[str, ...],
    members: tuple[str, ...], as_json: bool,
) -> None:  # fmt: skip
    """Open an exercise at this office. NAME is short, the same everywhere, never used twice."""
    from borderliaison.accounts.exercising import NewExercise, open_exercise  # noqa: PLC0415

    if until is None:
        raise click.UsageError("Missing option '--until'.")
    new = NewExercise(name, _at(config, until), offices, members)
    _print(config, [open_exercise(new)], as_json)


@exercise.command()
@click.argument("name")
@until_option
@with_option
@member_option
@as_json
@with_node
def widen(
    config: Any, /, name: str, until: datetime | None, offices: tuple[str, ...],
    members: tuple[str, ...], as_json: bool,
) -> None:  # fmt: skip
    """Let an exercise last longer, or let further offices and officers take part."""
    from borderliaison.accounts.exercising import widen_exercise  # noqa: PLC0415  # needs Django

    later = None if until is None else _at(config, until)
    widened = widen_exercise(name, until=later, with_offices=offices, members=members)
    _print(config, [widened], as_json)


@exercise.command("list")
@as_json
@with_node
def list_all(config: Any, /, as_json: bool) -> None:
    """List the exercises of this office, the newest first, those that have ended too."""
    from borderliaison.accounts.models import Exercise  # noqa: PLC0415  # needs Django

    known = list(Exercise.objects.all())
    _print(config, known, as_json)
    if not as_json:
        say(f"{len(known)} exercises")


@exercise.command()
@click.argument("name")
@as_json
@with_node
def close(config: Any, /, name: str, as_json: bool) -> None:
    """End an exercise now. Its members go on reading it; nothing is written or received any more."""
    from borderliaison.accounts.exercising import end_exercise  # noqa: PLC0415  # needs Django

    _print(config, [end_exercise(name)], as_json)


def _zone(config: Any) -> ZoneInfo:
    from borderliaison.offices.services import zone_of  # noqa: PLC0415  # needs Django

    return ZoneInfo(zone_of(config.office))


def _at(config: Any, said: datetime) -> datetime:
    return said.replace(tzinfo=_zone(config))


def _print(config: Any, exercises: list[Any], as_json: bool) -> None:
    zone = _zone(config)
    if as_json:
        plain = [
            {
                "name": one.name,
                "state": "open" if one.is_open else "ended",
                "until": one.ended_at.astimezone(zone).isoformat(timespec="minutes"),
                "with": one.offices,
                "members": one.members,
            }
            for one in exercises
        ]
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    for one in exercises:
        state = "open until" if one.is_open else "ended"
        until = f"{one.ended_at.astimezone(zone):%Y-%m-%d %H:%M}"
        parts = (" ".join(one.offices), " ".join(one.members))
        click.echo(f"{one.name}\t{state} {until}\twith {parts[0]}\tmembers {parts[1]}")
