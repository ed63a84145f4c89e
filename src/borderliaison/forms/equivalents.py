"""What a quantity is in the unit that a form wants to see: by definition, or by a published factor."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from borderliaison.forms.factors import Factor, load_factors
from borderliaison.forms.schema import FormField
from borderliaison.forms.types.numbers import written
from borderliaison.forms.units import converted

_PLACES: Final = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A quantity in another unit.

    Attributes:
        least: how much.
        most: the most of a range; the same where it is none.
        factor: by which published factor; None where units convert by definition.
    """

    least: Decimal
    most: Decimal
    factor: Factor | None = None


def equivalent_of(field: FormField, value: Any, beside: Mapping[str, Any]) -> Equivalent | None:
    """Return a quantity in the unit that its field asks for.

    Args:
        field: a field of type decimal with ``shown_in``.
        value: its checked value.
        beside: the checked values among which the code stands, of which a factor is published.

    Returns:
        None where the field asks for none, where it is in that unit already, or where nothing converts.
    """
    unit = field.options.get("shown_in")
    if not unit or not field.type.is_value(value, field) or value["unit"] == unit:
        return None
    amount = Decimal(value["amount"])
    exact = converted(amount, value["unit"], unit)
    if exact is not None:
        return Equivalent(exact, exact)
    factor = _factor(field, value["unit"], beside)
    grams = converted(Decimal(1), "kg", unit)
    if factor is None or grams is None:
        return None
    return Equivalent(amount * factor.kg * grams, amount * factor.kg_most * grams, factor)


def equivalent_in_words(field: FormField, value: Any, beside: Mapping[str, Any], lang: str) -> str:
    """Say what a quantity is in the unit that its field asks for: "= 0.5 kg"; empty where nothing is."""
    found = equivalent_of(field, value, beside)
    if found is None:
        return ""
    unit = field.codes.codes[field.options["shown_in"]].brief(lang) if field.codes else ""
    said = f"= {amount_range(found.least, found.most, lang)} {unit}"
    return f"{said} ({found.factor.source.title})" if found.factor else said


def amount_range(least: Decimal, most: Decimal, lang: str) -> str:
    """Write an amount, or a range of two, to thousandths at most."""
    ends = [least] if least == most else [least, most]
    return "–".join(written(_rounded(one), lang) for one in ends)


def _rounded(amount: Decimal) -> str:
    exact = f"{amount.normalize():f}"
    rounded = amount.quantize(_PLACES)
    return exact if amount == rounded or not rounded else f"{rounded:f}"


def _factor(field: FormField, unit: str, beside: Mapping[str, Any]) -> Factor | None:
    name, _, version = field.options.get("factors", "").rpartition(".v")
    code = beside.get(field.options.get("by", ""))
    if not name or not isinstance(code, str):
        return None
    return load_factors(name, int(version)).of(code, unit)
