"""The links of a record in words: to whom and what, since when, and how that is known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import F, Q

from borderliaison.kernel.marking import Marking
from borderliaison.kernel.policy import Reader
from borderliaison.records.models import Link
from borderliaison.records.ontology.model import schema
from borderliaison.records.profiles.profile import Profile
from borderliaison.records.profiles.reading import profiles
from borderliaison.records.shown.signs import icon_of
from borderliaison.records.shown.words import name_of, value_words
from borderliaison.records.statements.lines import moment_of

MAX_LINKS: Final = 200
_LEFT_OUT: Final = frozenset({"entity", "text", "html", "json"})


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One link, as it is read from one of its ends.

    Attributes:
        key: of the link itself, where it is a record; else empty.
        other: the key of the record at the other end.
        icon: of its kind.
        kind: its kind in words.
        name: what it is called.
        said: what is said of the link: role, quantity.
        at: when it began.
        sources: how many say so.
    """

    key: str
    other: str
    icon: str
    kind: str
    name: str
    said: str
    at: datetime | None
    sources: int


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """The links of one kind."""

    title: str
    lines: tuple[LinkLine, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """The links of a record that its reader may know.

    Attributes:
        total: how many there are; more than are shown where they are more than ``MAX_LINKS``.
        markings: of those that are shown.
    """

    groups: tuple[LinkGroup, ...]
    shown: int
    total: int
    markings: tuple[Marking, ...]


def links_of(reader: Reader, profile: Profile, lang: str) -> Links:
    """Return the links of a record, the latest first."""
    pks = profile.pks
    mine = Q(begin__in=pks) | Q(end__in=pks) | Q(entity__in=pks, kind=profile.schema)
    found = Link.objects.readable_by(reader).filter(mine)
    total = found.count()
    latest = found.order_by(F("since").desc(nulls_last=True), "-pk").select_related("marking")
    rows = list(latest[:MAX_LINKS])
    others = {pk for row in rows for pk in (row.entity_id, row.begin_id, row.end_id)}
    known = profiles(reader, others - set(pks)) | dict.fromkeys(pks, profile)
    groups: dict[str, dict[tuple[str, str, str], LinkLine]] = {}
    for row in rows:
        for title, line in _lines(row, profile, known, lang):
            same = groups.setdefault(title, {})
            place = (line.other, line.said, line.at.isoformat() if line.at else "")
            before = same.get(place)
            same[place] = line if before is None else _with_one_more(before)
    made = tuple(LinkGroup(title, tuple(lines.values())) for title, lines in groups.items())
    return Links(made, len(rows), total, tuple(row.marking.value for row in rows))


def _lines(
    row: Link, profile: Profile, known: Mapping[int, Profile], lang: str
) -> Iterable[tuple[str, LinkLine]]:
    """Yield a link from the ends at which the record does not stand."""
    begins, ends = row.begin_id in profile.pks, row.end_id in profile.pks
    if not ends and row.end_id in known:
        yield _title(row.kind, from_begin=True, lang=lang), _line(row, known, row.end_id, lang)
    if not begins and row.begin_id in known:
        yield _title(row.kind, from_begin=False, lang=lang), _line(row, known, row.begin_id, lang)


def _title(kind: str, *, from_begin: bool, lang: str) -> str:
    """Return what links of a kind are called, seen from where they begin or end."""
    name, _, reference = kind.partition(":")
    of = schema(name)
    if reference:
        prop = of.properties[reference]
    elif of.edge is not None:
        prop = of.properties[of.edge.source if from_begin else of.edge.target]
        return (prop.reverse.label if prop.reverse else of.label).text(lang)
    if from_begin or prop.reverse is None:
        return prop.label.text(lang)
    return prop.reverse.label.text(lang)


def _line(row: Link, known: Mapping[int, Profile], other: int, lang: str) -> LinkLine:
    there, itself = known[other], known.get(row.entity_id)
    is_record = ":" not in row.kind and itself is not None
    return LinkLine(
        key=itself.key if is_record and itself is not None else "",
        other=there.key,
        icon=icon_of(there.schema),
        kind=there.kind.label.text(lang),
        name=name_of(there, lang),
        said=_said(itself, lang) if is_record and itself is not None else "",
        at=row.since or _when(there),
        sources=1,
    )


def _when(there: Profile) -> datetime | None:
    """Return when something was, or began."""
    said = (moment_of(one.value) for name in there.kind.extent.start for one in there.of(name))
    return min((moment for moment in said if moment is not None), default=None)


def _said(link: Profile, lang: str) -> str:
    """Return what is said of a link beside its ends and times."""
    times = (*link.kind.extent.start, *link.kind.extent.end)
    return ", ".join(
        value_words(link.schema, prop, one.value, lang)
        for prop, values in link.by_property()
        if prop.type.name not in _LEFT_OUT and prop.name not in times
        for one in values
    )


def _with_one_more(line: LinkLine) -> LinkLine:
    return LinkLine(
        line.key, line.other, line.icon, line.kind, line.name, line.said, line.at, line.sources + 1
    )
