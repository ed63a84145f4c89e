"""What needs action, on paper: requests by deadline, warnings, what waits to be authorised."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.printed.sheet import marked_sheet
from borderliaison.correspondence.shown.needing import Need
from borderliaison.correspondence.shown.needs_shown import NeedGroup, show_needs
from borderliaison.offices.services import office_names
from borderliaison.printing.blocks import Block, Column, Document, Heading, Said, Table, Text
from borderliaison.printing.sheets import signatures
from borderliaison.printing.times import said_at
from borderliaison.printing.tongues import Tongues
from borderliaison.ui.parts.feed import ActionItem


def needs_document(
    needs: Sequence[Need], officer: Acting, tongues: Tongues, now: datetime
) -> Document:
    """Return all that needs action of this office, as far as the officer may read it: to hand over."""
    lang, office = tongues.first, officer.author.office
    listed = show_needs(needs, officer, lang, now, most=len(needs))
    body: list[Block] = [block for one in listed.groups for block in _group(one, tongues)]
    if not listed.groups:
        body.append(Text(tongues.words(lambda: _("Nothing needs action"))))
    body.append(
        signatures(
            tongues,
            tongues.words(lambda: pgettext("signature line", "Handed over by")),
            tongues.words(lambda: pgettext("signature line", "Taken over by")),
        )
    )
    return Document(
        title=tongues.words(lambda: _("Needs action")),
        lang=lang,
        made_at=now,
        sheet=marked_sheet(officer, [one.item.marking.value for one in needs], lang, now),
        body=tuple(body),
        under=office_names(lang).get(office, office),
        second=tongues.second,
    )


def _group(group: NeedGroup, tongues: Tongues) -> Iterator[Block]:
    yield Heading(Said(f"{group.label}: {len(group.needs)}"), 2)
    columns = (
        Column(tongues.words(lambda: pgettext("paper", "Due")), 3),
        Column(tongues.words(lambda: pgettext("paper", "What is to be done")), 5),
        Column(tongues.words(lambda: pgettext("paper", "About")), 7),
        Column(tongues.words(lambda: pgettext("paper", "Marking")), 3),
    )
    yield Table(columns, tuple(_row(one.action) for one in group.needs))


def _row(one: ActionItem) -> tuple[Said, ...]:
    due = said_at(one.due_at) if one.due_at is not None else Said("")
    labels = one.marks.labels if one.marks is not None else None
    marking = " · ".join([labels.classification, *labels.handling]) if labels else ""
    return due, Said(one.title), Said(one.text), Said(marking)
