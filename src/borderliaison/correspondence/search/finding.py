"""Finding items for one reader: what he may not read is neither found nor counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import reduce
from operator import and_, or_

from django.db.models import Exists, OuterRef, Q

from borderliaison.correspondence.models import Item, Posting
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.search.cover import WITH
from borderliaison.correspondence.search.indexing import code_word
from borderliaison.correspondence.search.labels import codes_meant, codes_said
from borderliaison.forms.finding.query import Number, Phrase, Query, Term, Word
from borderliaison.markings.models import MarkedQuerySet

PAGE = 25
_WHY = "which items hold a word: the items themselves are their reader's, in the same query"


class Way(StrEnum):
    """Which way something went."""

    ANY = ""
    INCOMING = "in"
    OUTGOING = "out"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, and among what.

    Attributes:
        kind: a form's id, or ``message``; empty for all.
        office: one with which it was exchanged; empty for all.
        since: from when.
        until: up to but not including.
    """

    query: Query
    kind: str = ""
    office: str = ""
    way: Way = Way.ANY
    since: datetime | None = None
    until: datetime | None = None


def found(acting: Acting, wanted: Wanted) -> MarkedQuerySet[Item]:
    """Return the items that this officer may read and that have all that is wanted, the latest first."""
    items = Item.objects.readable_by(acting.reader).filter(holding(wanted.query))
    if wanted.kind:
        items = items.filter(_with_code(f"form.{wanted.kind}"))
    if wanted.office:
        items = items.filter(_with_code(f"{WITH}.{wanted.office}"))
    match wanted.way:
        case Way.INCOMING:
            items = items.exclude(letter="")
        case Way.OUTGOING:
            items = items.filter(letter="")
    if wanted.since:
        items = items.filter(created_at__gte=wanted.since)
    if wanted.until:
        items = items.filter(created_at__lt=wanted.until)
    return items.order_by("-id")


def holding(query: Query) -> Q:
    """Return the condition that an item holds all that is looked for; all items where that is nothing."""
    return reduce(and_, map(_term, query.terms), Q())


def _term(term: Term) -> Q:
    match term:
        case Word():
            return _in(_word(term))
        case Number(joined, groups):
            return _in(_word(joined)) | reduce(and_, (_in(_word(one)) for one in groups))
        case Phrase():
            return _phrase(term)


def _in(of_word: Q) -> Q:
    rows = Posting.objects.as_system(_WHY).filter(of_word)
    return Q(pk__in=rows.values("item_id"))


def _word(word: Word) -> Q:
    keys = [one.encode() for one in word.keys]
    said = Q(word__in=keys) if word.is_whole else reduce(or_, map(_beginning, keys))
    return said | _codes(codes_meant(word))


def _beginning(key: bytes) -> Q:
    """Return the condition that a word begins so; octets of UTF-8 are never 255."""
    return Q(word__gte=key, word__lt=key + b"\xff")


def _codes(codes: Iterable[str]) -> Q:
    words = sorted(map(code_word, codes))
    return Q(word__in=words) if words else Q()


def _phrase(phrase: Phrase) -> Q:
    first, *others = phrase.words
    rows = Posting.objects.as_system(_WHY).filter(word__in=_octets(first), place__gt=0)
    for further, keys in enumerate(others, start=1):
        beside = Posting.objects.as_system(_WHY).filter(
            word__in=_octets(keys), item=OuterRef("item"), place=OuterRef("place") + further
        )
        rows = rows.filter(Exists(beside))
    said = Q(pk__in=rows.values("item_id"))
    codes = codes_said(phrase)
    return said | _in(_codes(codes)) if codes else said


def _octets(keys: Sequence[str]) -> list[bytes]:
    return [one.encode() for one in keys]


def _with_code(code: str) -> Q:
    return _in(Q(word=code_word(code)))
