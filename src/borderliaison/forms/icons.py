"""Which icon stands for a form or a code: that of its file, or what ``wording/icons.yaml`` says instead."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from borderliaison.forms.errors import BadFile
from borderliaison.forms.shapes import Key, MapOf, Record, Text
from borderliaison.forms.source import read_source
from borderliaison.forms.store import root

FILE: Final = "icons.yaml"
_ICON: Final = Text(r"[a-z0-9-]+", name="the name of an outline icon of the Tabler set")
SHAPE: Final = Record(
    {
        "forms": Key(MapOf(_ICON), "By form.", required=True),
        "rows": Key(MapOf(_ICON), "By field whose rows it stands for.", required=True),
        "groups": Key(MapOf(MapOf(_ICON)), "By code list, by group of codes.", required=True),
        "codes": Key(MapOf(MapOf(_ICON)), "By code list, by code.", required=True),
    },
    "icons",
)


def icon_of_form(form: str, own: str) -> str:
    """Return the icon of a form; ``own`` is that of its file."""
    said: str = load_icons()["forms"].get(form, own)
    return said


def icon_of_code(name: str, code: str, group: str, own: str) -> str:
    """Return the icon of a code in a group of the list of this name; ``own`` is that of its file."""
    icons = load_icons()
    of_group = icons["groups"].get(name, {}).get(group, own)
    said: str = icons["codes"].get(name, {}).get(code, of_group)
    return said


def icon_of_rows(field: str) -> str:
    """Return the icon of the rows of a field: persons, papers; empty without one."""
    said: str = load_icons()["rows"].get(field, "")
    return said


@cache
def load_icons() -> Mapping[str, Any]:
    """Return what is said instead.

    Raises:
        BadFile: the file does not follow its schema; every problem has its line.
    """
    source = read_source(root().joinpath("wording", FILE).read_text(encoding="utf-8"), FILE)
    found = [source.problem(at, said) for at, said in SHAPE.problems(source.data, ())]
    if found:
        raise BadFile(found)
    said: Mapping[str, Any] = source.data
    return said
