"""Conditions of a field on other fields: what they hold decides whether it belongs to the form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on another field: it is filled, holds one of some codes, or none of some.

    Attributes:
        field: the other field's name.
        among: the codes of which it must hold one.
        excluded: the codes of which it may hold none; an empty field holds none.
    """

    field: str
    among: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Whether the checked values meet the condition."""
        held = _codes(values.get(self.field))
        if self.among:
            return any(one in self.among for one in held)
        if self.excluded:
            return not any(one in self.excluded for one in held)
        return values.get(self.field) not in (None, "", [], {})


Conditions = tuple[Condition, ...]
"""Conditions that must all hold; none always hold."""


def all_hold(conditions: Conditions, values: Mapping[str, Any]) -> bool:
    """Whether the checked values meet every condition."""
    return all(one.holds(values) for one in conditions)


def _codes(value: Any) -> list[str]:
    """Return the codes that a value holds; yes or no for what is true or false."""
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    listed = value if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, str)]
