"""The forms that an officer may begin with, in his language."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from borderliaison.forms.load import known_forms, load_form

ANSWERS = frozenset({"lookout_result", "request", "answer", "refusal", "extension"})
"""Forms that are not begun from the page of forms: answers, and what correspondence asks with."""

ABOUT: dict[str, Promise] = {
    "lookout": _("Warn other offices of a person, a vehicle or a consignment, and say what to do"),
}
"""When to choose a form, in one sentence."""


@dataclass(frozen=True, slots=True)
class OfferedForm:
    """A form to begin with.

    Attributes:
        about: when to choose it; empty where its name says enough.
    """

    form_id: str
    label: str
    icon: str
    version: int
    about: str


def forms_offered(lang: str) -> tuple[OfferedForm, ...]:
    """Return the newest version of each form that may begin a thread."""
    forms = [load_form(name) for name in known_forms() if name not in ANSWERS]
    return tuple(
        OfferedForm(
            one.form_id,
            one.label.text(lang),
            one.icon,
            one.version,
            str(ABOUT.get(one.form_id, "")),
        )
        for one in forms
    )
