"""How a link is known: who says it, how graded, from which report."""

from dataclasses import dataclass

from django.utils.dateformat import format as date_format

from borderliaison.charts.groups import groups_of, numbers_of
from borderliaison.charts.lines import link_words
from borderliaison.kernel.policy import Reader
from borderliaison.records.models import Link
from borderliaison.records.profiles.profile import Saying
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
class LinkTold:
    """All that says that two are linked.

    Attributes:
        begin: what the one is called.
        end: what the other is called.
        facts: each way in which they are linked.
    """

    begin: str
    end: str
    facts: tuple[LinkFact, ...]


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
    sayings = [(row, _saying(row)) for row in rows]
    pages = pages_of(reader, [saying for _, saying in sayings], lang)
    by_fact: dict[tuple[str, str], list[SourceLine]] = {}
    for row, saying in sayings:
        fact = (link_words(row.kind, lang)[0], _when(row))
        by_fact.setdefault(fact, []).append(line_of(saying, pages, reader.office, lang))
    facts = tuple(LinkFact(*fact, tuple(lines)) for fact, lines in by_fact.items())
    names = [name_of(groups.profiles[key], lang) for key in ends]
    return LinkTold(names[0], names[1], facts)


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
