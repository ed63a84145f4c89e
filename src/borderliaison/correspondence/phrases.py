"""Messages: coded phrases that every reader sees in his own language, and free text."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from borderliaison.correspondence.acting import MAX_PHRASES, MAX_TEXT, MESSAGE
from borderliaison.correspondence.arrivals.items import register_payload_type
from borderliaison.correspondence.errors import MalformedPayload
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.quoting import is_quotes, show_quotes
from borderliaison.correspondence.search.said import Said, register_said
from borderliaison.correspondence.shown.render import Brief, Rendered, register_renderer
from borderliaison.correspondence.texts import is_clean
from borderliaison.forms.codes import load_phrases
from borderliaison.kernel.realm import Realm
from borderliaison.ui.parts.messages import PhraseLine

MAX_SUMMARY = 120
_FIELDS = {"phrases", "text", "language", "about"}


@dataclass(frozen=True, slots=True)
class PhraseChoice:
    """A phrase to choose from.

    Attributes:
        words: the phrase in the other languages, by which it is found too.
    """

    number: str
    text: str
    words: str


def phrases(lang: str) -> tuple[PhraseChoice, ...]:
    """Return all phrases in this language, by number."""
    return tuple(
        PhraseChoice(number, one.text(lang), " ".join(one.words.texts.values()))
        for number, one in sorted(load_phrases().items())
    )


def phrase_text(number: str, lang: str) -> str:
    """Return one phrase; the number itself where this office does not know it yet."""
    known = load_phrases().get(number)
    return known.text(lang) if known else number


def check_message(content: dict[str, Any], _realm: Realm) -> None:
    """Refuse what is not a message.

    Raises:
        MalformedPayload: it is something else.
    """
    match content:
        case {
            "phrases": list(numbers),
            "text": str(text),
            "language": str(lang),
            "about": str(about),
        }:
            right = (
                content.keys() - {"quotes"} == _FIELDS
                and ("quotes" not in content or is_quotes(content["quotes"]))
                and len(numbers) <= MAX_PHRASES
                and all(isinstance(one, str) and len(one) <= 10 for one in numbers)
                and len(text) <= MAX_TEXT
                and is_clean("".join([text, lang, about, *numbers]))
                and len(lang) <= 10
                and len(about) in (0, 32)
            )
        case _:
            right = False
    if not right:
        raise MalformedPayload("not a message")


def render_message(item: Item, acting: Acting, lang: str) -> Rendered:
    """Show a message as a bubble: phrases in the reader's language, and as their sender read them."""
    theirs = item.content["language"]
    said = tuple(_phrase_line(number, lang, theirs) for number in item.content["phrases"])
    return Rendered(
        "correspondence/items/message.html",
        {
            "phrases": said,
            "text": item.content["text"],
            "language": item.content["language"],
            "quotes": show_quotes(item, acting, lang),
        },
        summary=_summary(item, [one.text for one in said]),
    )


def message_in_brief(item: Item, lang: str) -> Brief:
    """Say in one line what a message says."""
    return Brief(
        summary=_summary(item, [phrase_text(one, lang) for one in item.content["phrases"]])
    )


def _summary(item: Item, said: list[str]) -> str:
    return " ".join([*said, item.content["text"]])[:MAX_SUMMARY].strip()


def _phrase_line(number: str, lang: str, theirs: str) -> PhraseLine:
    text, other = phrase_text(number, lang), phrase_text(number, theirs)
    return PhraseLine(number, text) if other == text else PhraseLine(number, text, other, theirs)


def said_by_message(item: Item) -> Iterator[Said]:
    """Yield what a message says: its phrases by their numbers, and its text."""
    for number in item.content["phrases"]:
        yield Said(partial(_named_phrase, number), texts=(number,), codes=(f"phrases.{number}",))
    if item.content["text"]:
        yield Said(lambda _lang: (_("Text"), item.content["text"]), texts=(item.content["text"],))
    yield Said(lambda _lang: (_("Form"), _("Message")), codes=(f"form.{MESSAGE}",))


def _named_phrase(number: str, lang: str) -> tuple[str, str]:
    return _("Phrase %(number)s") % {"number": number}, phrase_text(number, lang)


def register() -> None:
    """Let messages in and show them; said once, by the composition root."""
    register_payload_type(MESSAGE, check_message)
    register_renderer(MESSAGE, render_message, message_in_brief)
    register_said(MESSAGE, said_by_message)
