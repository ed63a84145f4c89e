"""Reasons of refusal that are handled with care: their code alone may endanger somebody. Data."""

from functools import cache
from importlib.resources import files
from typing import Final

from borderliaison.forms.errors import BadFile
from borderliaison.forms.shapes import Key, ListOf, Record, Text
from borderliaison.forms.source import read_source

FILE: Final = "refusals.yaml"
SHAPE: Final = Record(
    {"careful": Key(ListOf(Text(r"[a-z_]+", name="a code")), "Codes of the list ``refusal``.")},
    "reasons of refusal",
)


@cache
def careful_codes() -> frozenset[str]:
    """Return the codes that wait for a second officer at a border, and beside which no words stand.

    Raises:
        BadFile: the shipped file does not follow its schema.
    """
    shipped = files("borderliaison.correspondence") / "data" / FILE
    source = read_source(shipped.read_text(encoding="utf-8"), FILE)
    found = [source.problem(at, said) for at, said in SHAPE.problems(source.data, ())]
    if found:
        raise BadFile(found)
    return frozenset(source.data["careful"])
