"""What was found, as a page shows it: each record in words, and why it was found."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from borderliaison.kernel.marking import Marking
from borderliaison.kernel.policy import Reader
from borderliaison.records.profiles.reading import profiles
from borderliaison.records.search.found.finding import Wanted
from borderliaison.records.search.found.told import NOTHING, why_found
from borderliaison.records.search.shown.hits import Hit, show_hit


@dataclass(frozen=True, slots=True)
class Results:
    """Found records in words.

    Attributes:
        hits: by the number that each was asked for by.
        markings: under which all that is shown was read.
    """

    hits: Mapping[int, Hit]
    markings: frozenset[Marking]


def results(reader: Reader, wanted: Wanted, pks: Collection[int], lang: str) -> Results:
    """Return some found records in the reader's language; one that does not exist for him is left out.

    Args:
        reader: who asks.
        wanted: what he asked.
        pks: of the records, in any order.
        lang: his language.
    """
    known = profiles(reader, pks)
    why = why_found(reader, wanted, list({one.key: one for one in known.values()}.values()), lang)
    return Results(
        hits={
            pk: show_hit(one, wanted, lang, why.get(one.key, NOTHING)) for pk, one in known.items()
        },
        markings=frozenset(
            [
                saying.marking
                for one in known.values()
                for value in one.values
                for saying in value.sayings
            ]
            + [marking for one in why.values() for marking in one.markings]
        ),
    )
