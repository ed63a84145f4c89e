"""Tables as iBase and Analyst's Notebook import them: entities.csv, links.csv and a guide, packed."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import chain
from typing import IO, Final

from borderliaison.records.interchange.formats import grades
from borderliaison.records.interchange.formats.flat import BETWEEN, edges_of, properties_of
from borderliaison.records.interchange.formats.format import Format
from borderliaison.records.interchange.items import Item, Outgoing, Told, caption_of

ADDED: Final = "added"
GUIDE: Final = files("borderliaison.records.interchange.formats") / "guide.txt"
_FIRST: Final = ("Key", "Kind", "Label", "Change")
_FORMULA: Final = re.compile(r"[=+\-@\t\r]")
_NUMBER: Final = re.compile(r"[+-]?[\d ().-]+")
_ENDS: Final = ("From", "To", "Direction")
_LAST: Final = ("Offices", "Grades", "First seen", "Last seen")


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
    names = properties_of(outgoing)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        things = (_thing(item, names, change(item.key)) for item in outgoing.things())
        _table(archive, "entities.csv", (*_FIRST, *names, *_LAST), chain(things, _gone(removed)))
        items = (item for some in (outgoing.things(), outgoing.links()) for item in some)
        lines = (row for item in items for row in _lines(item, names, change(item.key)))
        _table(
            archive, "links.csv", (*_FIRST, *_ENDS, *names, *_LAST), chain(lines, _gone(removed))
        )
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
        to.writerow(heading)
        to.writerows([_plain(cell) for cell in row] for row in rows)
        text.flush()
        text.detach()


def _thing(item: Item, names: Sequence[str], change: str) -> list[str]:
    kind = item.kind.label.text("en")
    return [item.key, kind, caption_of(item), change, *_values(item, names), *_origin(item.told)]


def _lines(item: Item, names: Sequence[str], change: str) -> Iterator[list[str]]:
    for edge in edges_of(item):
        is_link = item.kind.edge is not None
        kind = item.kind.label.text("en") if is_link else edge.label
        way = "directed" if edge.is_directed else "none"
        own = _values(item, names) if is_link else [""] * len(names)
        first = [edge.key, kind, edge.label, change, edge.begin, edge.end, way]
        yield [*first, *own, *_origin(item.told if is_link else ())]


def _values(item: Item, names: Sequence[str]) -> list[str]:
    return [BETWEEN.join(item.values(name)) for name in names]


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
    "i2", "entities.csv and links.csv for i2", (".i2.zip",), "application/zip", None, write
)
