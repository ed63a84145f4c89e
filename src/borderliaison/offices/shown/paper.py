"""An office's page on paper: to hang beside the telephone, with the fingerprint to compare by voice."""

from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from borderliaison.offices.shown.dossier import Dossier, Line, Other, Place
from borderliaison.printing.blocks import (
    Block,
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    Marking,
    Said,
    Table,
    Text,
)
from borderliaison.printing.sheets import Printer, sheet_of
from borderliaison.printing.tongues import Tongues


def office_document(one: Dossier, printer: Printer, tongues: Tongues) -> Document:
    """Return what an office's page shows; it is the network's, and bears no marking."""
    return Document(
        title=Said(one.name),
        lang=tongues.first,
        made_at=printer.at,
        sheet=sheet_of(printer, Marking()),
        body=tuple(_body(one, tongues)),
        second=tongues.second,
        under=" · ".join([one.code, one.kind, one.country]),
    )


def _body(one: Dossier, tongues: Tongues) -> Iterator[Block]:
    yield _heading(tongues, lambda: pgettext("directory", "Where"))
    yield Facts(tuple(_where(one, tongues)), columns=2)
    yield _heading(tongues, lambda: _("Who works here"))
    yield Facts(tuple(_agencies(one, tongues)), columns=2)
    if one.officers:
        columns = (
            Column(tongues.words(lambda: pgettext("paper", "Officer")), 4),
            Column(tongues.words(lambda: pgettext("paper", "Agency, role")), 4),
            Column(tongues.words(lambda: _("Languages")), 4),
        )
        rows = tuple(
            (Said(x.name), Said(", ".join([x.agency, x.role])), Said(x.languages))
            for x in one.officers
        )
        yield Table(columns, rows)
    yield _heading(tongues, lambda: _("Reporting line"))
    yield from _line(one, tongues)
    if one.statuses:
        yield _heading(tongues, lambda: pgettext("directory", "Office"))
        yield _history(one.statuses)
    if one.crossing:
        yield _heading(tongues, lambda: _("Crossing point"))
        yield _history(one.crossing)
    yield _heading(tongues, lambda: _("Keys and exchange"))
    yield Text(Said(one.keys.words, note=one.keys.why))
    if one.keys.fingerprint:
        yield Facts(tuple(_keys(one, tongues)))
    yield _heading(tongues, lambda: _("Written as"))
    spellings = (Fact(Said(x.language), (Said(x.text, lang=x.lang),)) for x in one.spellings)
    yield Facts(tuple(spellings), columns=2)


def _heading(tongues: Tongues, say: Callable[[], str]) -> Heading:
    return Heading(tongues.words(say), 2)


def _where(one: Dossier, tongues: Tongues) -> Iterator[Fact]:
    yield Fact(tongues.words(lambda: _("Country")), (Said(one.country),))
    if one.border:
        yield Fact(tongues.words(lambda: _("Border with")), (Said(one.border),))
    for other in one.counterparts:
        yield Fact(tongues.words(lambda: _("Faces")), (Said(other.name, note=other.country),))
    zone = f"{one.zone}, {one.offset}"
    yield Fact(tongues.words(lambda: _("Local time")), (Said(one.local, note=zone),))
    if one.place is not None:
        label = tongues.words(lambda: pgettext("directory", "Position"))
        yield Fact(label, _position(one.place))


def _position(place: Place) -> tuple[Said, Said]:
    around = _("± %(km)s km") % {"km": place.accuracy_km} if place.accuracy_km else ""
    source = place.source.title if place.source else _("corrected here")
    return Said(f"{place.latitude}, {place.longitude}", note=around, code=True), Said(source)


def _agencies(one: Dossier, tongues: Tongues) -> Iterator[Fact]:
    for agency in one.agencies:
        yield Fact(Said(agency.kind, note=agency.code), (Said(agency.name),))
    yield Fact(tongues.words(lambda: _("Languages")), (Said(", ".join(one.languages)),))


def _line(one: Dossier, tongues: Tongues) -> Iterator[Block]:
    if one.above:
        yield Text(Said(" → ".join([one.name, *_names(one.above)])))
    else:
        yield Text(tongues.words(lambda: _("Reports to no other office.")))
    if one.below:
        label = tongues.words(lambda: _("Report here"))
        yield Facts((Fact(label, (Said(", ".join(_names(one.below))),)),))


def _names(others: Iterable[Other]) -> list[str]:
    return [one.name for one in others]


def _history(lines: tuple[Line, ...]) -> Facts:
    return Facts(tuple(map(_past, lines)), columns=2)


def _past(line: Line) -> Fact:
    source = line.source.title if line.source else _("noted here")
    said = [Said(line.note)] if line.note else []
    return Fact(Said(line.label, note=line.since), (*said, Said(source)))


def _keys(one: Dossier, tongues: Tongues) -> Iterator[Fact]:
    compare = tongues.words(
        lambda: _(
            "Compare it by telephone with the office: it reads the same digits from its own page."
        )
    )
    label = tongues.words(lambda: _("Fingerprint"))
    yield Fact(label, (Said(one.keys.fingerprint, code=True), compare))
    label = tongues.words(lambda: pgettext("directory", "Key"))
    yield Fact(label, (Said(one.keys.kid, code=True),))
