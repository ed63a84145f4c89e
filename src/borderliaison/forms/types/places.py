"""Choosing from the directory of the network: an office, a crossing point, agencies."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from borderliaison.forms.context import Context, Directory, PlaceKind, Purpose
from borderliaison.forms.schema import Choice, FieldType, FormField, Refused, Shown, quoted
from borderliaison.forms.shapes import Key, Text

_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,39}")
_MAX_AGENCIES: Final = 20


def _read_place(raw: Any, kind: PlaceKind, context: Context) -> str:
    if not isinstance(raw, str):
        raise Refused("not_text")
    code = raw.strip()
    if not code:
        return ""
    known = code in context.directory.named(kind)
    if not _CODE.fullmatch(code) or not (known or context.purpose is Purpose.RECEIVED):
        raise Refused(f"unknown_{kind}", {"typed": quoted(code)})
    return code


class _PlaceType(FieldType):
    kind: ClassVar[PlaceKind]
    options: ClassVar[Mapping[str, Key]] = {
        "as": Key(
            Text(choices=("select", "search")),
            "How it is chosen; a select if not said. `search` narrows a long list by typing.",
        ),
    }

    def read(self, raw: Any, field: FormField, context: Context) -> str:
        """Return the code."""
        return _read_place(raw, self.kind, context)

    def is_value(self, value: Any, field: FormField) -> bool:
        """Whether it is text."""
        return isinstance(value, str)

    def show(self, value: str, field: FormField, lang: str, directory: Directory) -> Shown:
        """Return the name."""
        return Shown(directory.text(self.kind, value, lang), code=value)

    def choices(self, field: FormField, lang: str, directory: Directory) -> tuple[Choice, ...]:
        """Return what the directory has."""
        return _offer(self.kind, lang, directory)


def _offer(kind: PlaceKind, lang: str, directory: Directory) -> tuple[Choice, ...]:
    return tuple(
        Choice(code, name.text(lang), words=" ".join(dict.fromkeys(name.texts.values())))
        for code, name in directory.named(kind).items()
    )


class OfficeType(_PlaceType):
    """An office of the network."""

    name = "office"
    about = "An office of the network, by its code."
    kind = PlaceKind.OFFICE


class CrossingType(_PlaceType):
    """A crossing point."""

    name = "crossing"
    about = "A border crossing point, by its code."
    kind = PlaceKind.CROSSING


class AgenciesType(FieldType):
    """Several agencies."""

    name = "agencies"
    about = "Several agencies, each once, by their codes."
    several = True

    def read(self, raw: Any, field: FormField, context: Context) -> list[str]:
        """Return the codes, sorted."""
        if isinstance(raw, str):
            raw = [raw]
        if not isinstance(raw, list):
            raise Refused("not_list")
        if len(raw) > _MAX_AGENCIES:
            over = len(raw) - _MAX_AGENCIES
            raise Refused("too_many", {"limit": _MAX_AGENCIES, "over": over})
        return sorted({_read_place(one, PlaceKind.AGENCY, context) for one in raw} - {""})

    def is_value(self, value: Any, field: FormField) -> bool:
        """Whether it is a list of texts."""
        return isinstance(value, list) and all(isinstance(one, str) for one in value)

    def show(self, value: list[str], field: FormField, lang: str, directory: Directory) -> Shown:
        """Return the names."""
        items = tuple((one, directory.text(PlaceKind.AGENCY, one, lang)) for one in value)
        return Shown("; ".join(text for _, text in items), items=items)

    def choices(self, field: FormField, lang: str, directory: Directory) -> tuple[Choice, ...]:
        """Return the agencies."""
        return _offer(PlaceKind.AGENCY, lang, directory)
