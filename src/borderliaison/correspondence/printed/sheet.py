"""What stands on every sheet: the strictest marking, the office, who printed it and when."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.printed.times import in_a_line
from borderliaison.correspondence.shown.marks import page_labels
from borderliaison.kernel.marking import Marking, PageMarking
from borderliaison.offices.services import office_names
from borderliaison.printing import blocks
from borderliaison.printing.blocks import Sheet, Signatures
from borderliaison.printing.tongues import Tongues
from borderliaison.ui.shell import MarkingLabels


def sheet_of(
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
    office, realm = officer.author.office, officer.reader.realm
    said = {"name": officer.author.name, "time": in_a_line(now)}
    return Sheet(
        marking=marking_of(page_labels(PageMarking.of(markings), office, lang)),
        office=office_names(lang).get(office, office),
        printed=_("Printed by %(name)s, %(time)s") % said,
        page=pgettext("paper", "Page {page} of {pages}"),
        number=number,
        exercise=_("Exercise “%(name)s”") % {"name": realm.title} if realm.is_exercise else "",
        exercise_note=_("No real data here") if realm.is_exercise else "",
    )


def marking_of(labels: MarkingLabels) -> blocks.Marking:
    """Return a marking as it is drawn on paper."""
    return blocks.Marking(
        labels.classification, labels.is_open, tuple(labels.handling), labels.audience
    )


def signatures(tongues: Tongues, *roles: blocks.Said) -> Signatures:
    """Return lines to sign on, each for a role."""
    name = tongues.words(lambda: pgettext("signature line", "name, signature"))
    day = tongues.words(lambda: pgettext("signature line", "date"))
    return Signatures(roles, name, day)
