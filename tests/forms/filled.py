"""Every form filled in once (``filled.yaml``), with moments, places and names of the test's own."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from borderliaison.forms.source import read_source

FILE: Final = Path(__file__).with_name("filled.yaml")
_MOMENT: Final = re.compile(r"@(-?[0-9.]+)")


def filled(form: str, at: Callable[[float], str], names: Mapping[str, str]) -> dict[str, Any]:
    """Return a form as an officer types it.

    Args:
        form: the form's name.
        at: says a moment so many hours from now, as it is typed.
        names: what stands for HERE, THERE, OFFICE, AGENCY, THIS_WEEK.
    """

    def said(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: said(one) for key, one in value.items()}
        if isinstance(value, list):
            return [said(one) for one in value]
        moment = _MOMENT.fullmatch(value) if isinstance(value, str) else None
        return at(float(moment[1])) if moment else names.get(value, value)

    data = read_source(FILE.read_text(encoding="utf-8"), FILE.name).data
    found: dict[str, Any] = said(data[form])
    return found
