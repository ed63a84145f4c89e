"""The update of an i2 database: what has changed since the last one, in the tables that it imports."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import IO, Final

from django.conf import settings
from django.db import transaction

from borderliaison.kernel.marking import Marking
from borderliaison.kernel.policy import Reader
from borderliaison.records.interchange.exports.exporting import Exporter, check_purpose, note_export
from borderliaison.records.interchange.exports.selecting import Selection, outgoing
from borderliaison.records.interchange.formats.tables import ADDED, TABLES, write_changes
from borderliaison.records.interchange.items import Heading, Item, Outgoing, Told
from borderliaison.records.interchange.models import HandedOver

_AT_ONCE: Final = 500
_CHANGED: Final = "changed"


@dataclass(frozen=True, slots=True)
class Update:
    """What an update tells.

    Attributes:
        added: how many items are new.
        changed: how many say something else.
        removed: how many are there no more.
        heading: of its files.
    """

    added: int
    changed: int
    removed: int
    heading: Heading


def update(
    exporter: Exporter, title: str, file: IO[bytes], folder: Path, *, whole: bool = False
) -> Update:
    """Write what has changed for a reader since his last update, and remember that he has it.

    Args:
        exporter: who takes it.
        title: of the files.
        file: to write to.
        folder: of the node, for the file between.
        whole: tell everything again.

    Raises:
        NoPurpose: the purpose is none of the list.
        ChangedMeanwhile: something of it was changed or withdrawn before it was handed over.
    """
    check_purpose(exporter.purpose)
    stream = _stream(exporter.reader)
    with outgoing(
        exporter.reader, Selection(title), folder, exporter.office, exporter.lang, exporter.progress
    ) as all_:
        exporter.gathered()
        told = _Changes(all_, {} if whole else _handed(stream))
        removed = told.compare()
        write_changes(told, file, told.changes.__getitem__, removed)
        exporter.written()
        all_.basis.check()
        with transaction.atomic():
            note_export(exporter, TABLES, all_.heading)
            _remember(stream, told, whole=whole, removed=removed)
        words = list(told.changes.values())
        return Update(words.count(ADDED), words.count(_CHANGED), len(removed), told.heading)


@dataclass(slots=True)
class _Changes:
    """What there is, less what was told before.

    Attributes:
        all: what there is.
        before: fingerprints of what was told, by key.
        changes: what happened, by key; what is not here was told before.
        prints: the fingerprints of what has changed.
    """

    all: Outgoing
    before: dict[str, str]
    changes: dict[str, str] = field(default_factory=dict)
    prints: dict[str, str] = field(default_factory=dict)

    @property
    def heading(self) -> Heading:
        """What the files say of themselves."""
        return self.all.heading

    def things(self) -> Iterator[Item]:
        """Yield the things that changed."""
        return (one for one in self.all.things() if one.key in self.changes)

    def links(self) -> Iterator[Item]:
        """Yield the links that changed."""
        return (one for one in self.all.links() if one.key in self.changes)

    def compare(self) -> list[str]:
        """Find what has changed; return the keys of what is there no more."""
        gone = set(self.before)
        for items in (self.all.things(), self.all.links()):
            for item in items:
                gone.discard(item.key)
                now = _fingerprint(item)
                before = self.before.get(item.key)
                if now != before:
                    self.changes[item.key] = ADDED if before is None else _CHANGED
                    self.prints[item.key] = now
        return sorted(gone)


def _stream(reader: Reader) -> str:
    return _keyed(repr(reader))


def _fingerprint(item: Item) -> str:
    told = sorted(repr((one.prop, one.value, one.grading, _under(one))) for one in item.told)
    return _keyed(f"{item.schema} {told}")


def _under(one: Told) -> str:
    """Return who says a value and under which marking: it goes out anew where that changes."""
    return f"{one.origin.office} {_written(one.origin.marking)}" if one.origin else ""


@lru_cache(maxsize=256)
def _written(marking: Marking) -> str:
    return json.dumps(marking.to_data(), sort_keys=True)


def _keyed(text: str) -> str:
    secret = settings.SECRET_KEY.encode()
    return hmac.new(secret, b"BL1/i2-update " + text.encode(), hashlib.sha256).hexdigest()[:32]


def _handed(stream: str) -> dict[str, str]:
    rows = HandedOver.objects.filter(stream=stream).values_list("key", "fingerprint")
    return dict(rows.iterator(2000))


@transaction.atomic
def _remember(stream: str, told: _Changes, *, whole: bool, removed: list[str]) -> None:
    rows = HandedOver.objects.filter(stream=stream)
    if whole:
        rows.delete()
    gone = [*removed, *(key for key, word in told.changes.items() if word == _CHANGED)]
    for start in range(0, len(gone), _AT_ONCE):
        rows.filter(key__in=gone[start : start + _AT_ONCE]).delete()
    made = (HandedOver(stream=stream, key=key, fingerprint=one) for key, one in told.prints.items())
    HandedOver.objects.bulk_create(
        made, _AT_ONCE, update_conflicts=True,
        unique_fields=["stream", "key"], update_fields=["fingerprint"],
    )  # fmt: skip
