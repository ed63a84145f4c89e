"""Who will read a draft under its cover, in words, before anything is sent."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from borderliaison.correspondence.authorisation import Because
from borderliaison.correspondence.cover import Cover
from borderliaison.correspondence.shown.marks import marks_of
from borderliaison.correspondence.shown.preview import REGIONAL, Preview, PreviewLine, preview
from borderliaison.kernel.errors import MalformedData
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Marking, PageMarking
from borderliaison.markings.wording import WHY
from borderliaison.offices.services import counterparts_of, reporting_line
from borderliaison.offices.short_names import short_agency_names, short_office_names
from borderliaison.reports.drafting import Desk, bound_by, source_item
from borderliaison.reports.models import Draft
from borderliaison.ui.parts.marks import Marks
from borderliaison.ui.parts.readers import ReaderLine, Readers

BECAUSE = {
    Because.CROSSES_BORDER: lambda: _("Crossing a border needs a second officer"),
    Because.ORIGINATOR_FORBIDS: lambda: _("H2: only with the originator’s permission"),
    Because.SAME_COUNTRY: lambda: _("Addressed"),
}


def page_marking_of(desk: Desk, cover: Cover, beside: Sequence[Marking] = ()) -> PageMarking:
    """Return the marking that a draft has now, joined with that of what its page shows beside it."""
    try:
        marking = cover.marking(desk.acting.author.office, desk.acting.reader.realm)
    except MalformedData:
        return PageMarking.of(beside)
    return PageMarking.of([marking, *beside])


def preview_of(desk: Desk, draft: Draft, cover: Cover) -> dict[str, Any]:
    """Return "who will read this" for a cover, in words."""
    own = desk.acting.author.office
    try:
        marking = cover.marking(own, desk.acting.reader.realm)
    except MalformedData:
        return {
            "readers": Readers(note=_("Say what H3 asks for, then the readers are shown.")),
            "labels": Marks(),
        }
    source = source_item(desk.acting, draft)
    marking = bound_by(marking, draft, source)
    borrowed = source.office if source is not None and draft.purpose == "pass_on" else None
    others = (*reporting_line(own), *counterparts_of(own), REGIONAL)
    found = preview(marking, own, others, OfficeCode(borrowed) if borrowed else None)
    labels = marks_of(marking, own, desk.lang)
    return {"readers": _in_words(desk, found), "labels": labels}


def _in_words(desk: Desk, found: Preview) -> Readers:
    line = reporting_line(desk.acting.author.office)

    def words(one: PreviewLine) -> ReaderLine:
        names, agencies = short_office_names(desk.lang), short_agency_names(desk.lang)
        office = names.get(one.office, one.office)
        said = ", ".join(agencies.get(agency, agency) for agency in one.agencies)
        if isinstance(one.reason, Because):
            reason = BECAUSE[one.reason]()
        elif one.office in line and one in found.will:
            reason = _("Your reporting line")
        else:
            reason = str(WHY[one.reason])
        return ReaderLine(f"{office}: {said}" if said else office, reason, icon="building")

    not_live = ReaderLine(
        _("Anyone in an exercise"), _("Other realm: cannot be crossed"), icon="flag-3"
    )
    not_exercise = ReaderLine(_("Anyone in live work"), _("Other realm: cannot be crossed"))
    wall = not_exercise if desk.acting.reader.realm.is_exercise else not_live
    return Readers(
        will=tuple(words(one) for one in found.will),
        after=tuple(words(one) for one in found.after_authorisation),
        will_not=(*(words(one) for one in found.will_not), wall),
        note=_(
            "Sending gives it the next number of this office’s register. It can be corrected "
            "later; what was sent is kept."
        ),
    )
