"""``blo map``: what an administrator adds to the maps of this office."""

from pathlib import Path
from typing import Any

import click

from borderliaison.cli import say
from borderliaison.cli.options import with_node

file_argument = click.argument(
    "path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)


@click.group(name="map")
def map_() -> None:
    """The maps of this office: provinces, and tiles for closer looks.

    Countries, borders and towns come with the program. Nothing of this leaves the office.
    """


@map_.group()
def provinces() -> None:
    """The borders of provinces, which no package brings as they are now."""


@provinces.command("add")
@file_argument
@with_node
def add_provinces(config: Any, /, path: Path) -> None:
    """Draw the provinces of FILE, a GeoJSON collection in degrees, from the next page on."""
    from borderliaison.audit.services import SYSTEM, record  # noqa: PLC0415  # needs Django
    from borderliaison.web.map import layers  # noqa: PLC0415

    number = layers.add_provinces(config.directory, path)
    record("map.changed", actor=SYSTEM, subject="provinces")
    click.echo(str(number))
    say(f"{number} provinces are on the map from now on.")


@provinces.command("withdraw")
@with_node
def withdraw_provinces(config: Any, /) -> None:
    """Draw no provinces any longer."""
    from borderliaison.audit.services import SYSTEM, record  # noqa: PLC0415  # needs Django
    from borderliaison.web.map import layers  # noqa: PLC0415

    layers.withdraw_provinces(config.directory)
    record("map.changed", actor=SYSTEM, subject="provinces")
    say("There are no provinces on the map any more.")


@map_.group()
def tiles() -> None:
    """Tiles for closer looks, in one PMTiles file."""


@tiles.command("add")
@file_argument
@with_node
def add_tiles(config: Any, /, path: Path) -> None:
    """Draw the tiles of FILE, a PMTiles archive, below the borders, from the next page on."""
    from borderliaison.audit.services import SYSTEM, record  # noqa: PLC0415  # needs Django
    from borderliaison.web.map import layers  # noqa: PLC0415

    kind = layers.add_tiles(config.directory, path)
    record("map.changed", actor=SYSTEM, subject="tiles")
    click.echo(kind)
    say("The tiles are on the map from now on.")


@tiles.command("withdraw")
@with_node
def withdraw_tiles(config: Any, /) -> None:
    """Draw no tiles any longer."""
    from borderliaison.audit.services import SYSTEM, record  # noqa: PLC0415  # needs Django
    from borderliaison.web.map import layers  # noqa: PLC0415

    layers.withdraw_tiles(config.directory)
    record("map.changed", actor=SYSTEM, subject="tiles")
    say("There are no tiles on the map any more.")


map = map_  # noqa: A001 - the name by which `blo` finds it
