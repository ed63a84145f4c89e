"""``blo forms``: the forms of the network that this version knows, and an office's own versions of them."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from borderliaison.cli import say
from borderliaison.cli.options import as_json, node_directory, with_node

file_argument = click.argument(
    "path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)


@click.group
def forms() -> None:
    """The forms that officers fill: which there are, in which version, in which languages.

    An office adds versions of its own, from 1000 on: of a form, a code list or factors. A report
    keeps the version in which it was written, whatever is added later.
    """


@forms.command("list")
@as_json
@node_directory
def list_(directory: Path, as_json: bool) -> None:
    """List every form in its newest version, with the languages of all its labels and codes."""
    from borderliaison.forms.languages import languages_of  # noqa: PLC0415  # keeps `blo --help` quick
    from borderliaison.forms.load import load_form  # noqa: PLC0415
    from borderliaison.forms.store import keep_own_in, offered  # noqa: PLC0415

    keep_own_in(directory)
    found = [load_form(name) for name in offered("data")]
    if as_json:
        listed = [
            {
                "id": one.form_id,
                "version": one.version,
                "languages": list(languages_of(one)),
            }
            for one in found
        ]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for one in found:
        languages = " ".join(languages_of(one))
        click.echo(f"{one.form_id}\t{one.version}\t{languages}\t{one.label.text('en')}")


@forms.command()
@file_argument
@as_json
@node_directory
def check(directory: Path, path: Path, as_json: bool) -> None:
    """Say whether FILE can be added, and how it differs from the version before it. Changes nothing."""
    from borderliaison.forms.adding import examine  # noqa: PLC0415  # keeps `blo --help` quick
    from borderliaison.forms.store import keep_own_in  # noqa: PLC0415

    keep_own_in(directory)
    _print(examine(path), as_json=as_json)


@forms.command()
@file_argument
@as_json
@with_node
def add(config: Any, /, path: Path, as_json: bool) -> None:
    """Check FILE and add it to this office's own; it is offered from the next page on."""
    from borderliaison.audit.services import SYSTEM, record  # noqa: PLC0415  # needs Django
    from borderliaison.forms import adding  # noqa: PLC0415

    del config
    addition = adding.examine(path)
    adding.add(addition, datetime.now(UTC))
    record("form.added", actor=SYSTEM, subject=addition.path)
    _print(addition, as_json=as_json)
    say(f"{addition.name}, version {addition.version}, is offered from now on.")


@forms.command()
@click.argument("name", metavar="FORM")
@click.argument("version", type=click.IntRange(1, 9999))
@with_node
def withdraw(config: Any, /, name: str, version: int) -> None:
    """Offer VERSION of FORM, which this office has added, no longer. Its reports keep it."""
    from borderliaison.audit.services import SYSTEM, record  # noqa: PLC0415  # needs Django
    from borderliaison.forms import adding  # noqa: PLC0415

    del config
    record("form.withdrawn", actor=SYSTEM, subject=adding.withdraw(name, version))
    say(f"{name}, version {version}, is offered no longer; its reports keep it.")


def _print(addition: Any, *, as_json: bool) -> None:
    if as_json:
        said = {
            "kind": addition.kind,
            "id": addition.name,
            "version": addition.version,
            "changes": list(addition.changes),
        }
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    click.echo(f"{addition.kind}\t{addition.name}\t{addition.version}")
    for line in addition.changes:
        click.echo(line)
