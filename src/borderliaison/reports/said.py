"""What a filled form says, piece by piece: its fields by their names, rows and all, as search needs it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext as _

from borderliaison.correspondence.models import Item
from borderliaison.correspondence.search.said import Said
from borderliaison.forms.check import is_empty
from borderliaison.forms.foreign import nameless_form, nearest_form, said_name
from borderliaison.forms.schema import FormField
from borderliaison.forms.show import plain, show_value
from borderliaison.reports.content import ReportContent
from borderliaison.reports.surroundings import NETWORK

_NOT_SEARCHED: Final = frozenset(
    {"boolean", "datetime_local", "window", "week", "position", "integer", "decimal"}
)
"""Amounts and moments: a search has its own fields for times, and nobody looks for a number of pieces."""
_OF_NETWORK: Final = {"office": "office", "crossing": "crossing", "agencies": "agency"}


def said_by_report(item: Item) -> Iterator[Said]:
    """Yield what a report says."""
    content = ReportContent.from_data(item.content)
    form = nearest_form(content.form, content.version) or nameless_form(
        content.form, content.version
    )
    yield Said(lambda lang: (_("Form"), form.label.text(lang)), codes=(f"form.{content.form}",))
    yield Said(lambda _lang: (_("Report number"), content.number), texts=(content.number,))
    if content.source:
        yield Said(lambda _lang: (_("Rests on"), content.source), texts=(content.source,))
    yield from _fields(tuple(form.fields()), content.values)


def _fields(fields: Iterable[FormField], values: Mapping[str, Any]) -> Iterator[Said]:
    """Yield the filled fields in the order of the form, whatever order a database keeps them in."""
    known = {one.name: one for one in fields}
    for name in [*known, *sorted(values.keys() - known.keys())]:
        value, field = values.get(name), known.get(name)
        if is_empty(value):
            continue
        if field is None:
            yield Said(partial(_unknown, name, value), texts=tuple(_texts(value)))
        elif field.fields and field.type.is_value(value, field):
            for row in value or ():
                yield from _fields(field.fields, row)
        elif field.type.name not in _NOT_SEARCHED:
            yield _of_field(field, value)


def _of_field(field: FormField, value: Any) -> Said:
    shown = partial(_shown, field, value)
    if not field.type.is_value(value, field):
        return Said(shown, texts=tuple(_texts(value)))
    named = field.codes.name if field.codes else _OF_NETWORK.get(field.type.name, "")
    if named and field.type.name in ("code", "codes", *_OF_NETWORK):
        return Said(shown, codes=tuple(f"{named}.{one}" for one in _texts(value)))
    return Said(shown, texts=tuple(_texts(value)))


def _shown(field: FormField, value: Any, lang: str) -> tuple[str, str]:
    said = show_value(field, value, lang, NETWORK.directory())
    return field.label.text(lang), said.text


def _unknown(name: str, value: Any, _lang: str) -> tuple[str, str]:
    return said_name(name), plain(value)


def _texts(value: Any) -> Iterator[str]:
    """Yield every text that a value holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
