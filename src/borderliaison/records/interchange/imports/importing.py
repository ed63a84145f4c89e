"""Taking a file in: read, looked at, and written to the records, or only said what that would do."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from django.db import transaction

from borderliaison.audit.services import record
from borderliaison.records.interchange.alone import alone
from borderliaison.records.interchange.errors import UnknownSet
from borderliaison.records.interchange.findings import Enough, Findings, Flaw
from borderliaison.records.interchange.imports.intake import taken_in
from borderliaison.records.interchange.imports.keys import Keys
from borderliaison.records.interchange.imports.loading import Wanted, load, unload
from borderliaison.records.interchange.items import Item
from borderliaison.records.interchange.models import ImportSet
from borderliaison.records.interchange.progress import Progress
from borderliaison.records.interchange.spool import Spool, spooled

_WHY = "an administrator or officer takes back a set that he names"


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A file that was read and not yet written.

    Attributes:
        spool: what of it can be recorded, each item under its key in the records.
        keys: what the items that it names are called in the records.
        findings: what cannot.
        things: how many things there are.
        links: how many links.
        wanted: what its set is to be.
        is_whole: whether all of it was read.
    """

    spool: Spool
    keys: Keys
    findings: Findings
    things: int
    links: int
    wanted: Wanted
    is_whole: bool = True


@contextmanager
def looked_at(
    items: Iterator[Item],
    findings: Findings,
    wanted: Wanted,
    folder: Path,
    most: int | None = None,
) -> Iterator[LookedAt]:
    """Read items to the disk, and say what of them can be recorded. Writes nothing to the records.

    Args:
        items: as a format reads them.
        findings: where the format notes what it cannot read; the rest is noted here.
        wanted: what the set is to be.
        folder: of the node, for the file between.
        most: how many items are read; of a part it is not said which links lead nowhere. None for all.
            Where the findings are at their most, that is a part too.
    """
    with spooled(folder) as spool:
        keys, coming = Keys(wanted.key), taken_in(items, findings, wanted.office[:2])
        try:
            for item in islice(coming, most):
                keys.learn(item)
                spool.put(item)
            is_whole = most is None or next(coming, None) is None
        except Enough:
            is_whole = False
        findings.most = None
        spool.settle(keys.of)
        for line, kind in spool.mixed:
            findings.add(Flaw.MIXED, line, kind)
        for line, kind in spool.loose() if is_whole else ():
            findings.add(Flaw.END, line, kind)
        things, links = spool.count()
        full = replace(wanted, left_out=findings.total)
        yield LookedAt(spool, keys, findings, things, links, full, is_whole)


def take_in(looked: LookedAt, progress: Progress) -> bool:
    """Write what was looked at to the records; return whether anything was to be written.

    Raises:
        SetBusy: somebody takes the set in or back.
    """
    wanted = looked.wanted
    with alone(wanted.key):
        is_new = load(looked.spool, looked.keys, wanted, progress)
    record(
        "records.imported",
        actor=wanted.officer,
        subject=wanted.key,
        realm=str(wanted.marking.realm),
        format=wanted.format,
        things=str(looked.things),
        links=str(looked.links),
    )
    return is_new


def take_back(key: str, officer: str) -> None:
    """Take a set out of the records.

    Raises:
        UnknownSet: there is none of this key.
        SetBusy: somebody takes it in or back.
    """
    sets = ImportSet.objects.as_system(_WHY).filter(key=key).select_related("marking")
    if not sets.exists():
        raise UnknownSet(key[:32])
    with alone(key):
        found = sets.first()
        if found is None:
            raise UnknownSet(key[:32])
        realm = str(found.marking.value.realm)
        with transaction.atomic():
            record("records.import_taking_back", actor=officer, subject=key, realm=realm)
        unload(found)
    with transaction.atomic():
        record("records.import_taken_back", actor=officer, subject=key, realm=realm)
