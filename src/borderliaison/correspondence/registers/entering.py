"""Entering items in the registers of the agencies: the one place where a number is given.

Invariants: a number is given in the commit that keeps its item, so that what is rolled back leaves no
gap; numbers of a register go up by one and are never given again; a document has one line in a register,
however often its letter or a correction of it comes.
"""

from collections.abc import Collection, Iterable
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
from borderliaison.markings.services import interned_id
from borderliaison.offices.services import agencies_in, this_office, zone_of
from borderliaison.sql.statements import instant, places, rows, run_each

_COLUMNS: Final = ("id", "office", "agency", "direction", "year", "realm", "volume", "last")
_HELD: Final = (
    "SELECT id, office, agency, direction, year, realm, volume, last FROM correspondence_register"
    " WHERE office = %s AND direction = %s AND year = %s AND realm = %s AND volume = %s"
    " AND agency IN ({}) ORDER BY agency"
)
_LINES: Final = (
    "SELECT id FROM correspondence_registerentry WHERE document = %s UNION"
    " SELECT s.entry_id FROM correspondence_registereditem s"
    " JOIN correspondence_item i ON i.id = s.item_id"
    " WHERE (i.corrects = %s OR i.key = %s) AND i.office = %s"
)
_NEXT: Final = "UPDATE correspondence_register SET last = last + 1 WHERE id = %s"
_ENTRY: Final = (
    "INSERT INTO correspondence_registerentry"
    " (register_id, number, agency, direction, document, registered_at, marking_id)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s)"
)
_STATE: Final = (
    "INSERT INTO correspondence_registereditem (item_id, entry_id)"
    " SELECT %s, id FROM correspondence_registerentry WHERE register_id = %s AND number = %s"
)


def enter(item: Item, at: datetime | None = None) -> None:
    """Give an item its number in each register where it belongs; in the transaction that keeps it.

    What this office wrote is entered as outgoing by its author's agency alone. What came is entered as
    incoming by each agency that works here and is addressed.

    Args:
        item: just written; own, received, or given back by a peer.
        at: when; now, where it is not said.
    """
    direction = Direction.OUTGOING if item.is_own else Direction.INCOMING
    agencies = _agencies(item, direction)
    if not agencies:
        return
    now = at or datetime.now(UTC)
    with transaction.atomic(savepoint=False):
        registers = _locked(_wanted(item, direction, agencies, now))
        known = _known(item, direction)
        entered = {one.agency for one in known}
        document = known[0].document if known else item.key
        _enter_in([one for one in registers if one.agency not in entered], item, document, now)
        RegisteredItem.objects.bulk_create(
            [RegisteredItem(entry=one, item=item) for one in known if one.agency in agencies],
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


def _wanted(
    item: Item, direction: Direction, agencies: Iterable[AgencyCode], now: datetime
) -> list[Register]:
    """Return the registers that take the item now, not yet kept."""
    office = this_office() if direction is Direction.INCOMING else item.office
    zone, found_at = ZoneInfo(zone_of(office)), last_recovery_since()
    year, volume, opened_at = now.astimezone(zone).year, "", now
    if found_at is not None and found_at.astimezone(zone).year == year:
        volume, opened_at = volume_after_loss(found_at.astimezone(zone)), found_at
    return [
        Register(
            office=office,
            agency=agency,
            direction=direction,
            year=year,
            realm=str(item.marking.value.realm),
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


def _known(item: Item, direction: Direction) -> list[RegisterEntry]:
    """Return the lines that the document has already: its own, or those of what it corrects.

    A correction may come before what it corrects; then the original joins the line of its correction.
    """
    lines = rows(_LINES, item.key, item.key, item.corrects, item.office)
    if not lines:
        return []
    entries = RegisterEntry.objects.as_system("a document is entered once").filter(
        pk__in=[pk for (pk,) in lines],
        direction=direction,
        register__realm=str(item.marking.value.realm),
    )
    return list(entries.order_by("id"))


def _enter_in(registers: Collection[Register], item: Item, document: str, now: datetime) -> None:
    """Give a document its line in registers where it has none."""
    run_each(_NEXT, [(one.pk,) for one in registers])
    markings = [interned_id(_line_marking(item.marking.value, one)) for one in registers]
    run_each(
        _ENTRY,
        [
            (one.pk, one.last + 1, one.agency, one.direction, document, instant(now), marking)
            for one, marking in zip(registers, markings, strict=True)
        ],
    )
    run_each(_STATE, [(item.pk, one.pk, one.last + 1) for one in registers])


def _line_marking(marking: Marking, register: Register) -> Marking:
    """Return who may see that there is this line: one agency, under the document's classification."""
    office = OfficeCode(register.office)
    return Marking(
        realm=marking.realm,
        classification=marking.classification,
        audience=Audience.of((office, register.agency)),
        originator=office,
    )
