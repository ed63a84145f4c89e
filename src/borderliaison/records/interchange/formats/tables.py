"""Tables as iBase and Analyst's Notebook import them: entities.csv, links.csv and a guide, packed."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import IO, Final

import yaml

from borderliaison.records.interchange.formats import grades
from borderliaison.records.interchange.formats.flat import BETWEEN, edges_of
from borderliaison.records.interchange.formats.format import Format
from borderliaison.records.interchange.items import Item, Outgoing, Told, caption_of

ADDED: Final = "added"
GUIDE: Final = files("borderliaison.records.interchange.formats") / "guide.txt"
THINGS: Final = "entities.csv"
LINKS: Final = "links.csv"
_COLUMNS: Final = files("borderliaison.records.interchange.formats") / "i2_columns.yaml"
_FIRST: Final = ("Key", "Kind", "Label", "Change")
_FORMULA: Final = re.compile(r"[=+\-@\t\r]")
_NUMBER: Final = re.compile(r"[+-]?[\d ().-]+")
_ENDS: Final = ("From", "To", "Direction")
_THEN: Final = ("Offices", "Grades", "First seen", "Last seen", "More")


@cache
def columns() -> Mapping[str, Sequence[str]]:
    """Return the columns of each table that properties have, the same in every update."""
    found: dict[str, list[str]] = yaml.safe_load(_COLUMNS.read_text("utf-8"))
    return found


def write(outgoing: Outgoing, file: IO[bytes]) -> None:
    """Write the archive, every row as added."""
    write_changes(outgoing, file, lambda _: ADDED, ())


def write_changes(
    outgoing: Outgoing, file: IO[bytes], change: Callable[[str], str], removed: Sequence[str]
) -> None:
    """Write the archive with what has changed.

    Args:
        outgoing: what there is to write.
        file: to write to.
        change: what happened to an item, by its key.
        removed: the keys of what is there no more, which stand in both tables.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        things = (_thing(item, change(item.key)) for item in outgoing.things())
        _table(archive, THINGS, (*_FIRST, *_THEN), chain(things, _gone(removed)))
        items = (item for some in (outgoing.things(), outgoing.links()) for item in some)
        lines = (row for item in items for row in _lines(item, change(item.key)))
        _table(archive, LINKS, (*_FIRST, *_ENDS, *_THEN), chain(lines, _gone(removed)))
        heading = outgoing.heading
        guide = GUIDE.read_text("utf-8").format(
            title=heading.title, office=heading.office, marking=heading.marking_text,
            made=f"{heading.made_at:%Y-%m-%d %H:%M} UTC", withheld=heading.withheld,
        )  # fmt: skip
        archive.writestr("guide.txt", "\ufeff" + guide.replace("\n", "\r\n"))


def _gone(removed: Sequence[str]) -> Iterator[list[str]]:
    return ([key, "", "", "removed"] for key in removed)


def _table(
    archive: zipfile.ZipFile, name: str, heading: Sequence[str], rows: Iterable[list[str]]
) -> None:
    with archive.open(name, "w", force_zip64=True) as packed:
        text = io.TextIOWrapper(packed, "utf-8-sig", newline="")
        to = csv.writer(text)
        to.writerow((*heading, *columns()[name]))
        to.writerows([_plain(cell) for cell in row] for row in rows)
        text.flush()
        text.detach()


def _thing(item: Item, change: str) -> list[str]:
    kind = item.kind.label.text("en")
    return [item.key, kind, caption_of(item), change, *_origin(item.told), *_values(item, THINGS)]


def _lines(item: Item, change: str) -> Iterator[list[str]]:
    for edge in edges_of(item):
        is_link = item.kind.edge is not None
        kind = item.kind.label.text("en") if is_link else edge.label
        way = "directed" if edge.is_directed else "none"
        own = [*_origin(item.told), *_values(item, LINKS)] if is_link else []
        yield [edge.key, kind, edge.label, change, edge.begin, edge.end, way, *own]


def _values(item: Item, table: str) -> list[str]:
    """Return what stands in "More", then the values of the columns."""
    names, drawn = columns()[table], _drawn(item)
    left = [one for one in item.told if one.prop not in names and one.prop not in drawn]
    more = dict.fromkeys(f"{one.prop}: {one.value}" for one in left)
    return [BETWEEN.join(more), *(BETWEEN.join(item.values(name)) for name in names)]


def _drawn(item: Item) -> Collection[str]:
    """Return the properties that stand in links.csv as rows, or as the ends of one."""
    edge, kind = item.kind.edge, item.kind
    if edge is not None:
        return (edge.source, edge.target)
    return [name for name, prop in kind.properties.items() if prop.type.name == "entity"]


def _origin(told: Sequence[Told]) -> list[str]:
    said = [one.origin for one in told if one.origin is not None]
    graded = sorted({" ".join(grades.written(one.grading)).strip() for one in told} - {""})
    if not said:
        return ["", BETWEEN.join(graded), "", ""]
    first, last = min(one.first_seen for one in said), max(one.last_seen for one in said)
    offices = BETWEEN.join(sorted({one.office for one in said}))
    return [offices, BETWEEN.join(graded), *(f"{at:%Y-%m-%d %H:%M:%S}" for at in (first, last))]


def _plain(text: str) -> str:
    """Keep a spreadsheet from taking what somebody wrote for a formula; telephone numbers stay."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


TABLES: Final = Format(
    "i2", "i2 (entities.csv, links.csv)", (".i2.zip",), "application/zip", None, write
)
