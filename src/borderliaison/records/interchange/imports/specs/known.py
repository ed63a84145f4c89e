"""The specifications that come with the system."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib.resources import files

from borderliaison.records.interchange.imports.specs.spec import Spec, parse_spec

_DATA = files("borderliaison.records.interchange.imports.specs") / "data"


@cache
def shipped() -> Mapping[str, str]:
    """Return the text of each specification that comes with the system, by its name."""
    found = (one for one in _DATA.iterdir() if one.name.endswith(".yaml"))
    return {one.name.removesuffix(".yaml"): one.read_text("utf-8") for one in found}


def fitting(columns: Collection[str], specs: Iterable[Spec]) -> list[Spec]:
    """Return the specifications whose columns a table has, those that read most of it first."""
    there = set(columns)
    fit = [one for one in specs if one.columns() <= there]
    return sorted(fit, key=lambda one: (-len(one.columns()), one.name))


def shipped_specs() -> list[Spec]:
    """Return every specification that comes with the system."""
    return [parse_spec(text, f"{name}.yaml") for name, text in sorted(shipped().items())]
