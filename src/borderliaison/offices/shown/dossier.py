"""One office's page: everything known of it, with dates and sources."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import get_language

from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.directory.fingerprints import of_office
from borderliaison.offices.kinds import (
    AgencyKind,
    CrossingStatusKind,
    OfficeStatusKind,
)
from borderliaison.offices.models import (
    Counterpart,
    CrossingStatus,
    Dated,
    Office,
    Officer,
    OfficeStatus,
    ReportingLine,
    Source,
)
from borderliaison.offices.services import find_office, reporting_line
from borderliaison.offices.shown import wording
from borderliaison.offices.shown.listing import (
    Sign,
    StatusNow,
    border_words,
    kind_words,
    shown_status,
    sign_of,
    status_now,
)
from borderliaison.offices.trust.keys import SignedDirectory
from borderliaison.offices.trust.verdicts import Verdict
from borderliaison.ui.shell import ClockKind, ClockZone


@dataclass(frozen=True, slots=True)
class SaidBy:
    """A public source."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One dated line of a history."""

    label: str
    since: str
    note: str
    source: SaidBy | None


@dataclass(frozen=True, slots=True)
class Other:
    """Another office that this one has to do with."""

    code: str
    name: str
    country: str
    sign: Sign


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way in which the name is written."""

    text: str
    language: str
    lang: str


@dataclass(frozen=True, slots=True)
class ShownAgency:
    """An agency in the office."""

    code: str
    kind: str
    icon: str
    name: str


@dataclass(frozen=True, slots=True)
class ShownOfficer:
    """An officer in the office."""

    name: str
    role: str
    agency: str
    languages: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is; degrees WGS84."""

    latitude: str
    longitude: str
    accuracy_km: str
    source: SaidBy | None


@dataclass(frozen=True, slots=True)
class Keys:
    """Its keys by the signed directory, and whether letters go and come."""

    verdict: Verdict
    words: str
    why: str
    fingerprint: str
    kid: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything on one office's page."""

    code: str
    name: str
    country: str
    country_code: str
    sign: Sign
    kind: str
    border: str
    zone: str
    local: str
    offset: str
    is_here: bool
    status: StatusNow | None
    place: Place | None
    statuses: tuple[Line, ...]
    crossing: tuple[Line, ...]
    spellings: tuple[Spelling, ...]
    agencies: tuple[ShownAgency, ...]
    languages: tuple[str, ...]
    officers: tuple[ShownOfficer, ...]
    counterparts: tuple[Other, ...]
    above: tuple[Other, ...]
    below: tuple[Other, ...]
    keys: Keys


_AGENCY_ICONS = {
    AgencyKind.BORDER: "shield",
    AgencyKind.CUSTOMS: "package",
    AgencyKind.DRUGS: "flask",
    AgencyKind.INTERIOR: "id-badge-2",
    AgencyKind.FOREIGN: "building-bank",
    AgencyKind.REGIONAL: "world",
}


def dossier_of(code: str, here: str, directory: SignedDirectory, now: datetime) -> Dossier:
    """Return what one office's page shows.

    Raises:
        UnknownOffice: the network has no such office.
    """
    office, lang, day = find_office(code), get_language() or "en", now.astimezone(UTC).date()
    sources = {one.key: SaidBy(_in(one.title, lang), one.url) for one in Source.objects.all()}
    statuses = list(OfficeStatus.objects.filter(office=office))
    status = status_now(statuses, day)
    crossing = CrossingStatus.objects.filter(crossing=office.crossing) if office.crossing else []
    return Dossier(
        code=office.code,
        name=office.name_in(lang),
        country=office.country.name_in(lang),
        country_code=office.country_id,
        sign=sign_of(office, here, status.status if status else None),
        kind=kind_words(office),
        border=border_words(office, lang),
        zone=office.zone,
        local=f"{now.astimezone(ZoneInfo(office.zone)):%H:%M}",
        offset=ClockZone(ClockKind.LOCAL, "", office.zone).offset(now),
        is_here=office.code == here,
        status=shown_status(status),
        place=_place(office, sources),
        statuses=tuple(
            _line(one, str(OfficeStatusKind(one.status).label), sources, lang) for one in statuses
        ),
        crossing=tuple(
            _line(one, str(CrossingStatusKind(one.status).label), sources, lang) for one in crossing
        ),
        spellings=_spellings(office),
        agencies=_agencies(office, lang),
        languages=tuple(wording.language(one) for one in office.languages),
        officers=_officers(office),
        counterparts=_facing(office, here),
        above=_others(reporting_line(code, day), here),
        below=_others(_reporting_here(office, now), here),
        keys=_keys(office, directory, lang),
    )


def _in(texts: dict[str, str], lang: str) -> str:
    return texts.get(lang) or texts.get("en", "")


def _line(one: Dated, label: str, sources: dict[str, SaidBy], lang: str) -> Line:
    since = wording.since(one.since, one.precision)
    return Line(label, since, _in(one.note, lang), sources.get(one.source))


def _place(office: Office, sources: dict[str, SaidBy]) -> Place | None:
    at = office.crossing or office
    if at.latitude is None or at.longitude is None:
        return None
    return Place(
        f"{at.latitude:.3f}",
        f"{at.longitude:.3f}",
        f"{at.accuracy_km:g}" if at.accuracy_km is not None else "",
        sources.get(at.place_source),
    )


def _spellings(office: Office) -> tuple[Spelling, ...]:
    aliases = [*office.aliases, *(office.crossing.aliases if office.crossing else [])]
    written = [*office.names.items(), *((one["lang"], one["text"]) for one in aliases)]
    return tuple(
        Spelling(text, wording.language(lang), lang) for lang, text in dict.fromkeys(written)
    )


def _agencies(office: Office, lang: str) -> tuple[ShownAgency, ...]:
    lines = office.memberships.filter(until=None).select_related("agency")
    return tuple(
        ShownAgency(
            line.agency_id,
            str(AgencyKind(line.agency.kind).label),
            _AGENCY_ICONS[AgencyKind(line.agency.kind)],
            line.agency.name_in(lang),
        )
        for line in lines
    )


def _officers(office: Office) -> tuple[ShownOfficer, ...]:
    officers = Officer.objects.filter(office=office, is_active=True).select_related("agency")
    return tuple(
        ShownOfficer(
            one.name,
            wording.role(one.role),
            str(AgencyKind(one.agency.kind).label),
            ", ".join(wording.language(lang) for lang in one.languages),
        )
        for one in officers
    )


def _facing(office: Office, here: str) -> tuple[Other, ...]:
    pairs = Counterpart.objects.filter(Q(one=office) | Q(other=office), until=None)
    codes = [OfficeCode(p.other_id if p.one_id == office.code else p.one_id) for p in pairs]
    return _others(tuple(codes), here)


def _reporting_here(office: Office, now: datetime) -> tuple[OfficeCode, ...]:
    day = now.astimezone(UTC).date()
    lines = ReportingLine.objects.filter(to=office).order_by("office_id")
    return tuple(OfficeCode(line.office_id) for line in lines if line.holds_on(day))


def _others(codes: tuple[OfficeCode, ...], here: str) -> tuple[Other, ...]:
    found = Office.objects.select_related("country", "crossing").in_bulk(codes)
    return tuple(
        Other(
            code,
            found[code].name,
            found[code].country.name,
            sign_of(found[code], here, OfficeStatusKind.OPERATING),
        )
        for code in codes
    )


def _keys(office: Office, directory: SignedDirectory, lang: str) -> Keys:
    verdict = directory.may_exchange(OfficeCode(office.code))
    public = directory.public_of(OfficeCode(office.code))
    return Keys(
        verdict=verdict,
        words=wording.exchange(verdict),
        why=wording.reason(verdict, office.country.name_in(lang)),
        fingerprint=of_office(public) if public else "",
        kid=public.kid.hex() if public else "",
    )
