"""A file that waits, looked into and taken in: the same reading for the dry run and for what is written."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.db import connections

from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.marking import Marking
from borderliaison.records.interchange.errors import InterchangeError
from borderliaison.records.interchange.findings import Findings, Flaw
from borderliaison.records.interchange.imports.importing import LookedAt, looked_at, take_in
from borderliaison.records.interchange.imports.loading import Wanted
from borderliaison.records.interchange.imports.reading import opened
from borderliaison.records.interchange.imports.saved import specs
from borderliaison.records.interchange.imports.specs.spec import LinkRule, Spec, ThingRule
from borderliaison.records.interchange.imports.waiting import SHELF, Taking, Waiting
from borderliaison.records.interchange.progress import Progress, followed, unseen

TRIED: Final = 20_000
"""So many things and links of a file are looked at while somebody waits for the answer."""
_PAUSE_S: Final = 0.002
"""Left between two steps, in which a page's writer gets its turn."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """How a file is to be taken in.

    Attributes:
        key: of the set.
        title: of the set.
        marking: of all of it.
        officer: who takes it in.
        spec: how a table is read; None where a fitting one is to be taken, or it is no table.
    """

    key: str
    title: str
    marking: Marking
    officer: str
    spec: Spec | None = None


@contextmanager
def looked_into(
    one: Waiting,
    asked: Asked,
    folder: Path,
    progress: Progress = unseen,
    most: int | None = None,
) -> Iterator[LookedAt]:
    """Read a file, and say what of it can be recorded.

    Args:
        one: the file.
        asked: how it is to be taken in.
        folder: of the node, for the file between.
        progress: told how far it is read.
        most: how many items are read, and how many flaws are looked for; None for all.

    Raises:
        InterchangeError: it cannot be read, or was taken in before.
    """
    findings = Findings(most=most)
    file = SHELF.open(one)
    source = opened(file, one.name, findings, specs, asked.spec)
    office, at = asked.marking.originator, datetime.now(UTC)
    wanted = Wanted(asked.key, asked.title, source.format, asked.marking, office, asked.officer, at)
    items = followed(source.items, file, progress)
    with looked_at(items, findings, wanted, folder, most) as looked:
        yield looked


def begin(one: Waiting, asked: Asked, folder: Path) -> None:
    """Take a file in beside the pages; how far it is stands in its ``taking``."""
    taking = SHELF.begin(one)
    if taking is not None:
        taking.set_key, taking.title = asked.key, asked.title
        work = threading.Thread(target=_take, args=(one, asked, folder, taking), daemon=True)
        work.start()


def _take(one: Waiting, asked: Asked, folder: Path, taking: Taking) -> None:
    try:
        with looked_into(one, asked, folder, _telling(taking)) as looked:
            taking.is_read = True
            taking.things, taking.links = looked.things, looked.links
            taking.flaws = looked.findings.total
            taking.is_new = take_in(looked, _telling(taking))
    except LiaisonError as error:
        taking.problem = error
    except Exception:
        log.exception("a file could not be taken in")
        taking.problem = InterchangeError("it ended early")
    finally:
        connections.close_all()
        SHELF.end(one, taking)


def _telling(taking: Taking) -> Progress:
    def tell(done: int, total: int) -> None:
        taking.done, taking.total = done, total
        time.sleep(_PAUSE_S)

    return tell


def columns_of(spec: Spec | None, flaw: Flaw, said: str) -> tuple[str, ...]:
    """Return the columns of which a flaw's field speaks, ``Person:birthDate``; none of no table."""
    if spec is None:
        return ()
    if flaw is Flaw.GRADE:
        return (spec.grade,) if spec.grade else ()
    if flaw is Flaw.HALF:
        return tuple(said.split(", "))
    kind, _, prop = said.partition(":")
    rules: tuple[ThingRule | LinkRule, ...] = (*spec.things, *spec.links)
    found = (
        cell.column
        for rule in rules
        if rule.schema == kind
        for name, cell in rule.says
        if (not prop or name == prop) and cell.column in spec.columns()
    )
    return tuple(dict.fromkeys(found))
