"""Countries that are never told what a form says: where a person asks for protection from one."""

from collections.abc import Iterator, Mapping
from typing import Any

from borderliaison.correspondence.cover import Cover
from borderliaison.forms.schema import Form


def countries_kept_from(form: Form, values: Mapping[str, Any]) -> frozenset[str]:
    """Return the countries, by ISO 3166-1 code, to whose offices the report may not go.

    Args:
        form: the form; its fields named in ``not_to_country_of`` hold the countries.
        values: what is filled.
    """
    return frozenset(code for name in form.not_to_country_of for code in _codes(name, values))


def told_against(form: Form, values: Mapping[str, Any], cover: Cover) -> tuple[str, ...]:
    """Return the addressed offices, and agencies in them, to which the report may not go."""
    kept = countries_kept_from(form, values)
    return tuple(one for one in cover.to if one[:2] in kept)


def _codes(name: str, values: Mapping[str, Any]) -> Iterator[str]:
    first, _, cell = name.partition(".")
    held = values.get(first)
    rows = held if cell and isinstance(held, list) else []
    cells = [one.get(cell) for one in rows if isinstance(one, Mapping)] if cell else [held]
    for one in cells:
        for code in one if isinstance(one, list) else [one]:
            if isinstance(code, str):
                yield code
