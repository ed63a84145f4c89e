"""How a link is known: who says it, how graded, from which report."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.dateformat import format as date_format

from borderliaison.charts.network.groups import Groups, chunks, groups_of, numbers_of
from borderliaison.charts.network.lines import link_words
from borderliaison.kernel.policy import Reader
from borderliaison.records.models import Link
from borderliaison.records.profiles.profile import Saying
from borderliaison.records.profiles.reading import profiles
from borderliaison.records.shown.dossier import Fact, facts_of
from borderliaison.records.shown.sources import SourceLine, line_of, pages_of
from borderliaison.records.shown.words import name_of


@dataclass(frozen=True, slots=True)
class LinkFact:
    """One thing that is said of how two are linked.

    Attributes:
        label: what the link is.
        when: since when, and until when; empty where nothing says so.
        sources: who says it.
    """

    label: str
    when: str
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """A link that is a record of its own.

    Attributes:
        key: leads to it.
        label: what the link is.
        facts: what is said of it beside its ends and moments: the role, how much, in which words.
    """

    key: str
    label: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class LinkTold:
    """All that says that two are linked.

    Attributes:
        begin: what the one is called.
        end: what the other is called.
        facts: each way in which they are linked.
        records: those of the links that are records.
    """

    begin: str
    end: str
    facts: tuple[LinkFact, ...]
    records: tuple[LinkRecord, ...] = ()


def told_of(reader: Reader, begin: str, end: str, lang: str) -> LinkTold | None:
    """Return how a reader knows that two items are linked; None where he may know nothing of it.

    Args:
        reader: who asks.
        begin: the key of the one.
        end: the key of the other.
        lang: the reader's language.
    """
    numbers = numbers_of([begin, end])
    groups = groups_of(reader, numbers.values())
    ends = [groups.keys.get(numbers.get(one, 0), "") for one in (begin, end)]
    if not all(ends):
        return None
    one, other = (groups.pks[key] for key in ends)
    known = Link.objects.readable_by(reader).select_related("source", "marking")
    rows = [
        *known.filter(begin__in=one, end__in=other),
        *known.filter(begin__in=other, end__in=one),
    ]
    if not rows:
        return None
    (facts,) = facts_among(reader, {(ends[0], ends[1]): rows}, lang).values()
    names = [name_of(groups.profiles[key], lang) for key in ends]
    return LinkTold(names[0], names[1], facts, tuple(_records(reader, rows, lang)))


def _records(reader: Reader, rows: Sequence[Link], lang: str) -> Iterator[LinkRecord]:
    """Yield each link that is a record, with what is said of it beside its ends and moments."""
    records = {row.entity_id for row in rows if ":" not in row.kind}
    known = list({one.key: one for one in profiles(reader, records).values()}.values())
    every = [saying for one in known for value in one.values for saying in value.sayings]
    pages = pages_of(reader, every, lang)
    for one in known:
        shown = {*one.kind.extent.start, *one.kind.extent.end}
        rest = replace(one, values=tuple(value for value in one.values if value.prop not in shown))
        facts = tuple(facts_of(reader, rest, pages, lang))
        yield LinkRecord(one.key, link_words(one.schema, lang)[0], facts)


def rows_among(reader: Reader, groups: Groups) -> dict[tuple[str, str], list[Link]]:
    """Return what says that items are linked, by the keys of both in their order."""
    known = Link.objects.readable_by(reader).select_related("source", "marking")
    found: dict[tuple[str, str], list[Link]] = {}
    for some in chunks(sorted(groups.keys)):
        for row in known.filter(begin__in=some):
            begin, end = groups.keys[row.begin_id], groups.keys.get(row.end_id, "")
            if end and begin != end:
                found.setdefault((min(begin, end), max(begin, end)), []).append(row)
    return found


def facts_among(
    reader: Reader, rows: Mapping[tuple[str, str], Sequence[Link]], lang: str
) -> dict[tuple[str, str], tuple[LinkFact, ...]]:
    """Return the same in words, each fact with who says it.

    Args:
        reader: who asks.
        rows: by the keys of both.
        lang: the reader's language.
    """
    sayings = {pair: [(row, _saying(row)) for row in some] for pair, some in rows.items()}
    pages = pages_of(reader, [saying for some in sayings.values() for _, saying in some], lang)
    found = {}
    for pair, some in sayings.items():
        by_fact: dict[tuple[str, str], list[SourceLine]] = {}
        for row, saying in some:
            fact = (link_words(row.kind, lang)[0], _when(row))
            by_fact.setdefault(fact, []).append(line_of(saying, pages, reader.office, lang))
        found[pair] = tuple(LinkFact(*fact, tuple(lines)) for fact, lines in by_fact.items())
    return found


def _saying(row: Link) -> Saying:
    at = row.source.said_at
    return Saying(
        pk=row.pk,
        entity=row.entity_id,
        source=row.source.key,
        kind=row.source.kind,
        office=row.source.office,
        said_at=at,
        marking=row.marking.value,
        first_seen=row.since or at,
        last_seen=row.until or row.since or at,
        original="",
    )


def _when(row: Link) -> str:
    days = [date_format(one, "j E Y") for one in (row.since, row.until) if one is not None]
    return " – ".join(dict.fromkeys(days))
