"""What stands on every sheet, and the lines to sign on: the same for whatever is printed."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from borderliaison.kernel.realm import Realm
from borderliaison.printing.blocks import Marking, Said, Sheet, Signatures
from borderliaison.printing.times import in_a_line
from borderliaison.printing.tongues import Tongues
from borderliaison.ui.shell import MarkingLabels


@dataclass(frozen=True, slots=True)
class Printer:
    """Who prints.

    Attributes:
        officer: his id.
        name: of the officer, as it stands on paper.
        office: in words.
        realm: in which he works.
        at: when he prints.
    """

    officer: str
    name: str
    office: str
    realm: Realm
    at: datetime


def sheet_of(printer: Printer, marking: Marking, number: str = "") -> Sheet:
    """Return what stands on every sheet of a document.

    Args:
        printer: who prints it.
        marking: the strictest of all that the document shows.
        number: its register number, where it has one.
    """
    realm = printer.realm
    said = {"name": printer.name, "time": in_a_line(printer.at)}
    return Sheet(
        marking=marking,
        office=printer.office,
        printed=_("Printed by %(name)s, %(time)s") % said,
        page=pgettext("paper", "Page {page} of {pages}"),
        number=number,
        exercise=_("Exercise “%(name)s”") % {"name": realm.title} if realm.is_exercise else "",
        exercise_note=_("No real data here") if realm.is_exercise else "",
    )


def marking_of(labels: MarkingLabels) -> Marking:
    """Return a marking as it is drawn on paper."""
    return Marking(labels.classification, labels.is_open, tuple(labels.handling), labels.audience)


def signatures(tongues: Tongues, *roles: Said) -> Signatures:
    """Return lines to sign on, each for a role."""
    name = tongues.words(lambda: pgettext("signature line", "name, signature"))
    day = tongues.words(lambda: pgettext("signature line", "date"))
    return Signatures(roles, name, day)
