"""Taking what a report said out of the records: because somebody decides so, or because its term is over.

The report itself stays where it is. What is out is not drawn again, whatever rules change, and what
corrects it stays out too. Whatever else lets a report be retracted calls the same.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.db import transaction

from borderliaison.audit.services import SYSTEM, record
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Role
from borderliaison.feed.services import announce
from borderliaison.records.statements.writing import withdraw
from borderliaison.reports.models import DrawnTo, KeptOut, Place
from borderliaison.reports.places import note_places
from borderliaison.reports.projection.corrections import first_of, states_of, with_earlier
from borderliaison.reports.projection.keeping_up import draw_from
from borderliaison.reports.projection.kept_out import WHY, is_kept_out, is_out
from borderliaison.reports.projection.terms import ending_until

DECIDING: Final[frozenset[str]] = frozenset({Role.HEAD})
"""The roles whose holders may take a report out of the records."""
MAX_WHY: Final = 500


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides it.

    Attributes:
        officer: his id; an administrator's name.
        name: his.
    """

    officer: str
    name: str


@transaction.atomic
def take_out(item: Item, why: str, decider: Decider) -> bool:
    """Take all that a report said out of the records; say whether it was in.

    Args:
        item: any state of the report.
        why: the reason, at most 500 characters.
        decider: whose decision it is.
    """
    _let_nobody_draw()
    first = first_of(item)
    if is_kept_out(first):
        return False
    KeptOut.objects.create(
        report=first,
        why=why,
        officer=decider.officer,
        name=decider.name,
        at=datetime.now(UTC),
        marking_id=item.marking_id,
    )
    _unsay(first, item.office)
    _tell("records.withdrawn", first, item, decider.officer)
    return True


@transaction.atomic
def put_back(item: Item, decider: Decider) -> bool:
    """Let the records say again what a report says, unless its term is over; say whether it was out.

    What officers judged of those who were in no other report does not come back.
    """
    _let_nobody_draw()
    first = first_of(item)
    if not KeptOut.objects.as_system(WHY).filter(report=first).delete()[0]:
        return False
    states = states_of(first, item.office)
    if not is_out(with_earlier(states[-1]), datetime.now(UTC)):
        note_places(states)
        for one in states:
            draw_from(one)
    _tell("records.put_back", first, item, decider.officer)
    return True


def expire(now: datetime, actor: str = SYSTEM) -> Mapping[str, int]:
    """Take out of the records what reports said whose term is over; return how many, by form."""
    found = [(first, item, ending.form) for first, item, ending in ending_until(now)]
    for first, item, form in found:
        with transaction.atomic():
            _let_nobody_draw()
            _unsay(first, item.office)
            _tell("records.expired", first, item, actor, form=form)
    return Counter(form for _, _, form in found)


def _let_nobody_draw() -> None:
    """Wait for whoever draws records, and let him wait until this transaction ends."""
    DrawnTo.objects.select_for_update().get_or_create(pk=1)


def _unsay(first: str, office: str) -> None:
    withdraw(first)
    for one in states_of(first, office):
        Place.objects.as_system(WHY).filter(item=one).delete()


def _tell(action: str, first: str, item: Item, actor: str, **ids: str) -> None:
    realm = str(item.marking.value.realm)
    record(action, actor=actor, subject=first, realm=realm, **ids)
    announce("thread", item.thread.key, item.marking_id)
