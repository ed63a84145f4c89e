"""Entering items in the registers of the agencies: the one place where a number is given.

Invariants: a number is given in the commit that keeps its item, so that what is rolled back leaves no
gap; numbers of a register go up by one and are never given again; a document has one line in a register,
however often its letter or a correction of it comes.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q

from borderliaison.correspondence.models import Item
from borderliaison.correspondence.register_models import (
    Direction,
    Register,
    RegisteredItem,
    RegisterEntry,
)
from borderliaison.correspondence.register_numbers import RegisterName, volume_after_loss
from borderliaison.exchange.services import last_recovery_since
from borderliaison.kernel.ids import AgencyCode, OfficeCode
from borderliaison.kernel.marking import Audience, Marking
from borderliaison.kernel.realm import Realm
from borderliaison.markings.models import MarkingRow
from borderliaison.markings.services import digest, interned_id
from borderliaison.offices.services import agencies_in, this_office, zone_of


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
        entries = [one for one in known if one.agency in agencies]
        new = [one for one in registers if one.agency not in entered]
        entries += _entered(item, new, document, now)
        RegisteredItem.objects.bulk_create(
            [RegisteredItem(entry=one, item=item) for one in entries], ignore_conflicts=True
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
    one = wanted[0]
    same = Register.objects.filter(
        office=one.office,
        direction=one.direction,
        year=one.year,
        realm=one.realm,
        volume=one.volume,
        agency__in=[two.agency for two in wanted],
    )
    held = same.select_for_update().order_by("agency")
    found = list(held)
    if len(found) < len(wanted):
        Register.objects.bulk_create(wanted, ignore_conflicts=True)
        found = list(held.all())
    return found


def _known(item: Item, direction: Direction) -> list[RegisterEntry]:
    """Return the lines that the document has already: its own, or those of what it corrects.

    A correction may come before what it corrects; then the original joins the line of its correction.
    """
    others = Q(corrects=item.key)
    if item.corrects:
        others |= Q(key=item.corrects)
    items = Item.objects.as_system("what belongs to one document").filter(others)
    states = list(items.filter(office=item.office).values_list("pk", flat=True))
    entries = RegisterEntry.objects.as_system("a document is entered once").filter(
        direction=direction, register__realm=str(item.marking.value.realm)
    )
    known = list(entries.filter(document=item.key))
    if states:
        known += entries.filter(states__item__in=states).distinct()
    return sorted({one.pk: one for one in known}.values(), key=lambda one: one.pk)


def _entered(
    item: Item, registers: Collection[Register], document: str, now: datetime
) -> list[RegisterEntry]:
    if not registers:
        return []
    Register.objects.filter(pk__in=[one.pk for one in registers]).update(last=F("last") + 1)
    markings = _interned([_line_marking(item.marking.value, one) for one in registers])
    return RegisterEntry.objects.bulk_create(
        [
            RegisterEntry(
                register=one,
                number=one.last + 1,
                agency=one.agency,
                direction=one.direction,
                document=document,
                registered_at=now,
                marking_id=marking,
            )
            for one, marking in zip(registers, markings, strict=True)
        ]
    )


def _interned(markings: list[Marking]) -> list[int]:
    """Return the numbers of markings, all asked for at once; they are seldom new."""
    digests = [digest(one) for one in markings]
    known = dict(MarkingRow.objects.filter(digest__in=digests).values_list("digest", "pk"))
    return [known.get(key) or interned_id(one) for key, one in zip(digests, markings, strict=True)]


def _line_marking(marking: Marking, register: Register) -> Marking:
    """Return who may see that there is this line: one agency, under the document's classification."""
    office = OfficeCode(register.office)
    return Marking(
        realm=marking.realm,
        classification=marking.classification,
        audience=Audience.of((office, register.agency)),
        originator=office,
    )
