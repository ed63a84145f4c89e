"""Who prints correspondence, and the strictest marking of what he prints."""

from collections.abc import Iterable
from datetime import datetime

from borderliaison.correspondence.people import Acting
from borderliaison.kernel.marking import Marking, PageMarking
from borderliaison.offices.services import office_names
from borderliaison.printing.blocks import Sheet
from borderliaison.printing.sheets import Printer, marking_of, sheet_of
from borderliaison.wording.marks import page_labels


def printer_of(officer: Acting, lang: str, now: datetime) -> Printer:
    """Return who prints, in this language."""
    author = officer.author
    office = office_names(lang).get(author.office, author.office)
    return Printer(author.officer, author.name, office, officer.reader.realm, now)


def marked_sheet(
    officer: Acting, markings: Iterable[Marking], lang: str, now: datetime, number: str = ""
) -> Sheet:
    """Return what stands on every sheet of a document.

    Args:
        officer: who prints it.
        markings: of everything that the document shows.
        lang: the reader's language.
        now: when it is printed.
        number: its register number, where it has one.
    """
    labels = page_labels(PageMarking.of(markings), officer.author.office, lang)
    return sheet_of(printer_of(officer, lang, now), marking_of(labels), number)
