"""Quoting: words of an item in an answer, with where they stand, under no less than its marking.

Invariants: only what the quoted item says is quoted; the answer is at least as classified and as restricted
as what it quotes, and goes to nobody whom that was not for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from borderliaison.correspondence.errors import QuoteLeavesAudience, QuoteNotThere
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.search.cover import all_said
from borderliaison.correspondence.texts import is_clean
from borderliaison.forms.words import REQUIRED_LANGUAGES
from borderliaison.kernel.marking import Marking
from borderliaison.offices.short_names import short_office_names
from borderliaison.ui.parts.messages import QuoteLine

MAX_QUOTES: Final = 4
MAX_TEXT: Final = 600


@dataclass(frozen=True, slots=True)
class Quote:
    """What is quoted.

    Attributes:
        item: the key of the item that says it.
        text: its words, as they stand there.
    """

    item: str
    text: str

    def to_data(self) -> dict[str, str]:
        """Return it as a message holds it."""
        return {"item": self.item, "text": self.text}


def is_quotes(data: Any) -> bool:
    """Whether a message's quotes are in their form."""
    return (
        isinstance(data, list)
        and 0 < len(data) <= MAX_QUOTES
        and all(
            isinstance(one, dict)
            and one.keys() == {"item", "text"}
            and all(isinstance(value, str) and is_clean(value) for value in one.values())
            and len(one["item"]) == 32
            and 0 < len(one["text"]) <= MAX_TEXT
            for one in data
        )
    )


def quoted_items(acting: Acting, about: Item, quotes: Sequence[Quote], lang: str) -> list[Item]:
    """Return the items that are quoted in an answer.

    Raises:
        QuoteNotThere: one of them is not in the thread for this officer, or does not say that.
    """
    there = Item.objects.readable_by(acting.reader).filter(thread=about.thread_id)
    items = {one.key: one for one in there.filter(key__in={one.item for one in quotes})}
    for one in quotes[:MAX_QUOTES]:
        if one.item not in items or not _says(items[one.item], one.text, lang):
            raise QuoteNotThere(one.item)
    if len(quotes) > MAX_QUOTES:
        raise QuoteNotThere(str(len(quotes)))
    return list(items.values())


def no_less_than(marking: Marking, quoted: Iterable[Item]) -> Marking:
    """Return a marking under which what is quoted may be said.

    Raises:
        QuoteLeavesAudience: it is for an office that a quoted item was not for.
    """
    for one in quoted:
        theirs = one.marking.value
        audience = marking.audience.join(theirs.audience)
        if audience.offices() != marking.audience.offices():
            raise QuoteLeavesAudience(one.key)
        marking = replace(
            marking,
            classification=marking.classification.join(theirs.classification),
            handling=marking.handling.join(theirs.handling),
            audience=audience,
        )
    return marking


def show_quotes(item: Item, acting: Acting, lang: str) -> tuple[QuoteLine, ...]:
    """Return the quotes of a message in words; of what its reader may not read, nothing is said."""
    data = item.content.get("quotes", ())
    if not data:
        return ()
    there = Item.objects.readable_by(acting.reader).filter(key__in={one["item"] for one in data})
    items, names = {one.key: one for one in there}, short_office_names(lang)
    return tuple(
        _line(one["text"], items.get(one["item"]), names, str(item.content["language"]))
        for one in data
    )


def _line(text: str, source: Item | None, names: dict[str, str], lang: str) -> QuoteLine:
    if source is None or not _says(source, text, lang):
        return QuoteLine(text, is_unproved=True)
    who = f"{source.author_name}, {names.get(source.office, source.office)}"
    return QuoteLine(text, who, source.created_at, f"#item-{source.key}")


def _says(item: Item, text: str, lang: str) -> bool:
    """Whether these words stand in one piece of what an item says, in a language of its readers."""
    wanted = _plain(text)
    return bool(wanted) and any(wanted in _plain(one) for one in _pieces(item, lang))


def _pieces(item: Item, lang: str) -> Iterator[str]:
    yield item.title
    for said in all_said(item):
        yield from said.texts
        for one in dict.fromkeys((lang, *REQUIRED_LANGUAGES)):
            yield said.shown(one)[1]


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
