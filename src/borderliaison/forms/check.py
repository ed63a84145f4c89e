"""Checking a filled form: what is right is kept, what is wrong is named at its field, nothing is lost.

``check`` never raises, whatever it is given: forms come from browsers, drafts and other offices.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from borderliaison.forms.conditions import Condition
from borderliaison.forms.context import Context, Purpose
from borderliaison.forms.schema import Form, FormField, Refused, quoted
from borderliaison.forms.sentences import sentence
from borderliaison.forms.types.choices import NO, YES, derive

MAX_UNKNOWN_NAMED: Final = 20
_MAX_DEPTH: Final = 8
_MISSING: Final = frozenset({"required", "window_open", "too_few_rows"})


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field, as a sentence that says what to enter.

    Attributes:
        field: the field's name; empty for the form as a whole.
        code: which sentence.
        params: what the sentence names; plain data.
        part: which input of the field: ``until`` of a window; empty for the first.
    """

    field: str
    code: str
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    part: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether something is only not yet filled, as in any draft."""
        return self.code in _MISSING

    @property
    def input(self) -> str:
        """The name of the input that it stands at: ``window.until``."""
        return f"{self.field}.{self.part}" if self.part else self.field

    def text(self, lang: str) -> str:
        """Return the sentence in the reader's language."""
        return sentence(self.code, self.params, lang)


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check.

    Attributes:
        values: the values that are right, by field, in the form's order; plain data without floats.
        errors: what is wrong, by field, in the form's order; unknown fields and the whole form
            (key ``""``) last.
        raw: what was given, unchanged.
        left_out: what was filled and does not belong to the report, because the condition of its
            field does not hold: by field, with the sentence that says so. It is in no value.
    """

    values: dict[str, Any]
    errors: dict[str, FieldError]
    raw: Any
    left_out: dict[str, FieldError] = dataclasses.field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the form can be sent."""
        return not self.errors

    @property
    def missing(self) -> dict[str, FieldError]:
        """The errors that say only that something is not yet filled."""
        return {name: one for name, one in self.errors.items() if one.is_missing}

    @property
    def wrong(self) -> dict[str, FieldError]:
        """The errors of what was filled."""
        return {name: one for name, one in self.errors.items() if not one.is_missing}


def check(form: Form, raw: Any, context: Context) -> Checked:
    """Check what was typed, or received, against a form.

    Args:
        form: the form in the version it was filled in.
        raw: field name -> what was typed, or values of an earlier check; anything is answered.
        context: time, zone, realm, directory, and whether it is written here or was received.
    """
    if not isinstance(raw, Mapping):
        return Checked({}, {"": FieldError("", "not_a_form")}, raw)
    fields = tuple(form.fields())
    found = _check_fields(fields, raw, context, _Outside())
    return Checked(found.values, found.errors | _unknown(fields, raw), raw, found.left_out)


def is_empty(raw: Any, depth: int = 0) -> bool:
    """Whether nothing was typed: blank text, or lists and mappings of nothing."""
    if isinstance(raw, str):
        return not raw.strip()
    if depth < _MAX_DEPTH and isinstance(raw, list):
        return all(is_empty(one, depth + 1) for one in raw)
    if depth < _MAX_DEPTH and isinstance(raw, Mapping):
        return all(is_empty(one, depth + 1) for one in raw.values())
    return raw is None


@dataclass(frozen=True, slots=True)
class _Outside:
    """What stands before a row in its form, and which conditions in the row may name."""

    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    fields: tuple[FormField, ...] = ()


@dataclass(slots=True)
class _Found:
    """What was found in fields: right values, errors, and what does not belong to the report."""

    values: dict[str, Any] = dataclasses.field(default_factory=dict)
    errors: dict[str, FieldError] = dataclasses.field(default_factory=dict)
    left_out: dict[str, FieldError] = dataclasses.field(default_factory=dict)


def _check_fields(
    fields: tuple[FormField, ...],
    raw: Mapping[str, Any],
    context: Context,
    outside: _Outside,
) -> _Found:
    """Check fields: those of a form, or those of one row.

    Args:
        fields: in order.
        raw: what was typed, by field.
        context: as for ``check``.
        outside: of a row: what stands before it in the form.

    Returns:
        The values that are right, the errors and what is left out, each in the order of the fields.
    """
    found = _read_fields(fields, raw, context)
    _apply_conditions(fields, outside, found, context)
    _apply_limits(fields, outside, found.values, found.errors, context)
    places = {one.name: place for place, one in enumerate(fields)}

    def place(one: tuple[str, FieldError]) -> int:
        return places[one[0].partition(".")[0]]

    return _Found(
        {one.name: found.values[one.name] for one in fields if one.name in found.values},
        dict(sorted(found.errors.items(), key=place)),
        dict(sorted(found.left_out.items(), key=place)),
    )


def _read_fields(fields: tuple[FormField, ...], raw: Mapping[str, Any], context: Context) -> _Found:
    found = _Found()
    for one in fields:
        typed = raw.get(one.name)
        try:
            value = derive(one, context) if is_empty(typed) else one.type.read(typed, one, context)
        except Refused as refused:
            found.errors[one.name] = _error(one, refused)
            value = derive(one, context)
        if one.fields and isinstance(value, list):
            rows = _read_rows(one, value, context, _Outside(found.values, fields))
            value = rows.values[one.name]
            found.errors |= rows.errors
            found.left_out |= rows.left_out
        if not is_empty(value):
            found.values[one.name] = value
    return found


def _read_rows(field: FormField, typed: list[Any], context: Context, outside: _Outside) -> _Found:
    """Check rows, each as a small form; one in which nothing is filled is left out."""
    kept: list[dict[str, Any]] = []
    rows = _Found({field.name: kept})
    for place, raw in enumerate(typed):
        found = _check_fields(field.fields, raw, context, outside)
        found.errors |= _unknown(field.fields, raw)
        is_blank = not found.values and all(one.is_missing for one in found.errors.values())
        for name, one in () if is_blank else found.errors.items():
            at = f"{field.name}.{place}.{name}"
            rows.errors[at] = dataclasses.replace(one, field=at)
        for name, one in found.left_out.items():
            at = f"{field.name}.{place}.{name}"
            rows.left_out[at] = dataclasses.replace(one, field=at)
        if not is_blank:
            kept.append(found.values)
    fewest = field.options.get("min", 0)
    if kept and len(kept) < fewest:
        rows.errors[field.name] = FieldError(field.name, "too_few_rows", {"limit": fewest})
    return rows


def _apply_conditions(
    fields: tuple[FormField, ...],
    outside: _Outside,
    found: _Found,
    context: Context,
) -> None:
    """Take out what does not belong to the report, and name what is needed and empty."""
    for one in fields:
        seen = {**outside.values, **found.values}
        if any(condition.field in found.errors for condition in one.when):
            continue
        failing = next((condition for condition in one.when if not condition.holds(seen)), None)
        if failing is not None:
            if _leave_out(one, found):
                notice = _not_applicable((*outside.fields, *fields), one, failing)
                received = context.purpose is Purpose.RECEIVED
                (found.errors if received else found.left_out)[one.name] = notice
            continue
        is_wrong = one.name in found.errors or (one.fields and _has_wrong_row(one, found.errors))
        if is_wrong or one.name in found.values or not _is_needed(one, seen, context):
            continue
        at = one.type.inputs[0]
        found.errors[one.name] = FieldError(one.name, "required", _missing(one), at)


def _is_needed(one: FormField, seen: Mapping[str, Any], context: Context) -> bool:
    """Whether a field must be filled; one of some kinds of crossing point, at such a point alone."""
    here = not one.point_kinds or bool(context.point_kinds & set(one.point_kinds))
    return here and one.is_required(seen)


def _leave_out(one: FormField, found: _Found) -> bool:
    """Take a field out, with all that stands in its rows and is wrong in it; whether anything was there.

    A unit without an amount is nothing: a page sends the only unit that there is with every field.
    """
    was_there = found.values.pop(one.name, None) is not None
    for listed in (found.errors, found.left_out):
        within = [name for name in listed if name == one.name or name.startswith(f"{one.name}.")]
        was_there = was_there or bool(within)
        for name in within:
            del listed[name]
    return was_there


def _apply_limits(
    fields: tuple[FormField, ...],
    outside: _Outside,
    values: dict[str, Any],
    errors: dict[str, FieldError],
    context: Context,
) -> None:
    read = {**outside.values, **values}
    for one in fields:
        if one.name not in values:
            continue
        try:
            one.type.limit(values[one.name], one, read, context)
        except Refused as refused:
            errors[one.name] = _error(one, refused)
            del values[one.name]


def _error(one: FormField, refused: Refused) -> FieldError:
    params = dict(refused.params) | {"label": {"words": dict(one.label.texts)}}
    return FieldError(one.name, refused.code, params, refused.part)


def _missing(one: FormField) -> dict[str, Any]:
    params: dict[str, Any] = {"label": {"words": dict(one.label.texts)}}
    if one.missing:
        params["say"] = {"words": dict(one.missing.texts)}
    return params


def _has_wrong_row(field: FormField, errors: Mapping[str, FieldError]) -> bool:
    return any(name.startswith(f"{field.name}.") for name in errors)


def _not_applicable(
    fields: tuple[FormField, ...], one: FormField, condition: Condition
) -> FieldError:
    """Say which condition does not hold, in the words of the other field's codes."""
    other = {field.name: field for field in fields}[condition.field]
    params: dict[str, Any] = {"other": {"words": dict(other.label.texts)}}
    codes = condition.among or condition.excluded
    if not codes:
        return FieldError(one.name, "needs_other", params)
    params["wanted"] = {"words": _words_of(other, codes)}
    return FieldError(one.name, "not_applicable" if condition.among else "not_with", params)


def _words_of(field: FormField, codes: tuple[str, ...]) -> dict[str, str]:
    """Return codes in words, in each language that has words for all of them."""
    if field.codes is None:
        said = {"yes": YES, "no": NO}
        labels = [said[code] for code in codes]
    else:
        labels = [field.codes.codes[code].label.texts for code in codes]
    langs = {lang for texts in labels for lang in texts}
    return {
        lang: ", ".join(texts[lang] for texts in labels)
        for lang in langs
        if all(lang in texts for texts in labels)
    }


def _unknown(fields: tuple[FormField, ...], raw: Mapping[Any, Any]) -> dict[str, FieldError]:
    known = {one.name for one in fields}
    names = [name for name in raw if name not in known]
    found: dict[str, FieldError] = {}
    for name in names[:MAX_UNKNOWN_NAMED]:
        shown = quoted(str(name))
        found[shown] = FieldError(shown, "unknown_field", {"name": shown})
    if len(names) > MAX_UNKNOWN_NAMED:
        params = {"named": MAX_UNKNOWN_NAMED, "all": len(names)}
        found[""] = FieldError("", "unknown_fields", params)
    return found
