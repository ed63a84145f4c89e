"""The offices of a board as a table: what the map shows, in rows that can be read aloud."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from borderliaison.exchange.progress import Link, LinkState
from borderliaison.exchange.services import links_known_to
from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.kinds import OfficeKind
from borderliaison.offices.services import all_offices
from borderliaison.offices.short_names import short_office_names
from borderliaison.ui.shell import LinkWord
from borderliaison.web.board.happenings import View, is_wanted
from borderliaison.web.board.tally import Tally

WORDS: Mapping[LinkState, LinkWord] = {
    LinkState.UP: LinkWord.LINKED,
    LinkState.SLOW: LinkWord.SLOW,
    LinkState.DOWN: LinkWord.DOWN,
}


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """One office.

    Attributes:
        link: how it is reached; None for an office with which there is no link.
        since: since when.
        events: of it, in the time window.
    """

    code: str
    name: str
    kind: str
    url: str
    is_own: bool
    link: LinkWord | None = None
    latency_ms: int | None = None
    since: datetime | None = None
    waiting: int = 0
    events: int = 0

    @property
    def rank(self) -> tuple[bool, bool, int, str]:
        """What needs a look stands first, then what is busy."""
        return (self.link is not LinkWord.DOWN, not self.waiting, -self.events, self.name)


def offices_in_view(view: View, tally: Tally, lang: str) -> tuple[OfficeLine, ...]:
    """Return the offices of a view, those with trouble first."""
    names, own = short_office_names(lang), view.acting.author.office
    links = {link.peer: link for link in links_known_to(view.acting.reader)}
    counted = tally.by_office
    found = (
        _line(OfficeCode(one.code), OfficeKind(one.kind), names, links, counted, own)
        for one in all_offices()
        if _is_listed(view, OfficeCode(one.code), links, counted)
    )
    return tuple(sorted(found, key=lambda one: one.rank))


def _is_listed(
    view: View, code: OfficeCode, links: Mapping[OfficeCode, Link], counted: Mapping[str, int]
) -> bool:
    """Whether an office belongs to the table: of the level, linked, or with something to tell."""
    is_near = code in view.offices or code in links or code in counted
    return is_near and is_wanted(view, code)


def _line(
    code: OfficeCode,
    kind: OfficeKind,
    names: Mapping[str, str],
    links: Mapping[OfficeCode, Link],
    counted: Mapping[str, int],
    own: OfficeCode,
) -> OfficeLine:
    link = links.get(code)
    return OfficeLine(
        code=code,
        name=names.get(code, code),
        kind=str(kind.label),
        url=reverse("offices:detail", args=[code]),
        is_own=code == own,
        link=WORDS[link.state] if link else None,
        latency_ms=link.latency_ms if link and link.state is not LinkState.DOWN else None,
        since=link.since if link else None,
        waiting=link.waiting if link else 0,
        events=counted.get(code, 0),
    )
