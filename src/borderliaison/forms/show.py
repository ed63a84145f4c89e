"""A filled form in words: every filled field, in the reader's language, and its title line."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from borderliaison.forms.check import is_empty
from borderliaison.forms.context import EMPTY_DIRECTORY, Directory
from borderliaison.forms.equivalents import equivalent_in_words
from borderliaison.forms.foreign import said_name
from borderliaison.forms.schema import Form, FormField, Shown, TitlePiece
from borderliaison.forms.totals import ShownTotal, totals_in_words
from borderliaison.forms.words import Words

_MAX_PLAIN = 2_000
_DESCRIBING = frozenset({"text", "long_text", "rows"})
"""The kinds of field that say what a report is about; a title's other fields say where and when."""
_OTHER = Words({"en": "Not in this form", "ru": "Нет в этой форме"})
_NEWER = Words({"en": "Fields of a newer form", "ru": "Поля более новой формы"})
_NOT_DESCRIBED = Words({"en": ", not yet described", "ru": ", пока без описания"})


@dataclass(frozen=True, slots=True)
class ShownField:
    """One filled field.

    Attributes:
        name: the field's name.
        label: what the field is called.
        text: the value in words.
        kind: the type's name (``plate`` is set in the code face).
        code: the code, where the value is one.
        items: code and text of each, where there are several.
        also: the same in another form: the time in UTC.
        rows: of a field that repeats: the filled fields of each row.
        row_label: what one of them is called.
        totals: what is summed over the rows.
    """

    name: str
    label: str
    text: str
    kind: str
    code: str = ""
    items: tuple[tuple[str, str], ...] = ()
    also: str = ""
    rows: tuple[tuple["ShownField", ...], ...] = ()
    row_label: str = ""
    totals: tuple[ShownTotal, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part with its filled fields; a part without any is not shown."""

    name: str
    label: str
    rows: tuple[ShownField, ...]


def show(
    form: Form,
    values: Mapping[str, Any],
    lang: str,
    directory: Directory = EMPTY_DIRECTORY,
    *,
    version: int = 0,
) -> list[ShownPart]:
    """Return the filled fields in words, part by part.

    Whatever is filled is shown: a value that its type does not know as plain text, a field that the
    form does not have in a last part.

    Args:
        form: the form in the version it was filled in, or the nearest that is here.
        values: checked values.
        lang: the reader's language.
        directory: the names of offices, crossing points and agencies; codes stand where it has none.
        version: the version it was filled in, where it may be another.
    """
    shown = []
    for part in form.parts:
        rows = tuple(
            show_field(one, values[one.name], lang, directory, values)
            for one in part.fields
            if not is_empty(values.get(one.name))
        )
        if rows:
            shown.append(ShownPart(part.name, part.label.text(lang), rows))
    known = {one.name for one in form.fields()}
    others = tuple(
        _unknown(name, value)
        for name, value in values.items()
        if name not in known and not is_empty(value)
    )
    heading = _NEWER if version > form.version else _OTHER
    return [*shown, ShownPart("", heading.text(lang), others)] if others else shown


def show_field(
    field: FormField,
    value: Any,
    lang: str,
    directory: Directory,
    beside: Mapping[str, Any] | None = None,
) -> ShownField:
    """Return one filled field in words.

    Args:
        field: the field.
        value: its value.
        lang: the reader's language.
        directory: the names of offices, crossing points and agencies.
        beside: the values among which it stands, by which a quantity may be converted.
    """
    said = show_value(field, value, lang, directory)
    label = field.label.text(lang)
    rows = value if field.fields and field.type.is_value(value, field) else []
    return ShownField(
        name=field.name,
        label=label,
        text=said.text,
        kind=field.type.name,
        code=said.code,
        items=said.items,
        also=said.also or equivalent_in_words(field, value, beside or {}, lang),
        rows=tuple(_row(field, one, lang, directory) for one in rows),
        row_label=Words.read(field.options["row"]).text(lang) if field.fields else "",
        totals=totals_in_words(field, rows, lang),
    )


def _row(
    field: FormField, row: Mapping[str, Any], lang: str, directory: Directory
) -> tuple[ShownField, ...]:
    known = {one.name for one in field.fields}
    cells = [
        show_field(one, row[one.name], lang, directory, row)
        for one in field.fields
        if not is_empty(row.get(one.name))
    ]
    others = [_unknown(name, row[name]) for name in row if name not in known]
    return (*cells, *others)


def _unknown(name: str, value: Any) -> ShownField:
    return ShownField(name, said_name(name), plain(value), "unknown")


def show_value(field: FormField, value: Any, lang: str, directory: Directory) -> Shown:
    """Return a value in words; as plain text where its type does not know it."""
    if field.type.is_value(value, field):
        return field.type.show(value, field, lang, directory)
    return Shown(plain(value))


def plain(value: Any) -> str:
    """Return anything as text that can be printed; what does not fit is counted."""
    text = value if isinstance(value, str) else _as_json(value)
    text = "".join(sign if sign.isprintable() or sign == "\n" else "�" for sign in text)
    left = len(text) - _MAX_PLAIN
    return text if left <= 0 else f"{text[:_MAX_PLAIN]}… (+{left})"


def _as_json(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, default=str)
    except (RecursionError, ValueError):  # nested far too deeply, or within itself
        return "…"


def title(
    form: Form, values: Mapping[str, Any], lang: str, directory: Directory = EMPTY_DIRECTORY
) -> str:
    """Return the title line, made by the form's rule.

    Where the first field of the rule is not filled, the form's name stands in its place: "Seizure, Dostuk".
    """
    begins = bool(form.title) and not is_empty(values.get(form.title[0].field))
    line = "" if begins else form.label.text(lang)
    for piece in form.title:
        field = form.field(piece.field)
        value = values.get(piece.field)
        if is_empty(value):
            continue
        text = _piece(piece, field, show_value(field, value, lang, directory), lang)
        if piece.lower and line:
            text = _small(text)
        line += (piece.before if line else "") + text
    return line


def draft_title(
    form: Form, values: Mapping[str, Any], lang: str, directory: Directory = EMPTY_DIRECTORY
) -> str:
    """Return the title line of what is not finished, which says if it does not say yet what it is about."""
    line = title(form, values, lang, directory)
    describing = {one.field for one in form.title if form.field(one.field).type.name in _DESCRIBING}
    filled = {one.field for one in form.title if not is_empty(values.get(one.field))}
    begins = bool(form.title) and form.title[0].field in filled
    if begins or not describing or describing & filled:
        return line
    return line + _NOT_DESCRIBED.text(lang)


def _piece(piece: TitlePiece, field: FormField, said: Shown, lang: str) -> str:
    codes = [code for code, _ in said.items] or ([said.code] if said.code else [])
    if piece.brief and codes and field.codes and all(one in field.codes.codes for one in codes):
        words = [field.codes.codes[one].brief(lang) for one in codes]
    else:
        words = [text for _, text in said.items] or [said.text]
    written = words[: piece.most or None]
    left = f" +{len(words) - len(written)}" if len(words) > len(written) else ""
    return ", ".join([written[0], *(_small(one) for one in written[1:])]) + left


def _small(text: str) -> str:
    return text if text[1:2].isupper() or text[1:2].isdigit() else text[:1].lower() + text[1:]
