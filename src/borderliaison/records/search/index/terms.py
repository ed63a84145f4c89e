"""Words of a search as conditions of the index, for one reader."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_, or_

from django.db.models import Q

from borderliaison.forms.finding.query import Number, Phrase, Term, Word
from borderliaison.kernel.policy import Reader
from borderliaison.records.search.index.spelling import MARK, alike
from borderliaison.records.search.models import Wording


def of_entities(reader: Reader, term: Term, *, like: bool = False) -> Q:
    """Return the condition of entities of which one source says a term.

    Args:
        reader: who asks.
        term: what is looked for.
        like: whether a name may be spelled otherwise.
    """
    match term:
        case Word():
            return _in(reader, _word(term) | (_like(term) if like else Q(pk__in=[])))
        case Number(joined, groups):
            each = reduce(and_, (_in(reader, _word(one)) for one in groups))
            return _in(reader, _word(joined)) | each
        case Phrase(words):
            return _in(reader, _together_in_one(reader, words))


def of_statements(reader: Reader, term: Term) -> Q:
    """Return the condition of statements that have a term; of a phrase, all of its words."""
    match term:
        case Word():
            return _said(reader, _word(term))
        case Number(joined, groups):
            each = reduce(and_, (_said(reader, _word(one)) for one in groups))
            return _said(reader, _word(joined)) | each
        case Phrase(words):
            return reduce(and_, (_said(reader, Q(word__in=_octets(keys))) for keys in words))


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


def _said(reader: Reader, of_word: Q) -> Q:
    rows = Wording.objects.readable_by(reader).filter(of_word)
    return Q(pk__in=rows.values("statement_id"))


def _word(word: Word) -> Q:
    keys = _octets(word.keys)
    if word.is_whole:
        return Q(word__in=keys)
    return reduce(or_, (Q(word__gte=key, word__lt=key + b"\xff") for key in keys))


def _like(word: Word) -> Q:
    return Q(word__in=_octets(MARK + one for one in sorted(alike(word))))


def _octets(keys: Iterable[str]) -> list[bytes]:
    return [one.encode() for one in keys]
