"""Drawing records from what was kept since the last look, in the order in which it came.

The place in the items is kept in the database, in the same commit as what was drawn; with it a hash of the
rules and of how they are followed, so that an office where either was changed draws everything again.
Drawing twice writes nothing. A report that cannot be drawn is logged and passed over: it holds up no other.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import structlog
from django.db import DatabaseError, transaction
from django.db.models import QuerySet

from borderliaison.correspondence.models import Item
from borderliaison.forms.recorded import rules_digest
from borderliaison.forms.store import digest_of
from borderliaison.forms.times import is_moment, utc_of
from borderliaison.kernel.errors import LiaisonError
from borderliaison.records.models import Source
from borderliaison.records.statements.drafted import Origin
from borderliaison.records.statements.writing import withdraw, write
from borderliaison.reports.content import PAYLOAD_TYPE, ReportContent
from borderliaison.reports.models import DrawnTo
from borderliaison.reports.projection.corrections import is_corrected, with_earlier
from borderliaison.reports.projection.drawing import VERSION
from borderliaison.reports.projection.kept_out import is_out
from borderliaison.sql.settling import settled

log = structlog.get_logger(__name__)
_WHY: Final = "records are drawn from every report, under its marking"
_WHEN: Final = ("event_at", "done_at")
"""The fields by which a report says when it was, the first that it has."""
AT_ONCE: Final = 8
"""In one commit; nobody else writes meanwhile."""


def catch_up(progress: Callable[[int], None] | None = None) -> int:
    """Draw records from all that was kept since the last look; return how many reports were looked at.

    May be stopped at any time and begun again.

    Args:
        progress: told how many were looked at so far.
    """
    done = 0
    while looked_at := draw_some():
        done += looked_at
        if progress is not None:
            progress(done)
    return done


def draw_some() -> int:
    """Draw records from the next few reports; return how many were looked at, 0 where there are no more.

    Nothing is written, and no writer waits, where there are none.
    """
    return _draw_next() if _waiting(_place()).exists() else 0


@transaction.atomic
def _draw_next() -> int:
    DrawnTo.objects.select_for_update().get_or_create(pk=1)
    place = _place()
    found = list(_waiting(place).select_related("marking")[:AT_ONCE])
    for item in found:
        _draw_or_pass_over(item)
    if found:
        place.item = found[-1].pk
    place.save()
    return len(found)


def _place() -> DrawnTo:
    """Return how far records are drawn; from the beginning where the rules are others now."""
    rules = digest_of(f"{rules_digest()} {VERSION}".encode())
    place = DrawnTo.objects.filter(pk=1).first() or DrawnTo(pk=1)
    return place if place.rules == rules else DrawnTo(pk=1, rules=rules)


def _waiting(place: DrawnTo) -> QuerySet[Item]:
    items = Item.objects.as_system(_WHY).filter(settled(Item), pk__gt=place.item)
    return items.filter(payload_type=PAYLOAD_TYPE).order_by("pk")


def _draw_or_pass_over(item: Item) -> None:
    try:
        with transaction.atomic():
            draw_from(item)
    except DatabaseError:
        raise
    except Exception as error:  # whatever it is, the reports behind it do not wait
        code = error.code if isinstance(error, LiaisonError) else type(error).__name__
        log.exception("records.not_drawn", item=item.key, code=code, exc_info=error)


def draw_from(item: Item) -> None:
    """Make the records say what a report says, unless a later one has corrected it or it is out."""
    if is_corrected(item):
        return
    report = with_earlier(item)
    is_in = not is_out(report, datetime.now(UTC))
    content, drawn = report.content(), report.drawn() if is_in else None
    if content is None or drawn is None:
        withdraw(report.first)
        return
    origin = Origin(
        key=report.first,
        kind=Source.Kind.REPORT,
        office=item.office,
        said_at=item.created_at,
        seen_at=_seen_at(content, item),
        country=item.office[:2],
        marking_id=item.marking_id,
    )
    write(origin, drawn)


def _seen_at(content: ReportContent, item: Item) -> datetime:
    for name in _WHEN:
        value = content.values.get(name)
        if value and is_moment(value):
            return utc_of(value["utc"])
    return item.created_at
