"""The forms that an officer may begin with, in his language."""

from dataclasses import dataclass

from borderliaison.forms.load import known_forms, load_form

ANSWERS = frozenset({"lookout_result"})
"""Forms that only answer another report; they are begun from it."""


@dataclass(frozen=True, slots=True)
class OfferedForm:
    """A form to begin with."""

    form_id: str
    label: str
    icon: str
    version: int


def forms_offered(lang: str) -> tuple[OfferedForm, ...]:
    """Return the newest version of each form that may begin a thread."""
    forms = [load_form(name) for name in known_forms() if name not in ANSWERS]
    return tuple(
        OfferedForm(one.form_id, one.label.text(lang), one.icon, one.version) for one in forms
    )
