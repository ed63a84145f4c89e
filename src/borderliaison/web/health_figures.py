"""The figures of the health page, in groups: an officer's own, and those of the whole node."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.utils.translation import gettext as _

from borderliaison.exchange.core.sender import Stage
from borderliaison.exchange.counting import (
    LetterCounts,
    letters_known_to,
    letters_of_node,
    trouble_of_node,
)
from borderliaison.exchange.models import Application
from borderliaison.exchange.progress import Link
from borderliaison.files.sweeping import bytes_on_disk, in_trouble
from borderliaison.kernel.policy import Reader
from borderliaison.ui.parts.times import face
from borderliaison.web.backups import OLD_AFTER, last_backup
from borderliaison.web.clocks import clock_offset
from borderliaison.web.jobs import jobs
from borderliaison.web.machine import measure_machine, versions

LOW_DISK_SHARE: Final = 0.1


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, with a word where it needs a look."""

    label: str
    value: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures that belong together."""

    name: str
    title: str
    figures: tuple[Figure, ...]


def figures_known_to(reader: Reader, links: list[Link]) -> tuple[FigureGroup, ...]:
    """Return what every officer sees: counts of the letters that he may read, clock and versions."""
    letters = FigureGroup("letters", _("Letters that you may read"), _of(letters_known_to(reader)))
    server = FigureGroup("server", _("This server"), (_clock(links), _version()))
    return letters, server


def figures_of_node(links: list[Link]) -> tuple[FigureGroup, ...]:
    """Return what whoever runs the office sees: counts of all letters, the machine, its upkeep."""
    trouble = trouble_of_node()
    apart = (
        (_("In quarantine"), trouble.quarantined),
        (_("Proofs of two histories"), trouble.forks),
        (_("Streams stopped"), trouble.frozen),
        (_("Letters that could not be sealed"), trouble.unsealable),
    )
    return (
        FigureGroup(
            "letters",
            _("Letters of the whole office"),
            (*_of(letters_of_node()), *(_unusual(said, number) for said, number in apart)),
        ),
        FigureGroup("server", _("This server"), (*_machine(), _clock(links), _version())),
        FigureGroup("upkeep", _("Upkeep"), (_backup(), *_jobs())),
    )


def _of(letters: LetterCounts) -> tuple[Figure, ...]:
    oldest = letters.oldest_waiting
    return (
        Figure(_("Letters that wait to be sealed"), str(letters.out[Stage.SAVED])),
        Figure(_("Letters that wait to be delivered"), str(letters.undelivered)),
        Figure(_("The oldest waits since"), _moment(oldest) if oldest else "–"),
        _unusual(_("Letters refused by other offices"), letters.out[Stage.REFUSED]),
        _unusual(_("Letters that could not be applied here"), letters.received[Application.FAILED]),
    )


def _unusual(label: str, number: int) -> Figure:
    return Figure(label, str(number), _("needs a look") if number else "")


def _machine() -> tuple[Figure, ...]:
    machine = measure_machine()
    free = machine.disk_free_bytes / machine.disk_total_bytes
    memory = sum(machine.memory_bytes.values())
    return (
        Figure(
            _("Disk free"),
            _("%(gb).1f GB of %(all).1f GB")
            % {"gb": machine.disk_free_bytes / 1e9, "all": machine.disk_total_bytes / 1e9},
            _("nearly full") if free < LOW_DISK_SHARE else "",
        ),
        Figure(_("Size of the database"), _megabytes(machine.database_bytes)),
        Figure(_("Size of the files"), _megabytes(bytes_on_disk())),
        _unusual(_("Files that do not come"), in_trouble()),
        Figure(_("Memory in use"), _megabytes(memory)),
    )


def _clock(links: list[Link]) -> Figure:
    label, offset = _("Clock, beside the other offices"), clock_offset(links)
    if offset is None:
        return Figure(label, _("not measured: no linked office has told the time"))
    seconds = abs(offset.ahead_ms) / 1000
    if seconds < 1:
        said = _("less than a second off")
    elif offset.ahead_ms > 0:
        said = _("%(s).0f s slow") % {"s": seconds}
    else:
        said = _("%(s).0f s fast") % {"s": seconds}
    return Figure(label, said, _("set the clock") if offset.is_far else "")


def _version() -> Figure:
    here = versions()
    hub = f"NATS {here.nats_server}" if here.nats_server else ""
    said = (here.program, f"Python {here.python}", f"Django {here.django}", here.database, hub)
    return Figure(_("Version"), " · ".join(one for one in said if one))


def _backup() -> Figure:
    label, at = _("Last backup"), last_backup()
    if at is None:
        return Figure(label, _("no backup yet"), _("needs a look"))
    return Figure(label, _moment(at), _("too old") if datetime.now(UTC) - at > OLD_AFTER else "")


def _jobs() -> tuple[Figure, ...]:
    return tuple(
        Figure(
            job.label,
            _moment(job.ended) if job.ended else _("not run yet"),
            "" if job.ok else _("failed"),
        )
        for job in jobs()
    )


def _moment(at: datetime) -> str:
    said = face(at, datetime.now(UTC))
    here, there = f"{said.local_date} {said.local}", f"{said.utc_date} {said.utc}"
    return f"{here.strip()} · {there.strip()} UTC"


def _megabytes(number: int) -> str:
    return _("%(mb).0f MB") % {"mb": number / 1e6}
