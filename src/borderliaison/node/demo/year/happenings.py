"""What an office wrote on one occasion, before any form: plain facts with their time and place."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from borderliaison.node.demo.year.plants import Plant


class Kind(StrEnum):
    """What was written."""

    LOOKOUT = "lookout"
    RESULT = "lookout_result"
    SEIZURE = "seizure"
    REQUEST = "request"
    ANSWER = "answer"
    WEEK = "weekly_summary"
    ENTRY_REFUSAL = "entry_refusal"
    DOCUMENT_FRAUD = "document_fraud"
    SMUGGLING = "smuggling"
    CASH = "cash"
    SUSPICIOUS_VEHICLE = "suspicious_vehicle"
    ILLEGAL_CROSSING = "illegal_crossing"
    CROSSING_STATUS = "crossing_status"
    INCIDENT = "incident"
    JOINT_EVENT = "joint_event"


@dataclass(frozen=True, slots=True)
class Place:
    """An office at a crossing point, as far as the year needs it.

    Attributes:
        office: its code, which is its crossing point's too.
        zone: IANA name.
        border: the country on the other side, two letters; empty at an airport.
        home: the offices of its own country that get everything: the reporting line.
        facing: the offices across the border that get lookouts and requests.
        onward: the crossing point where what is looked for is expected next.
    """

    office: str
    zone: str
    border: str
    home: tuple[str, ...] = ()
    facing: tuple[str, ...] = ()
    onward: str = ""

    @property
    def country(self) -> str:
        """Two letters."""
        return self.office[:2]


@dataclass(frozen=True, slots=True)
class Load:
    """What was seized, or is suspected.

    Attributes:
        substance: a code of the list ``substance``; of goods, of ``goods_kind``.
        unit: a code of the list ``quantity_unit``; of money, of ``currency``.
    """

    substance: str
    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Subject:
    """Who or what it is about. Everything in it is invented.

    Attributes:
        kind: a code of the list ``subject_kind``; in other forms, of the list that says what it was.
        hidden: where the load was, a code of the list ``concealment``.
        origin: the country it came from, two letters; likewise the country it goes to.
    """

    kind: str = "vehicle"
    words: str = ""
    plate: str = ""
    names: tuple[str, ...] = ()
    telephone: str = ""
    consignor: str = ""
    hidden: str = ""
    origin: str = ""
    destination: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    """What a week amounted to.

    Attributes:
        begins: its Monday.
        counts: by kind, of what this office wrote in it.
        travellers: that crossed, and lorries that did.
        searched: lorries that were opened.
        wait_min: average waiting time of a lorry, minutes.
    """

    begins: datetime
    counts: dict[Kind, int]
    travellers: int
    lorries: int
    searched: int
    wait_min: int

    @property
    def is_nil(self) -> bool:
        """Whether there was nothing to report."""
        return not any(self.counts.values())


@dataclass(frozen=True, slots=True)
class Happening:
    """One occasion on which an office wrote something.

    Attributes:
        name: unique in the year: ``KG-DST/lookout/0017``.
        at: when it was written, UTC.
        to: the offices that got it.
        rests_on: the name of what it answers or follows; they share a thread.
        found: of a result or an answer, whether anything was found.
        plants: which truths made it; never written into a database.
    """

    name: str
    at: datetime
    place: Place
    kind: Kind
    to: tuple[str, ...]
    rests_on: str = ""
    subject: Subject = field(default_factory=Subject)
    load: Load | None = None
    found: bool = False
    week: Week | None = None
    plants: tuple[Plant, ...] = ()
