"""In which languages a form speaks: those in which none of its labels and codes is missing."""

from collections.abc import Iterator

from borderliaison.forms.codes import CodeList
from borderliaison.forms.schema import Form, FormField
from borderliaison.forms.words import LANGUAGES, Words


def languages_of(form: Form) -> tuple[str, ...]:
    """Return the languages of every label and code of a form, English and Russian first.

    Hints and sentences need not be there: in their place stand the Russian or the English ones.
    """
    spoken = set(LANGUAGES)
    for words in _words_of(form):
        spoken &= set(words.texts)
    return tuple(lang for lang in LANGUAGES if lang in spoken)


def _words_of(form: Form) -> Iterator[Words]:
    yield form.label
    for part in form.parts:
        yield part.label
    for field in form.fields():
        for one in (field, *field.fields):
            yield from _words_of_field(one)


def _words_of_field(field: FormField) -> Iterator[Words]:
    yield field.label
    for key in ("row", "add"):
        if key in field.options:
            yield Words.read(field.options[key])
    if field.codes is not None:
        yield from _words_of_codes(field.codes)


def _words_of_codes(listed: CodeList) -> Iterator[Words]:
    yield from listed.groups.values()
    yield from (one.label for one in listed.codes.values())
