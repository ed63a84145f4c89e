"""A chart on paper: the picture over a sheet that lies, then who and what it shows, and how known."""

import math
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from borderliaison.charts.errors import BadPicture
from borderliaison.charts.network.known import Known, grade_of, known_of, told_of_all
from borderliaison.charts.reading import choice, matching, record, several, text
from borderliaison.charts.taken.picturing import Taking
from borderliaison.correspondence.people import Acting, author_of
from borderliaison.correspondence.printed.sheet import printer_of
from borderliaison.forms.codes import load_codes
from borderliaison.printing.blocks import Column, Document, Drawing, Heading, Said, Sign, Table
from borderliaison.printing.limits import MAX_TABLE_ROWS
from borderliaison.printing.sheets import marking_of, sheet_of
from borderliaison.records.shown.purpose import LIST
from borderliaison.wording.marks import labels_of

PAPERS: Final = ("a4", "a3")
MAX_PRINTED: Final = MAX_TABLE_ROWS
"""Items of a chart on paper, each a row beneath its picture."""
MAX_PICTURE_BYTES: Final = 16_000_000
MAX_PICTURE_DOTS: Final = 32_000_000
"""Twice what the page draws for the largest sheet; whoever sets it unpacks four octets of each."""
_HEAD: Final = re.compile(rb"\x89PNG\r\n\x1a\n\0\0\0\rIHDR(.{8})", re.DOTALL)
_FORMS: Final = ("solid", "dashed", "dotted", "dashdot", "thick", "fill", "ring", "letter")
_INK: Final = re.compile(r"#[0-9a-f]{6}")
_MAX_SIGNS: Final = 60


@dataclass(frozen=True, slots=True)
class Drawn:
    """The picture of a chart as the page drew it.

    Attributes:
        name: of the chart, saved or not.
        under: how much it shows, in words.
        signs: its legend.
        paper: on which it goes.
        picture: a PNG.
    """

    name: str
    under: str
    signs: tuple[Sign, ...]
    paper: str
    picture: bytes


def drawn(said: object, picture: "UploadedFile[bytes] | None") -> Drawn:
    """Read what the page drew.

    Raises:
        BadContent: what is said of it is of another form.
        BadPicture: it is no whole picture, or too large a one.
    """
    given = record(said, {"name", "under", "signs", "paper"})
    return Drawn(
        text(given["name"], 80),
        text(given["under"], 400),
        tuple(several(given["signs"], _MAX_SIGNS, _sign)),
        choice(given["paper"], PAPERS),
        _png(picture),
    )


def _png(sent: "UploadedFile[bytes] | None") -> bytes:
    """Read a picture, not before its size is known; how many dots it has stands at its beginning."""
    if sent is None or (sent.size or 0) > MAX_PICTURE_BYTES:
        raise BadPicture("size")
    picture: bytes = sent.read()
    head = _HEAD.match(picture)
    if head is None or not 0 < math.prod(struct.unpack(">II", head[1])) <= MAX_PICTURE_DOTS:
        raise BadPicture("dots")
    return picture


def _sign(sent: object) -> Sign:
    given = record(sent, {"form", "ink", "words", "letter"})
    form, ink = choice(given["form"], _FORMS), matching(given["ink"], _INK)
    return Sign(form, ink, Said(text(given["words"], 200)), text(given["letter"], 4))


def chart_document(taking: Taking, made: Drawn, lang: str, now: datetime) -> Document:
    """Return a chart as a document.

    Args:
        taking: who takes what.
        made: the picture.
        lang: in which language.
        now: when it is printed.
    """
    reader = taking.account.reader()
    known = told_of_all(reader, known_of(reader, taking.keys), lang)
    printer = printer_of(Acting(reader, author_of(taking.account)), lang, now)
    purpose = load_codes(LIST).text(taking.purpose, lang)
    return Document(
        title=Said(made.name),
        lang=lang,
        made_at=now,
        sheet=sheet_of(printer, marking_of(labels_of(taking.marking(), lang))),
        body=(
            Drawing(made.name, made.signs, Said(made.under), made.picture),
            Heading(Said(_("Who and what it shows"))),
            _table(known),
        ),
        under=_("Taken for: %(purpose)s") % {"purpose": purpose},
        is_wide=True,
        paper=made.paper,
    )


def _table(known: Sequence[Known]) -> Table:
    columns = (
        Column(Said(_("Name")), 5),
        Column(Said(_("Kind")), 2),
        Column(Said(_("Said by")), 4),
        Column(Said(pgettext("column", "Graded")), 2),
    )
    return Table(columns, tuple(_row(one) for one in known))


def _row(one: Known) -> tuple[Said, ...]:
    lines = one.lines
    sources = len({(line.office, line.title, line.said_at) for line in lines})
    note = ngettext("{n} source", "{n} sources", sources).replace("{n}", str(sources))
    titles = list(dict.fromkeys(line.title for line in lines if line.title))
    offices = ", ".join(dict.fromkeys(line.office for line in lines))
    grades = sorted({grade_of(line) for line in lines} - {""})
    return (
        Said(one.name),
        Said(one.kind),
        Said("\n".join((offices, *titles)) if titles else offices, note=note if lines else ""),
        Said(", ".join(grades) or "–", code=bool(grades)),
    )
