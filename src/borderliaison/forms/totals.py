"""What is summed over the rows of a field: each code in each unit, and in kilograms by factor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from borderliaison.forms.factors import Factor, load_factors
from borderliaison.forms.schema import FormField
from borderliaison.forms.types.numbers import written
from borderliaison.forms.units import converted
from borderliaison.forms.words import Words

_KG: Final = Words({"en": "kg", "ru": "кг"})
_NONE: Final = Words(
    {
        "en": "no published factor to kilograms",
        "ru": "опубликованного коэффициента пересчёта в килограммы нет",
    }
)
_PLACES: Final = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of one code in one unit.

    Attributes:
        code: of what.
        unit: in which unit; weights are summed in kilograms, exactly.
        amount: how much.
        factor: how it becomes kilograms; None where it is a weight, or no factor is published.
    """

    code: str
    unit: str
    amount: Decimal
    factor: Factor | None = None

    @property
    def is_weight(self) -> bool:
        """Whether it is a weight already."""
        return self.unit == "kg"


@dataclass(frozen=True, slots=True)
class ShownTotal:
    """A sum in words.

    Attributes:
        code: of what.
        label: of what, in words.
        amount: how much with its unit: "10,000 tablets".
        equivalent: the same in kilograms; empty where it is a weight or there is no factor.
        note: the factor with its source, or that there is none; empty for a weight.
        address: where the source can be read.
    """

    code: str
    label: str
    amount: str
    equivalent: str = ""
    note: str = ""
    address: str = ""


def totals_of(field: FormField, rows: Sequence[Mapping[str, Any]]) -> tuple[Total, ...]:
    """Sum the quantities of rows by their code, in the order in which the codes come.

    Args:
        field: a field that repeats and says what is summed.
        rows: checked values; a row without code or quantity adds nothing.
    """
    rule = field.options.get("totals")
    if not rule:
        return ()
    name, _, version = rule.get("factors", "").rpartition(".v")
    factors = load_factors(name, int(version)) if name else None
    quantity = next(one for one in field.fields if one.name == rule["of"])
    sums: dict[tuple[str, str], Decimal] = {}
    for row in rows:
        code, said = row.get(rule["by"]), row.get(rule["of"])
        if not isinstance(code, str) or not isinstance(said, dict):
            continue
        if not quantity.type.is_value(said, quantity):
            continue
        unit, amount = _in_kilograms(said)
        sums[code, unit] = sums.get((code, unit), Decimal(0)) + amount
    return tuple(
        Total(code, unit, amount, factors.of(code, unit) if factors else None)
        for (code, unit), amount in sums.items()
    )


def _in_kilograms(said: Mapping[str, str]) -> tuple[str, Decimal]:
    amount = Decimal(said["amount"])
    kilograms = converted(amount, said["unit"], "kg")
    return (said["unit"], amount) if kilograms is None else ("kg", kilograms)


def totals_in_words(
    field: FormField, rows: Sequence[Mapping[str, Any]], lang: str
) -> tuple[ShownTotal, ...]:
    """Return the sums over rows in words."""
    return tuple(_in_words(field, one, lang) for one in totals_of(field, rows))


def _in_words(field: FormField, total: Total, lang: str) -> ShownTotal:
    cells = {one.name: one for one in field.fields}
    rule = field.options["totals"]
    by, of = cells[rule["by"]], cells[rule["of"]]
    label = by.codes.text(total.code, lang) if by.codes else total.code
    unit = of.codes.codes.get(total.unit) if of.codes else None
    said = f"{written(f'{total.amount:f}', lang)} {unit.brief(lang) if unit else total.unit}"
    if total.is_weight or "factors" not in rule:
        return ShownTotal(total.code, label, said)
    if total.factor is None:
        return ShownTotal(total.code, label, said, note=_NONE.text(lang))
    least, most = total.amount * total.factor.kg, total.amount * total.factor.kg_most
    range_ = written(f"{least.quantize(_PLACES):f}", lang)
    if most != least:
        range_ += f"–{written(f'{most.quantize(_PLACES):f}', lang)}"
    note = f"{total.factor.source.says.text(lang)} {total.factor.source.title}"
    equivalent = f"{range_} {_KG.text(lang)}"
    return ShownTotal(total.code, label, said, equivalent, note, total.factor.source.address)
