"""Entering items in the registers of the agencies: the one place where a number is given.

Invariants: a number is given in the commit that keeps its item, so that what is rolled back leaves no
gap; numbers of a register go up by one and are never given again; a document has one line in a register,
however often its letter or a correction of it comes.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from borderliaison.correspondence.models import Item
from borderliaison.correspondence.registers.models import (
    Direction,
    Register,
    RegisteredItem,
    RegisterEntry,
)
from borderliaison.correspondence.registers.numbers import RegisterName, volume_after_loss
from borderliaison.exchange.services import last_recovery_since
from borderliaison.kernel.ids import AgencyCode, OfficeCode
from borderliaison.kernel.marking import Audience, Marking
from borderliaison.kernel.realm import Realm
from borderliaison.markings.services import interned_ids
from borderliaison.offices.services import agencies_in, this_office, zone_of
from borderliaison.sql.statements import instant, places, rows, run_each, unawaited

_COLUMNS: Final = ("id", "office", "agency", "direction", "year", "realm", "volume", "last")
_HELD: Final = (
    "SELECT id, office, agency, direction, year, realm, volume, last FROM correspondence_register"
    " WHERE office = %s AND direction = %s AND year = %s AND realm = %s AND volume = %s"
    " AND agency IN ({}) ORDER BY agency"
)
_LINES: Final = (
    "SELECT id FROM correspondence_registerentry WHERE document IN ({0}) UNION"
    " SELECT s.entry_id FROM correspondence_registereditem s"
    " JOIN correspondence_item i ON i.id = s.item_id"
    " WHERE (i.corrects IN ({0}) OR i.key IN ({1})) AND i.office IN ({2})"
)
_NEXT: Final = "UPDATE correspondence_register SET last = last + %s WHERE id = %s"
_ENTRY: Final = (
    "INSERT INTO correspondence_registerentry"
    " (register_id, number, agency, direction, document, registered_at, marking_id)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s)"
)
_STATE: Final = (
    "INSERT INTO correspondence_registereditem (item_id, entry_id)"
    " SELECT %s, id FROM correspondence_registerentry WHERE register_id = %s AND number = %s"
)


def enter(items: Sequence[Item], at: datetime | None = None) -> None:
    """Give items their numbers in each register where they belong; in the transaction that keeps them.

    What this office wrote is entered as outgoing by its author's agency alone. What came is entered as
    incoming by each agency that works here and is addressed.

    Args:
        items: just written; own, received, or given back by a peer.
        at: when; now, where it is not said.
    """
    now = at or datetime.now(UTC)
    alike: dict[_Alike, list[Item]] = defaultdict(list)
    for item in items:
        alike[_Alike.of(item)].append(item)
    with transaction.atomic(savepoint=False):
        for kind, several in alike.items():
            _enter(kind, several, now)


@dataclass(frozen=True, slots=True)
class _Alike:
    """What items have in common that are entered in registers of one office, one way, in one realm."""

    direction: Direction
    office: OfficeCode
    realm: Realm

    @classmethod
    def of(cls, item: Item) -> "_Alike":
        realm = item.marking.value.realm
        if item.is_own:
            return cls(Direction.OUTGOING, OfficeCode(item.office), realm)
        return cls(Direction.INCOMING, this_office(), realm)


def _enter(kind: _Alike, items: Sequence[Item], now: datetime) -> None:
    """Enter items, all at once where nothing is known of their documents; else one after the other."""
    agencies = {item.pk: _agencies(item, kind.direction) for item in items}
    wanted = frozenset[AgencyCode]().union(*agencies.values())
    if not wanted:
        return
    registers = {one.agency: one for one in _locked(_wanted(kind, wanted, now))}
    lines = _lines(items)
    if not lines and not any(item.corrects for item in items):
        given = [(registers[one], item) for item in items for one in sorted(agencies[item.pk])]
        _enter_in([(register, item, item.key) for register, item in given], now)
        return
    for item in items:
        known = _known(item, kind)
        document = known[0].document if known else item.key
        entered = {one.agency for one in known}
        new = sorted(agencies[item.pk] - entered)
        _enter_in([(registers[one], item, document) for one in new], now)
        RegisteredItem.objects.bulk_create(
            [RegisteredItem(entry=x, item=item) for x in known if x.agency in agencies[item.pk]],
            ignore_conflicts=True,
        )


def name_of(register: Register) -> RegisterName:
    """Return the name of a register that is kept."""
    return RegisterName(
        register.office,
        register.agency,
        register.direction,
        register.year,
        Realm.parse(register.realm),
        register.volume,
    )


def _agencies(item: Item, direction: Direction) -> frozenset[AgencyCode]:
    if direction is Direction.OUTGOING:
        return frozenset({AgencyCode(item.agency)})
    here, audience = this_office(), item.marking.value.audience
    return frozenset(one for one in agencies_in(here) if audience.includes(here, one))


def _wanted(kind: _Alike, agencies: Iterable[AgencyCode], now: datetime) -> list[Register]:
    """Return the registers that take such items now, not yet kept."""
    zone, found_at = ZoneInfo(zone_of(kind.office)), last_recovery_since()
    year, volume, opened_at = now.astimezone(zone).year, "", now
    if found_at is not None and found_at.astimezone(zone).year == year:
        volume, opened_at = volume_after_loss(found_at.astimezone(zone)), found_at
    return [
        Register(
            office=kind.office,
            agency=agency,
            direction=kind.direction,
            year=year,
            realm=str(kind.realm),
            volume=volume,
            opened_at=opened_at,
        )
        for agency in sorted(agencies)
    ]


def _locked(wanted: list[Register]) -> list[Register]:
    """Return the registers, begun where they are new, held until the commit; always in one order."""
    found = _held(wanted)
    if len(found) < len(wanted):
        Register.objects.bulk_create(wanted, ignore_conflicts=True)
        found = _held(wanted)
    return found


def _held(wanted: list[Register]) -> list[Register]:
    one, agencies = wanted[0], [two.agency for two in wanted]
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    found = rows(
        _HELD.format(places(agencies)) + lock,
        *(one.office, one.direction, one.year, one.realm, one.volume),
        *agencies,
    )
    return [Register.from_db(connection.alias, _COLUMNS, row) for row in found]


def _lines(items: Sequence[Item]) -> list[int]:
    """Return the lines that documents have already: their own, or those of what they correct.

    A correction may come before what it corrects; then the original joins the line of its correction.
    """
    keys = [item.key for item in items]
    corrected, offices = {item.corrects for item in items}, {item.office for item in items}
    sql = _LINES.format(places(keys), places(corrected), places(offices))
    return [pk for (pk,) in rows(sql, *keys, *keys, *corrected, *offices)]


def _known(item: Item, kind: _Alike) -> list[RegisterEntry]:
    entries = RegisterEntry.objects.as_system("a document is entered once").filter(
        pk__in=_lines([item]),
        direction=kind.direction,
        register__realm=str(kind.realm),
    )
    return list(entries.order_by("id"))


def _enter_in(new: Sequence[tuple[Register, Item, str]], now: datetime) -> None:
    """Give documents their lines in registers where they have none: register, item, document."""
    given: dict[int, int] = defaultdict(int)
    entries, states = [], []
    markings = {
        (item.marking_id, one.pk): _line_marking(item.marking.value, one) for one, item, _ in new
    }
    numbers = interned_ids(markings.values())
    for one, item, document in new:
        one.last += 1
        given[one.pk] += 1
        marking = numbers[markings[item.marking_id, one.pk]]
        entries.append(
            (one.pk, one.last, one.agency, one.direction, document, instant(now), marking)
        )
        states.append((item.pk, one.pk, one.last))
    with unawaited():
        run_each(_NEXT, [(count, pk) for pk, count in given.items()])
        run_each(_ENTRY, entries)
        run_each(_STATE, states)


def _line_marking(marking: Marking, register: Register) -> Marking:
    """Return who may see that there is this line: one agency, under the document's classification."""
    office = OfficeCode(register.office)
    return Marking(
        realm=marking.realm,
        classification=marking.classification,
        audience=Audience.of((office, register.agency)),
        originator=office,
    )
