"""How this office's server is, in figures that give nothing away of what is exchanged."""

import platform
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime

import django
from django.conf import settings
from django.db import connection
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from borderliaison import __version__
from borderliaison.exchange.progress import LinkState as Reach
from borderliaison.exchange.progress import Waiting
from borderliaison.exchange.services import links
from borderliaison.exchange.status import standing_of_exchange
from borderliaison.offices.keys import SignedDirectory
from borderliaison.offices.short_names import short_office_names
from borderliaison.ui.shell import LinkWord

_WORD = {Reach.UP: LinkWord.LINKED, Reach.SLOW: LinkWord.SLOW, Reach.DOWN: LinkWord.DOWN}
LOW_DISK_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class PeerLine:
    """One peer: how it is reached, what waits for it and why."""

    code: str
    name: str
    state: LinkWord
    latency_ms: int | None
    since: datetime
    last_heard: datetime | None
    waiting: int
    why: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the server, with a word where it needs a look."""

    label: str
    value: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class DirectoryLine:
    """One signed directory that counts here."""

    authority: str
    serial: int
    issued: datetime
    valid_until: datetime
    is_expired: bool


@dataclass(frozen=True, slots=True)
class Health:
    """All of it."""

    peers: tuple[PeerLine, ...]
    figures: tuple[Figure, ...]
    directories: tuple[DirectoryLine, ...]
    at: datetime

    @property
    def needs_a_look(self) -> tuple[str, ...]:
        """What is not as it should be, each in a sentence; empty on a calm night."""
        down = [one.name for one in self.peers if one.state is LinkWord.DOWN]
        said = [_("No link to %(offices)s.") % {"offices": ", ".join(down)}] if down else []
        said += [f"{one.label}: {one.value}." for one in self.figures if one.warning]
        expired = [one.authority for one in self.directories if one.is_expired]
        said += [
            _("The directory of %(country)s has expired.") % {"country": one} for one in expired
        ]
        return tuple(said)


def health_of_node() -> Health:
    """Return how the server is now."""
    now = datetime.now(UTC)
    names = short_office_names(get_language() or "en")
    return Health(
        peers=tuple(
            PeerLine(
                code=link.peer,
                name=names.get(link.peer, link.peer),
                state=_WORD[link.state],
                latency_ms=link.latency_ms if link.state is not Reach.DOWN else None,
                since=link.since,
                last_heard=link.last_heard,
                waiting=link.waiting,
                why=_sentence(link.why.label) if link.why is not Waiting.NOTHING else "",
            )
            for link in links()
        ),
        figures=(*_exchange_figures(), *_machine_figures()),
        directories=_directories(now),
        at=now,
    )


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _exchange_figures() -> tuple[Figure, ...]:
    standing = standing_of_exchange()
    ordinary = (
        Figure(_("Letters that wait to be sealed"), str(standing.unsealed)),
        Figure(_("Letters that wait to be delivered"), str(standing.undelivered)),
    )
    unusual = (
        (_("Letters refused by other offices"), standing.refused),
        (_("Letters that could not be applied here"), standing.unapplied),
        (_("In quarantine"), standing.quarantined),
        (_("Streams stopped"), standing.frozen),
    )
    look = _("needs a look")
    return (*ordinary, *(Figure(said, str(n), look if n else "") for said, n in unusual))


def _machine_figures() -> tuple[Figure, ...]:
    disk = shutil.disk_usage(settings.NODE.directory)
    free = disk.free / disk.total
    return (
        Figure(
            _("Disk free"),
            _("%(gb).1f GB of %(all).1f GB") % {"gb": disk.free / 1e9, "all": disk.total / 1e9},
            _("nearly full") if free < LOW_DISK_SHARE else "",
        ),
        Figure(_("Database"), connection.display_name),
        Figure(_("Version"), " · ".join(_versions())),
    )


def _versions() -> tuple[str, ...]:
    python = f"Python {platform.python_version()}"
    return (__version__, f"Django {django.__version__}", python)


def _directories(now: datetime) -> tuple[DirectoryLine, ...]:
    snapshot = SignedDirectory().snapshot()
    if snapshot is None:
        return ()
    return tuple(
        DirectoryLine(
            authority=held.directory.authority,
            serial=held.directory.serial,
            issued=held.directory.issued,
            valid_until=held.directory.valid_until,
            is_expired=now >= held.directory.valid_until,
        )
        for held in snapshot.trust.all_counted()
    )
