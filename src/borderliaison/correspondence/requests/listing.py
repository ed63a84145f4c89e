"""The requests that an officer may read, a line for each office asked: who owes what to whom, till when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final
from urllib.parse import urlencode

from django.db.models import Case, Exists, OuterRef, When

from borderliaison.correspondence.models import Asked, Item
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.requests.asked_shown import AskedRow, asked_row
from borderliaison.correspondence.requests.standing import OWING
from borderliaison.correspondence.shown.listing import item_url
from borderliaison.correspondence.shown.render import brief
from borderliaison.kernel.marking import Marking
from borderliaison.markings.models import MarkedQuerySet
from borderliaison.offices.short_names import short_office_names

PAGE: Final = 50


class Whose(StrEnum):
    """Who owes the answer."""

    ALL = ""
    OURS = "ours"
    THEIRS = "theirs"


class By(StrEnum):
    """By what the lines are sorted."""

    DUE = "due"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which requests are looked for.

    Attributes:
        is_closed: those that are answered, refused and withdrawn too.
        is_down: the latest first.
    """

    whose: Whose = Whose.ALL
    is_closed: bool = False
    by: By = By.DUE
    is_down: bool = False
    page: int = 1

    def address(self) -> str:
        """Return the query of its page; the usual is left out."""
        said = {
            "whose": self.whose.value,
            "state": "all" if self.is_closed else "",
            "sort": ("-" if self.is_down else "") + self.by
            if (self.is_down, self.by) != _USUAL
            else "",
            "page": str(self.page) if self.page > 1 else "",
        }
        return "?" + urlencode({name: value for name, value in said.items() if value})

    def sorted_by(self, by: By) -> "Wanted":
        """Return the same sorted by another column; by the same one the other way round."""
        return replace(self, by=by, is_down=by is self.by and not self.is_down, page=1)


_USUAL: Final = (False, By.DUE)


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One line.

    Attributes:
        url: where the request stands in its thread.
        other: the office that asks, or is asked.
        is_ours: whether this office owes the answer.
        asked: how it stands.
    """

    key: str
    url: str
    title: str
    kind: str
    number: str
    icon: str
    other: str
    country: str
    is_ours: bool
    asked: AskedRow
    marking: Marking


@dataclass(frozen=True, slots=True)
class RequestList:
    """A page of requests, of how many, and how many of all are late."""

    lines: tuple[RequestLine, ...]
    total: int
    late: int


def request_list(acting: Acting, wanted: Wanted, lang: str) -> RequestList:
    """Return the requests that this officer may read and looks for."""
    found = _wanted(acting, wanted)
    first = (wanted.page - 1) * PAGE
    rows = found.select_related("item", "item__thread", "item__marking")
    shown = rows.order_by(*_order(wanted))[first : first + PAGE]
    late = found.filter(state__in=_OWING, due_at__lt=datetime.now(UTC)).count()
    return RequestList(tuple(_lines(shown, acting, lang)), found.count(), late)


def _order(wanted: Wanted) -> Iterator[str | Case]:
    """By deadline, what nobody owes any more stands last."""
    sign = "-" if wanted.is_down else ""
    if wanted.by is By.DUE:
        yield Case(When(state__in=_OWING, then=0), default=1)
    yield sign + ("due_at" if wanted.by is By.DUE else "asked_at")
    yield sign + "id"


_OWING: Final = tuple(one.value for one in OWING)


def _wanted(acting: Acting, wanted: Wanted) -> MarkedQuerySet[Asked]:
    """Leave out what its office has corrected: then the correction counts."""
    later = Item.objects.as_system("what is out of date").filter(
        corrects=OuterRef("item__key"), office=OuterRef("item__office")
    )
    found = Asked.objects.readable_by(acting.reader).filter(~Exists(later))
    if not wanted.is_closed:
        found = found.filter(state__in=_OWING)
    own = acting.author.office
    if wanted.whose is Whose.OURS:
        return found.filter(office=own)
    if wanted.whose is Whose.THEIRS:
        return found.exclude(office=own)
    return found


def _lines(rows: Iterable[Asked], acting: Acting, lang: str) -> Iterator[RequestLine]:
    names, own = short_office_names(lang), acting.author.office
    for one in rows:
        said, is_ours = brief(one.item, lang), one.office == own
        other = one.item.office if is_ours else one.office
        yield RequestLine(
            key=f"{one.item.key}-{one.office}",
            url=item_url(one.item),
            title=said.title or one.item.title,
            kind=said.kind,
            number=said.number,
            icon=said.icon or "help-circle",
            other=names.get(other, other),
            country=other[:2] if other[:2] != own[:2] else "",
            is_ours=is_ours,
            asked=asked_row(one, acting, lang),
            marking=one.item.marking.value,
        )
