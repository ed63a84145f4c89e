"""``blo office``: what the network says of an office, and correcting it."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import update_wrapper
from typing import TYPE_CHECKING, Any

import click

from borderliaison.cli import say
from borderliaison.cli.options import as_json, with_node

if TYPE_CHECKING:
    from borderliaison.offices.models import NetworkChange

DAY = click.DateTime(formats=["%Y-%m-%d"])
SYSTEM = "system"


@click.group()
def office() -> None:
    """The network of offices: what it says, and correcting it.

    A correction is kept with its source, with who made it and when, and with what stood before; it
    can be undone, and a new version of the shipped network never overwrites it.
    """


def correction(command: Callable[..., "NetworkChange"]) -> Callable[..., Any]:
    """Give a command that corrects ``--source``, ``--dry-run``, ``--json``; print what it corrected."""

    def corrected(config: Any, /, *, dry_run: bool, as_json: bool, **named: Any) -> None:
        from django.db import transaction  # noqa: PLC0415  # needs Django

        from borderliaison.offices.correcting.history import show_change  # noqa: PLC0415

        del config
        with transaction.atomic():
            shown = show_change(command(**named))
            transaction.set_rollback(dry_run)
        if as_json:
            plain = asdict(shown) | {
                "number": None if dry_run else shown.number,
                "dry_run": dry_run,
            }
            click.echo(json.dumps(plain, default=str, ensure_ascii=False, indent=2))
        else:
            _print_change(shown, number="" if dry_run else str(shown.number))
        if dry_run:
            say("Nothing was changed: this was a dry run.")

    wrapped = update_wrapper(corrected, command)
    dry = click.option(
        "--dry-run", is_flag=True, help="Say what would be corrected; change nothing."
    )
    return dry(as_json(with_node(wrapped)))


source_option = click.option(
    "--source", required=True, metavar="TEXT",
    help="Where this is known from: an order, a measurement, a telephone call.",
)  # fmt: skip
since_option = click.option(
    "--since", type=DAY, required=True, metavar="YYYY-MM-DD", help="The first day."
)
code_argument = click.argument("code", metavar="OFFICE")


@office.command("list")
@click.argument("query", default="")
@as_json
@with_node
def list_offices(config: Any, /, query: str, as_json: bool) -> None:
    """List the offices of the network, or those that QUERY names, in any script."""
    from borderliaison.offices.shown.listing import list_offices as run  # noqa: PLC0415
    from borderliaison.offices.trust.keys import SignedDirectory  # noqa: PLC0415  # needs Django

    listing = run(config.office, SignedDirectory(), query=query)
    rows = [one for group in listing.groups for one in group.rows]
    if as_json:
        plain = [
            {
                "code": one.code,
                "name": one.name,
                "kind": one.kind,
                "status": one.status.label if one.status else "",
                "counterparts": [code for code, _name in one.counterparts],
                "keys_listed": one.is_listed,
            }
            for one in rows
        ]
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    for one in rows:
        status = f"{one.status.label} {one.status.since}" if one.status else ""
        click.echo(f"{one.code}\t{one.name}\t{one.kind}\t{status}")
    say(f"{listing.shown} of {listing.total} offices")


@office.command()
@code_argument
@as_json
@with_node
def show(config: Any, /, code: str, as_json: bool) -> None:
    """Show what the network says of an office, and what was corrected here."""
    from borderliaison.offices.correcting.history import history_of  # noqa: PLC0415
    from borderliaison.offices.shown.dossier import dossier_of  # noqa: PLC0415  # needs Django
    from borderliaison.offices.trust.keys import SignedDirectory  # noqa: PLC0415

    one = dossier_of(code, config.office, SignedDirectory(), datetime.now(UTC))
    history = history_of(code)
    if as_json:
        plain = {
            "code": one.code,
            "name": one.name,
            "kind": one.kind,
            "zone": one.zone,
            "place": asdict(one.place) if one.place else None,
            "statuses": [f"{line.label} {line.since}" for line in one.statuses],
            "crossing": [f"{line.label} {line.since}" for line in one.crossing],
            "reports_to": [other.code for other in one.above],
            "counterparts": [other.code for other in one.counterparts],
            "spellings": [[line.text, line.lang] for line in one.spellings],
            "corrections": [asdict(change) for change in history.changes],
            "corrections_total": history.total,
        }
        click.echo(json.dumps(plain, default=str, ensure_ascii=False, indent=2))
        return
    click.echo(f"{one.code}  {one.name}\n{one.kind}, {one.country}\nzone: {one.zone}")
    if one.place:
        said = one.place.source.title if one.place.source else "corrected here"
        place = f"{one.place.latitude}, {one.place.longitude} ± {one.place.accuracy_km} km"
        click.echo(f"position: {place} ({said})")
    for label, lines in (("office", one.statuses), ("crossing point", one.crossing)):
        for line in lines:
            click.echo(f"{label}: {line.label} {line.since}")
    click.echo(f"reports to: {' > '.join(other.code for other in one.above) or 'nobody'}")
    click.echo(f"faces: {' '.join(other.code for other in one.counterparts) or 'nobody'}")
    click.echo(f"written as: {', '.join(line.text for line in one.spellings)}")
    for change in history.changes:
        _print_change(change, number=str(change.number))
    if history.total > len(history.changes):
        say(f"{len(history.changes)} of {history.total} corrections")


def _print_change(shown: Any, number: str) -> None:
    state = ", undone" if shown.is_undone else f", undoes {shown.undoes}" if shown.undoes else ""
    head = f"correction {number}" if number else "correction"
    source = f": {shown.source}" if shown.source else ""
    click.echo(
        f"{head}, {shown.what.lower()}, {shown.at:%Y-%m-%d %H:%M} UTC, {shown.who}{source}{state}"
    )
    for row in shown.rows:
        click.echo(f"  {row.before or '(nothing)'} -> {row.after or '(nothing)'}")


@office.command()
@code_argument
@click.argument("latitude", type=float)
@click.argument("longitude", type=float)
@click.option(
    "--accuracy-km", type=float, required=True, help="The radius that holds the true place."
)
@source_option
@correction
def position(
    code: str, latitude: float, longitude: float, accuracy_km: float, source: str
) -> "NetworkChange":
    """Correct where an office is: degrees WGS84, north and east positive."""
    from borderliaison.offices.correcting.editing import Position, correct_place  # noqa: PLC0415  # needs Django

    at = Position(latitude, longitude, accuracy_km)
    return correct_place(code, at, source=source, actor=SYSTEM)


@office.command()
@code_argument
@click.argument("status")
@since_option
@click.option("--crossing", is_flag=True, help="Of its crossing point: open, restricted or closed.")
@source_option
@correction
def status(code: str, status: str, since: datetime, crossing: bool, source: str) -> "NetworkChange":
    """Note what an office, or with --crossing its crossing point, is since a day.

    STATUS of an office: planned, establishing, operating, to_be_enhanced, supported,
    training_planned, training_class, suspended, closed.
    """
    from borderliaison.offices.correcting.editing import (  # noqa: PLC0415  # needs Django
        note_crossing_status,
        note_office_status,
    )
    from borderliaison.offices.kinds import (  # noqa: PLC0415
        CrossingStatusKind,
        OfficeStatusKind,
    )

    kinds: Any = CrossingStatusKind if crossing else OfficeStatusKind
    if status not in kinds.values:
        raise click.UsageError(f"STATUS is one of: {', '.join(kinds.values)}")
    note: Any = note_crossing_status if crossing else note_office_status
    change: NetworkChange = note(code, kinds(status), since.date(), source=source, actor=SYSTEM)
    return change


@office.command("report-to")
@code_argument
@click.argument("other", metavar="[OTHER]", default="")
@since_option
@source_option
@correction
def report_to(code: str, other: str, since: datetime, source: str) -> "NetworkChange":
    """Let an office report to OTHER from a day on; without OTHER, to nobody any more."""
    from borderliaison.offices.correcting import editing  # noqa: PLC0415  # needs Django

    day: date = since.date()
    if other:
        return editing.draw_reporting_line(code, other, day, source=source, actor=SYSTEM)
    return editing.end_reporting_lines(code, day, source=source, actor=SYSTEM)


@office.command()
@code_argument
@click.argument("other")
@since_option
@click.option("--end", is_flag=True, help="They face each other no more from that day on.")
@source_option
@correction
def counterpart(code: str, other: str, since: datetime, end: bool, source: str) -> "NetworkChange":
    """Say that two offices face each other across a border from a day on, or no more."""
    from borderliaison.offices.correcting import editing  # noqa: PLC0415  # needs Django

    say_so = editing.end_counterpart if end else editing.draw_counterpart
    return say_so(code, other, since.date(), source=source, actor=SYSTEM)


@office.command()
@code_argument
@click.argument("text")
@click.option("--language", "lang", metavar="CODE", help="ky, ru, uz-Cyrl: which language it is.")
@click.option("--remove", is_flag=True, help="Take this spelling away.")
@source_option
@correction
def alias(code: str, text: str, lang: str | None, remove: bool, source: str) -> "NetworkChange":
    """Add a way in which an office's name is written, so that it is found by it too."""
    from borderliaison.offices.correcting import editing  # noqa: PLC0415  # needs Django

    if remove:
        return editing.remove_spelling(code, text, source=source, actor=SYSTEM)
    if not lang:
        raise click.UsageError("Missing option '--language'.")
    return editing.add_spelling(code, text, lang, source=source, actor=SYSTEM)


@office.command()
@code_argument
@click.argument("number", type=int)
@correction
def undo(code: str, number: int) -> "NetworkChange":
    """Put back what stood before a correction; `blo office show` prints their numbers."""
    from borderliaison.offices.correcting.changes import undo as run  # noqa: PLC0415  # needs Django

    return run(number, office=code, actor=SYSTEM)
