"""Finding records for one reader: what he may not read is neither found nor counted."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from itertools import chain, islice
from operator import and_, or_
from typing import Any, Final, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from borderliaison.forms.finding.query import Number, Phrase, Query, Term, Word, matched
from borderliaison.forms.folding import folded
from borderliaison.forms.identifiers.schemes import compared_number
from borderliaison.kernel.marking import Handling
from borderliaison.kernel.policy import Reader
from borderliaison.markings.models import MarkingRow
from borderliaison.markings.services import readable_ids
from borderliaison.records.models import Entity, Link, Statement
from borderliaison.records.ontology.model import schema, schemata
from borderliaison.records.resolution.canonical import members
from borderliaison.records.search.indexing import texts_of
from borderliaison.records.search.models import Wording
from borderliaison.records.search.seen import NOWHERE, Seen, seen
from borderliaison.records.search.spelling import MARK, alike
from borderliaison.records.values import key_of

MOST: Final = 500
"""So many entities are put together to records at once; where more are found, the latest."""
_MOST_READ: Final = 10 * MOST
"""Of so many entities that have all words of a phrase it is read whether they stand beside each other."""
FEW: Final = 5
"""Where fewer records are found, other spellings of the names are looked for too."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, and among what.

    Attributes:
        query: words and numbers, all of which one source says of one entity.
        typed: the same as it was typed.
        kind: a schema; empty for all that are no links.
        office: that says so.
        crossing: the code of a crossing point where it was.
        handling: a code that its marking has.
        seen: at how many crossing points, and near to what.
        since: it was so then or later.
        until: it was so before.
    """

    query: Query = field(default_factory=Query)
    typed: str = ""
    kind: str = ""
    office: str = ""
    crossing: str = ""
    handling: str = ""
    seen: Seen = NOWHERE
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What was found.

    Attributes:
        groups: of each record the numbers of its entities, the one with its key first.
        is_cut: whether more was found than was put together.
        is_alike: whether other spellings are among it.
    """

    groups: tuple[tuple[int, ...], ...]
    is_cut: bool
    is_alike: bool


def find(reader: Reader, wanted: Wanted) -> Found:
    """Return the records that a reader looks for: who is called just so first, then the latest."""
    exact, some = _exact(reader, wanted), _latest(reader, wanted, like=False)
    groups = _together(reader, [*exact, *some.pks])
    if len(groups) >= FEW or not any(_skeletons(one) for one in wanted.query.terms):
        return Found(groups, some.is_cut, is_alike=False)
    more = _latest(reader, wanted, like=True)
    wider = _together(reader, [*exact, *some.pks, *more.pks])
    return Found(wider, more.is_cut, is_alike=len(wider) > len(groups))


def _together(reader: Reader, pks: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    same = members(reader, pks)
    return tuple(dict.fromkeys(same[pk] for pk in pks if pk in same))


def _exact(reader: Reader, wanted: Wanted) -> list[int]:
    keys = {folded(wanted.typed), compared_number(wanted.typed)} - {""}
    if not keys:
        return []
    said = Statement.objects.readable_by(reader).filter(key__in=keys).exclude(key="")
    entities = _among(reader, wanted).filter(pk__in=said.values("entity_id"))
    return list(entities.order_by("-pk").values_list("pk", flat=True)[:MOST])


class _Some(NamedTuple):
    """The latest, and whether there may be more."""

    pks: list[int]
    is_cut: bool


def _first(pks: Iterable[int]) -> _Some:
    some = list(islice(pks, MOST + 1))
    return _Some(some[:MOST], len(some) > MOST)


def _latest(reader: Reader, wanted: Wanted, *, like: bool) -> _Some:
    entities = _among(reader, wanted)
    for term in wanted.query.terms:
        entities = entities.filter(_term(reader, term, like=like))
    latest = entities.order_by("-pk").values_list("pk", flat=True)
    phrases = [term for term in wanted.query.terms if isinstance(term, Phrase)]
    if phrases:
        return _saying(reader, phrases, latest)
    if wanted.query.terms or not wanted.kind:
        return _first(latest[: MOST + 1])
    of_each = (latest.filter(schema=one)[: MOST + 1] for one in kinds_below(wanted.kind))
    return _first(sorted(chain.from_iterable(of_each), reverse=True))


def _saying(reader: Reader, phrases: Sequence[Phrase], latest: QuerySet[Any]) -> _Some:
    """Return those of which something is said with the words of each phrase beside each other."""
    found: list[int] = []
    page = latest
    for _ in range(_MOST_READ // MOST):
        some = list(page[:MOST])
        told: dict[int, set[Phrase]] = defaultdict(set)
        said = Statement.objects.readable_by(reader).filter(entity__in=some)
        for pk, kind, prop, value in said.values_list(
            "entity_id", "entity__schema", "prop", "value"
        ):
            for text in texts_of(kind, prop, value):
                told[pk].update(one for one in phrases if matched((one,), text))
        found += [pk for pk in some if len(told[pk]) == len(phrases)]
        if len(some) < MOST or len(found) > MOST:
            return _first(found)
        page = latest.filter(pk__lt=some[-1])
    return _Some(found[:MOST], is_cut=True)


def _among(reader: Reader, wanted: Wanted) -> QuerySet[Entity]:
    said = Statement.objects.readable_by(reader)
    if wanted.office:
        said = said.filter(source__office=wanted.office)
    if wanted.since:
        said = said.filter(last_seen__gte=wanted.since)
    if wanted.until:
        said = said.filter(first_seen__lt=wanted.until)
    if wanted.handling:
        said = said.filter(marking__in=_handled(reader, Handling(wanted.handling)))
    found = (
        Entity.objects.filter(schema__in=kinds_below(wanted.kind))
        if wanted.kind
        else Entity.objects.exclude(schema__in=_links())
    )
    if wanted.crossing:
        found = found.filter(_at(reader, wanted.crossing))
    if not wanted.seen.says_nothing:
        found = found.filter(pk__in=seen(reader, wanted.seen, kinds_below(wanted.kind)))
    return found.filter(Exists(said.filter(entity=OuterRef("pk"))))


def _links() -> list[str]:
    return [one.name for one in schemata().values() if one.edge is not None]


def kinds_below(kind: str) -> list[str]:
    """Return the kinds that are of a kind; all that are no links where it is none."""
    known = schemata()
    if kind in known:
        return [one.name for one in known.values() if one.is_a(kind)]
    return [one.name for one in known.values() if one.edge is None]


def _handled(reader: Reader, code: Handling) -> list[int]:
    rows = MarkingRow.objects.filter(pk__in=readable_ids(reader))
    return [row.pk for row in rows if code in row.value.handling.shown()]


def _at(reader: Reader, crossing: str) -> Q:
    """Return the condition of what was at a crossing point: events there, and who had a part in them."""
    key = key_of(schema("CrossingPoint").properties["code"], crossing)
    there = Statement.objects.readable_by(reader).filter(key=key, prop="code", value=crossing)
    links = Link.objects.readable_by(reader).filter(
        end__in=there.filter(entity__schema="CrossingPoint").values("entity_id")
    )
    events = links.values("begin_id")
    involved = Link.objects.readable_by(reader).filter(kind="Involvement", end__in=events)
    return Q(pk__in=events) | Q(pk__in=involved.values("begin_id"))


def _term(reader: Reader, term: Term, *, like: bool) -> Q:
    match term:
        case Word():
            return _in(reader, _word(term) | (_like(term) if like else Q(pk__in=[])))
        case Number(joined, groups):
            each = reduce(and_, (_in(reader, _word(one)) for one in groups))
            return _in(reader, _word(joined)) | each
        case Phrase(words):
            return _in(reader, _together_in_one(reader, words))


def _together_in_one(reader: Reader, words: Sequence[Sequence[str]]) -> Q:
    """Return the condition of the words of which one statement has all."""
    first, *others = (Q(word__in=_octets(keys)) for keys in words)
    for one in others:
        rows = Wording.objects.readable_by(reader).filter(one)
        first &= Q(statement__in=rows.values("statement_id"))
    return first


def _in(reader: Reader, of_word: Q) -> Q:
    rows = Wording.objects.readable_by(reader).filter(of_word)
    return Q(pk__in=rows.values("entity_id"))


def _word(word: Word) -> Q:
    keys = _octets(word.keys)
    if word.is_whole:
        return Q(word__in=keys)
    return reduce(or_, (Q(word__gte=key, word__lt=key + b"\xff") for key in keys))


def _like(word: Word) -> Q:
    return Q(word__in=_octets(MARK + one for one in sorted(alike(word))))


def _skeletons(term: Term) -> bool:
    return isinstance(term, Word) and bool(alike(term))


def _octets(keys: Iterable[str]) -> list[bytes]:
    return [one.encode() for one in keys]
