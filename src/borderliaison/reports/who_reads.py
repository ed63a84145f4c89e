"""Who will read a draft under its cover, in words, before anything is sent."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from borderliaison.correspondence.authorisation import Because
from borderliaison.correspondence.cover import Cover
from borderliaison.correspondence.shown.preview import REGIONAL, Preview, PreviewLine, preview
from borderliaison.forms.codes import load_codes
from borderliaison.kernel.errors import MalformedData
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Marking, PageMarking
from borderliaison.markings.wording import WHY
from borderliaison.offices.services import counterparts_of, reporting_line
from borderliaison.offices.short_names import short_agency_names, short_office_names
from borderliaison.reports.drafting import Desk, bound_by, form_of, source_item
from borderliaison.reports.keeping_from import countries_kept_from, told_against
from borderliaison.reports.models import Draft
from borderliaison.ui.parts.marks import Marks
from borderliaison.ui.parts.readers import ReaderLine, Readers
from borderliaison.wording.marks import marks_of

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


def preview_of(desk: Desk, draft: Draft, cover: Cover, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return "who will read this" for a cover and what is filled in, in words."""
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
    kept = countries_kept_from(form_of(draft), values)
    readers = _in_words(desk, found, kept)
    if against := told_against(form_of(draft), values, cover):
        readers = replace(readers, warning=_warning(desk, against))
    return {"readers": readers, "labels": labels}


def _warning(desk: Desk, against: Sequence[str]) -> str:
    """Say why a report cannot be sent to some of those who are addressed."""
    names, listed = short_office_names(desk.lang), load_codes("country")
    offices = dict.fromkeys(one.partition(":")[0] for one in against)
    countries = dict.fromkeys(listed.text(one[:2], desk.lang) for one in offices)
    return _(
        "%(offices)s: this report is never told to a country that it names (%(countries)s). "
        "Take these offices out, or it cannot be sent."
    ) % {
        "offices": ", ".join(names.get(OfficeCode(one), one) for one in offices),
        "countries": ", ".join(countries),
    }


def _in_words(desk: Desk, found: Preview, kept: Set[str]) -> Readers:
    line = reporting_line(desk.acting.author.office)

    def words(one: PreviewLine) -> ReaderLine:
        names, agencies = short_office_names(desk.lang), short_agency_names(desk.lang)
        office = names.get(one.office, one.office)
        said = ", ".join(agencies.get(agency, agency) for agency in one.agencies)
        if one.office[:2] in kept:
            reason = _("Never: this report names its country")
        elif isinstance(one.reason, Because):
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

    def told(lines: Sequence[PreviewLine]) -> tuple[ReaderLine, ...]:
        return tuple(words(one) for one in lines if one.office[:2] not in kept)

    never = [
        words(one)
        for one in (*found.will, *found.after_authorisation, *found.will_not)
        if one.office[:2] in kept
    ]
    return Readers(
        will=told(found.will),
        after=told(found.after_authorisation),
        will_not=(*never, *told(found.will_not), wall),
        note=_(
            "Sending gives it the next number of this office’s register. It can be corrected "
            "later; what was sent is kept."
        ),
    )
