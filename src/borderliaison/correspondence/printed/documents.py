"""A thread, or one item of it, as a document."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.printed.items import Printing, in_second, item_blocks
from borderliaison.correspondence.printed.sheet import marked_sheet
from borderliaison.correspondence.shown.beside import LinkEvent, link_events
from borderliaison.correspondence.shown.showing import ShownItem, show_items
from borderliaison.exchange.services import links_known_to
from borderliaison.files.paper import pictures_by_item
from borderliaison.kernel.marking import Marking
from borderliaison.offices.short_names import short_office_names
from borderliaison.printing.blocks import Block, Document, Picture, Said, Text
from borderliaison.printing.sheets import signatures
from borderliaison.printing.times import in_a_line
from borderliaison.printing.tongues import Tongues


def item_document(item: Item, officer: Acting, tongues: Tongues, now: datetime) -> Document:
    """Return one item, which the officer may read, with lines for those who sign it."""
    printing = replace(_printing([item], officer, tongues), is_alone=True)
    (one,) = show_items([item], officer, tongues.first)
    first = _title(one, printing)
    body = [
        *item_blocks(one, printing),
        signatures(
            tongues,
            tongues.words(lambda: pgettext("signature line", "Drawn up by")),
            tongues.words(lambda: _("Received by")),
        ),
    ]
    return Document(
        title=first,
        lang=tongues.first,
        made_at=item.created_at,
        sheet=marked_sheet(officer, _markings([one]), tongues.first, now, _number(one)),
        body=tuple(body),
        second=tongues.second,
        under=_offices([one], tongues.first),
    )


def thread_document(
    items: Sequence[Item], officer: Acting, tongues: Tongues, now: datetime
) -> Document:
    """Return a thread as far as the officer may read it, the oldest first."""
    printing = _printing(items, officer, tongues)
    shown = show_items(items, officer, tongues.first)
    names = short_office_names(tongues.first)
    events = link_events(items, links_known_to(officer.reader), names)
    body = [
        *_in_order(shown, events, printing),
        signatures(
            tongues,
            tongues.words(lambda: _("Printed by")),
            tongues.words(lambda: _("Received by")),
        ),
    ]
    return Document(
        title=_title(shown[0], printing),
        lang=tongues.first,
        made_at=max(one.created_at for one in items),
        sheet=marked_sheet(officer, _markings(shown), tongues.first, now, shown[0].rendered.number),
        body=tuple(body),
        second=tongues.second,
        under=_offices(shown, tongues.first),
    )


def _printing(items: Sequence[Item], officer: Acting, tongues: Tongues) -> Printing:
    found: Mapping[str, tuple[Picture, ...]] = pictures_by_item(
        [one.key for one in items], officer.reader, tongues.first
    )
    return Printing(officer, tongues, found)


def _in_order(
    shown: Sequence[ShownItem], events: Sequence[LinkEvent], printing: Printing
) -> Iterator[Block]:
    entries: list[ShownItem | LinkEvent] = [*shown, *events]
    for one in sorted(
        entries, key=lambda x: x.at if isinstance(x, LinkEvent) else x.item.created_at
    ):
        if isinstance(one, LinkEvent):
            yield Text(Said(one.text, note=in_a_line(one.at)))
        else:
            yield from item_blocks(one, printing)


def _title(one: ShownItem, printing: Printing) -> Said:
    also = in_second(one, printing).title
    return Said(one.title, also if also and also != one.title else "")


def _number(one: ShownItem) -> str:
    return one.line.number if one.line is not None else one.rendered.number


def _offices(shown: Sequence[ShownItem], lang: str) -> str:
    first, names = shown[0], short_office_names(lang)
    codes = dict.fromkeys([first.item.office, *first.item.held_by])
    number = [first.rendered.number] if first.rendered.number else []
    return " · ".join([*number, ", ".join(names.get(code, code) for code in codes)])


def _markings(shown: Sequence[ShownItem]) -> list[Marking]:
    before = [two.marking for one in shown if one.asked for two in one.asked.before]
    return [*(one.item.marking.value for one in shown), *before]
