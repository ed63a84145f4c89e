"""Giving records out: as a file, under the strictest marking in it, with an audit line."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from borderliaison.audit.services import record
from borderliaison.forms.codes import load_codes
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.policy import Reader
from borderliaison.records.interchange.errors import NoPurpose
from borderliaison.records.interchange.exports.selecting import Selection, outgoing
from borderliaison.records.interchange.formats.format import Format
from borderliaison.records.interchange.formats.known import writer_of
from borderliaison.records.interchange.items import Heading
from borderliaison.records.interchange.progress import Progress, passed, unseen

_PURPOSES = "request_purpose"


@dataclass(frozen=True, slots=True)
class Exporter:
    """Who exports.

    Attributes:
        officer: his id.
        reader: what the reading policy knows of him.
        office: this one.
        purpose: for what, a code of the list ``request_purpose``.
        lang: in which he reads.
        progress: told how far it is: how far gathered, then how far written.
        gathered: called between the two.
        written: called once all is written, before it is noted that it was; may refuse that.
    """

    officer: str
    reader: Reader
    office: OfficeCode
    purpose: str
    lang: str = "en"
    progress: Progress = unseen
    gathered: Callable[[], None] = passed
    written: Callable[[], None] = passed


def export(
    exporter: Exporter, selection: Selection, target: Format, file: IO[bytes], folder: Path
) -> Heading:
    """Write what an officer may read and take along, and write down that he did.

    Args:
        exporter: who exports.
        selection: what.
        target: the format.
        file: to write to.
        folder: of the node, for the file between.

    Raises:
        NoPurpose: the purpose is none of the list.
        OneWay: the format is only read here.
        ChangedMeanwhile: something of it was changed or withdrawn before it was handed over.
    """
    check_purpose(exporter.purpose)
    write = writer_of(target)
    with outgoing(
        exporter.reader, selection, folder, exporter.office, exporter.lang, exporter.progress
    ) as chosen:
        exporter.gathered()
        write(chosen, file)
        exporter.written()
        chosen.basis.check()
        note_export(exporter, target, chosen.heading)
        return chosen.heading


def check_purpose(code: str) -> None:
    """Look whether a purpose is one.

    Raises:
        NoPurpose: it is none of the list.
    """
    known = load_codes(_PURPOSES).codes
    if code not in known:
        raise NoPurpose(", ".join(known))


def note_export(exporter: Exporter, target: Format, heading: Heading) -> None:
    """Write down that somebody took records out."""
    record(
        "records.exported",
        actor=exporter.officer,
        subject=secrets.token_hex(16),
        realm=str(exporter.reader.realm),
        format=target.name,
        things=str(heading.things),
        links=str(heading.links),
        withheld=str(heading.withheld),
        purpose=exporter.purpose,
    )
