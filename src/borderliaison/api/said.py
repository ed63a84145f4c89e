"""What a program says in a message: coded phrases, a text, or both."""

from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field, StringConstraints

from borderliaison.api.errors import NotUnderstood, Wrong
from borderliaison.api.shapes import Strict
from borderliaison.correspondence.acting import MAX_PHRASES, MAX_TEXT, Said
from borderliaison.forms.codes import load_phrases


class Spoken(Strict):
    """Coded phrases by their numbers, a text, or both; the language is that of the text."""

    phrases: list[Annotated[str, StringConstraints(pattern="^[0-9]{3}$")]] = Field(
        default_factory=list, max_length=MAX_PHRASES
    )
    text: Annotated[str, StringConstraints(max_length=MAX_TEXT)] = ""
    language: Annotated[str, StringConstraints(pattern="^(en|ru|kk|ky|tg|tk|uz)$")] | None = None


def said_in(words: Spoken, language: str) -> Said:
    """Return what is said.

    Args:
        words: as sent.
        language: of the text, where none is named.

    Raises:
        NotUnderstood: there is no such phrase.
    """
    known = load_phrases()
    strange = [one for one in words.phrases if one not in known]
    if strange:
        sentence = _("There is no phrase with this number.")
        raise NotUnderstood(wrong=[Wrong(f"phrases.{one}", sentence) for one in strange])
    numbers = tuple(dict.fromkeys(words.phrases))
    return Said(numbers, words.text, words.language or language)
