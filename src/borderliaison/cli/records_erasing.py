"""``blo records withdraw`` and ``expire``: what goes out of the records, and stays out."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import click

from borderliaison.cli import say
from borderliaison.cli.exchange import with_actor
from borderliaison.cli.options import as_json, with_node

_SOON_DAYS: Final = 30


@click.command
@click.argument("report", metavar="REPORT")
@click.option(
    "--why", default="", metavar="TEXT", help="The reason; it is kept. Needed to take out."
)
@click.option("--again", is_flag=True, help="Put it back.")
@with_actor
@with_node
def withdraw(_config: Any, /, report: str, why: str, again: bool, by: str) -> None:
    """Take all that REPORT said out of the records: its number, or its key.

    The report itself stays where it is. It is not drawn again, and neither is a correction of it, until it
    is put back. What officers judged of those who were in no other report does not come back.
    """
    from borderliaison.correspondence.texts import typed_text  # noqa: PLC0415  # wants Django started
    from borderliaison.node.sqlite.lock import write_in_batches  # noqa: PLC0415
    from borderliaison.reports.projection.finding import report_called  # noqa: PLC0415
    from borderliaison.reports.projection.taking_out import (  # noqa: PLC0415
        MAX_WHY,
        Decider,
        put_back,
        take_out,
    )

    reason = typed_text(why, MAX_WHY, lines=True)
    if not reason and not again:
        raise click.UsageError("--why is needed: the reason is kept beside the report")
    write_in_batches()
    item, decider = report_called(report), Decider(by, by)
    if again:
        say("It is in the records again." if put_back(item, decider) else "Nobody took it out.")
    else:
        is_new = take_out(item, reason, decider)
        say("It is out of the records." if is_new else "It was out of the records already.")


@click.command
@click.option("--dry-run", is_flag=True, help="Say what would go; change nothing.")
@with_actor
@as_json
@with_node
def expire(_config: Any, /, dry_run: bool, as_json: bool, by: str) -> None:
    """Take out of the records what reports said whose term is over in this office's country.

    Forms state the terms. `blo serve` does this once a day. Prints how many went, by form, and how many go
    within 30 days; the reports themselves stay.
    """
    from borderliaison.node.sqlite.lock import write_in_batches  # noqa: PLC0415  # wants Django started
    from borderliaison.reports.projection.taking_out import expire as go  # noqa: PLC0415
    from borderliaison.reports.projection.terms import ending_until  # noqa: PLC0415

    now = datetime.now(UTC)
    if dry_run:
        gone = dict(Counter(ending.form for _, _, ending in ending_until(now)))
    else:
        write_in_batches()
        gone = dict(go(now, by))
    later = ending_until(now + timedelta(days=_SOON_DAYS))
    soon = dict(Counter(ending.form for _, _, ending in later if ending.at > now))
    if as_json:
        click.echo(json.dumps({"expired": gone, "soon": soon, "is_dry_run": dry_run}))
        return
    if not gone and not soon:
        say(f"No term is over, and none will be within {_SOON_DAYS} days.")
    for form in sorted({*gone, *soon}):
        counts = f"{gone.get(form, 0)}\t{soon.get(form, 0)} within {_SOON_DAYS} days"
        click.echo(f"{form}\t{counts}")


ERASING = (withdraw, expire)
"""The commands of this module."""
