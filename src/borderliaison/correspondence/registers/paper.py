"""A register as a book of sheets that lie: all lines that were looked for, with their signatures."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.printed.sheet import marked_sheet
from borderliaison.correspondence.registers.models import Direction
from borderliaison.correspondence.registers.shown import ShownLine
from borderliaison.offices.services import agency_names
from borderliaison.printing.blocks import Block, Column, Document, Said, Table, Text
from borderliaison.printing.sheets import signatures
from borderliaison.printing.times import said_at
from borderliaison.printing.tongues import Tongues


def register_document(
    lines: Sequence[ShownLine],
    name: str,
    direction: Direction,
    officer: Acting,
    tongues: Tongues,
    now: datetime,
) -> Document:
    """Return lines of a register as a document.

    Args:
        lines: in the order in which they are to stand.
        name: of the register, which its numbers begin with.
        direction: which register it is.
        officer: who prints it.
        tongues: its languages.
        now: when it is printed.
    """
    agency = officer.author.agency
    body: list[Block] = [_table(lines, direction, tongues)] if lines else []
    if not lines:
        body.append(Text(tongues.words(lambda: pgettext("register", "No lines."))))
    body.append(
        signatures(
            tongues,
            tongues.words(lambda: _("Register kept by")),
            tongues.words(lambda: _("Checked by")),
        )
    )
    markings = [marking for one in lines for marking in one.markings]
    return Document(
        title=tongues.words(lambda: _title(direction)),
        lang=tongues.first,
        made_at=max((one.at for one in lines), default=now),
        sheet=marked_sheet(officer, markings, tongues.first, now, name),
        body=tuple(body),
        under=agency_names(tongues.first).get(agency, agency),
        is_wide=True,
    )


def _title(direction: Direction) -> str:
    came = direction is Direction.INCOMING
    return _("Register of incoming documents") if came else _("Register of outgoing documents")


def _table(lines: Sequence[ShownLine], direction: Direction, tongues: Tongues) -> Table:
    came = direction is Direction.INCOMING
    columns = (
        Column(tongues.words(lambda: pgettext("register", "Number")), 30),
        Column(tongues.words(lambda: pgettext("register", "Registered")), 29),
        Column(
            tongues.words(
                lambda: pgettext("register", "From") if came else pgettext("register", "To")
            ),
            24,
        ),
        Column(tongues.words(lambda: pgettext("register", "Subject")), 54),
        Column(tongues.words(lambda: _("Their number") if came else _("Report number")), 24),
        Column(tongues.words(lambda: pgettext("register", "Status")), 24),
    )
    return Table(columns, tuple(map(_row, lines)))


def _row(one: ShownLine) -> tuple[Said, ...]:
    paper = _("made before a loss of data: on paper it may have another number")
    number = Said(one.number, note=paper if one.otherwise else "", code=True)
    if not one.url:
        hidden = Said(_("Registered; you cannot read the document."))
        return number, said_at(one.at), Said(""), hidden, Said(""), Said("")
    about = f"{one.kind}: {one.said}" if one.said else one.kind
    if one.states > 1:
        about += " · " + _("corrected, state %(n)s") % {"n": one.states}
    standing = one.standing
    return (
        number,
        said_at(one.at),
        Said(one.offices, note=one.who),
        Said(one.subject, also=about),
        Said(one.report, code=True),
        Said(standing.words, also=standing.count) if standing else Said(""),
    )
