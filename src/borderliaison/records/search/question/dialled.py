"""Telephones as they are dialled at home: 0555 010 117 is +996 555 010 117. Pure."""

import re
from dataclasses import replace
from typing import Final

from borderliaison.forms.finding.query import Number, Query, Term, Word

_AT_HOME: Final = re.compile(r"0(\d{8,10})|8(\d{10})")
"""The sign before a call within a country, and the number without the country."""


def as_dialled(query: Query) -> Query:
    """Return a query in which a number that was typed as it is dialled at home is found abroad too."""
    return replace(query, terms=tuple(map(_term, query.terms)))


def _term(term: Term) -> Term:
    match term:
        case Word():
            return _word(term)
        case Number(joined, groups):
            return Number(_word(joined), groups)
        case _:
            return term


def _word(word: Word) -> Word:
    found = (_AT_HOME.fullmatch(key) for key in word.keys)
    abroad = [one[1] or one[2] for one in found if one]
    return Word(tuple(dict.fromkeys((*word.keys, *abroad))))
