"""The values of a report as a form's rules name them: ``plate``, ``position.lat``, ``=driver``. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from borderliaison.forms.factors import load_factors
from borderliaison.forms.schema import Form, FormField
from borderliaison.forms.units import converted

_LITERAL: Final = "="
_OF: Final = "substance"
"""The field beside a quantity that says of what it is."""


@dataclass(frozen=True, slots=True)
class Row:
    """The values beside each other: of the report, or of one row of it.

    Attributes:
        values: by field.
        fields: the fields, by name.
        language: in which the report's texts are written; empty where it does not say.
    """

    values: Mapping[str, Any]
    fields: Mapping[str, FormField]
    language: str = ""

    def texts(self, saying: str) -> list[tuple[str, str]]:
        """Return what a saying says here: each text with its language, which codes and numbers lack."""
        if saying.startswith(_LITERAL):
            return [(saying[1:], "")]
        name, _, part = saying.partition(".")
        field, value = self.fields.get(name), self.values.get(name)
        if field is None or not self.has(name):
            return []
        if part == "kg":
            return [(one, "") for one in _kilograms(value, self.values.get(_OF))]
        if part:
            value = value.get(part) if isinstance(value, Mapping) else None
        language = self.language if field.type.name in _WRITTEN else ""
        return [(text, language) for text in _TEXTS.get(field.type.name, _one)(value) if text]

    def has(self, name: str) -> bool:
        """Whether a field is filled."""
        return self.values.get(name) not in (None, "", [], {})


def rows_of(form: Form, values: Mapping[str, Any], each: str) -> Iterator[Row]:
    """Yield the rows of a repeating field, or each line of a field of several lines."""
    whole = whole_of(form, values)
    field, value = whole.fields.get(each), values.get(each)
    if field is None or not isinstance(value, list):
        return
    cells = {one.name: one for one in field.fields} or {each: field}
    for one in value:
        yield Row(one if isinstance(one, Mapping) else {each: one}, cells, whole.language)


def whole_of(form: Form, values: Mapping[str, Any]) -> Row:
    """Return the values of a report that belong to no row."""
    return Row(
        values, {one.name: one for one in form.fields()}, str(values.get("text_language", ""))
    )


def _one(value: Any) -> list[str]:
    if isinstance(value, list):
        return [one for one in value if isinstance(one, str)]
    return [str(value)] if isinstance(value, str | int) and not isinstance(value, bool) else []


def _moment(value: Any) -> list[str]:
    return _one(value.get("utc")) if isinstance(value, Mapping) else _one(value)


def _number(value: Any) -> list[str]:
    return _one(value.get("number")) if isinstance(value, Mapping) else _one(value)


def _cases(value: Any) -> list[str]:
    if not isinstance(value, list):
        return []
    return [
        " ".join(_one(list(one.values()))) if isinstance(one, Mapping) else str(one)
        for one in value
    ]


def _kilograms(value: Any, code: Any) -> list[str]:
    """Return a quantity in kilograms: exactly, or by a published factor; of a range the least."""
    if not isinstance(value, Mapping) or not {"amount", "unit"} <= value.keys():
        return []
    amount, unit = Decimal(value["amount"]), value["unit"]
    exact = converted(amount, unit, "kg")
    if exact is None and isinstance(code, str):
        factor = load_factors("kg_equivalent").of(code, unit)
        exact = amount * factor.kg if factor is not None else None
    return [] if exact is None else [f"{exact.normalize():f}"]


_TEXTS: Final[Mapping[str, Callable[[Any], list[str]]]] = {
    "datetime_local": _moment,
    "window": _moment,
    "identifier": _number,
    "case_numbers": _cases,
}
_WRITTEN: Final = frozenset({"text", "long_text", "lines"})
