"""How this office's server is, in figures that give nothing away of what is exchanged.

The links are everybody's matter. Of letters an officer's page counts those that he may read; figures of
the whole node, which sum up the work of every agency in the room, are for the head of the office.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from borderliaison.correspondence.people import Acting, Role
from borderliaison.exchange.progress import Link, Waiting
from borderliaison.exchange.progress import LinkState as Reach
from borderliaison.exchange.services import links, links_known_to, recovery
from borderliaison.offices.short_names import short_office_names
from borderliaison.offices.shown.wording import warning
from borderliaison.offices.trust.keys import signed_directory
from borderliaison.ui.shell import LinkWord
from borderliaison.web.health_figures import FigureGroup, figures_known_to, figures_of_node

RUNNING_THE_OFFICE: Final[frozenset[str]] = frozenset({Role.HEAD})
"""The roles that see figures of the whole node."""
SOON: Final = timedelta(days=14)
"""How long before a directory expires somebody has to look."""
_WORD = {Reach.UP: LinkWord.LINKED, Reach.SLOW: LinkWord.SLOW, Reach.DOWN: LinkWord.DOWN}


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
class DirectoryLine:
    """One signed directory that counts here; ``warning`` says in a word what is wrong with it."""

    authority: str
    serial: int
    issued: datetime
    valid_until: datetime
    warning: str


@dataclass(frozen=True, slots=True)
class Health:
    """All of it; ``warnings`` are of what is lacking, and of directories, keys and the clock."""

    peers: tuple[PeerLine, ...]
    groups: tuple[FigureGroup, ...]
    directories: tuple[DirectoryLine, ...]
    unverified: int
    warnings: tuple[str, ...]
    at: datetime
    is_whole: bool

    @property
    def needs_a_look(self) -> tuple[str, ...]:
        """What is not as it should be, each in a sentence; empty on a calm night."""
        down = [one.name for one in self.peers if one.state is LinkWord.DOWN]
        said = [_("No link to %(offices)s.") % {"offices": ", ".join(down)}] if down else []
        figures = [one for group in self.groups for one in group.figures]
        said += [f"{one.label}: {one.value}." for one in figures if one.warning]
        said += self.warnings
        if self.unverified:
            said.append(_("A stored directory no longer verifies; call the administrator."))
        return tuple(said)


def health_for(acting: Acting) -> Health:
    """Return how the server is now, as far as this officer may know."""
    now = datetime.now(UTC)
    is_whole = acting.author.role in RUNNING_THE_OFFICE
    known = links() if is_whole else links_known_to(acting.reader)
    snapshot = signed_directory().snapshot()
    return Health(
        peers=_peers(known),
        groups=figures_of_node(known) if is_whole else figures_known_to(acting.reader, known),
        directories=_directories(now),
        unverified=len(snapshot.problems) if snapshot else 0,
        warnings=(*_lacking(), *(warning(one) for one in signed_directory().warnings())),
        at=now,
        is_whole=is_whole,
    )


def _lacking() -> tuple[str, ...]:
    """Say that something is lacking here, where the pages were opened before all was given back."""
    pending = recovery()
    if pending is None or not pending.awaited:
        return ()
    names = short_office_names(get_language() or "en")
    offices = ", ".join(names.get(one, one) for one in pending.awaited)
    said = _("Letters may be lacking here; still to be asked: %(offices)s.")
    return (said % {"offices": offices},)


def _peers(known: list[Link]) -> tuple[PeerLine, ...]:
    names = short_office_names(get_language() or "en")
    return tuple(
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
        for link in known
    )


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _directories(now: datetime) -> tuple[DirectoryLine, ...]:
    snapshot = signed_directory().snapshot()
    held = [one.directory for one in snapshot.trust.all_counted()] if snapshot else []
    return tuple(
        DirectoryLine(
            authority=one.authority,
            serial=one.serial,
            issued=one.issued,
            valid_until=one.valid_until,
            warning=_warning(one.valid_until - now),
        )
        for one in held
    )


def _warning(left: timedelta) -> str:
    if left <= timedelta():
        return _("expired")
    return _("expires soon") if left < SOON else ""
