"""``blo records import`` and its neighbours: records from files, and into files."""

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from borderliaison.cli import say
from borderliaison.cli.exchange import with_actor
from borderliaison.cli.language import catalogue, language_of
from borderliaison.cli.options import as_json, with_node

if TYPE_CHECKING:
    from borderliaison.accounts.models import Account
    from borderliaison.records.interchange.exports.exporting import Exporter
    from borderliaison.records.interchange.exports.selecting import Selection
    from borderliaison.records.interchange.findings import Findings
    from borderliaison.records.interchange.imports.importing import LookedAt
    from borderliaison.records.interchange.progress import Progress

_SHOWN = 20
file_argument = click.argument(
    "path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)


@click.command("import")
@file_argument
@click.option("--set", "title", help="The name of the set; without it, the name of the file.")
@click.option(
    "--spec",
    "spec_name",
    metavar="NAME|FILE",
    help="How a table is read; else one that fits.",
)
@click.option("--grade", default="", metavar="VALUE", help="Of source and information: `B2`.")
@click.option("--scheme", default="4x4", show_default=True, help="The scheme of the grade.")
@click.option("--open", "is_open", is_flag=True, help="Not “for official use”, but open.")
@click.option(
    "--agency",
    "agencies",
    multiple=True,
    help="An agency here that reads it; else all.",
)
@click.option(
    "--handling",
    multiple=True,
    type=click.Choice(["H0", "H1", "H2", "H3"]),
    help="A code that holds; else H2 for what another office gave.",
)
@click.option("--handling-text", default="", metavar="TEXT", help="What H3 asks for.")
@click.option(
    "--given-by", default="", metavar="OFFICE", help="The office that gave it; else this one."
)
@click.option(
    "--dry-run", is_flag=True, help="Say what would come in and what cannot; write nothing."
)
@with_actor
@as_json
@with_node
def import_(config: Any, /, path: Path, dry_run: bool, as_json: bool, **chosen: Any) -> None:
    """Take records in from FILE: FtM JSON, an i2 chart (ANX), GraphML, GEXF, STIX, CSV, XLSX.

    A set is the whole of its file: the same set again changes what differs, and deletes what its file has
    no more. What cannot be taken in is said line by line.
    """
    from borderliaison.node.sqlite.lock import write_in_batches  # noqa: PLC0415  # wants Django started
    from borderliaison.records.interchange.findings import Findings  # noqa: PLC0415
    from borderliaison.records.interchange.imports.importing import looked_at, take_in  # noqa: PLC0415
    from borderliaison.records.interchange.imports.reading import opened  # noqa: PLC0415
    from borderliaison.records.interchange.imports.saved import specs  # noqa: PLC0415
    from borderliaison.records.interchange.progress import followed  # noqa: PLC0415

    write_in_batches()
    findings, spec = Findings(), _spec(chosen["spec_name"])
    with path.open("rb") as file:
        source = opened(file, path.name, findings, specs, spec)
        wanted = _wanted(config, path, source.format, chosen)
        with ExitStack() as stack:
            with bar("reading") as show:
                items = followed(source.items, file, show)
                looking = looked_at(items, findings, wanted, config.run_directory)
                looked = stack.enter_context(looking)
            is_written = False
            if not dry_run:
                with bar("writing") as show:
                    is_written = take_in(looked, show)
            _report(looked, findings, is_written=is_written, as_json=as_json)
            if dry_run and not as_json:
                say("Nothing was written.")
            elif not is_written and not as_json:
                say("All of it was in the records already.")


@click.command
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--for", "login", required=True, help="The officer: what he may read goes out.")
@click.option(
    "--purpose", required=True, metavar="CODE", help="For what; a code of `request_purpose`."
)
@click.option("--format", "format_name", metavar="NAME", help="Of the file; else as its name ends.")
@click.option(
    "--kind", "kinds", multiple=True, help="Only things of this kind, and links among them."
)
@click.option("--set", "set_key", metavar="SET", help="Only what this set speaks of.")
@click.option("--record", metavar="KEY", help="Only this record and what it is linked to.")
@click.option("--chart", metavar="KEY", help="Only what this chart shows, where it stands.")
@as_json
@with_node
def export(config: Any, /, path: Path, login: str, as_json: bool, **chosen: Any) -> None:
    """Write to FILE what an officer may read, each thing once, with who says what.

    What another office keeps to itself (H2) is withheld and counted. The file says its marking, and an
    audit line says that it was written.
    """
    from borderliaison.accounts.services import account_named  # noqa: PLC0415  # wants Django started
    from borderliaison.cli.new_file import create  # noqa: PLC0415
    from borderliaison.records.interchange.exports.exporting import export as give_out  # noqa: PLC0415
    from borderliaison.records.interchange.formats.known import format_named, format_of  # noqa: PLC0415
    from borderliaison.records.ontology.model import schema  # noqa: PLC0415

    account = account_named(login)
    target = format_named(chosen["format_name"]) if chosen["format_name"] else format_of(path.name)
    kinds = frozenset(schema(one).name for one in chosen["kinds"])
    part = {name: chosen[name] for name in ("set_key", "record", "chart") if chosen[name]}
    selection = replace(_selection(account, path.stem, **part), schemata=kinds)
    with create(path) as file, bar("writing") as show:
        exporter = _exporter(config, account, chosen["purpose"], show)
        found = give_out(exporter, selection, target, file, config.run_directory)
    said = {"things": found.things, "links": found.links, "withheld": found.withheld}
    if as_json:
        click.echo(json.dumps({**said, "marking": found.marking_text}, ensure_ascii=False))
        return
    click.echo("\t".join(f"{number} {name}" for name, number in said.items()))
    say(found.marking_text)


def _selection(account: "Account", title: str, **part: str) -> "Selection":
    """Return what is to go out: everything, or the one part that is named.

    Raises:
        UsageError: more than one part is named, or it is not there for the officer.
    """
    from borderliaison.charts.kept.keeping import open_chart  # noqa: PLC0415  # wants Django started
    from borderliaison.charts.kept.standing import places_on  # noqa: PLC0415
    from borderliaison.records.interchange.exports.asked import of_keys, of_record, of_set  # noqa: PLC0415
    from borderliaison.records.interchange.exports.selecting import Selection  # noqa: PLC0415

    if not part:
        return Selection(title)
    if len(part) > 1:
        raise click.UsageError("say one of --set, --record and --chart")
    ((name, key),) = part.items()
    if name == "chart":
        places = places_on(open_chart(account, key).version.content)
        return of_keys(title, list(places), places)
    reader = account.reader()
    found = of_set(reader, key) if name == "set_key" else of_record(reader, key, title)
    if found is None:
        raise click.UsageError(f"{key}: not there for this officer")
    return found


@click.command("i2-update")
@click.argument("path", metavar="FILE.i2.zip", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--for", "login", required=True, help="The officer: what he may read goes out.")
@click.option(
    "--purpose", required=True, metavar="CODE", help="For what; a code of `request_purpose`."
)
@click.option("--whole", is_flag=True, help="Tell everything again, not what changed.")
@as_json
@with_node
def i2_update(config: Any, /, path: Path, login: str, as_json: bool, **chosen: Any) -> None:
    """Write what changed for an officer since his last update, as tables that i2 imports.

    What was withdrawn is named to be deleted. The archive holds how to import it.
    """
    from borderliaison.accounts.services import account_named  # noqa: PLC0415  # wants Django started
    from borderliaison.cli.new_file import create  # noqa: PLC0415
    from borderliaison.records.interchange.exports.i2_update import update  # noqa: PLC0415

    account = account_named(login)
    with create(path) as file, bar("writing") as show:
        exporter = _exporter(config, account, chosen["purpose"], show)
        found = update(exporter, path.name, file, config.run_directory, whole=chosen["whole"])
    said = {"added": found.added, "changed": found.changed, "removed": found.removed}
    if as_json:
        click.echo(json.dumps({**said, "marking": found.heading.marking_text}, ensure_ascii=False))
        return
    click.echo("\t".join(f"{number} {name}" for name, number in said.items()))
    say(found.heading.marking_text)


@click.command
@as_json
@with_node
def sets(_config: Any, /, as_json: bool) -> None:
    """List the sets of records that were imported."""
    from borderliaison.records.interchange.models import ImportSet  # noqa: PLC0415  # wants Django started

    found = ImportSet.objects.as_system("the administrator lists the sets, not what is in them")
    columns = ("key", "title", "format", "imported_at", "officer", "things", "links", "left_out")
    rows = list(found.order_by("imported_at").values(*columns))
    for row in rows:
        row["imported_at"] = row["imported_at"].isoformat(timespec="seconds")
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo("\t".join(str(row[name]) for name in columns))


@click.command("take-back")
@click.argument("key", metavar="SET")
@with_actor
@with_node
def take_back(_config: Any, /, key: str, by: str) -> None:
    """Take a set of imported records back; what others say of the same stays."""
    from borderliaison.node.sqlite.lock import write_in_batches  # noqa: PLC0415  # wants Django started
    from borderliaison.records.interchange.imports.importing import take_back as back  # noqa: PLC0415

    write_in_batches()
    back(key, by)
    say("The set is taken back.")


@click.group
def spec() -> None:
    """Import specifications: which columns of a table make which records."""


@spec.command("list")
@as_json
@with_node
def list_(_config: Any, /, as_json: bool) -> None:
    """List the specifications with the columns that they read."""
    from borderliaison.records.interchange.imports.saved import specs  # noqa: PLC0415  # wants Django started

    found = [(one.name, sorted(one.columns()), one.label.text("en")) for one in specs()]
    if as_json:
        rows = [
            {"name": name, "columns": columns, "label": label} for name, columns, label in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for name, columns, label in found:
        click.echo(f"{name}\t{', '.join(columns)}\t{label}")


@spec.command
@click.argument("name")
@with_node
def show(_config: Any, /, name: str) -> None:
    """Print the specification NAME, to begin another one with."""
    from borderliaison.records.interchange.imports.saved import spec_named, texts  # noqa: PLC0415  # wants Django started

    click.echo(texts()[spec_named(name).name], nl=False)


@spec.command
@file_argument
@with_actor
@with_node
def save(_config: Any, /, path: Path, by: str) -> None:
    """Check the specification in FILE and save it under its name."""
    from borderliaison.records.interchange.imports.saved import save_spec  # noqa: PLC0415  # wants Django started

    saved = save_spec(path.read_text("utf-8"), path.name, by)
    say(f"{saved.name} is saved; it reads {len(saved.columns())} columns.")


@spec.command
@click.argument("name")
@with_actor
@with_node
def drop(_config: Any, /, name: str, by: str) -> None:
    """Drop the saved specification NAME; what it read stays."""
    from borderliaison.records.interchange.imports.saved import drop_spec  # noqa: PLC0415  # wants Django started

    drop_spec(name, by)
    say(f"{name} is dropped.")


def _exporter(config: Any, account: Any, purpose: str, show: "Progress") -> "Exporter":
    from borderliaison.records.interchange.exports.exporting import Exporter  # noqa: PLC0415  # wants Django started

    reader = account.reader()
    return Exporter(account.officer_id, reader, config.office, purpose, progress=show)


def _spec(name: str | None) -> Any:
    """Return a specification by its name, or from a file."""
    from borderliaison.records.interchange.imports.saved import spec_named  # noqa: PLC0415  # wants Django started
    from borderliaison.records.interchange.imports.specs.spec import parse_spec  # noqa: PLC0415

    if name is None:
        return None
    path = Path(name)
    if path.suffix in (".yaml", ".yml") and path.exists():
        return parse_spec(path.read_text("utf-8"), path.name)
    return spec_named(name)


def _wanted(config: Any, path: Path, format_name: str, chosen: dict[str, Any]) -> Any:
    from borderliaison.records.interchange.imports.loading import Wanted, key_of_set  # noqa: PLC0415  # wants Django started
    from borderliaison.records.interchange.imports.set_form import as_title  # noqa: PLC0415
    from borderliaison.records.interchange.imports.set_marking import SetMarking  # noqa: PLC0415

    said = ("is_open", "handling", "handling_text", "agencies", "scheme", "grade", "given_by")
    marking = SetMarking(**{name: chosen[name] for name in said}).of(config.office)
    title = as_title(chosen["title"] or path.name)
    key = key_of_set(title, config.office)
    giver = marking.originator
    return Wanted(key, title, format_name, marking, giver, chosen["by"], datetime.now(UTC))


@contextmanager
def bar(label: str) -> Iterator["Progress"]:
    """Show on stderr how far something is; give what is to be told of it."""
    with click.progressbar(length=1, label=label, file=sys.stderr) as shown:

        def show(done: int, total: int) -> None:
            shown.length = total
            shown.update(done - shown.pos)

        yield show


def _report(looked: "LookedAt", findings: "Findings", *, is_written: bool, as_json: bool) -> None:
    first = [
        {"line": one.line, "flaw": str(one.flaw), "field": one.field} for one in findings.first
    ]
    if as_json:
        said = {"set": looked.wanted.key, "format": looked.wanted.format, "written": is_written}
        counts = {"things": looked.things, "links": looked.links, "flaws": findings.total}
        click.echo(json.dumps({**said, **counts, "first": first}, ensure_ascii=False, indent=2))
        return
    from borderliaison.records.interchange.findings import SENTENCES  # noqa: PLC0415  # wants Django started

    click.echo(f"{looked.wanted.key}\t{looked.things} things\t{looked.links} links")
    words = catalogue(language_of()).gettext
    for found in findings.first[:_SHOWN]:
        place = f"{looked.wanted.title}:{found.line}"
        say(f"{place}: {words(SENTENCES[found.flaw])}{f': {found.field}' if found.field else ''}")
    if findings.total > _SHOWN:
        say(f"{min(_SHOWN, len(first))} of {findings.total} flaws")


FILES = (import_, export, i2_update, sets, take_back, spec)
"""The commands of this module."""
