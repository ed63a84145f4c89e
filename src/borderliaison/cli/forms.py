"""``blo forms``: the forms of the network that this version knows."""

import json

import click

from borderliaison.cli.options import as_json


@click.group
def forms() -> None:
    """The forms that officers fill: which there are, in which version, in which languages."""


@forms.command("list")
@as_json
def list_(as_json: bool) -> None:
    """List every form in its newest version, with the languages of all its labels and codes."""
    from borderliaison.forms.languages import languages_of  # noqa: PLC0415  # keeps `blo --help` quick
    from borderliaison.forms.load import known_forms, load_form  # noqa: PLC0415

    found = [load_form(name) for name in known_forms()]
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
