"""Items and sets, for the tests of what comes in and goes out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Audience, Grading, Marking
from borderliaison.records.interchange.findings import Findings
from borderliaison.records.interchange.imports.importing import looked_at, take_in
from borderliaison.records.interchange.imports.loading import Wanted, key_of_set
from borderliaison.records.interchange.items import Heading, Item, Told

AT = datetime(2026, 5, 12, 3, 30, tzinfo=UTC)
OURS = Marking(audience=Audience.of(("KG-BDB", "*")), originator=OfficeCode("KG-BDB"))
B2 = Grading("4x4", "1", "B2")
BEK = Item("bek", "Person", (Told("name", "Бек Аскаров", "rus", B2), Told("looks", "tall")))
PHONE = Item("tel", "Phone", (Told("number", "+996555000111"),))
USES = Item("use", "Use", (Told("user", "bek"), Told("used", "tel"), Told("startDate", "2026-05")))
POINT = Item("point", "CrossingPoint", (Told("code", "KG-DST"),))
ALL = (BEK, PHONE, USES, POINT)


@dataclass(frozen=True)
class Chosen:
    """What is to be written, from a tuple."""

    heading: Heading
    all: tuple[Item, ...]

    def things(self) -> Iterator[Item]:
        """Yield everything that is no link."""
        return (one for one in self.all if one.kind.edge is None)

    def links(self) -> Iterator[Item]:
        """Yield the links."""
        return (one for one in self.all if one.kind.edge is not None)


def chosen(*items: Item) -> Chosen:
    """Return items as what is to be written."""
    links = sum(one.kind.edge is not None for one in items)
    return Chosen(Heading("Test", "KG-BDB", AT, things=len(items) - links, links=links), items)


def wanted(title: str = "Calls", marking: Marking = OURS) -> Wanted:
    """Return what a set is to be."""
    key = key_of_set(title, "KG-BDB", marking.realm)
    return Wanted(key, title, "ftm", marking, "KG-BDB", "KG-BDB/0001", AT)


def taken(folder: Path, *items: Item, title: str = "Calls", marking: Marking = OURS) -> bool:
    """Take items in; return whether anything was written."""
    with looked_at(iter(items), Findings(), wanted(title, marking), folder) as looked:
        return take_in(looked, lambda _done, _all: None)


def said_again(items: Iterator[Item]) -> list[tuple[str, str, frozenset[Told]]]:
    """Return items as they are compared: their order and that of their values means nothing."""
    plain = (
        (one.key, one.schema, frozenset(replace(t, origin=None) for t in one.told)) for one in items
    )
    return sorted(plain, key=lambda one: one[0])
