"""The directory page as rows: every office by country, found by any of its names in any script."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from borderliaison.offices.kinds import AgencyKind, OfficeKind, OfficeStatusKind, PointKind
from borderliaison.offices.models import (
    Agency,
    Counterpart,
    Country,
    Office,
    OfficeAgency,
    OfficeStatus,
)
from borderliaison.offices.names import fold, matches, search_key
from borderliaison.offices.shown import wording
from borderliaison.offices.trust.keys import SignedDirectory

GROUPS: dict[str, frozenset[str]] = {
    "border": frozenset(
        {OfficeKind.BLO, OfficeKind.OUTPOST, OfficeKind.MOBILE_TEAM, OfficeKind.PORT_CONTROL_UNIT}
    ),
    "centres": frozenset(
        {
            OfficeKind.COORDINATION_CENTRE,
            OfficeKind.OPERATIONAL_SECTOR,
            OfficeKind.SITUATION_CENTRE,
            OfficeKind.REGIONAL_CENTRE,
        }
    ),
    "headquarters": frozenset({OfficeKind.HEADQUARTERS}),
}
"""What the filter above the list offers."""

_SIGNS = {
    OfficeKind.COORDINATION_CENTRE: "centre",
    OfficeKind.SITUATION_CENTRE: "centre",
    OfficeKind.OPERATIONAL_SECTOR: "sector",
    OfficeKind.REGIONAL_CENTRE: "region",
    OfficeKind.HEADQUARTERS: "headquarters",
    OfficeKind.MOBILE_TEAM: "mobile_team",
    OfficeKind.PORT_CONTROL_UNIT: "port_unit",
}
_POINT_SIGNS = {
    PointKind.ROAD: "road",
    PointKind.RAIL: "rail",
    PointKind.AIRPORT: "air",
    PointKind.SEAPORT: "port",
}


@dataclass(frozen=True, slots=True)
class Sign:
    """How an office is drawn.

    Attributes:
        kind: a kind of ``ui.parts.offices``: the shape says the rank, the icon what passes there.
        is_own: of this node's country.
        link: ``planned`` draws it dashed.
        words: the same for those who hear the page.
    """

    kind: str
    is_own: bool
    link: str
    words: str


@dataclass(frozen=True, slots=True)
class StatusNow:
    """What an office is now."""

    label: str
    since: str
    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """One office in the list.

    Attributes:
        kind: what it is and what passes there: "BLO · Road, 24/7".
        border: the neighbour, in words.
        is_here: this node's own office.
        is_listed: the signed directory lists keys of it.
        found_by: the name that the search found where it is not the one shown.
    """

    code: str
    name: str
    sign: Sign
    kind: str
    border: str
    counterparts: tuple[tuple[str, str], ...]
    agencies: tuple[str, ...]
    languages: tuple[str, ...]
    status: StatusNow | None
    is_here: bool
    is_listed: bool
    found_by: str


@dataclass(frozen=True, slots=True)
class CountryGroup:
    """The offices of one country."""

    code: str
    name: str
    rows: tuple[OfficeRow, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """The list with what was asked for.

    Attributes:
        shown: how many offices the list holds; ``total`` is how many there are.
    """

    groups: tuple[CountryGroup, ...]
    shown: int
    total: int
    query: str
    group: str


@dataclass(slots=True)
class _Known:
    """Everything the rows need, read in a few queries."""

    here: str
    lang: str
    names: dict[str, str]
    statuses: dict[str, OfficeStatus] = field(default_factory=dict)
    agencies: dict[str, list[str]] = field(default_factory=dict)
    counterparts: dict[str, list[str]] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)


def list_offices(
    here: str, directory: SignedDirectory, *, query: str = "", group: str = ""
) -> Listing:
    """Return the offices by country, our own country first.

    Args:
        here: this node's office.
        directory: says whose keys are listed.
        query: names or parts of names, in any script; all where it is empty.
        group: a key of ``GROUPS``; all where it is empty or unknown.
    """
    offices = list(Office.objects.select_related("country", "crossing__border"))
    known = _read(here, offices, directory)
    wanted = GROUPS.get(group)
    rows: dict[str, list[OfficeRow]] = {}
    for one in offices:
        if (wanted is None or one.kind in wanted) and _found(one, query):
            rows.setdefault(one.country_id, []).append(_row(one, known, query))
    countries = sorted(
        (one for one in Country.objects.all() if one.code in rows),
        key=lambda one: (one.code != here[:2], one.role == "region", one.name),
    )
    groups = tuple(CountryGroup(c.code, c.name, tuple(_order(rows[c.code]))) for c in countries)
    shown = sum(len(one.rows) for one in groups)
    return Listing(groups, shown, len(offices), query, group if wanted else "")


def sign_of(office: Office, here: str, status: str | None) -> Sign:
    """Return how an office is drawn."""
    kind = OfficeKind(office.kind)
    sign = _SIGNS.get(kind, "road")
    if kind is OfficeKind.BLO and office.crossing:
        sign = _POINT_SIGNS[PointKind(office.crossing.kinds[0])]
    works = status == OfficeStatusKind.OPERATING
    return Sign(sign, office.country_id == here[:2], "" if works else "planned", str(kind.label))


def kind_words(office: Office, *, short: bool = False) -> str:
    """Say what an office is and what passes there: "Border liaison office · Road", "BLO · Road"."""
    words = _("BLO") if short and office.kind == OfficeKind.BLO else OfficeKind(office.kind).label
    if office.crossing is None:
        return str(words)
    passes = "/".join(office.crossing.kind_labels)
    return f"{words} · {passes}" + (", 24/7" if office.crossing.all_day else "")


def status_now(statuses: Iterable[OfficeStatus], on: date) -> OfficeStatus | None:
    """Return what holds on a day: the newest status that began by then."""
    begun = [one for one in statuses if one.since is None or one.since <= on]
    return max(begun, key=lambda one: one.since or date.min, default=None)


def border_words(office: Office, lang: str) -> str:
    """Say what an office's crossing point borders on."""
    if office.crossing is None:
        return ""
    if office.crossing.border:
        return office.crossing.border.name_in(lang)
    water: dict[str, str] = office.crossing.water
    return water.get(lang) or water.get("en", "")


def _read(here: str, offices: list[Office], directory: SignedDirectory) -> _Known:
    lang, today = get_language() or "en", datetime.now(UTC).date()
    known = _Known(here, lang, {one.code: one.name_in(lang) for one in offices})
    for status in OfficeStatus.objects.filter(since__lte=today).order_by("since"):
        known.statuses[status.office_id] = status
    kinds = {one.code: str(AgencyKind(one.kind).label) for one in Agency.objects.all()}
    for line in OfficeAgency.objects.filter(until=None):
        known.agencies.setdefault(line.office_id, []).append(kinds[line.agency_id])
    for pair in Counterpart.objects.filter(until=None):
        known.counterparts.setdefault(pair.one_id, []).append(pair.other_id)
        known.counterparts.setdefault(pair.other_id, []).append(pair.one_id)
    snapshot = directory.snapshot()
    known.listed = set(snapshot.offices) if snapshot else set()
    return known


def _row(office: Office, known: _Known, query: str) -> OfficeRow:
    status = known.statuses.get(office.code)
    facing = known.counterparts.get(office.code, ())
    return OfficeRow(
        code=office.code,
        name=known.names[office.code],
        sign=sign_of(office, known.here, status.status if status else None),
        kind=kind_words(office, short=True),
        border=border_words(office, known.lang),
        counterparts=tuple((code, known.names[code]) for code in facing),
        agencies=tuple(known.agencies.get(office.code, ())),
        languages=tuple(wording.language(one) for one in office.languages),
        status=shown_status(status),
        is_here=office.code == known.here,
        is_listed=office.code in known.listed,
        found_by=_found_by(office, known.names[office.code], query),
    )


def shown_status(status: OfficeStatus | None) -> StatusNow | None:
    """Return a status in words."""
    if status is None:
        return None
    tone, icon = wording.tone(status.status)
    label = str(OfficeStatusKind(status.status).label)
    return StatusNow(label, wording.since(status.since, status.precision), tone, icon)


def spellings(office: Office) -> list[str]:
    """Return every way in which an office's name is written."""
    aliases = [*office.aliases, *(office.crossing.aliases if office.crossing else [])]
    return [office.code, *office.names.values(), *(one["text"] for one in aliases)]


def _found(office: Office, query: str) -> bool:
    return not query or matches(search_key(spellings(office)), query)


def _found_by(office: Office, name: str, query: str) -> str:
    if not query or matches(search_key([name, office.code]), query):
        return ""
    found = [one for one in spellings(office) if matches(search_key([one]), query)]
    exact = [one for one in found if fold(query) in fold(one)]
    return next(iter(exact or found), "")


def _order(rows: list[OfficeRow]) -> list[OfficeRow]:
    ranks = {"region": 0, "centre": 0, "sector": 1, "headquarters": 3}
    return sorted(rows, key=lambda one: (ranks.get(one.sign.kind, 2), one.name))
