"""Whole numbers, and decimal numbers with a unit. Decimals are kept as text: binary fractions lie."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, Final

from borderliaison.forms.context import Context, Directory
from borderliaison.forms.schema import Choice, FieldType, FormField, Refused, Shown, as_typed
from borderliaison.forms.shapes import Key, Text, Whole
from borderliaison.forms.types.choices import CODE_LIST, codes_of
from borderliaison.forms.units import converted

_WHOLE: Final = re.compile(r"-?[0-9]{1,15}")
_DECIMAL: Final = re.compile(r"(-?)([0-9]{1,15})(?:[.,]([0-9]{1,9}))?")
_MAX_TYPED: Final = 40
_UNIT_KEYS: Final = frozenset({"amount", "unit"})
_BOUND: Final = 10**12
FACTORS: Final = Text(r"[a-z][a-z0-9_]*\.v[1-9][0-9]*", name="factors with their version")
_UNGROUPED: Final = 4


class IntegerType(FieldType):
    """A whole number."""

    name = "integer"
    about = "A whole number."
    options: ClassVar[Mapping[str, Key]] = {
        "min": Key(Whole(-_BOUND, _BOUND), "The least."),
        "max": Key(Whole(-_BOUND, _BOUND), "The most."),
    }

    def read(self, raw: Any, field: FormField, context: Context) -> int | str:
        """Return the number."""
        if isinstance(raw, str):
            text = raw.strip() if len(raw) <= _MAX_TYPED else "-"
            if not text:
                return ""
            if not _WHOLE.fullmatch(text):
                raise Refused("not_whole")
            number = int(text)
        elif isinstance(raw, int) and not isinstance(raw, bool):
            number = raw
        else:
            raise Refused("not_whole")
        if number < field.options.get("min", -_BOUND):
            raise Refused("too_small", {"limit": str(field.options.get("min", -_BOUND))})
        if number > field.options.get("max", _BOUND):
            raise Refused("too_large", {"limit": str(field.options.get("max", _BOUND))})
        return number

    def is_value(self, value: Any, field: FormField) -> bool:
        """Whether it is a whole number."""
        return isinstance(value, int) and not isinstance(value, bool)

    def show(self, value: int, field: FormField, lang: str, directory: Directory) -> Shown:
        """Return the digits."""
        return Shown(str(value))


class DecimalType(FieldType):
    """A decimal number with a unit."""

    name = "decimal"
    about = (
        "A decimal number with a unit of a code list; point or comma is typed, a point is kept, "
        "and the zeros that were typed stay. Kept as {amount, unit}."
    )
    inputs = ("amount", "unit")
    options: ClassVar[Mapping[str, Key]] = {
        "codes": CODE_LIST,
        "places": Key(Whole(0, 9), "The most places after the point.", required=True),
        "min": Key(Whole(-_BOUND, _BOUND), "The least."),
        "max": Key(Whole(-_BOUND, _BOUND), "The most."),
        "not_less_than": Key(
            Text(r"[a-z][a-z0-9_]{0,39}", name="a field's name"),
            "It may not be less than this other quantity, as far as their units compare.",
        ),
        "shown_in": Key(
            Text(r"[a-z][a-z0-9_]*", name="a unit of the list"),
            "The unit in which it is shown beside what was typed.",
        ),
        "factors": Key(FACTORS, "The published factors, where units do not convert by definition."),
        "by": Key(
            Text(r"[a-z][a-z0-9_]{0,39}", name="a field's name"),
            "The code, earlier in the form or row, for which a factor is published.",
        ),
    }

    def limit(
        self, value: Any, field: FormField, values: Mapping[str, Any], context: Context
    ) -> None:
        """Compare with another quantity in the same unit, or both in weights."""
        other = values.get(field.options.get("not_less_than", ""))
        if not isinstance(other, dict) or not self.is_value(other, field):
            return
        sizes = [_size(one, value["unit"]) for one in (value, other)]
        if None not in sizes and sizes[0] < sizes[1]:  # type: ignore[operator]
            raise Refused("less_than", {"limit": _words(other, field)}, "amount")

    def read(self, raw: Any, field: FormField, context: Context) -> dict[str, str]:
        """Return amount and unit."""
        if not isinstance(raw, dict) or set(raw) - _UNIT_KEYS:
            raise Refused("not_number", {}, "amount")
        typed, unit = raw.get("amount", ""), raw.get("unit", "")
        if isinstance(typed, int) and not isinstance(typed, bool) and abs(typed) <= _BOUND:
            typed = str(typed)
        if not isinstance(typed, str) or len(typed) > _MAX_TYPED:
            raise Refused("not_number", {}, "amount")
        if not typed.strip():
            return {}
        if not isinstance(unit, str) or unit not in codes_of(field).codes:
            raise Refused("no_unit", {}, "unit")
        return {"amount": _amount(typed.strip(), field), "unit": unit}

    def is_value(self, value: Any, field: FormField) -> bool:
        """Whether it is an amount with a unit."""
        return (
            isinstance(value, dict)
            and set(value) == _UNIT_KEYS
            and all(isinstance(one, str) for one in value.values())
            and _DECIMAL.fullmatch(value["amount"]) is not None
        )

    def show(
        self, value: Mapping[str, str], field: FormField, lang: str, directory: Directory
    ) -> Shown:
        """Return the amount as the language writes it, and the unit."""
        amount = written(value["amount"], lang)
        unit = codes_of(field).codes.get(value["unit"])
        return Shown(f"{amount} {unit.brief(lang) if unit else value['unit']}", code=value["unit"])

    def choices(self, field: FormField, lang: str, directory: Directory) -> tuple[Choice, ...]:
        """Return the units."""
        listed = codes_of(field)
        return tuple(
            Choice(
                one.code, one.brief(lang), one.label.text(lang), group=listed.group_text(one, lang)
            )
            for one in listed.codes.values()
        )

    def collect(self, given: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """Return the texts of both inputs."""
        return {part: next(iter(given.get(part, ())), "") for part in self.inputs}

    def spread(self, raw: Any, field: FormField, zone: str) -> dict[str, list[str]]:
        """Return amount and unit as they are typed."""
        if not isinstance(raw, dict):
            return {"amount": [as_typed(raw)], "unit": [""]}
        return {part: [as_typed(raw.get(part))] for part in self.inputs}


def _size(value: Mapping[str, str], unit: str) -> Decimal | None:
    """Return a quantity as it compares with one in ``unit``; None where it does not."""
    return converted(Decimal(value["amount"]), value["unit"], unit)


def _words(value: Mapping[str, str], field: FormField) -> dict[str, dict[str, str]]:
    unit = codes_of(field).codes.get(value["unit"])
    langs = unit.label.texts if unit else {"en": ""}
    return {
        "words": {
            lang: f"{written(value['amount'], lang)} {unit.brief(lang) if unit else value['unit']}"
            for lang in langs
        }
    }


def written(amount: str, lang: str) -> str:
    """Return an amount as the language writes it: thousands apart, a point in English, else a comma."""
    whole, point, fraction = amount.partition(".")
    if len(whole.lstrip("-")) > _UNGROUPED:
        whole = f"{int(whole):,}".replace(",", "\u202f")
    return whole + (("." if lang.lower().startswith("en") else ",") if point else "") + fraction


def _amount(text: str, field: FormField) -> str:
    match = _DECIMAL.fullmatch(text)
    if not match:
        raise Refused("not_number", {}, "amount")
    sign, whole, fraction = match.groups(default="")
    if len(fraction) > field.options["places"]:
        raise Refused("too_many_places", {"limit": field.options["places"]}, "amount")
    kept = (whole.lstrip("0") or "0") + (f".{fraction}" if fraction else "")
    number = Decimal(sign + kept)
    if number < field.options.get("min", -_BOUND):
        raise Refused("too_small", {"limit": str(field.options.get("min", -_BOUND))}, "amount")
    if number > field.options.get("max", _BOUND):
        raise Refused("too_large", {"limit": str(field.options.get("max", _BOUND))}, "amount")
    return (sign if number else "") + kept
