"""Reports of forms, or versions of forms, that this office does not have.

Such a report is let in and shown as far as it is understood: nothing that another office says is lost
because this one was not upgraded yet. What cannot be checked field by field must still be plain data of
a bounded size, with characters that a page can show.
"""

from collections.abc import Mapping
from typing import Any, Final

from borderliaison.forms.load import known_forms, load_form
from borderliaison.forms.schema import Form, Refused
from borderliaison.forms.types.texts import clean_text
from borderliaison.forms.words import Words

MAX_FIELDS: Final = 500
MAX_VALUES: Final = 5_000
MAX_DEPTH: Final = 5
MAX_TEXT: Final = 10_000
MAX_NAME: Final = 60
_BOUND: Final = 10**12


def nearest_form(form_id: str, version: int) -> Form | None:
    """Return a form in the version asked for, or in the nearest that is here; None for an unknown form.

    The nearest is the newest one before it, or else the oldest after it.
    """
    known = known_forms().get(form_id, ())
    if not known:
        return None
    before = [one for one in known if one <= version]
    return load_form(form_id, before[-1] if before else known[0])


def nameless_form(form_id: str, version: int) -> Form:
    """Return a form without fields, under the name that its report gives it."""
    name = f"{said_name(form_id)} v{version}"
    return Form(form_id, version, Words({"en": name}), ())


def check_plain(values: Any) -> None:
    """Refuse what is not plain data of a bounded size with characters that can be shown.

    Raises:
        Refused: it is not.
    """
    if not isinstance(values, Mapping) or len(values) > MAX_FIELDS:
        raise Refused("not_a_form")
    _Plain().look(values, 0)


def said_name(name: str) -> str:
    """Return the name of a field or form that has no label here as words: ``gross_weight``."""
    words = name.replace("_", " ").strip()
    return f"{words[:1].upper()}{words[1:]}"


class _Plain:
    """Walks through values and counts them."""

    def __init__(self) -> None:
        self._seen = 0

    def look(self, value: Any, depth: int) -> None:
        self._seen += 1
        if depth > MAX_DEPTH or self._seen > MAX_VALUES:
            raise Refused("not_a_form")
        if isinstance(value, Mapping):
            for name, one in value.items():
                self._text(name, MAX_NAME)
                self.look(one, depth + 1)
        elif isinstance(value, list):
            for one in value:
                self.look(one, depth + 1)
        elif isinstance(value, str):
            self._text(value, MAX_TEXT)
        elif value is not None and not (isinstance(value, int) and abs(value) <= _BOUND):
            raise Refused("not_text")

    @staticmethod
    def _text(value: Any, limit: int) -> None:
        clean_text(value, limit, lines=True)
