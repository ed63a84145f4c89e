"""A field of a form as it is drawn: label above, hint below, unit inside, error above the field."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

_ISO_DAY: Final = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:[T ](.+))?$")


class Widget(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    CODE = "code"
    TEXTAREA = "textarea"
    NUMBER = "number"
    SELECT = "select"
    COMBOBOX = "combobox"
    RADIOS = "radios"
    CHECKBOXES = "checkboxes"
    PICKS = "picks"
    CHECKBOX = "checkbox"
    DATETIME = "datetime"
    DATE = "date"
    TIME = "time"
    PASSWORD = "password"  # noqa: S105 - a kind of field
    PIN = "pin"
    POSITION = "position"
    FILE = "file"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that may be chosen.

    Attributes:
        group: the heading under which it stands in a list.
        note: a sentence below its label.
        words: other ways to write it, by which a combobox finds it too.
    """

    value: str
    label: str
    note: str = ""
    icon: str = ""
    group: str = ""
    words: str = ""
    is_disabled: bool = False


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field.

    Attributes:
        name: the form's name for it; the id is ``f-`` and the name.
        value: as text; a tuple for several.
        unit: what stands inside at the end: "kg", "UTC+6".
        aside: below at the end, beside the hint: "14 May 20:18 UTC".
        columns: how many of the form's 12 columns it takes.
        attributes: further attributes of the control: ``{"inputmode": "decimal"}``; True is bare.
        blank: what stands where nothing is chosen yet.
        beside: a second control inside at the end: the unit of a quantity, chosen from a list.
        when: as JSON, conditions that must all hold for this field to be of use, each the name of
            another input, ``is``, ``not`` or ``filled``, and values; empty where it always is.
        words_url: where a combobox gets other ways to write its choices, as JSON by value; empty where
            the choices carry them.
        is_live: whether what stands in ``aside`` follows from what is typed.
        notice: what is said of the field though nothing in it is wrong: that it is left out.
        tick: a box below the control: "so written on the thing".
    """

    name: str
    label: str
    widget: Widget = Widget.TEXT
    value: str | tuple[str, ...] = ""
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    aside: str = ""
    unit: str = ""
    error: str = ""
    is_required: bool = False
    is_disabled: bool = False
    columns: int = 12
    rows: int = 3
    maxlength: int = 0
    blank: str = ""
    attributes: tuple[tuple[str, str | bool], ...] = ()
    beside: "FieldView | None" = None
    when: str = ""
    words_url: str = ""
    is_live: bool = False
    notice: str = ""
    tick: "FieldView | None" = None

    @property
    def id(self) -> str:
        """The control's id."""
        return "f-" + self.name.replace(".", "-").replace("[", "-").replace("]", "")

    @property
    def values(self) -> tuple[str, ...]:
        """The chosen values, one or several."""
        if isinstance(self.value, tuple):
            return self.value
        return (self.value,) if self.value else ()

    @property
    def shown(self) -> str:
        """A date or time as officers write it: ``14.05.2026 22:00``; what is no date stays as typed."""
        text = self.value if isinstance(self.value, str) else ""
        iso = _ISO_DAY.match(text)
        if not iso:
            return text
        year, month, day, time = iso.groups()
        return f"{day}.{month}.{year} {time}" if time else f"{day}.{month}.{year}"

    @property
    def is_group(self) -> bool:
        """Whether it is drawn as a group with a legend instead of one control with a label."""
        return self.widget in (Widget.RADIOS, Widget.CHECKBOXES, Widget.PICKS)

    @property
    def first_id(self) -> str:
        """Where a link to the field leads: the control, or the first of a group."""
        return f"{self.id}-1" if self.is_group else self.id

    @property
    def described_by(self) -> str:
        """The ids of what describes the control, for those who hear the page."""
        parts = {
            "hint": self.hint,
            "aside": self.aside,
            "error": self.error,
            "notice": self.notice,
        }
        return " ".join(f"{self.id}-{part}" for part, said in parts.items() if said)

    def grouped(self) -> list[tuple[str, list[Choice]]]:
        """Return the choices under their headings, in order."""
        found: list[tuple[str, list[Choice]]] = []
        for choice in self.choices:
            if not found or found[-1][0] != choice.group:
                found.append((choice.group, []))
            found[-1][1].append(choice)
        return found

    def with_error(self, error: str) -> Self:
        """Return the field with what is wrong in it."""
        return replace(self, error=error)
