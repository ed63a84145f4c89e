"""The sentences that say what is wrong and what to enter, in the reader's language."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final

from borderliaison.forms.errors import BadFile
from borderliaison.forms.shapes import MapOf, Wording
from borderliaison.forms.source import read_source
from borderliaison.forms.store import root
from borderliaison.forms.times import say_time
from borderliaison.forms.words import Words

FILE: Final = "errors.yaml"
SENTENCES_SHAPE: Final = MapOf(Wording(), r"[a-z_]+")
_SLOT: Final = re.compile(r"\{([a-z]+)(?::([^{}]*))?\}")


@cache
def load_sentences() -> Mapping[str, Words]:
    """Return every sentence by its code.

    Raises:
        BadFile: the file does not follow its schema.
    """
    text = root().joinpath("wording", FILE).read_text(encoding="utf-8")
    source = read_source(text, FILE)
    found = [source.problem(at, said) for at, said in SENTENCES_SHAPE.problems(source.data, ())]
    if found:
        raise BadFile(found)
    return {code: Words.read(words) for code, words in source.data.items()}


def sentence(code: str, params: Mapping[str, Any], lang: str) -> str:
    """Return a sentence with what it names.

    Args:
        code: which sentence; an unknown one gives the general one.
        params: text, whole numbers, ``{"words": {lang: text}}``, ``{"time": local, "year": bool}``;
            ``say`` replaces the sentence.
        lang: the reader's language.
    """
    if "say" in params:
        return _said(params["say"], lang)
    known = load_sentences()
    template = known.get(code, known["not_accepted"]).text(lang)

    def fill(match: re.Match[str]) -> str:
        value = params.get(match[1], "")
        if match[2] is not None:
            return _counted(value, match[2].split("|"))
        return _said(value, lang)

    return _SLOT.sub(fill, template)


def _said(value: Any, lang: str) -> str:
    match value:
        case {"words": dict(words)}:
            return Words(words).text(lang)
        case {"time": str(text), "year": bool(year)}:
            return say_time(datetime.fromisoformat(text), lang, year=year)
        case _:
            return str(value)


def _counted(number: Any, forms: list[str]) -> str:
    """Return the form that goes with a number: two in English, three in Russian (one, few, many)."""
    count = abs(number) if isinstance(number, int) else 0
    if len(forms) < 3:
        return forms[0] if count == 1 else forms[-1]
    if count % 10 == 1 and count % 100 != 11:
        return forms[0]
    few = 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14
    return forms[1] if few else forms[2]
