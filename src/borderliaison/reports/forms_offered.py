"""The forms that an officer may begin with, in his language."""

from dataclasses import dataclass
from typing import Final

from borderliaison.forms.catalogue import Entry, load_catalogue
from borderliaison.forms.load import load_form

REQUEST: Final = "request"


@dataclass(frozen=True, slots=True)
class OfferedForm:
    """A form to begin with.

    Attributes:
        about: when to choose it.
    """

    form_id: str
    label: str
    icon: str
    about: str


@dataclass(frozen=True, slots=True)
class OfferedGroup:
    """Forms under one heading."""

    label: str
    forms: tuple[OfferedForm, ...]


def forms_offered(lang: str) -> tuple[OfferedGroup, ...]:
    """Return the newest version of each form that may begin a thread, in groups."""
    return tuple(
        OfferedGroup(group.label.text(lang), tuple(_offered(one, lang) for one in group.forms))
        for group in load_catalogue().groups
    )


def takes_measures(form_id: str) -> bool:
    """Whether whoever gets a report of this form may report measures and a result."""
    entry = load_catalogue().entry(form_id)
    return entry is not None and entry.measures


def _offered(entry: Entry, lang: str) -> OfferedForm:
    form = load_form(entry.form)
    return OfferedForm(entry.form, form.label.text(lang), form.icon, entry.about.text(lang))
