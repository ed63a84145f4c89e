"""Bringing the year into a demo node: its own reports and those that others sent it, as items.

Every node draws the same year and keeps what is its own part of it, so that keys, numbers and letters
agree between nodes. No letter was ever sent: the exchange's ledgers know nothing of it.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction

from borderliaison.accounts.models import Account
from borderliaison.correspondence.arrivals.keeping import ToKeep, keep_item
from borderliaison.correspondence.cover import Cover
from borderliaison.correspondence.models import Dissemination, Item, Opening, Receipt, Thread
from borderliaison.correspondence.payloads import ItemPayload, item_key
from borderliaison.correspondence.people import Author
from borderliaison.correspondence.requests.asking import letter_given
from borderliaison.forms.context import Directory
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import AgencyCode, OfficeCode, OfficerId
from borderliaison.kernel.realm import LIVE
from borderliaison.markings.services import intern
from borderliaison.node.config import NodeConfig
from borderliaison.node.demo.cast import DemoOfficer
from borderliaison.node.demo.company import everybody
from borderliaison.node.demo.year.drawing import SEED, draw
from borderliaison.node.demo.year.filling import fill
from borderliaison.node.demo.year.filling_beside import INVENTED
from borderliaison.node.demo.year.happenings import Happening
from borderliaison.node.demo.year.places import places_of
from borderliaison.reports.content import PAYLOAD_TYPE, ReportContent
from borderliaison.reports.models import RegisterLine
from borderliaison.reports.surroundings import NETWORK

GRADED: Final = ("4x4", "1", "B2")
"""Scheme, version of its file, value."""
_ARRIVES: Final = timedelta(seconds=2)
_OPENED: Final = timedelta(minutes=9)


class NotADemo(LiaisonError):
    """Invented reports are brought into nodes of a demonstration only."""

    code = "E-DMO-03"


@dataclass(frozen=True, slots=True)
class Written:
    """A happening with what its office gave it.

    Attributes:
        number: in the office's register.
    """

    happening: Happening
    number: str

    @property
    def office(self) -> OfficeCode:
        """Whose it is."""
        return OfficeCode(self.happening.place.office)

    @property
    def nonce(self) -> str:
        """What the item's key is made of."""
        return _derived("nonce", self.happening.name)

    @property
    def key(self) -> str:
        """The item's key."""
        return item_key(self.office, self.nonce)

    def letter(self, office: str) -> str:
        """Return the letter that brought it to an office; one country shares a letter."""
        return _derived("letter", self.happening.name, office[:2])

    def letters(self) -> dict[str, list[str]]:
        """Return the offices of each letter."""
        together: dict[str, list[str]] = {}
        for office in self.happening.to:
            together.setdefault(self.letter(office), []).append(office)
        return together


def load_year(node: NodeConfig, offices: Sequence[str], until: datetime, seed: int = SEED) -> int:
    """Bring the year before a moment into a node's database; return how many items it got.

    Args:
        node: of a demonstration, with Django started on it.
        offices: all offices of the demonstration.
        until: the year ends before the week of this moment.
        seed: of the year.

    Raises:
        NotADemo: the node is no demonstration.
        NotFillable: a happening does not fit into its form.
    """
    if not node.demo:
        raise NotADemo(node.office)
    year = list(_numbered(draw(places_of(offices), until.date(), seed)))
    shelf = _Shelf(node.office, {one.happening.name: one for one in year}, NETWORK.directory())
    with transaction.atomic():
        kept = [shelf.keep(one) for one in year if node.office in (one.office, *one.happening.to)]
        _open(kept, node.office)
        _registers(year, node.office)
    return len(kept)


def _numbered(year: Sequence[Happening]) -> Iterator[Written]:
    given: Counter[str] = Counter()
    for one in year:
        office, local = one.place.office, one.at.astimezone(ZoneInfo(one.place.zone)).year
        given[f"{office}-{local}"] += 1
        yield Written(one, f"{office}-{local}-{given[f'{office}-{local}']:04}")


class _Shelf:
    """Keeps what an office wrote or was sent."""

    def __init__(
        self, own: OfficeCode, by_name: Mapping[str, Written], directory: Directory
    ) -> None:
        self._own = own
        self._by_name = by_name
        self._directory = directory
        self._markings: dict[tuple[OfficeCode, tuple[str, ...]], int] = {}

    def keep(self, one: Written) -> Item:
        """Write one of them; an own one with its letters, as given to the exchange when it was written."""
        said = one.happening
        author = _author(one.office)
        first = self._by_name[said.rests_on] if said.rests_on else None
        filled = fill(said, author.agency, self._directory)
        content = ReportContent(
            form=filled.form.form_id,
            version=filled.form.version,
            number=one.number,
            values=dict(filled.values),
            source=first.number if first else "",
        )
        is_own = one.office == self._own
        to = said.to if is_own else tuple(one.letters()[one.letter(self._own)])
        thread = _derived("thread", first.happening.name if first else said.name)
        came = said.at if is_own else said.at + _ARRIVES
        item = keep_item(
            ToKeep(
                thread=Thread.objects.get_or_create(key=thread, defaults={"realm": str(LIVE)})[0],
                payload=ItemPayload(one.nonce, filled.title, author, said.at, content.to_data()),
                payload_type=PAYLOAD_TYPE,
                marking_id=self._marking(one.office, to),
                held_by=tuple(sorted({one.office, *to} - {self._own})),
                urgent=filled.urgent,
                about=first.letter(one.office) if first else "",
                letter="" if is_own else one.letter(self._own),
                arrived_at=None if is_own else came,
                registered_at=came,
            )
        )
        if is_own:
            _give(item, one)
        return item

    def _marking(self, office: OfficeCode, to: tuple[str, ...]) -> int:
        if (office, to) not in self._markings:
            cover = Cover(grading=GRADED, to=to)
            self._markings[office, to] = intern(cover.marking(office, LIVE)).pk
        return self._markings[office, to]


def _give(item: Item, one: Written) -> None:
    said = one.happening
    for letter, offices in one.letters().items():
        abroad = offices[0][:2] != one.office[:2]
        made = Dissemination.objects.create(
            key=_derived("dissemination", letter),
            item=item,
            audience=[[office, "*"] for office in offices],
            crosses_border=abroad,
            state=Dissemination.State.POSTED,
            letter=letter,
            marking_id=item.marking_id,
            requested_by=item.officer,
            requested_name=item.author_name,
            requested_at=said.at,
            decided_at=said.at if abroad else None,
            legal_basis=INVENTED if abroad else "",
        )
        letter_given(made, said.at)


def _open(kept: Sequence[Item], own: OfficeCode) -> None:
    """Let every officer here have opened everything, and everybody who holds it as well."""
    officers = list(Account.objects.values_list("officer_id", flat=True))
    Opening.objects.bulk_create(
        Opening(item=item, officer=officer, at=item.created_at + _OPENED)
        for item in kept
        for officer in officers
    )
    Receipt.objects.bulk_create(
        Receipt(
            item=item,
            marking_id=item.marking_id,
            office=office,
            told_by=office,
            step=step,
            at=item.created_at + later,
            officer=f"{office}/0001",
        )
        for item in kept
        for office in {*item.held_by, own} - {item.office}
        for step, later in ((Receipt.Step.DELIVERED, _ARRIVES), (Receipt.Step.OPENED, _OPENED))
    )


def _registers(year: Sequence[Written], own: OfficeCode) -> None:
    last: dict[int, int] = {}
    for one in year:
        if one.office == own:
            _office, local, number = one.number.rsplit("-", 2)
            last[int(local)] = int(number)
    for in_year, given in last.items():
        RegisterLine.objects.update_or_create(
            office=own, year=in_year, realm=str(LIVE), defaults={"last": given}
        )


def _author(office: OfficeCode) -> Author:
    who = _liaisons()[office]
    return Author(OfficerId(who.officer_id), who.name, who.role, office, AgencyCode(who.agency))


@cache
def _liaisons() -> dict[str, DemoOfficer]:
    return {one.code: one.officers[0] for one in everybody()}


def _derived(*parts: str) -> str:
    """Return 32 hexadecimal digits that are the same on every node."""
    return hashlib.sha256("/".join(["demo-year", *parts]).encode()).hexdigest()[:32]
