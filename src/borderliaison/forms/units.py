"""Units that convert into each other by definition, and what a quantity is in another unit.

Everything else converts by a published factor alone (``factors``), or not at all.

Source: the International System of Units (BIPM, 9th edition), tables 4, 7 and 8.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

_KINDS: Final[tuple[Mapping[str, Decimal], ...]] = (
    {
        "mg": Decimal("0.001"),
        "g": Decimal(1),
        "kg": Decimal(1_000),
        "t": Decimal(1_000_000),
    },
    {"ml": Decimal(1), "l": Decimal(1_000), "m3": Decimal(1_000_000)},
)
_SIZES: Final = {unit: (kind, size) for kind in _KINDS for unit, size in kind.items()}


def converted(amount: Decimal, unit: str, to: str) -> Decimal | None:
    """Return an amount in another unit; None where the two do not convert by definition."""
    if unit == to:
        return amount
    here, there = _SIZES.get(unit), _SIZES.get(to)
    if here is None or there is None or here[0] is not there[0]:
        return None
    return amount * here[1] / there[1]


def is_weight(unit: str) -> bool:
    """Whether a unit is one of weight, so that it becomes kilograms exactly."""
    return converted(Decimal(1), unit, "kg") is not None
