"""Checking a filled form: what is right is kept, what is wrong is named at its field, nothing is lost.

``check`` never raises, whatever it is given: forms come from browsers, drafts and other offices.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from borderliaison.forms.context import Context
from borderliaison.forms.schema import Form, FormField, Refused, quoted
from borderliaison.forms.sentences import sentence
from borderliaison.forms.types.choices import derive

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
    """

    values: dict[str, Any]
    errors: dict[str, FieldError]
    raw: Any

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
    values, errors = _check_fields(fields, raw, context, _Outside())
    errors |= _unknown(fields, raw)
    return Checked(values, errors, raw)


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


def _check_fields(
    fields: tuple[FormField, ...],
    raw: Mapping[str, Any],
    context: Context,
    outside: _Outside,
) -> tuple[dict[str, Any], dict[str, FieldError]]:
    """Check fields of a form, or of one row.

    Args:
        fields: in order.
        raw: what was typed, by field.
        context: as for ``check``.
        outside: of a row: what stands before it in the form.

    Returns:
        The values that are right and the errors, each in the order of the fields.
    """
    values, errors = _read_fields(fields, raw, context)
    _apply_conditions(fields, outside, values, errors)
    _apply_limits(fields, outside, values, errors, context)
    places = {one.name: place for place, one in enumerate(fields)}
    kept = {one.name: values[one.name] for one in fields if one.name in values}
    return kept, dict(sorted(errors.items(), key=lambda one: places[one[0].partition(".")[0]]))


def _read_fields(
    fields: tuple[FormField, ...],
    raw: Mapping[str, Any],
    context: Context,
) -> tuple[dict[str, Any], dict[str, FieldError]]:
    values: dict[str, Any] = {}
    errors: dict[str, FieldError] = {}
    for one in fields:
        typed = raw.get(one.name)
        try:
            value = derive(one, context) if is_empty(typed) else one.type.read(typed, one, context)
        except Refused as refused:
            errors[one.name] = _error(one, refused)
            value = derive(one, context)
        if one.fields and isinstance(value, list):
            value, found = _read_rows(one, value, context, _Outside(values, fields))
            errors |= found
        if not is_empty(value):
            values[one.name] = value
    return values, errors


def _read_rows(
    field: FormField, typed: list[Any], context: Context, outside: _Outside
) -> tuple[list[dict[str, Any]], dict[str, FieldError]]:
    """Check rows, each as a small form; one in which nothing is filled is left out."""
    kept: list[dict[str, Any]] = []
    errors: dict[str, FieldError] = {}
    for place, raw in enumerate(typed):
        values, found = _check_fields(field.fields, raw, context, outside)
        found |= _unknown(field.fields, raw)
        if not values and all(one.is_missing for one in found.values()):
            continue
        kept.append(values)
        for name, one in found.items():
            at = f"{field.name}.{place}.{name}"
            errors[at] = dataclasses.replace(one, field=at)
    fewest = field.options.get("min", 0)
    if kept and len(kept) < fewest:
        errors[field.name] = FieldError(field.name, "too_few_rows", {"limit": fewest})
    return kept, errors


def _apply_conditions(
    fields: tuple[FormField, ...],
    outside: _Outside,
    values: dict[str, Any],
    errors: dict[str, FieldError],
) -> None:
    for one in fields:
        if one.name in errors or (one.fields and _has_wrong_row(one, errors)):
            continue
        filled, seen = one.name in values, {**outside.values, **values}
        if one.when and one.when.field not in errors and not one.when.holds(seen):
            if filled:
                errors[one.name] = _not_applicable((*outside.fields, *fields), one)
                del values[one.name]
            continue
        if not filled and (not one.when or one.when.holds(seen)) and one.is_required(seen):
            errors[one.name] = FieldError(one.name, "required", _missing(one), one.type.inputs[0])


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


def _not_applicable(fields: tuple[FormField, ...], one: FormField) -> FieldError:
    condition = one.when
    if condition is None:
        raise TypeError(f"{one.name} has no condition")
    other = {field.name: field for field in fields}[condition.field]
    params: dict[str, Any] = {"other": {"words": dict(other.label.texts)}}
    if not condition.among or other.codes is None:
        return FieldError(one.name, "needs_other", params)
    labels = [other.codes.codes[code].label.texts for code in condition.among]
    langs = {lang for texts in labels for lang in texts}
    wanted = {
        lang: ", ".join(texts[lang] for texts in labels)
        for lang in langs
        if all(lang in texts for texts in labels)
    }
    return FieldError(one.name, "not_applicable", params | {"wanted": {"words": wanted}})


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
