"""What an administrator corrects in the network. Every correction is audited, and outlives a new load."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from borderliaison.audit.services import record
from borderliaison.offices.codes import crosses_border
from borderliaison.offices.correcting.changes import correcting, made
from borderliaison.offices.errors import (
    BadSpelling,
    NoCrossingPoint,
    NoSuchLine,
    NotAcrossBorder,
    NotAPlace,
    SameOffice,
    UnknownLanguage,
)
from borderliaison.offices.kinds import ChangeKind, CrossingStatusKind, OfficeStatusKind
from borderliaison.offices.models import (
    Counterpart,
    CrossingPoint,
    CrossingStatus,
    NetworkChange,
    Office,
    OfficeStatus,
    ReportingLine,
)
from borderliaison.offices.services import find_office
from borderliaison.offices.shown.wording import is_language

MAX_SPELLING = 80


@dataclass(frozen=True, slots=True)
class Position:
    """Where something is.

    Attributes:
        latitude: degrees WGS84, north positive.
        longitude: degrees WGS84, east positive.
        accuracy_km: the radius that holds the true place.
    """

    latitude: float
    longitude: float
    accuracy_km: float

    def check(self) -> None:
        """Check that it is a place.

        Raises:
            NotAPlace: the numbers are none.
        """
        on_earth = -90 <= self.latitude <= 90 and -180 <= self.longitude <= 180
        if not (on_earth and 0 < self.accuracy_km <= 1000):
            raise NotAPlace(f"{self.latitude}, {self.longitude} ± {self.accuracy_km} km")


def correct_place(code: str, at: Position, *, source: str, actor: str) -> NetworkChange:
    """Correct where an office, and the crossing point that it stands at, is.

    Args:
        code: the office.
        at: where it is.
        source: how that is known.
        actor: who says so.

    Raises:
        UnknownOffice: there is none with this code.
        NotAPlace: the numbers are no place.
        SourceMissing, NothingToCorrect: as they say.
    """
    at.check()
    office = find_office(code)
    values = {
        "latitude": at.latitude,
        "longitude": at.longitude,
        "accuracy_km": at.accuracy_km,
        "place_source": "",
    }
    with correcting(code, ChangeKind.PLACE, actor=actor, source=source) as correction:
        correction.set(office.crossing or office, values)
        record("office.placed", actor=actor, subject=code)
    return made(correction)


def draw_reporting_line(
    code: str, to: str, since: date, *, source: str, actor: str
) -> NetworkChange:
    """Send an office's reports to another one from a day on; its present lines end on that day.

    Raises:
        UnknownOffice: one of the two does not exist.
        SameOffice: the two are the same.
        SourceMissing, NothingToCorrect: as they say.
    """
    office, above = find_office(code), find_office(to)
    if office == above:
        raise SameOffice(code)
    with correcting(code, ChangeKind.REPORTING_LINE, actor=actor, source=source) as correction:
        present = ReportingLine.objects.filter(office=office, until__isnull=True)
        if not present.filter(to=above).exists():
            for line in present:
                correction.set(line, {"until": since})
            again = ReportingLine.objects.filter(office=office, to=above, since=since).first()
            if again is not None:
                correction.set(again, {"until": None})
            else:
                correction.add(ReportingLine(office=office, to=above, since=since))
        record("office.line_drawn", actor=actor, subject=code, to=to)
    return made(correction)


def end_reporting_lines(code: str, on: date, *, source: str, actor: str) -> NetworkChange:
    """Let an office report to nobody from a day on.

    Raises:
        UnknownOffice: there is none with this code.
        NoSuchLine: it reports to nobody already.
        SourceMissing: as it says.
    """
    office = find_office(code)
    present = list(ReportingLine.objects.filter(office=office, until__isnull=True))
    if not present:
        raise NoSuchLine(code)
    with correcting(code, ChangeKind.REPORTING_LINE, actor=actor, source=source) as correction:
        for line in present:
            correction.set(line, {"until": on})
        record("office.line_ended", actor=actor, subject=code)
    return made(correction)


def draw_counterpart(
    code: str, other: str, since: date, *, source: str, actor: str
) -> NetworkChange:
    """Say that two offices face each other across a border from a day on.

    Raises:
        UnknownOffice: one of the two does not exist.
        NotAcrossBorder: both are of one country.
        SourceMissing, NothingToCorrect: as they say.
    """
    one, two = sorted([find_office(code).code, find_office(other).code])
    if not crosses_border(one, two):
        raise NotAcrossBorder(f"{one}, {two}")
    with correcting(code, ChangeKind.COUNTERPART, actor=actor, source=source) as correction:
        known = Counterpart.objects.filter(one=one, other=two).first()
        if known is None:
            correction.add(Counterpart(one_id=one, other_id=two, since=since))
        elif known.until is not None:
            correction.set(known, {"since": since, "until": None})
        record("office.counterpart_drawn", actor=actor, subject=code, other=other)
    return made(correction)


def end_counterpart(code: str, other: str, on: date, *, source: str, actor: str) -> NetworkChange:
    """Say that two offices face each other no more from a day on.

    Raises:
        UnknownOffice: one of the two does not exist.
        NoSuchLine: they do not face each other.
        SourceMissing: as it says.
    """
    pair = {find_office(code).code, find_office(other).code}
    known = Counterpart.objects.filter(
        Q(one__in=pair), Q(other__in=pair), until__isnull=True
    ).first()
    if known is None:
        raise NoSuchLine(f"{code}, {other}")
    with correcting(code, ChangeKind.COUNTERPART, actor=actor, source=source) as correction:
        correction.set(known, {"until": on})
        record("office.counterpart_ended", actor=actor, subject=code, other=other)
    return made(correction)


def note_office_status(
    code: str, status: OfficeStatusKind, since: date, *, source: str, actor: str
) -> NetworkChange:
    """Note what an office is since a day.

    Raises:
        UnknownOffice: there is none with this code.
        SourceMissing, NothingToCorrect: as they say.
    """
    office = find_office(code)
    noted: dict[str, Any] = {"office": office, "status": status, "since": since}
    with correcting(code, ChangeKind.STATUS, actor=actor, source=source) as correction:
        if not OfficeStatus.objects.filter(**noted).exists():
            correction.add(OfficeStatus(**noted))
        record("office.status_noted", actor=actor, subject=code, status=str(status))
    return made(correction)


def note_crossing_status(
    code: str, status: CrossingStatusKind, since: date, *, source: str, actor: str
) -> NetworkChange:
    """Note whether an office's crossing point is open since a day.

    Raises:
        UnknownOffice: there is none with this code.
        NoCrossingPoint: the office stands at none.
        SourceMissing, NothingToCorrect: as they say.
    """
    office = find_office(code)
    if office.crossing is None:
        raise NoCrossingPoint(code)
    noted: dict[str, Any] = {"crossing": office.crossing, "status": status, "since": since}
    with correcting(code, ChangeKind.CROSSING_STATUS, actor=actor, source=source) as correction:
        if not CrossingStatus.objects.filter(**noted).exists():
            correction.add(CrossingStatus(**noted))
        record("crossing.status_noted", actor=actor, subject=code, status=str(status))
    return made(correction)


def add_spelling(code: str, text: str, lang: str, *, source: str, actor: str) -> NetworkChange:
    """Add a way in which an office's name is written, by which it is found too.

    Args:
        code: the office.
        text: the name.
        lang: the language, with the script where the language has two: ``uz-Cyrl``.
        source: where it is written so.
        actor: who says so.

    Raises:
        UnknownOffice: there is none with this code.
        BadSpelling: the text is empty or too long.
        UnknownLanguage: the language is unknown.
        SourceMissing, NothingToCorrect: as they say.
    """
    spelling = {"text": " ".join(text.split()), "lang": lang}
    if not is_language(lang):
        raise UnknownLanguage(lang)
    if not 0 < len(spelling["text"]) <= MAX_SPELLING:
        raise BadSpelling(f"{lang}: {spelling['text']}")
    named = _named(code)
    with correcting(code, ChangeKind.ALIAS, actor=actor, source=source) as correction:
        if spelling not in named.aliases:
            correction.set(named, {"aliases": [*named.aliases, spelling]})
        record("office.spelling_added", actor=actor, subject=code, lang=lang)
    return made(correction)


def remove_spelling(code: str, text: str, *, source: str, actor: str) -> NetworkChange:
    """Take away a way in which an office's name is written; its proper names stay.

    Raises:
        UnknownOffice: there is none with this code.
        BadSpelling: the name is not written so.
        SourceMissing: as it says.
    """
    named = _named(code)
    left = [one for one in named.aliases if one["text"] != " ".join(text.split())]
    if len(left) == len(named.aliases):
        raise BadSpelling(text)
    with correcting(code, ChangeKind.ALIAS, actor=actor, source=source) as correction:
        correction.set(named, {"aliases": left})
        record("office.spelling_removed", actor=actor, subject=code)
    return made(correction)


def _named(code: str) -> CrossingPoint | Office:
    """Return what carries an office's spellings: the crossing point that it stands at, or itself."""
    office = find_office(code)
    return office.crossing or office
