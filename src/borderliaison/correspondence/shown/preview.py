"""Who will be able to read this, and why; who will not, and why: before anything is sent.

The answers come from the same policy and the same rule that decide afterwards, asked about an officer
of each agency of each office who is admitted to "for official use".
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from borderliaison.correspondence.authorisation import Because, Passage, Verdict, rule
from borderliaison.correspondence.models import Dissemination, Item
from borderliaison.correspondence.people import Acting
from borderliaison.kernel.ids import AgencyCode, CountryCode, OfficeCode
from borderliaison.kernel.marking import ANY_AGENCY, NODE_CEILING, Marking, Readers
from borderliaison.kernel.policy import Reader, Reason, decide_read
from borderliaison.offices.services import agencies_in, counterparts_of, reporting_line
from borderliaison.offices.short_names import short_agency_names, short_office_names

REGIONAL = OfficeCode("ZZ-CAR")
"""The region's centre, of which an officer asks whether it reads along."""


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One office, or some of its agencies, with the reason.

    Attributes:
        agencies: the agencies meant; empty means every agency there.
    """

    office: OfficeCode
    agencies: tuple[AgencyCode, ...]
    reason: Reason | Because


@dataclass(frozen=True, slots=True)
class Preview:
    """The three lists."""

    will: tuple[PreviewLine, ...]
    after_authorisation: tuple[PreviewLine, ...]
    will_not: tuple[PreviewLine, ...]


def preview(
    marking: Marking,
    sender: OfficeCode,
    others: tuple[OfficeCode, ...],
    source: OfficeCode | None = None,
) -> Preview:
    """Say who will read what carries this marking.

    Args:
        marking: what the sender is about to send.
        sender: the office that sends.
        others: offices that an officer here would ask about though they are not addressed.
        source: the office whose item it rests on, where it is another.
    """
    will: list[PreviewLine] = []
    after: list[PreviewLine] = []
    will_not: list[PreviewLine] = []
    addressed = marking.audience.offices()
    for office in (sender, *(one for one in addressed if one != sender)):
        allowed, refused = _by_agency(marking, office)
        if allowed:
            line = PreviewLine(office, allowed if refused else (), Reason.ADDRESSED)
            permit = rule().decide(Passage(marking, sender, office, source))
            if office == sender:
                will.append(PreviewLine(office, line.agencies, Reason.ORIGINATOR))
            elif permit.verdict is Verdict.FREE:
                will.append(line)
            elif permit.verdict is Verdict.SECOND_OFFICER:
                after.append(PreviewLine(office, line.agencies, permit.because))
            else:
                will_not.append(PreviewLine(office, line.agencies, permit.because))
        if refused:
            will_not.append(PreviewLine(office, refused, Reason.OTHER_AGENCY))
    for office in others:
        if office not in addressed and office != sender:
            will_not.append(PreviewLine(office, (), Reason.NOT_ADDRESSED))
    return Preview(tuple(will), tuple(after), tuple(will_not))


@dataclass(frozen=True, slots=True)
class ThreadReader:
    """One office in "who can read this thread".

    Attributes:
        agencies: in words, where not every agency there reads.
    """

    code: OfficeCode
    office: str
    note: str
    reads: bool
    agencies: str = ""


def readers_of(items: Sequence[Item], acting: Acting, lang: str) -> tuple[ThreadReader, ...]:
    """Return who holds what of a thread, and who does not, as this office knows.

    Args:
        items: the items that this officer may read; those whom they name, he may know of.
        acting: who asks.
        lang: the language of the offices' names.
    """
    held = Dissemination.objects.readable_by(acting.reader).filter(item__in=items)
    waiting = {
        office for one in held.exclude(state=Dissemination.State.POSTED) for office in one.offices
    }
    own = acting.author.office
    line = reporting_line(own)
    found: dict[OfficeCode, tuple[str, bool]] = {}
    for item in items:
        found.setdefault(OfficeCode(item.office), (_("author"), True))
        for office in item.marking.value.audience.offices():
            if item.is_own and office in waiting:
                found.setdefault(office, (_("not authorised"), False))
            elif office in line:
                found.setdefault(office, (_("reporting line"), True))
            else:
                found.setdefault(office, (_("addressed"), True))
    for office in (*counterparts_of(own), REGIONAL):
        if items[0].is_own:
            found.setdefault(office, (_("not addressed"), False))
    names = short_office_names(lang)
    readers = [
        ThreadReader(office, names.get(office, office), *rest, agencies=_limited(items, office))
        for office, rest in found.items()
    ]
    return tuple(sorted(readers, key=lambda one: not one.reads))


def _limited(items: Sequence[Item], office: OfficeCode) -> str:
    lines = {
        one.agency
        for item in items
        for one in item.marking.value.audience.lines
        if one.office == office
    }
    if ANY_AGENCY in lines or not lines:
        return ""
    names = short_agency_names(get_language() or "en")
    return ", ".join(names.get(one, one) for one in sorted(lines))


def _by_agency(
    marking: Marking, office: OfficeCode
) -> tuple[tuple[AgencyCode, ...], tuple[AgencyCode, ...]]:
    allowed: list[AgencyCode] = []
    refused: list[AgencyCode] = []
    country = CountryCode(office[:2])
    for agency in agencies_in(office) or (ANY_AGENCY,):
        reader = Reader(office, agency, country, NODE_CEILING, marking.realm)
        whole = Readers(office) in marking.audience.lines
        (allowed if whole or decide_read(reader, marking) else refused).append(agency)
    return tuple(allowed), tuple(refused)
